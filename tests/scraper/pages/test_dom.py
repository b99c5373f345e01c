"""Selectors that insist, and the bytes of a page: which letters they are, and that nothing is loaded too early."""

import subprocess
import sys

import pytest

from scraper.errors import UnexpectedPage
from scraper.pages.dom import after, around, children, maybe, one, pieces_of, read_html, some, text_of

URL = "https://example.org/"
TWO_ROWS = b"<table><tr><td>a</td></tr><tr><td>b</td></tr></table>"


def test_one_match_is_given_where_one_is_expected() -> None:
    assert text_of(one(read_html(TWO_ROWS, URL), "table", URL)) == "ab"


@pytest.mark.parametrize(
    ("selector", "message"), [("td", "exactly 1 'td', found|at most 1 'td', found 2"), ("p", "exactly 1 'p', found 0")]
)
def test_none_or_two_matches_are_told_where_one_is_expected(selector: str, message: str) -> None:
    with pytest.raises(UnexpectedPage, match=message) as told:
        one(read_html(TWO_ROWS, URL), selector, URL)
    assert told.value.code == "not-one"
    assert URL in str(told.value)


def test_at_least_one_and_at_most_one_match_are_told_apart() -> None:
    root = read_html(TWO_ROWS, URL)
    assert [text_of(cell) for cell in some(root, "td", URL)] == ["a", "b"]
    assert maybe(root, "p", URL) is None
    with pytest.raises(UnexpectedPage, match="at least 1 'p', found 0"):
        some(root, "p", URL)
    with pytest.raises(UnexpectedPage, match="at most 1 'tr', found 2"):
        maybe(root, "tr", URL)


def test_what_stands_right_behind_and_around_an_element_must_be_of_its_name() -> None:
    root = read_html(b"<dl><dt>1</dt><dd>x</dd><dt>2</dt><dt>3</dt></dl>", URL)
    first, second, last = some(root, "dt", URL)
    assert text_of(after(first, "dd", URL)) == "x"
    assert around(first, "dl", URL).name == "dl"
    with pytest.raises(UnexpectedPage, match="a 'dd' behind 'dt', found 'dt'"):
        after(second, "dd", URL)
    with pytest.raises(UnexpectedPage, match="a 'dd' behind 'dt', found nothing"):
        after(last, "dd", URL)
    with pytest.raises(UnexpectedPage, match="'dt' in a 'table', found none"):
        around(first, "table", URL)


def test_children_are_those_of_an_element_itself() -> None:
    row = one(read_html(b"<table><tr><th>h</th><td><b>a</b></td></tr></table>", URL), "tr", URL)
    assert [child.name for child in children(row)] == ["th", "td"]
    assert [child.name for child in children(row, "td")] == ["td"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>Côte d’Ivoire".encode(), "Côte d’Ivoire"),
        ('<meta charset="iso-8859-1"><p>Côte d’Ivoire'.encode(), "Côte d’Ivoire"),
        ("<p>Côte d’Ivoire".encode("windows-1252"), "Côte d’Ivoire"),
        ('<meta charset="iso-8859-2"><p>Łódź'.encode("iso-8859-2"), "Łódź"),
        ('<meta charset="klingon"><p>Côte'.encode("windows-1252"), "Côte"),
        ("\ufeff<p>\ufeffChad\ufeff".encode(), "Chad"),
        (b"<p>a&nbsp;\xc2\xa0 b<br>c</p>", "a bc"),
        (b"<p>a<!-- b -->c</p>", "ac"),
    ],
)
def test_the_words_of_a_page_are_read_in_its_letters(body: bytes, words: str) -> None:
    assert text_of(one(read_html(body, URL), "p", URL)) == words


@pytest.mark.parametrize("body", [b"", b" \n", b"\xef\xbb\xbf", b"<!-- nothing -->"])
def test_a_page_without_an_element_is_no_page(body: bytes) -> None:
    with pytest.raises(UnexpectedPage) as told:
        read_html(body, URL)
    assert told.value.code == "no-page"


def test_of_a_large_page_only_what_is_asked_for_is_kept() -> None:
    root = read_html(b"<nav><a href=x>menu</a></nav>" + TWO_ROWS, URL, only=("table",))
    assert root.select_one("a") is None
    assert len(root.select("td")) == 2


def test_the_pieces_of_an_element_come_in_their_order() -> None:
    root = one(read_html(b"<p>a<b>b<br>c</b><!-- no -->d</p>", URL), "p", URL)
    names = [piece if isinstance(piece, str) else piece.name for piece in pieces_of(root, deep=True)]
    assert names == ["a", "b", "b", "br", "c", "d"]
    assert [piece if isinstance(piece, str) else piece.name for piece in pieces_of(root, deep=False)] == ["a", "b", "d"]


def test_a_crawl_whose_listing_is_unchanged_does_not_load_the_parser_of_pages() -> None:
    spiders = "un_resolutions", "mission_reports", "peacewomen", "sc_meetings", "un_library", "unxml"
    code = f"import sys, {', '.join('scraper.spiders.' + name for name in spiders)}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "scraper.pages.dom" in loaded
    assert {"bs4", "soupsieve"}.isdisjoint(loaded)
