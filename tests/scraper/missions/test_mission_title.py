from datetime import date

import pytest

from scraper.council.fixed_phrases import KINDS
from scraper.missions.title import MissionTitle, read_mission_title
from storage.models import DocumentKind

TITLES = [
    (
        "Report of the Security Council mission to Mali and the Niger, 23–25 October 2021",
        MissionTitle("Mali and the Niger", date(2021, 10, 23), date(2021, 10, 25)),
    ),
    (
        "REPORT OF THE SECURITY COUNCIL MISSION TO SOMALIA ON 26 AND 27 OCTOBER 1994",
        MissionTitle("Somalia", date(1994, 10, 26), date(1994, 10, 27)),
    ),
    (
        "Report of the Security Council Mission sent to the Kingdom of Cambodia and the Republic of Viet-Nam",
        MissionTitle("the Kingdom of Cambodia and the Republic of Viet-Nam", None, None),
    ),
    (
        "Security Council special mission visit to Eritrea and Ethiopia, 9 and 10 May 2000",
        MissionTitle("Eritrea and Ethiopia", date(2000, 5, 9), date(2000, 5, 10)),
    ),
    ("Report of the Security Council mission on the Kosovo issue", MissionTitle(None, None, None)),
]


@pytest.mark.parametrize(("title", "said"), TITLES)
def test_title_says_where_and_when_a_mission_was(title, said):
    assert read_mission_title(title) == said


@pytest.mark.parametrize("title", [title for title, _ in TITLES])
def test_title_that_names_a_council_mission_is_that_of_a_mission_report(title):
    assert next(kind for pattern, kind in KINDS if pattern.search(title)) is DocumentKind.MISSION_REPORT
