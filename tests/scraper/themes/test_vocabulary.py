import pytest

from scraper.themes.labeller import label_paragraphs
from scraper.themes.vocabulary import Rule, VocabularyError, compile_vocabulary, version_of, vocabulary
from storage.models import DocumentKind, Paragraph, Part

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


def test_the_thirteen_themes_are_peacewomens() -> None:
    assert len(vocabulary().themes) == 13


@pytest.mark.parametrize("rule", vocabulary().rules, ids=lambda rule: rule.id)
def test_every_rule_labels_its_own_example(rule: Rule) -> None:
    example = Paragraph("OP 1 (a)", Part.OPERATIVE, rule.example, rule.heading, rule.under)
    symbol = "S/RES/1888 (2009)" if rule.facts else "S/RES/2000 (2011)"

    (done,) = label_paragraphs([example], symbol=symbol, kind=DocumentKind.RESOLUTION, language="en")

    given = {label.theme for label in done.labels if any(one.rule == rule.id for one in label.evidence)}
    assert given == set(rule.themes)


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
