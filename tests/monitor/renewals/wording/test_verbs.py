import pytest

from monitor.renewals.wording.verbs import Verb, governing, verbs_in


def verb_of(text: str, words: str) -> Verb:
    verb = governing(verbs_in(text), text.index(words))
    assert verb is not None
    return verb


@pytest.mark.parametrize(
    ("text", "printed", "kind", "force"),
    [
        ("Decides that the mission protects women", "Decides", "acts", 6),
        ("Also strongly urges the parties to include women", "Also strongly urges", "acts", 4),
        ("Encourages and Calls upon all to include women", "Calls upon", "acts", 4),
        ("Strongly condemns in the strongest terms rape of women",
         "Strongly condemns in the strongest terms", "condemns", 2),
        ("Noting the report, and expressing its deep and grave concern at rape of women",
         "expressing its deep and grave concern", "concern", 2),
        ("Notes with concern the situation of women", "Notes with concern", "concern", 2),
        ("To monitor, investigate, verify and report on violence against women", "To monitor", "tasks", 3),
        ("support dialogue, and to ensure the protection of women", "to ensure", "tasks", 4),
        ("Recognises the role of women", "Recognises", "acts", 1),
    ],
)  # fmt: skip
def test_the_verb_that_governs_women(text: str, printed: str, kind: str, force: int) -> None:
    verb = verb_of(text, "women")
    assert (verb.printed, verb.kind, verb.force) == (printed, kind, force)


def test_the_last_clause_of_the_council_governs_not_the_infinitive_in_it() -> None:
    assert verb_of("Recalls its decision, and calls on UNAMA to ensure and protect women", "women").plain == "call upon"


def test_adverbs_are_steps_of_one_verb() -> None:
    steps = [verb_of(f"{words} rape of women", "women").adverbs for words in ("Condemns", "Strongly condemns")]
    assert steps == [0, 1]


def test_a_noun_is_no_verb() -> None:
    assert [verb.printed for verb in verbs_in("the implementation of its mandate and reports on women")] == []


def test_french_texts_have_their_verbs() -> None:
    verb = governing(verbs_in("Prie le Secrétaire général de veiller aux femmes", "fr"), 30)
    assert verb is not None
    assert (verb.printed, verb.force) == ("Prie", 4)
