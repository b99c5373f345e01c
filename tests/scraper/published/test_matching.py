"""Where the words of a published extract stand officially."""

import time

import pytest

from scraper.published.matching import ExtractMatch, Match, Official, OfficialParagraph, match_extract
from scraper.published.printed_places import read_pieces
from storage.published_values import PublishedEntry, PublishedKind

ONE, OTHER = "S/RES/2387 (2017)", "S/RES/2386 (2017)"
MONITOR = (
    "To monitor, help investigate and ensure reporting on violations and abuses committed against children and women;"
)
STRESSING = (
    "Stressing the need for effective human rights monitoring, including of any sexual and gender-based violence,"
)
OFFICIAL = Official(
    OfficialParagraph(symbol, address, text, themes)
    for symbol, address, text, themes in (
        (ONE, "OP 42", "Decides that the mandate of MINUSCA shall include the following priority tasks:", ()),
        (
            ONE,
            "OP 42 (a)",
            "To provide specific protection for women and children affected by armed conflict;",
            ("Protection",),
        ),
        (ONE, "OP 43 (d) (ii)", MONITOR, ("Human Rights",)),
        (OTHER, "PP 9", STRESSING, ("Sexual and Gender-Based Violence",)),
    )
)


def match(text: str, paragraph: str | None = "Para.42", symbol: str | None = ONE, **fields: object) -> ExtractMatch:
    entry = PublishedEntry(PublishedKind.EXTRACT, "title", text, "https://example.org/", symbol, paragraph, **fields)  # type: ignore[arg-type]
    return match_extract(entry, read_pieces(text, paragraph), OFFICIAL)


def test_the_same_words_at_the_printed_place_are_the_same_whatever_their_blanks_quotes_and_capitals() -> None:
    found = match("42. Decides that the  mandate of Minusca shall include the following priority tasks")
    assert (found.match, found.pieces[0].reason) == (Match.SAME, "capital letters differ")
    assert match("42. Decides that the mandate of MINUSCA").match is Match.SAME
    assert match(STRESSING, "Preamble", OTHER).match is Match.SAME


def test_the_words_around_an_omission_are_found_in_one_paragraph() -> None:
    assert match("a. To provide specific protection [...] affected by armed conflict;").match is Match.SAME


def test_words_under_another_number_are_at_another_address() -> None:
    found = match(f"42. Decides that the mandate of MINUSCA shall include\nd. (ii) {MONITOR}")
    assert [piece.match for piece in found.pieces] == [Match.SAME, Match.OTHER_ADDRESS]
    assert found.match is Match.OTHER_ADDRESS
    assert [one.address for one in found.pieces[1].official] == ["OP 43 (d) (ii)"]
    assert found.themes == ("Human Rights",)


def test_a_number_that_is_not_the_titles_is_another_address() -> None:
    found = match("42. Decides that the mandate of MINUSCA shall include", "Para.44", address="OP 44")
    assert (found.match, found.pieces[0].reason) == (Match.OTHER_ADDRESS, "the title says OP 44")


def test_a_chapeau_and_its_list_in_one_line_are_found_as_neighbours() -> None:
    whole = "".join(paragraph.text for paragraph in OFFICIAL.paragraphs[:2])
    [piece] = match(whole, "Para 42").pieces
    assert [one.address for one in piece.official] == ["OP 42"]
    assert piece.match is Match.SAME


def test_words_of_another_resolution_are_told_with_its_place() -> None:
    found = match(STRESSING, "Preamble")
    assert found.match is Match.OTHER_RESOLUTION
    assert [(one.symbol, one.address) for one in found.pieces[0].official] == [(OTHER, "PP 9")]


def test_words_that_differ_are_told_with_the_paragraph_they_are_like() -> None:
    found = match(f"d. (ii) {MONITOR.replace('violations and abuses', 'abuses')}", "Para. 43")
    assert found.match is Match.WORDS_DIFFER
    assert found.pieces[0].official[0].text == MONITOR


@pytest.mark.parametrize(
    ("text", "symbol", "reason"),
    [
        (
            "42. Urges Member States to fund the peacebuilding of tomorrow with money of today;",
            ONE,
            "nearest S/RES/2387",
        ),
        ("42. Urges Member States to fund;", "S/RES/2382 (2017)", "S/RES/2382 (2017) is not held"),
        ("42. Urges Member States to fund;", None, "it names no resolution"),
        ("42. ", ONE, "it has no words"),
    ],
)
def test_what_is_not_found_says_why(text: str, symbol: str | None, reason: str) -> None:
    found = match(text, symbol=symbol)
    assert found.match is Match.NOT_FOUND
    assert reason in (found.pieces[0].reason or "")


def test_an_extract_without_pieces_is_not_found() -> None:
    assert match("").match is Match.NOT_FOUND


def test_many_documents_are_searched_through_the_index_at_once() -> None:
    many = Official(
        OfficialParagraph(
            f"S/RES/{n} (2020)", f"OP {m}", f"Urges group {n} of {m} to include women in talks {n * m}", ()
        )
        for n in range(100)
        for m in range(100)
    )
    entry = PublishedEntry(PublishedKind.EXTRACT, "t", "", "u", "S/RES/5 (2020)", "Para 7")
    pieces = read_pieces("7. Urges group 93 of 71 to include women in talks 6603", "Para 7")
    started = time.process_time()
    assert match_extract(entry, pieces, many).pieces[0].official
    assert time.process_time() - started < 1
