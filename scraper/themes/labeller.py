"""Gives each paragraph the themes of the vocabulary that an expert coder would give, each with its evidence.

The vocabulary and rules are data (the TOML files beside it); this module only carries them out. English and French
texts are labelled; paragraphs of another language come back without labels. It reads no clock, network or database,
and the same words always get the same labels.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scraper.themes.evaluation import fired
from scraper.themes.passages import Chapeau, Hit, chapeau_of, read_passage, speaks_itself
from scraper.themes.rule import Rule
from scraper.themes.vocabulary import SUBJECT, WORDS, Vocabulary, vocabulary
from storage.models import DocumentKind, Evidence, Label, Paragraph, Place

# The data's own version (a test compares): a change of vocabulary or rules is a new version.
VOCABULARY_VERSION = "d3da99e8352b"

# S/RES/1325 (2000) and its successors.
WPS_SERIES = frozenset({"1325", "1820", "1888", "1889", "1960", "2106", "2122", "2242", "2467", "2493"})


def label_text(
    text: str, chapeau: str | None = None, heading: str | None = None, language: str = "en"
) -> tuple[Label, ...]:
    """Label one paragraph, English or French, read with its chapeau (degrees joined by ` | `) and the heading above.

    >>> [label.theme for label in label_text("women;", chapeau="ensure the full participation of:")]
    ['Participation']
    """
    known = vocabulary(language)
    if not (known.trigger.search(text.lower()) or (chapeau and known.trigger.search(chapeau.lower()))):
        return ()
    return _labels(text, chapeau_of(chapeau) if chapeau else None, heading, frozenset(), known)


def label_paragraphs(
    paragraphs: Sequence[Paragraph],
    *,
    symbol: str | None,
    kind: DocumentKind,
    language: str,
    known: Vocabulary | None = None,
) -> tuple[Paragraph, ...]:
    """Return the same paragraphs with their labels, read in the light of the document they stand in.

    Only English and French are labelled: paragraphs of another language come back with none. `known` is another
    vocabulary than the package's own, for measures.
    """
    if language not in WORDS:
        return tuple(replace(paragraph, labels=()) if paragraph.labels else paragraph for paragraph in paragraphs)
    known = known or vocabulary(language)
    facts = _facts(symbol, kind)
    search = known.trigger.search
    texts = {paragraph.address: paragraph.text for paragraph in paragraphs}
    is_telling: dict[str, bool] = {}  # by chapeau: many sub-paragraphs share one
    labelled = []
    for paragraph in paragraphs:
        chapeau = paragraph.chapeau
        if chapeau and chapeau not in is_telling:
            is_telling[chapeau] = search(chapeau.lower()) is not None
        labels: tuple[Label, ...] = ()
        if search(paragraph.text.lower()) or (chapeau and is_telling[chapeau]):
            above = _chapeau(paragraph.address, chapeau, texts) if chapeau else None
            labels = _labels(paragraph.text, above, paragraph.heading, facts, known)
        labelled.append(paragraph if labels == paragraph.labels else replace(paragraph, labels=labels))
    return tuple(labelled)


def rules_that_hold(paragraph: Paragraph, *, symbol: str | None, kind: DocumentKind, language: str) -> frozenset[str]:
    """The ids of all rules that hold in a paragraph, also of those whose theme another one gives: for measures."""
    known = vocabulary(language)
    above = chapeau_of(paragraph.chapeau) if paragraph.chapeau else None
    found = _rules(paragraph.text, above, paragraph.heading, _facts(symbol, kind), known, every=True)
    return frozenset(rule.id for rule, _ in found[0])


def _facts(symbol: str | None, kind: DocumentKind) -> frozenset[str]:
    facts = {DocumentKind.REPORT.value if kind is DocumentKind.UNKNOWN else kind.value}  # what is no other kind, tells
    if symbol and symbol.removeprefix("S/RES/").partition("(")[0].strip() in WPS_SERIES:
        facts.add("wps-series")
    return frozenset(facts)


def _chapeau(address: str, words: str, texts: dict[str, str]) -> Chapeau:
    """Find each degree's own words in the joined chapeau by the texts of the paragraphs above."""
    above = []
    while "(" in address:
        address = address.rpartition(" (")[0]
        above.append(texts.get(address, ""))
    parts: list[tuple[int, int]] = []
    position = 0
    for own in reversed(above):
        start = words.find(own, position) if own else -1
        if start >= 0:
            position = start + len(own)
            parts.append((start, position))
    return Chapeau(words, tuple(parts)) if parts else chapeau_of(words)


def _labels(
    text: str, chapeau: Chapeau | None, heading: str | None, facts: frozenset[str], known: Vocabulary
) -> tuple[Label, ...]:
    found, place = _rules(text, chapeau, heading, facts, known)
    if chapeau and place is Place.CHAPEAU:
        return _from(found, chapeau.words, None, heading, known, place)
    return _from(found, text, chapeau, heading, known)


def _rules(
    text: str,
    chapeau: Chapeau | None,
    heading: str | None,
    facts: frozenset[str],
    known: Vocabulary,
    *,
    every: bool = False,
) -> tuple[Iterator[tuple[Rule, list[Hit]]], Place]:
    """The rules that hold, and whose words they were found in: the paragraph's, or those above it."""
    passage = read_passage(text, chapeau, heading, known)
    if speaks_itself(passage, known):
        return fired(passage, facts, known, every=every), Place.TEXT
    if chapeau is None or not chapeau.runs_on or not passage.chapeau.mask & known.book.bit(SUBJECT):
        return iter(()), Place.TEXT
    if "wps-series" in facts:  # its lists are about women, whatever the last words of their chapeau are
        above = read_passage(chapeau.words, None, heading, known)
        return fired(above, facts, known, every=every), Place.CHAPEAU
    if passage.clauses[0].mask & known.book.bit(SUBJECT):
        return fired(passage, facts, known, every=every), Place.TEXT
    return iter(()), Place.TEXT


def _from(
    fired_rules: Iterator[tuple[Rule, list[Hit]]],
    text: str,
    chapeau: Chapeau | None,
    heading: str | None,
    known: Vocabulary,
    place_of_text: Place = Place.TEXT,
) -> tuple[Label, ...]:
    """Gather the rules' evidence by theme, in the vocabulary's order. `place_of_text` is where `text` itself stands."""
    words = {Place.TEXT: text, Place.CHAPEAU: chapeau.words if chapeau else "", Place.HEADING: heading or ""}
    evidence: dict[str, list[Evidence]] = {}
    for (rule_id, hit), themes in {(rule.id, hit): rule.themes for rule, hits in fired_rules for hit in hits}.items():
        place = place_of_text if hit.place is Place.TEXT else hit.place
        one = Evidence(words[hit.place][hit.start : hit.end], hit.start, hit.end, rule_id, place)
        for theme in themes:
            evidence.setdefault(theme, []).append(one)
    return tuple(Label(theme, tuple(evidence[theme])) for theme in known.themes if theme in evidence)
