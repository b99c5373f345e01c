from datetime import date

import pytest

from scraper.readers.text.document import read_text
from scraper.structure.printed.document import parse_resolution
from storage.models import DocumentKind

REST = "\n\nThe Security Council,\n\nRecalling it,\n\n1. Decides to act;\n\n2. Decides to end.\n\n"


def parse(head, closing=""):
    body = (head + REST + closing).encode()
    return parse_resolution(read_text(body), media_type="text/plain", reader="text", parser_version="1")


@pytest.mark.parametrize(
    ("title", "symbol", "adopted_on"),
    [
        ("54 (1948). Resolution of 15 July 1948\n[S/902]", "S/RES/54 (1948)", date(1948, 7, 15)),
        ("1 (1946) Resolution of 25 January 1946", "S/RES/1 (1946)", date(1946, 1, 25)),
        ("Resolution 242 (1967)\nof 22 November 1967", "S/RES/242 (1967)", date(1967, 11, 22)),
        ("Resolution 100 (1953)of 27 October 1953", "S/RES/100 (1953)", date(1953, 10, 27)),
        ("Resolution 290\nof 8 December 1970", "S/RES/290 (1970)", date(1970, 12, 8)),
        ("Resolution 361 (1974-30)\nof 30 August 1974", "S/RES/361 (1974)", date(1974, 8, 30)),
        ("Resolution 883 (1993)\n11 November 1993", "S/RES/883 (1993)", date(1993, 11, 11)),
    ],
)
def test_the_title_of_an_early_text_gives_symbol_and_date(title, symbol, adopted_on):
    document = parse(title)
    assert (document.symbol, document.adopted_on, document.kind) == (symbol, adopted_on, DocumentKind.RESOLUTION)
    assert document.warnings == ()


@pytest.mark.parametrize(
    ("line", "meeting"),
    [
        ("Adopted unanimously at the 1382nd meeting.", 1382),
        ("Adopted unanimously at the\n1382nd meeting.", 1382),
        ("Adopted at the 473rd_ meeting\nby 9 votes to none, with 1\nabstention (Yugoslavia). 10", 473),
        ("Adopted without a vote at the 3219th meeting.", 3219),
        ("Adopted unanimously at the 30i6th meeting.", None),
        ("Adopted unanimously at the 283 3rd meeting.", None),
        ("Adopted unanimously at the resumed 2396th meeting.", 2396),
    ],
)
def test_the_closing_line_gives_the_meeting_and_is_no_paragraph(line, meeting):
    document = parse("Resolution 242 (1967)\nof 22 November 1967", line)
    assert document.meeting == meeting
    assert [paragraph.address for paragraph in document.paragraphs] == ["PP 1", "OP 1", "OP 2"]


@pytest.mark.parametrize(
    "line",
    [
        "Adopted by the Security Council at its 4337th (closed) meeting, on 27 June 2001",
        "Adoption by the Security Council at its 4337th meeting, on 27 June 2001",
        "Adopted by the Security Council at is 4337th meeting, on 27 June 2001",
        "Adopted by the Security Council at its 4337th meeting, 27 June 2001",
        "Adopted by the Security Council at its 4337th meeting, "
        "by a vote of 13 to 0, with 1 abstention (A), on 27 June 2001",
    ],
)
def test_the_adoption_line_is_known_in_its_variants(line):
    document = parse(f"Resolution 1358 (2001)\n\n{line}")
    assert (document.meeting, document.adopted_on) == (4337, date(2001, 6, 27))


def test_years_that_contradict_each_other_are_reported():
    document = parse("Resolution 434 (1973)\nof 18 September 1978")
    assert [warning.code for warning in document.warnings] == ["years-differ"]
