from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import BodyError, Unreadable
from scraper.readers.block import BlockKind, Furniture
from scraper.readers.text.document import read_text
from scraper.readers.text.lines import clean, decode
from scraper.structure.printed.document import parse_resolution
from tests.paths import TESTS

CASES = sorted((TESTS / "cases" / "text").glob("*/input.txt"))
# Hyphens: soft ones become plain ones, and a hyphen is kept at a line's end; controls and byte order marks say nothing.
NOT_TEXT = set("-–\u2011\u00ad\ufeff")
PIECES = [
    "The Security Council,",
    "Recalling its resolution 1325 (2000),",
    "Having heard the representative of",
    "1. Decides",
    "2, Requests that States",
    "(a) to report;",
    "(6) to act;",
    "a.",
    "S/RES/1325 (2000)",
    "2 00-72018",
    "*0072018*",
    "_____________",
    "12 Ibid., document S/1501.",
    "Footnotes",
    "* Reissued for technical reasons.",
    "Annex I",
    "II",
    "Adopted unanimously at the 1382nd meeting. 12",
    "– Carmel Agius (Malta) – Liu Daqun (China)",
    "Distr.: General",
    "; 3. Calls upon all; 4. Ends.",
]
ENDS = ["\n", "\n\n", "\r\n", "\r\r\n", "\r", "\f", " ", "-\n"]


def letters(text):
    return Counter(
        letter for letter in text if not letter.isspace() and letter.isprintable() and letter not in NOT_TEXT
    )


def kept(document):
    return letters("".join(block.text + "".join(block.marks) for block in document.blocks))


def texts(body, kind=BlockKind.TEXT):
    return [block.text for block in read_text(body.encode()).of_kind(kind)]


def furniture(body):
    return [(block.furniture, block.text) for block in read_text(body.encode()).of_kind(BlockKind.FURNITURE)]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Côte d’Ivoire".encode(), "Côte d’Ivoire"),
        ("Côte d’Ivoire".encode("cp1252"), "Côte d’Ivoire"),
        (b"\xef\xbb\xbf" + "Côte".encode(), "Côte"),
        ("\ufeffCôte".encode("utf-16-le"), "Côte"),
        (b"C\xf4te \x81", "Côte \x81"),
    ],
)
def test_the_encoding_is_told_from_the_bytes(body, text):
    assert decode(body) == text


@pytest.mark.parametrize(
    ("printed", "line"),
    [
        ("in post -conflict situations", "in post-conflict situations"),
        ("units — land, maritime - and air", "units — land, maritime - and air"),
        ("\u00ad Liu Daqun (China)", "– Liu Daqun (China)"),
        ("Secretary\u00adGeneral", "Secretary-General"),
        ("1.\u00a0 \u00a0 Deems", "1. Deems"),
        ("of\x0125 May", "of 25 May"),
    ],
)
def test_cleaning_changes_no_letter(printed, line):
    assert clean(printed) == line


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\r\n", "\r"])
def test_lines_end_in_any_way(end):
    assert texts(end.join(["1. Decides to act;", "2. Decides to remain seized."])) == [
        "1. Decides to act;",
        "2. Decides to remain seized.",
    ]


def test_a_running_head_between_two_halves_of_a_sentence_is_furniture():
    body = "1. Urges States to supply arms and financial\n2 08-28863\n\n\fS/RES/1807 (2008)\nassistance to all;\n"
    assert texts(body) == ["1. Urges States to supply arms and financial assistance to all;"]
    assert furniture(body) == [
        (Furniture.PAGE_NUMBER, "2 08-28863"),
        (Furniture.RUNNING_HEAD, "S/RES/1807 (2008)"),
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("00-72018 (E) `````````", Furniture.JOB_NUMBER),
        ("13-26422 (E) 250313", Furniture.JOB_NUMBER),
        ("05-59277** (E)", Furniture.JOB_NUMBER),
        ("*1326422*", Furniture.JOB_NUMBER),
        ("S/RES/1000 (1995) Page 2", Furniture.RUNNING_HEAD),
        ("S/RES/1153 (1998) English Page 3", Furniture.RUNNING_HEAD),
        ("08-28863 3/14", Furniture.PAGE_NUMBER),
        ("/...", Furniture.PAGE_NUMBER),
        ("-----", Furniture.RULE),
    ],
)
def test_furniture_is_known_by_its_words(line, kind):
    assert furniture(f"1. Decides to act;\n{line}\n2. Decides to end.\n") == [(kind, line)]


