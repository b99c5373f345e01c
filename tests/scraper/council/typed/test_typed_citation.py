"""Documents and places as people cite them, and as this program does."""

from datetime import date

import pytest

from scraper.council.address import parse
from scraper.council.citation_form import cite, extract_title
from scraper.council.forms.styles import cite_in_forms
from scraper.council.forms.work import Work
from scraper.council.resolution_years import with_held_year
from scraper.council.typed.address import by_count, read_address
from scraper.council.typed.citation import Cited, read_citation
from storage.models import DocumentKind


@pytest.mark.parametrize(
    ("typed", "symbol", "place"),
    [
        ("1325 para 8", "S/RES/1325", "para 8"),
        ("1325 8 (a)", "S/RES/1325", "8 (a)"),
        ("2387 43.d.ii", "S/RES/2387", "43.d.ii"),
        ("1325 (2000), op 8", "S/RES/1325 (2000)", "op 8"),
        ("resolution 1325 (2000), para. 8", "S/RES/1325 (2000)", "para. 8"),
        ("Security Council resolution 1325 (2000)", "S/RES/1325 (2000)", None),
        ("UN Security Council Resolution 2242", "S/RES/2242", None),
        ("UNSCR 1325", "S/RES/1325", None),
        ("SC Res 1325", "S/RES/1325", None),
        ("1325, seventh preambular paragraph", "S/RES/1325", "seventh preambular paragraph"),
        ("https://docs.un.org/en/S/RES/1325(2000)", "S/RES/1325 (2000)", None),
        ("https://docs.un.org/fr/S/RES/1325%20(2000)", "S/RES/1325 (2000)", None),
        ("undocs.org/S/2013/173", "S/2013/173", None),
        ("http://undocs.org/en/S/PRST/2023/1", "S/PRST/2023/1", None),
        ("https://www.un.org/en/ga/search/view_doc.asp?symbol=S/RES/1325(2000)", "S/RES/1325 (2000)", None),
        ("prst 2023/1", "S/PRST/2023/1", None),
        ("PRST/2023/1, fifth paragraph", "S/PRST/2023/1", "fifth paragraph"),
        ("presidential statement 2023/1", "S/PRST/2023/1", None),
    ],
)
def test_a_citation_is_read_as_people_write_it(typed: str, symbol: str, place: str | None) -> None:
    assert read_citation(typed) == Cited(symbol, place)


@pytest.mark.parametrize(
    "typed", ["", "hello", "1325 hello", "women and peace", "https://example.org/S/RES", "99999 para 8"]
)
def test_what_is_no_citation_is_none(typed: str) -> None:
    assert read_citation(typed) is None


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("seventh preambular paragraph", "PP 7"),
        ("twenty-third preambular paragraph", "PP 23"),
        ("7th preambular paragraph", "PP 7"),
        ("preamble 7", "PP 7"),
        ("preambular paragraph 7", "PP 7"),
        ("pmbl. ¶ 7", "PP 7"),
        ("43.d.ii", "OP 43 (d) (ii)"),
        ("OP 43.d", "OP 43 (d)"),
        ("¶ 43(d)(ii)", "OP 43 (d) (ii)"),
        ("eighth operative paragraph", "OP 8"),
        ("paragraph 8", "OP 8"),
        ("op. 8", "OP 8"),
        ("annex II 3", "Annex II, para. 3"),
        ("annex b 3 (a)", "Annex B, para. 3 (a)"),
        ("annex 3", "Annex, para. 3"),
        ("annex 3, 4", "Annex 3, para. 4"),
    ],
)
def test_a_place_is_read_in_words_and_signs(typed: str, address: str) -> None:
    assert str(read_address(typed)) == address


def test_a_statement_s_paragraphs_are_counted() -> None:
    assert str(read_address("fifth paragraph", resolution=False)) == "para. +5"
    assert str(by_count(parse("para. 13"))) == "para. +13"
    assert by_count(parse("OP 13")) == parse("OP 13")


@pytest.mark.parametrize("address", ["OP 8", "OP 42 (a) (iii)", "PP 7"])
def test_every_form_of_citation_that_is_printed_is_read_again(address: str) -> None:
    symbol = "S/RES/2387 (2017)"
    forms = cite_in_forms(Work(symbol, DocumentKind.RESOLUTION, date(2017, 11, 15)), address)
    printed = [forms.un, forms.oscola, forms.bluebook, forms.chicago, cite(symbol, parse(address))]
    if address.startswith("OP"):
        printed.append(extract_title(symbol, address))  # of a preamble it names no paragraph

    for words in printed:
        cited = read_citation(words)
        assert cited is not None, words
        assert cited.symbol.startswith("S/RES/2387"), words
        assert cited.place is not None, words
        assert str(read_address(cited.place.rstrip("."))) == address, words


@pytest.mark.parametrize("title", [None, "Situation in South Sudan"])
def test_every_form_of_citation_of_a_statement_or_report_is_read_again(title: str | None) -> None:
    kind = DocumentKind.REPORT if title else DocumentKind.PRESIDENTIAL_STATEMENT
    symbol, address = ("S/2025/211", "para. 13") if title else ("S/PRST/2000/25", "para. +13")
    forms = cite_in_forms(Work(symbol, kind, date(2000, 7, 20), title), address)

    for words in (forms.un, forms.oscola, forms.bluebook, forms.chicago, extract_title(symbol, address)):
        cited = read_citation(words)
        assert cited is not None, words
        assert cited.symbol == symbol, words
        assert cited.place is not None, words
        read = read_address(cited.place, resolution=False)
        assert address in (str(read), str(by_count(read))), words


def test_the_year_of_a_resolution_is_read_from_what_is_known_before_any_table() -> None:
    known = ["S/RES/2811 (2025)", "S/RES/2812 (2026)", "S/RES/2814 (2026)"]

    assert with_held_year("S/RES/2812", known) == "S/RES/2812 (2026)"
    assert with_held_year("S/RES/2813", known) == "S/RES/2813 (2026)"
    assert with_held_year("S/RES/2815", known) == "S/RES/2815"  # it may be of a later year
    assert with_held_year("S/RES/1325", known) == "S/RES/1325 (2000)"
    assert with_held_year("S/2013/173", known) == "S/2013/173"
