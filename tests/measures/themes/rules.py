"""Tells what each rule of the themes does: `python -m tests.measures.themes.rules PARSED.jsonl ... [--language fr]`.

PARSED are files of `wpswatch parse --jsonl`: for each rule, in how many of their paragraphs it fires, and in how many
it alone gives its theme. Beside it, from the labelled paragraphs in `tests/readings` (or `--labelled` files): how often
what it gives is right, and what micro F1 loses without it. A rule that never fires, or costs more than it brings, goes.
So does a concept of which no phrase stands anywhere: those without a witness are named.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scraper.themes.folding import fold
from scraper.themes.labeller import rules_that_hold
from scraper.themes.vocabulary import vocabulary, with_rules
from storage.models import DocumentKind, Paragraph, Part
from tests.measures.accuracy import KINDS, Reading, label, read_readings
from tests.paths import TESTS


@dataclass(frozen=True, slots=True)
class Held:
    """A paragraph of a corpus and the document it stands in."""

    symbol: str | None
    kind: DocumentKind
    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class Told:
    """What a rule does. `alone` counts the paragraphs whose theme no other rule gives."""

    rule: str
    fires: int
    alone: int
    right: int
    wrong: int
    loss: float


def tell(corpus: Sequence[Held], readings: Sequence[Reading], language: str) -> Iterator[Told]:
    """Count what each rule does, and label the paragraphs in which it holds again without it."""
    known = vocabulary(language)
    themes = {rule.id: frozenset(rule.themes) for rule in known.rules}
    held = [rules_that_hold(one.paragraph, symbol=one.symbol, kind=one.kind, language=language) for one in corpus]
    read = [
        rules_that_hold(one.paragraph, symbol=one.symbol, kind=KINDS[one.source], language=language) for one in readings
    ]
    whole = [set(label(one).themes) for one in readings]
    for rule in known.rules:
        if rule.is_fallback:
            continue
        fires = [rules for rules in held if rule.id in rules]
        others = [frozenset().union(*(themes[one] for one in rules if one != rule.id)) for rules in fires]
        alone = sum(not themes[rule.id] <= given for given in others)
        places = [place for place, rules in enumerate(read) if rule.id in rules]
        right = sum(len(themes[rule.id] & readings[place].must) for place in places)
        wrong = sum(len(themes[rule.id] - readings[place].must - readings[place].may) for place in places)
        without = with_rules(known, [one for one in known.rules if one is not rule])
        less = list(whole)
        for place in places:
            less[place] = set(label(readings[place], without).themes)
        yield Told(rule.id, len(fires), alone, right, wrong, _micro(readings, whole) - _micro(readings, less))


def _micro(readings: Sequence[Reading], given: Sequence[set[str]]) -> float:
    pairs = list(zip(readings, given, strict=True))
    right = sum(len(themes & one.must) for one, themes in pairs)
    wrong = sum(len(themes - one.must - one.may) for one, themes in pairs)
    return 2 * right / max(1, 2 * right + wrong + sum(len(one.must - themes) for one, themes in pairs))


def without_witness(paragraphs: Iterable[Paragraph], language: str) -> list[str]:
    """The concepts of which no phrase stands in any of the paragraphs, their chapeaus or headings."""
    book = vocabulary(language).book
    lacking = set(book.bits)
    for one in paragraphs:
        for words in (one.text, one.chapeau, one.heading):
            lacking -= book.concepts_in(fold(words or ""))
    return sorted(lacking)


def read_corpus(paths: Iterable[Path], language: str) -> Iterator[Held]:
    """The paragraphs of parsed documents in which some word of the vocabulary's subjects may stand."""
    worth = vocabulary(language).trigger
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            if document.get("language") != language:
                continue
            for one in document["paragraphs"]:
                if worth.search(f"{one['chapeau'] or ''} {one['text']}".lower()):
                    paragraph = Paragraph(
                        one["address"], Part(one["part"]), one["text"], one["heading"], one["chapeau"]
                    )
                    yield Held(document["symbol"], DocumentKind(document["kind"]), paragraph)


def main(arguments: list[str]) -> int:
    """Print a line a rule, those that cost most first; 1 when one never fires or a concept has no witness."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parsed", type=Path, nargs="+")
    parser.add_argument("--labelled", type=Path, nargs="*", default=sorted((TESTS / "readings").glob("*.jsonl")))
    parser.add_argument("--language", default="en")
    asked = parser.parse_args(arguments)
    read = [reading for path in asked.labelled for reading in read_readings(path)]
    readings = [reading for reading in read if reading.language == asked.language]
    corpus = list(read_corpus(asked.parsed, asked.language))
    told = list(tell(corpus, readings, asked.language))
    sys.stdout.write(f"{'rule':42} fires  alone  right  wrong  F1 lost without it\n")
    for one in sorted(told, key=lambda one: one.loss):
        sys.stdout.write(f"{one.rule:42} {one.fires:5} {one.alone:6} {one.right:6} {one.wrong:6}  {one.loss:+.4f}\n")
    silent = [one.rule for one in told if not one.fires + one.right]
    sys.stdout.write(f"{len(told)} rules; never fire: {', '.join(silent) or 'none'}\n")
    lacking = without_witness([one.paragraph for one in (*corpus, *readings)], asked.language)
    sys.stdout.write(
        f"{len(vocabulary(asked.language).book.bits)} concepts; without a witness: {', '.join(lacking) or 'none'}\n"
    )
    return 1 if silent or lacking else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
