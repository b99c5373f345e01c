"""Which paragraph is which."""

from collections.abc import Callable
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.changes.align import Pair, align
from storage.models import Paragraph, Part

Make = Callable[..., Paragraph]

WORDS = st.sampled_from(["women", "peace", "shall", "report", "the", "Council", "of", "mission", "urges"])
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=6).map(" ".join), max_size=8)

# successive renewals of a mandate, shortened: the later one drops OP 2, adds two paragraphs, and shifts the numbers
OLDER = [
    "Decides to extend the mandate of the mission until 30 April 2025",
    "Decides that the mission will withdraw its Force from South Kivu by the end of April 2024 and limit its mandate",
    "Calls on all parties to ensure the full, equal and meaningful participation of women in the peace process",
    "Taking note of the Report of the Secretary-General of 11 October 2024 (S/2024/730)",
    "Decides to remain seized of the matter",
]
LATER = [
    "Decides to extend the mandate of the mission until 30 April 2026",
    "Welcomes the gradual deployment of regional forces",
    "Calls on all parties to ensure the full, equal, meaningful and safe participation of women in the peace process",
    "Taking note of the Report of the Secretary-General of 13 October 2025 (S/2025/638)",
    "Expresses its readiness to consider further steps towards the sustainable withdrawal from North Kivu and Ituri",
    "Decides to remain seized of the matter",
]


def numbered(texts: list[str], first: int = 1) -> list[Paragraph]:
    return [Paragraph(f"OP {n}", Part.OPERATIVE, text) for n, text in enumerate(texts, start=first)]


def test_a_renewal_carries_its_paragraphs_on() -> None:
    found = align(numbered(OLDER), numbered(LATER))

    assert found.pairs == (Pair(0, 0), Pair(2, 2), Pair(3, 3), Pair(4, 5))
    assert (found.removed, found.added) == ((1,), (1, 4))


def test_pairs_are_those_of_difflib_over_words() -> None:
    cells = sorted(
        (
            (SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio(), i, j)
            for i, old in enumerate(OLDER)
            for j, new in enumerate(LATER)
        ),
        reverse=True,
    )
    expected: dict[int, int] = {}
    for ratio, i, j in cells:
        if ratio >= 0.5 and i not in expected and j not in expected.values():
            expected[i] = j

    assert {pair.before: pair.after for pair in align(numbered(OLDER), numbered(LATER)).pairs} == expected


def test_white_space_hyphens_and_quotation_marks_keep_a_text_identical(paragraph: Make) -> None:
    before = [paragraph("OP 1", "the “pre-deployment” training"), paragraph("OP 2", "quite other words here")]
    after = [paragraph("OP 1", "quite other words here"), paragraph("OP 2", 'the "predeployment"  training')]

    assert align(before, after).pairs == (Pair(1, 0), Pair(0, 1))


def test_words_that_stand_many_times_are_paired_in_their_order() -> None:
    before = numbered(["to women;", "urges peace now", "to women;", "decides to report", "to women;"])
    after = numbered(["welcomes", "to women;", "urges peace now", "to women;", "decides to report", "to women;"])

    found = align(before, after)

    assert found.pairs == tuple(Pair(n, n + 1) for n in range(5))
    assert found.added == (0,)


def test_a_repeated_text_that_lost_one_place_loses_the_right_one(paragraph: Make) -> None:
    before = [
        paragraph("OP 1", "calls on"),
        paragraph("OP 1 (a)", "women;"),
        paragraph("OP 2", "decides on"),
        paragraph("OP 2 (a)", "women;"),
    ]

    found = align(before, [before[0], before[2], before[3]])

    assert found.removed == (1,)
    assert found.pairs == (Pair(0, 0), Pair(2, 1), Pair(3, 2))


def test_of_two_like_paragraphs_the_one_at_the_same_address_is_meant(paragraph: Make) -> None:
    report = "the Secretary-General {} report to the Council on the progress made in the region by 1 {} 2025"
    before = [paragraph("OP 3", report.format("shall", "March")), paragraph("OP 4", report.format("shall", "June"))]
    after = [paragraph("OP 3", report.format("should", "June")), paragraph("OP 4", report.format("should", "July"))]

    assert align(before, after).pairs == (Pair(0, 0), Pair(1, 1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("women;", "women and girls;"),
        ("women;", "girls;"),
        ("to report.", "to advise."),
    ],
)
def test_a_short_paragraph_that_kept_its_address_is_the_same(paragraph: Make, old: str, new: str) -> None:
    assert align([paragraph("OP 1 (c)", old)], [paragraph("OP 1 (c)", new)]).pairs == (Pair(0, 0),)


def test_a_short_paragraph_between_the_same_neighbours_is_the_same() -> None:
    before = numbered(["urges peace", "women;", "decides to report"])
    after = numbered(["welcomes", "urges peace", "girls;", "decides to report"])

    assert Pair(1, 2) in align(before, after).pairs


def test_words_that_share_nothing_are_two_paragraphs(paragraph: Make) -> None:
    before = [paragraph("OP 1", "Condemns all violations of the ceasefire")]
    after = [paragraph("OP 1", "Requests a report within ninety days")]

    found = align(before, after)

    assert (found.pairs, found.removed, found.added) == ((), (0,), (0,))


@given(TEXTS, TEXTS)
def test_every_paragraph_is_accounted_for_once(old: list[str], new: list[str]) -> None:
    found = align(numbered(old), numbered(new))

    assert sorted([pair.before for pair in found.pairs] + list(found.removed)) == list(range(len(old)))
    assert sorted([pair.after for pair in found.pairs] + list(found.added)) == list(range(len(new)))


@given(TEXTS)
def test_a_text_is_aligned_with_itself_paragraph_by_paragraph(texts: list[str]) -> None:
    assert align(numbered(texts), numbered(texts)).pairs == tuple(Pair(n, n) for n in range(len(texts)))
