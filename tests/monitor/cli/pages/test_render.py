"""What is printed for people: harmless, wrapped, and readable without colour."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.cli.pages.render import ADDED, BOLD, Page, Span, plain, seen_width, wrap


@given(st.text())
def test_any_text_becomes_harmless_and_keeps_its_length(text: str) -> None:
    harmless = plain(text)

    assert len(harmless) == len(text)
    assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for character in harmless)
    assert not set(harmless) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    harmless.encode("utf-8")


@given(st.text(), st.integers(40, 110))
def test_wrapping_loses_no_character_and_keeps_to_the_width(text: str, width: int) -> None:
    words = plain(text)

    lines = wrap(words, width, "  (a) ", "      ")

    assert "".join("".join(lines).split()) == "".join(["(a)", *words.split()])
    assert all(seen_width(line) <= width for line in lines) or "://" in words


def test_an_address_of_a_page_is_never_broken() -> None:
    address = "https://example.org/" + "x" * 100

    assert address in wrap(f"see {address} for it", 40)


def test_a_language_without_blanks_is_wrapped_by_its_width() -> None:
    lines = wrap("安全理事会" * 20, 40)

    assert max(map(seen_width, lines)) <= 40
    assert len(lines) == 5


def test_a_style_ends_with_the_line_and_goes_on_behind_the_indentation(capsys: pytest.CaptureFixture[str]) -> None:
    page = Page(width=40, is_coloured=True)

    page.wrapped(page.style("one two three four five six seven eight nine", ADDED), "    ")
    page.print()

    first, second = capsys.readouterr().out.splitlines()
    assert first == "    \x1b[32m{+one two three four five six seven\x1b[0m"
    assert second == "    \x1b[32meight nine+}\x1b[0m"


def test_marks_that_overlap_are_one() -> None:
    page = Page(width=80, is_coloured=False)

    marked = page.marked("women and girls", [Span(0, 5), Span(3, 9), Span(10, 15)], brackets=("[", "]"))

    assert marked == "[women and] [girls]"


def test_a_text_can_not_bring_its_own_style() -> None:
    page = Page(width=80, is_coloured=True)

    assert page.marked(f"{BOLD}women", []) == "\ufffdwomen"
