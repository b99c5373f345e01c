"""The measure of the first hour, on recorded cases and on files made by hand beside them."""

import pytest

from tests.measures.first_hour import crawl, numbers_in
from tests.paths import TESTS
from tests.servers.corpus_server import ARCHIVE, PLACE_OF_ARCHIVE, RAW, TREE, archive_of, tree_of
from tests.site.missions_site import Answers

CASES = TESTS / "cases/akoma_ntoso"
FILES = {
    "Pre-2020/2017/S_RES_2387_1720324E.xml": (CASES / "lists-headings-and-tasks-2387/input.xml").read_bytes(),
    "Pre-2020/2017/S_RES_2386_1720319E.xml": (CASES / "labels-inside-the-text-2386/input.xml").read_bytes(),
    **{
        f"2026/English/S_RES_{number}-26{number:05}E.xml": f"<akomaNtoso><p>{number}</p></akomaNtoso>".encode()
        for number in range(2700, 2812)
    },
}


def site(*, has_archive: bool) -> Answers:
    answers = Answers({f"{RAW}{path}": body for path, body in FILES.items()})
    answers.bodies[TREE] = tree_of(FILES)
    if has_archive:
        answers.redirects[ARCHIVE] = f"https:/{PLACE_OF_ARCHIVE}"
        answers.bodies[PLACE_OF_ARCHIVE] = archive_of(FILES)
    return answers


@pytest.mark.long
def test_by_the_clock_each_file_by_itself_takes_its_seconds_and_the_archive_takes_few() -> None:
    slow = crawl(site(has_archive=False), None)
    fast = crawl(site(has_archive=True), None)
    assert slow.files == fast.files == len(FILES)
    assert slow.last >= len(FILES) - 2
    assert fast.last < 30
    assert fast.newest < 15
    newest = sorted(numbers_in(FILES), reverse=True)[:10]
    assert list(fast.first) == [f"S/RES/{number} (2026)" for number in newest]
