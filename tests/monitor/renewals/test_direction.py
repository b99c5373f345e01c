"""How words on women read beside the old ones; the sentences follow renewals of UNMISS, MONUSCO and UNAMA."""

import pytest

from monitor.renewals.comparison import Direction, Line
from monitor.renewals.lines import compare_texts

OPENING = "the transitional government to hold the elections of December in all counties of the country, with the"


def line(paragraph, before: str, after: str, *, new_address: str = "OP 7") -> Line:
    [found] = compare_texts([paragraph("OP 7", before, wps=True)], [paragraph(new_address, after, wps=True)]).lines
    return found


@pytest.mark.parametrize(
    ("before", "after", "direction", "rule"),
    [
        ("Urges {} full, equal and meaningful participation of women;",
         "Urges {} full, equal, safe and meaningful participation of women;", "stronger", "participation"),
        ("Urges {} full, equal, safe and meaningful participation of women;",
         "Urges {} full and equal participation of women;", "weaker", "participation"),
        ("Demands {} participation of women;", "Encourages {} participation of women;", "weaker", "verb"),
        ("Encourages {} participation of women;", "Requests {} participation of women;", "stronger", "verb"),
        ("Requests {} participation of women and deployment of women protection advisers;",
         "Requests {} participation of women;", "weaker", "term-lost"),
        ("Requests {} participation of women;",
         "Requests {} participation of women and a 35 per cent quota of women;", "stronger", "term-gained"),
        ("Urges {} gender-responsive security of polling stations;",
         "Urges {} security of polling stations of women and girls;", "weaker", "term-replaced"),
        ("Urges {} participation of women at all levels;", "Urges {} participation of women;", "weaker", "scope-lost"),
        ("Urges {} participation of women, recalling resolution 1325 (2000);",
         "Urges {} participation of women, recalling resolutions 1325 (2000) and 2467 (2019);", "stronger", "series"),
    ],
)  # fmt: skip
def test_words_read_stronger_or_weaker_for_a_reason(
    paragraph, before: str, after: str, direction: str, rule: str
) -> None:
    found = line(paragraph, before.format(OPENING), after.format(OPENING))
    assert found.direction == direction
    assert rule in {reason.rule for reason in found.reasons}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Requests {} participation of women;", "Urges {} participation of women;"),
        ("Urges {} gender-responsive security of polling stations;",
         "Urges {} security of polling stations for women, men, girls and boys;"),
        ("Urges {} participation of women;",
         "Urges {} participation of women, and welcomes the pledges of donors in Geneva to fund ballot papers;"),
        ("Condemns {} rape of women;", "Requests {} rape of women be told;"),
    ],
)  # fmt: skip
def test_words_that_read_level(paragraph, before: str, after: str) -> None:
    assert line(paragraph, before.format(OPENING), after.format(OPENING)).direction is Direction.NEUTRAL


def test_better_in_one_respect_and_worse_in_another_is_mixed(paragraph) -> None:
    found = line(
        paragraph,
        f"Urges {OPENING} full and equal participation of women and the deployment of women protection advisers;",
        f"Urges {OPENING} full and equal participation of women and a 35 per cent quota;",
    )
    assert found.direction is Direction.NEUTRAL
    assert found.reasons[-1].rule == "mixed"


def test_what_moves_into_the_operative_part_with_other_words_reads_stronger(paragraph) -> None:
    [found] = compare_texts(
        [paragraph("PP 3", f"Affirming {OPENING} participation of women,", wps=True)],
        [paragraph("OP 7", f"Reaffirms {OPENING} participation of women;", wps=True)],
    ).lines
    assert (found.moved, found.direction) == ("to-operative", Direction.STRONGER)


def test_the_same_words_in_another_part_read_level(paragraph) -> None:
    [found] = compare_texts(
        [paragraph("PP 3", f"Urging {OPENING} participation of women,", wps=True)],
        [paragraph("OP 7", f"Urges {OPENING} participation of women;", wps=True)],
    ).lines
    assert (found.moved, found.direction) == ("to-operative", Direction.NEUTRAL)


def test_a_direction_that_is_not_level_has_a_reason(paragraph) -> None:
    found = line(paragraph, f"Demands {OPENING} role of women;", f"Notes {OPENING} role of women;")
    assert found.direction is Direction.WEAKER
    assert any(reason.sign < 0 for reason in found.reasons)
