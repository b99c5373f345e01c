"""The pictures show what the program prints today, and stay small enough for a page."""

import re
from html import unescape

import pytest

from tests.conftest import Desk
from tests.docs.pictures import PICTURES, SHOWN, STYLE, on_terminal, svg

pytestmark = pytest.mark.long

FETCHED = re.compile(r"fetched [\d-]+ [\d:]+ UTC")


def words(picture: str) -> list[str]:
    """The lines of a picture of a terminal, without the time of fetching, and without evidence: that may get better."""
    lines = [unescape(re.sub(r"<[^>]+>", "", line)) for line in re.findall(r"<text [^>]*>(.*?)</text>", picture)]
    return [FETCHED.sub("fetched", line) for line in lines if "\u201c" not in line]


def test_the_picture_of_show_is_what_it_prints(full_desk: Desk) -> None:
    printed = on_terminal(full_desk.folder / "data", *SHOWN)
    assert STYLE.search(printed)
    [command, *lines] = words((PICTURES / "show.svg").read_text(encoding="utf-8"))
    assert lines == words(svg(command, printed))[1:], "run: python -m tests.docs.pictures"


@pytest.mark.parametrize("name", ["show.svg", "mail.png"])
def test_a_picture_is_small(name: str) -> None:
    assert (PICTURES / name).stat().st_size < 60_000
