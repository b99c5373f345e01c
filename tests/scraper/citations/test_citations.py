"""Citations as facts: the printed words on the left, what they cite on the right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.citations.find import cite_paragraphs, find_citations
from scraper.citations.places import places_of
from scraper.council.resolution_years import is_plausible, with_year, year_of
from storage.models import DocumentKind, Paragraph, Part

OWN = "S/RES/2803 (2025)"


def cited(text: str, own: str | None = None) -> list[tuple[str, ...]]:
    """Each citation as its words, symbol and addresses."""
    return [(one.text, one.symbol, *one.addresses) for one in find_citations(text, own)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "as stated in paragraph 7 of resolution 2048 (2012), and",
            [("paragraph 7 of resolution 2048 (2012)", "S/RES/2048 (2012)", "OP 7")],
        ),
        (
            "Recalling resolutions 1325 (2000), 1820(2008) and 1888 (2009) of 30 September 2009",
            [
                ("resolutions 1325 (2000)", "S/RES/1325 (2000)"),
                ("1820(2008)", "S/RES/1820 (2008)"),
                ("1888 (2009)", "S/RES/1888 (2009)"),
            ],
        ),
        (
            "paragraphs 3 (a) and 5 to 7 of its resolution 1970 (2011)",
            [
                (
                    "paragraphs 3 (a) and 5 to 7 of its resolution 1970 (2011)",
                    "S/RES/1970 (2011)",
                    "OP 3 (a)",
                    "OP 5",
                    "OP 6",
                    "OP 7",
                )
            ],
        ),
        ("see S/PRST/2014/21.", [("S/PRST/2014/21", "S/PRST/2014/21")]),
        (
            "the statement of its President of 31 October 2001 (S/PRST/2001/31)",
            [("statement of its President of 31 October 2001 (S/PRST/2001/31)", "S/PRST/2001/31")],
        ),
        (
            "resolution 2653 (2022), paragraph 25, and",
            [("resolution 2653 (2022), paragraph 25", "S/RES/2653 (2022)", "OP 25")],
        ),
        ("with its resolution 1612 and", [("resolution 1612", "S/RES/1612 (2005)")]),
        (
            "in resolutions 2339 and 2399 (2018)",
            [("resolutions 2339", "S/RES/2339 (2017)"), ("2399 (2018)", "S/RES/2399 (2018)")],
        ),
        (
            "subparagraph (a) of paragraph 3 of resolution 1591 (2005)",
            [("subparagraph (a) of paragraph 3 of resolution 1591 (2005)", "S/RES/1591 (2005)", "OP 3 (a)")],
        ),
        (
            "preambular paragraphs 2 and 3 of resolution 1591 (2005)",
            [("preambular paragraphs 2 and 3 of resolution 1591 (2005)", "S/RES/1591 (2005)", "PP 2", "PP 3")],
        ),
        (
            "paragraph 3 of annex II to resolution 1904 (2009)",
            [("paragraph 3 of annex II to resolution 1904 (2009)", "S/RES/1904 (2009)", "Annex II, para. 3")],
        ),
        (
            "paragraph 41 of the report of the Secretary-General of 3 May (S/2009/335)",
            [("paragraph 41 of the report of the Secretary-General of 3 May (S/2009/335)", "S/2009/335", "para. 41")],
        ),
        (
            "General Assembly resolutions 46/182 and 60/1, and resolution 1265 (1999)",
            [
                ("resolutions 46/182", "A/RES/46/182"),
                ("60/1", "A/RES/60/1"),
                ("resolution 1265 (1999)", "S/RES/1265 (1999)"),
            ],
        ),
        ("the review (A/70/95-S/2015/446)", [("A/70/95", "A/70/95"), ("S/2015/446", "S/2015/446")]),
        (
            "l’alinéa c) du paragraphe 6 de la résolution 2293 (2016)",
            [("alinéa c) du paragraphe 6 de la résolution 2293 (2016)", "S/RES/2293 (2016)", "OP 6 (c)")],
        ),
        ("重申第1325(2000)号决议", [("1325(2000)", "S/RES/1325 (2000)")]),
    ],
)
def test_a_reference_is_cited_with_its_words_symbol_and_paragraphs(text: str, expected: list[tuple[str, ...]]) -> None:
    assert cited(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Decides to remain seized of the matter.",
        "the peaceful resolution of conflicts in 12 (2011) towns",  # no resolution 12 is of 2011
        "Human Rights Council resolution 19/29",
        "the report of the Secretary-General of 3 May 2009",  # no symbol: nobody could look it up
        "General Assembly resolution 377 of 1950",
        "and/or A/1",
    ],
)
def test_what_only_looks_like_a_reference_is_none(text: str) -> None:
    assert cited(text) == []


def test_several_resolutions_share_no_list_of_paragraphs() -> None:
    assert cited("paragraph 2 of resolutions 2441 (2018) and 2509 (2020)") == [
        ("resolutions 2441 (2018)", "S/RES/2441 (2018)"),
        ("2509 (2020)", "S/RES/2509 (2020)"),
    ]


def test_paragraphs_behind_a_resolution_are_its_own_unless_of_follows() -> None:
    text = "resolution 1267 (1999), paragraph 9 of resolution 1333 (2000)"

    assert [one[1:] for one in cited(text)] == [("S/RES/1267 (1999)",), ("S/RES/1333 (2000)", "OP 9")]


def test_paragraph_above_is_the_documents_own() -> None:
    assert cited("paragraph 5 above and paragraphs 3 and 4 of this resolution", OWN) == [
        ("paragraph 5 above", OWN, "OP 5"),
        ("paragraphs 3 and 4 of this resolution", OWN, "OP 3", "OP 4"),
    ]


def test_paragraph_above_is_no_citation_in_an_annex_or_a_report() -> None:
    annex = (Paragraph("Annex, para. 6", Part.ANNEX, "as paragraph 5 above says"),)
    report = (Paragraph("para. 6", Part.BODY, "as paragraph 5 above says"),)

    assert cite_paragraphs(annex, symbol=OWN, kind=DocumentKind.RESOLUTION) == annex
    assert cite_paragraphs(report, symbol="S/2025/1", kind=DocumentKind.REPORT) == report


@pytest.mark.parametrize(
    ("printed", "addresses"),
    [
        ("8 (e) or 9 (f)", ("OP 8 (e)", "OP 9 (f)")),
        ("3 (a), (b) and (d)", ("OP 3 (a)", "OP 3 (b)", "OP 3 (d)")),
        ("9 (a) to (c)", ("OP 9 (a)", "OP 9 (b)", "OP 9 (c)")),
        ("5 (a) (i) to (iii)", ("OP 5 (a) (i)", "OP 5 (a) (ii)", "OP 5 (a) (iii)")),
        ("4 a) et b)", ("OP 4 (a)", "OP 4 (b)")),
        ("7–9", ("OP 7", "OP 8", "OP 9")),
    ],
)
def test_a_list_of_paragraphs_names_each_of_them(printed: str, addresses: tuple[str, ...]) -> None:
    assert places_of(printed) == addresses


def test_a_number_tells_the_year_of_its_resolution() -> None:
    assert [year_of(number) for number in (0, 1, 242, 1325, 2811, 2812)] == [None, 1946, 1967, 2000, 2025, None]
    assert (with_year("S/RES/1325"), with_year("S/RES/2813"), with_year("S/2013/173")) == (
        "S/RES/1325 (2000)",
        "S/RES/2813",
        "S/2013/173",
    )
    assert is_plausible(2900, 2027)
    assert not is_plausible(2900, 2025)


PIECES = st.lists(
    st.sampled_from(
        [
            "paragraph ",
            "paragraphs ",
            "3",
            " (a)",
            " and ",
            ", ",
            " of ",
            "resolution ",
            "resolutions ",
            "1325",
            " (2000)",
            "S/2013/173",
            "(",
            ")",
            "S/PRST/",
            "2014/21",
            " above",
            "para. ",
            "46/182",
            "General Assembly ",
            " to ",
            "é",
            "/",
        ]
    )
)


@given(st.one_of(st.text(), PIECES.map("".join)))
def test_any_text_is_read_and_each_citation_is_words_of_it(text: str) -> None:
    found = find_citations(text, OWN)

    assert all(text[one.start : one.end] == one.text != "" for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
