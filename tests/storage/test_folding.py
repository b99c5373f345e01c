"""The loose fold: what it forgets, and what it must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.folding import loose_text, text_hash
from storage.models import Paragraph, Part

WORDS = st.lists(st.sampled_from(["women’s", "Gender", "conflict", "1325", "(2000)", "à", "“role”"]), min_size=1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("women and\n  girls", "women and girls"),
        ("conflict-related", "conflict‑related"),
        ("conflict-related", "conflict\x02related"),
        ("conflict-related", "conflict\ufffe\nrelated"),
        ("peace\u00adbuilding", "peacebuilding"),
        ("2015–2016", "2015—2016"),
        ("women's", "women’s"),
        ("women's", "women´s"),
        ("the “role” of women", 'the "role" of women'),
        ("e\u0301lections", "élections"),
        ("ﬁnal", "final"),
        ("\u200ewomen", "women"),
    ],
)
def test_printings_of_the_same_words_fold_to_the_same_text(one: str, other: str) -> None:
    assert loose_text(one) == loose_text(other)


@pytest.mark.parametrize(("one", "other"), [("Women", "women"), ("women;", "women,"), ("shall", "should"), ("a", "à")])
def test_other_words_case_or_punctuation_stay_different(one: str, other: str) -> None:
    assert loose_text(one) != loose_text(other)


@given(WORDS, st.sampled_from([" ", "\n", "\u00a0", " - ", "-\n", "\u00ad", "\t–\t"]))
def test_what_stands_between_words_never_counts(words: list[str], between: str) -> None:
    assert loose_text(between.join(words)) == loose_text(" ".join(words))


@given(st.text())
def test_any_text_folds_to_one_without_white_space(text: str) -> None:
    assert not any(character.isspace() for character in loose_text(text))


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_the_short_way_for_ascii_gives_what_the_long_way_gives(text: str) -> None:
    assert loose_text(text + "é") == loose_text(text) + "é"


def test_the_hash_counts_addresses_and_where_paragraphs_end() -> None:
    whole = (Paragraph("OP 1", Part.OPERATIVE, "Women. Girls."),)
    renumbered = (Paragraph("OP 2", Part.OPERATIVE, "Women. Girls."),)
    split = (Paragraph("OP 1", Part.OPERATIVE, "Women."), Paragraph("OP 2", Part.OPERATIVE, "Girls."))

    assert len({text_hash(whole), text_hash(renumbered), text_hash(split), text_hash(())}) == 4


def test_the_hash_does_not_count_headings_and_labels() -> None:
    plain = Paragraph("OP 1", Part.OPERATIVE, "Women.")
    headed = Paragraph("OP 1", Part.OPERATIVE, "Women.", heading="Gender")

    assert text_hash((plain,)) == text_hash((headed,))