def test_a_bare_number_is_furniture_only_beside_furniture():
    assert furniture("1. Decides to act;\n\n2\n\n13-26422\n\n\fS/2013/173\n\n2. Ends.") == [
        (Furniture.PAGE_NUMBER, "2"),
        (Furniture.PAGE_NUMBER, "13-26422"),
        (Furniture.RUNNING_HEAD, "S/2013/173"),
    ]
    assert furniture("The answer of the Council was\n\n42\n\nand no more.") == []


def test_a_misread_number_between_its_neighbours_is_mended_and_kept():
    body = "3. Invites him;\n\n4, Demands that all act;\n\nS. Appeals to all;\n\n6. Ends."
    assert texts(body) == ["3. Invites him;", "4. Demands that all act;", "5. Appeals to all;", "6. Ends."]
    assert furniture(body) == [(Furniture.MISREAD_NUMBER, "4,"), (Furniture.MISREAD_NUMBER, "S.")]


def test_a_number_without_such_neighbours_stays_as_it_is():
    assert texts("3. Invites him;\n\n5, Demands that all act;\n\n7. Ends.")[1] == "5, Demands that all act;"


def test_a_roman_heading_is_no_misread_number():
    assert texts("I. Introduction\n\n1. The mission left.\n\n2. It returned.")[0] == "I. Introduction"


def test_a_misread_letter_between_its_neighbours_is_mended():
    body = "2. Requests it:\n\n(a) To report;\n\n(6) To observe;\n\n(c) To inform;\n\n3. Ends."
    assert texts(body)[2] == "(b) To observe;"


def test_a_list_of_numbers_in_brackets_is_not_misread():
    body = "2. Requests it:\n\n(5) To report;\n\n(6) To observe;\n\n(7) To inform;"
    assert texts(body)[1:] == ["(5) To report;", "(6) To observe;", "(7) To inform;"]


def test_a_mark_is_taken_out_when_its_note_is_there():
    document = read_text(b"Recalling the report 12 and the letter,\n\n1. Decides to act.\n\n12 Ibid., document S/1501.")
    recital = next(document.of_kind(BlockKind.TEXT))
    assert (recital.text, recital.marks) == ("Recalling the report and the letter,", ("12",))
    assert [block.text for block in document.of_kind(BlockKind.FOOTNOTE)] == ["12 Ibid., document S/1501."]


@pytest.mark.parametrize(
    "text", ["approximately 1.2 million", "no later than 1 hour", "resolution 1 and others", "of 1 May", "by 1 vote"]
)
def test_a_number_that_counts_is_no_mark(text):
    assert texts(f"Noting it was {text} in all,\n\n1. Decides to act.\n\n1 Ibid., document S/1501.")[0].count("1") == 1


def test_cells_that_stand_apart_are_a_table():
    lines = "1.\nThe members of the Council sent a mission to the country in the month of January of\nthe year and {}"
    body = lines.format("it was composed as follows:\nArgentina\n\nMario, Minister\n\nAustralia\n\nGary, Envoy\n\n")
    body += "China\n\nJiang\n\n2.\nThe mission left the city on the day that was named for it, and it was back on the\n"
    body += "last."
    assert len(texts(body)) == 2
    assert texts(body, BlockKind.TABLE) == [
        "Argentina",
        "Mario, Minister",
        "Australia",
        "Gary, Envoy",
        "China",
        "Jiang",
    ]


def test_a_body_without_a_letter_is_no_text():
    with pytest.raises(Unreadable) as caught:
        read_text(b"\x01\x02 \f")
    assert caught.value.code == "no-text"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_no_character_of_a_case_is_lost(path):
    body = path.read_bytes()
    assert letters(decode(body)) - kept(read_text(body)) == Counter()


@given(st.text() | st.lists(st.sampled_from(PIECES + ENDS)).map("".join))
def test_no_character_of_any_text_is_lost(text):
    try:
        document = read_text(text.encode("utf-8", "surrogatepass"))
    except Unreadable:
        assert letters(clean(text)) == Counter()
        return
    assert letters(decode(text.encode("utf-8", "surrogatepass"))) - kept(document) == Counter()


@given(st.binary() | st.lists(st.sampled_from(PIECES + ENDS), min_size=1).map(lambda pieces: "".join(pieces).encode()))
def test_any_bytes_parse_or_are_refused(body):
    try:
        document = parse_resolution(read_text(body), media_type="text/plain", reader="text", parser_version="1")
    except BodyError:
        return
    addresses = [paragraph.address for paragraph in document.paragraphs]
    assert len(set(addresses)) == len(addresses)
