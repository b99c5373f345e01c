from dataclasses import replace

import pytest

from scraper.themes.labeller import label_paragraphs
from scraper.themes.rule import Rule, VocabularyError
from scraper.themes.vocabulary import compile_vocabulary, version_of, vocabulary, with_rules
from storage.models import DocumentKind, Paragraph, Part
from tests.measures.accuracy import read_readings
from tests.measures.themes.rules import without_witness
from tests.paths import TESTS

GOOD = """
themes = ["Participation"]
triggers = ["women"]
[concept.women]
subject = true
phrases = ["women"]
[concept.taking-part]
phrases = ["participat*"]
[[rule]]
id = "participation.women"
themes = ["Participation"]
when = ["women", "taking-part"]
example = "Women participate."
"""


def test_every_concept_has_a_witness_in_what_was_read_by_hand() -> None:
    readings = [one for path in (TESTS / "readings").glob("*.jsonl") for one in read_readings(path)]
    assert without_witness([one.paragraph for one in readings if one.language == "en"], "en") == []
    assert without_witness([Paragraph("OP 1", Part.OPERATIVE, "Calls for peace talks;")], "en") != []


def test_the_thirteen_themes_are_peacewomens() -> None:
    assert len(vocabulary().themes) == 13


RULES = vocabulary().rules
EXCEPTIONS = [(rule, place) for rule in RULES for place in range(len(rule.unless))]


def given_by(rule: Rule, text: str) -> set[str]:
    """The themes that a rule alone gives a text, in a document of the kind that it asks for."""
    paragraph = Paragraph("OP 1 (a)", Part.OPERATIVE, text, rule.heading, rule.under)
    kinds = [kind for kind in DocumentKind if kind.value in rule.facts]
    (done,) = label_paragraphs(
        [paragraph],
        symbol="S/RES/1888 (2009)" if "wps-series" in rule.facts else "S/RES/2000 (2011)",
        kind=kinds[0] if kinds else DocumentKind.RESOLUTION,
        language="en",
        known=with_rules(vocabulary(), [rule]),
    )
    return set(done.themes)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_labels_its_own_example(rule: Rule) -> None:
    assert given_by(rule, rule.example) == set(rule.themes)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_exception_has_a_counter_example(rule: Rule) -> None:
    assert len(rule.counter_examples) == len(rule.unless)


@pytest.mark.parametrize(("rule", "place"), EXCEPTIONS, ids=[f"{rule.id}-{place}" for rule, place in EXCEPTIONS])
def test_a_counter_example_is_labelled_only_without_its_exception(rule: Rule, place: int) -> None:
    bold = replace(rule, unless=rule.unless[:place] + rule.unless[place + 1 :])

    assert given_by(rule, rule.counter_examples[place]) == set()
    assert given_by(bold, rule.counter_examples[place]) == set(rule.themes)


def test_no_rule_goes_or_comes_unnoticed() -> None:
    """An id is kept as evidence in databases: one that is retired is never used again."""
    lines = (TESTS / "scraper" / "themes" / "rule_ids.txt").read_text(encoding="utf-8").splitlines()
    used = {line for line in lines if line and not line.startswith(("#", "retired "))}
    retired = {line.removeprefix("retired ") for line in lines if line.startswith("retired ")}

    assert used == {rule.id for rule in RULES}
    assert not used & retired


def test_every_theme_has_a_rule() -> None:
    assert {theme for rule in vocabulary().rules for theme in rule.themes} == set(vocabulary().themes)


def test_another_version_comes_from_every_change_of_the_data() -> None:
    assert version_of({"a": GOOD}) != version_of({"a": GOOD + "# \n"})


@pytest.mark.parametrize(
    ("was", "becomes", "message"),
    [
        (
            'themes = ["Participation"]\nwhen',
            'themes = ["Particiption"]\nwhen',
            "expected a known theme, found 'Particiption'",
        ),
        ('when = ["women", "taking-part"]', 'when = ["women", "taking-prt"]', "expected known concepts"),
        ('when = ["women", "taking-part"]', 'when = ["women", "nowhere:women"]', "expected a place"),
        ('when = ["women", "taking-part"]', 'when = ["near:women"]', "expected a first term in the clause"),
        ('when = ["women", "taking-part"]', 'when = ["women", "Taking Part"]', "expected a term"),
        ('phrases = ["participat*"]', "phrases = []", "expected at least one phrase"),
        ('phrases = ["participat*"]', 'phrases = [""]', "expected a phrase of lower-case words"),
        ('phrases = ["participat*"]', 'phrases = ["Participation"]', "expected a phrase of lower-case words"),
        ('phrases = ["participat*"]', 'phrases = ["part(y"]', "expected a phrase of lower-case words"),
        ('phrases = ["participat*"]', 'phrases = ["{nobody} shall"]', "expected a known concept in braces"),
        (
            'phrases = ["participat*"]',
            'phrases = ["women take part"]',
            "expected no phrase that hides a subject's word",
        ),
        ('triggers = ["women"]', 'triggers = ["girl"]', "expected a trigger for every subject phrase"),
        ("subject = true", "subject = false", "expected at least one concept with subject = true"),
        ("example =", "exmaple =", "expected keys of"),
        ("[concept.taking-part]", "[concept.women]", "expected TOML"),
        ("triggers", "tigers", "expected only"),
    ],
)
def test_a_mistake_in_the_data_is_told_clearly(was: str, becomes: str, message: str) -> None:
    assert was in GOOD

    with pytest.raises(VocabularyError) as told:
        compile_vocabulary({"rules.toml": GOOD.replace(was, becomes)})

    assert message in str(told.value)


def test_a_rule_id_is_used_once() -> None:
    rule = GOOD[GOOD.index("[[rule]]") :]

    with pytest.raises(VocabularyError, match="each id once"):
        compile_vocabulary({"a": GOOD, "b": rule})


def test_a_concept_is_described_once() -> None:
    with pytest.raises(VocabularyError, match="each concept once"):
        compile_vocabulary({"a": GOOD, "b": '[concept.women]\nphrases = ["woman"]'})
