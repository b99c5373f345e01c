import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.readers.block import Block
from scraper.structure.printed.run_together import part_blocks


def parted(*texts, left=None):
    return [block.text for block in part_blocks([Block(text, left=left) for text in texts])]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "1. Decides to act; 2. Requests a report; 3. Ends.",
            ["1. Decides to act;", "2. Requests a report;", "3. Ends."],
        ),
        (
            "1. Asks: (a) To act; (b) To report; and (c) To end;",
            ["1. Asks:", "(a) To act;", "(b) To report; and", "(c) To end;"],
        ),
        ("1. Decides on funds 2. Encourages States", ["1. Decides on funds", "2. Encourages States"]),
        ("– Agius (Malta) – Liu (China)", ["– Agius (Malta)", "– Liu (China)"]),
        ("1. Lists them: – Agius; – Liu;", ["1. Lists them:", "– Agius;", "– Liu;"]),
        (
            "The Security Council, Recalling it, Noting that, 1. Decides; 2. Ends.",
            ["The Security Council,", "Recalling it,", "Noting that,", "1. Decides;", "2. Ends."],
        ),
        (
            "Having examined it, Recommends that it be admitted.",
            ["Having examined it,", "Recommends that it be admitted."],
        ),
    ],
)
def test_paragraphs_that_run_together_are_parted(text, parts):
    assert parted(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "1. Recalls paragraphs 8 (a), (b) and (c) above;",
        "1. Recalls paragraph 4. The rest follows;",
        "1. Decides to act; 4. Ends.",
        "1. Notes Côte d'Ivoire - the country - and others;",
    ],
)
def test_what_is_not_due_stays_in_its_sentence(text):
    assert parted(text) == [text]


def test_blocks_with_a_place_on_the_page_are_left_alone():
    assert parted("1. Decides; 2. Ends.", left=100.0) == ["1. Decides; 2. Ends."]


@given(
    st.lists(
        st.text() | st.sampled_from(["1. Decides; 2. Ends.", "(a) to; (b) by;", "The Security Council, Noting it,"])
    )
)
def test_parting_loses_no_character(texts):
    assert "".join("".join(parted(*texts)).split()) == "".join("".join(texts).split())
