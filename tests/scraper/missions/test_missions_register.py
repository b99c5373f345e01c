"""The register of missions that ships with the program, and the loader that refuses a broken one."""

from collections import Counter
from datetime import date

import pytest

from scraper.missions.register import Mission, load_missions, read_missions
from scraper.missions.title import read_mission_title
from scraper.sources.loader import SourceFileError

HEAD = "begins_on,ends_on,title,countries,terms_of_reference,report\n"
ROW = "2013-01-27,2013-01-27,Mission to Yemen,Yemen,S/2013/61,S/2013/173\n"


def test_of_87_missions_from_1964_to_2025_13_have_no_report() -> None:
    missions = load_missions()
    assert (len(missions), missions[-1].begins_on.year, missions[0].ends_on.year) == (87, 1964, 2025)
    without = Counter(mission.ends_on.year for mission in missions if mission.report is None)
    assert without == {2014: 1, 2015: 1, 2016: 4, 2017: 3, 2018: 1, 2019: 3}


def test_a_row_is_a_mission() -> None:
    [mission] = read_missions(HEAD + ROW)
    day = date(2013, 1, 27)
    assert mission == Mission("Mission to Yemen", day, day, ("Yemen",), "S/2013/61", "S/2013/173")


def test_what_the_register_prints_and_cannot_be_is_put_right() -> None:
    by_report = {mission.report: mission for mission in load_missions()}
    assert by_report["S/12307"].begins_on == date(1977, 2, 15)
    assert by_report["S/10009"].ends_on.year == 1970
    assert by_report["S/2011/7"].countries == ("Uganda", "Sudan")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ROW, "expected the columns begins_on"),
        (HEAD, "expected missions, found none"),
        (HEAD + ROW + ROW, "expected each report once, found S/2013/173 twice"),
        (HEAD + ROW.replace(",Yemen,", ","), "expected 6 values, found 5 in missions.csv, line 2"),
        (HEAD + ROW.replace("2013-01-27,2", "27 January,2"), "expected ISO dates, found '27 January'"),
        (HEAD + ROW.replace("2013-01-27,2013-01", "2013-01-27,2013-03"), "expected at most 31 days in order"),
        (HEAD + ROW.replace("S/2013/61", "S-2013-61"), "expected a symbol such as S/2013/173, found"),
        (HEAD + ROW.replace(",Yemen,", ",Yemen; ,"), "expected a title and countries"),
    ],
)
def test_a_broken_register_is_refused_by_line(text: str, message: str) -> None:
    with pytest.raises(SourceFileError, match=message):
        read_missions(text)


@pytest.mark.parametrize(
    ("title", "places", "begins_on", "ends_on"),
    [
        ("mission to Yemen, 27 January 2013", "Yemen", date(2013, 1, 27), date(2013, 1, 27)),
        ("mission to Ethiopia, 16 and 17 October 2025", "Ethiopia", date(2025, 10, 16), date(2025, 10, 17)),
        ("mission to Haiti (11 to 14 March 2009)", "Haiti", date(2009, 3, 11), date(2009, 3, 14)),
        ("mission to Mali, 23–25 October 2021", "Mali", date(2021, 10, 23), date(2021, 10, 25)),
        ("mission to West Africa, 26 June-5 July 2003", "West Africa", date(2003, 6, 26), date(2003, 7, 5)),
        ("MISSION TO RWANDA ON 12 AND 13 FEBRUARY 1995", "RWANDA", date(1995, 2, 12), date(1995, 2, 13)),
        ("Security Council mission to Timor-Leste", "Timor-Leste", None, None),
        ("Mission Established Pursuant to the Statement Made at the Meeting Held on 19 July 1994", None, None, None),
    ],
)  # fmt: skip
def test_a_title_says_where_and_when_a_mission_was(
    title: str, places: str | None, begins_on: date | None, ends_on: date | None
) -> None:
    said = read_mission_title(f"Report of the Security Council {title}")
    assert (said.places, said.begins_on, said.ends_on) == (places, begins_on, ends_on)
