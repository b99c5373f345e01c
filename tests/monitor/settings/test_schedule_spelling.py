"""A schedule that is none is refused with its line and how it is spelled, those that version 0.1 took among them."""

import pytest

from monitor.settings.config import ConfigError, load_config
from monitor.settings.schedule_spelling import right_spellings
from scraper.sources.schedule import parse_schedule


@pytest.mark.parametrize(
    ("taken_once", "right"),
    [
        ("0 6 1 * 1", "such as '0 6 1 * *' or '0 6 * * 1', found '0 6 1 * 1'"),
        ("61 * * * *", "a cron line such as '0 */6 * * *', with the minute from 0 to 59, not 61, found '61 * * * *'"),
        ("0 24 * * *", "with the hour from 0 to 23, not 24"),
        ("daily 07:00", "such as '0 7 * * *', found 'daily 07:00'"),
        ("often", "such as 'every 6 hours' or '0 */6 * * *', found 'often'"),
    ],
)
def test_a_wrong_schedule_is_refused_with_its_line_and_the_right_spelling(tmp_path, taken_once, right) -> None:
    path = tmp_path / "wpswatch.toml"
    path.write_text(f'[sources.unxml]\nenabled = true\nschedule = "{taken_once}"\n')
    with pytest.raises(ConfigError) as error:
        load_config(path)
    assert "line 3: schedule: expected" in str(error.value)
    assert right in str(error.value)


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("6h", ["every 6 hours"]),
        ("6 hrs", ["every 6 hours"]),
        ("every six hours", ["every 6 hours"]),
        ("each 1 day", ["every day"]),
        ("hourly", ["every hour"]),
        ("@daily", ["every day"]),
        ("every 30 seconds", ["every minute"]),
        ("weekly mon 7:05", ["5 7 * * mon"]),
    ],
)
def test_what_people_write_leads_to_a_schedule_that_is_taken(words, right) -> None:
    assert right_spellings(words) == right
    for each in right:
        parse_schedule(each)
