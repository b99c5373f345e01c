"""Tells what each rule of the themes does: `python -m tests.measures.themes.rules PARSED.jsonl ... [--language fr]`.

PARSED are files of `wpswatch parse --jsonl`: for each rule, in how many of their paragraphs it fires, and in how many
it alone gives its theme. Beside it, from the labelled paragraphs in `tests/readings` (or `--labelled` files): how often
what it gives is right, and what micro F1 loses without it. A rule that never fires, or costs more than it brings, goes.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scraper.themes.labeller import label_paragraphs
from scraper.themes.rule import Rule
from scraper.themes.vocabulary import Vocabulary, vocabulary, with_rules
from storage.models import DocumentKind, Paragraph, Part
from tests.measures.accuracy import Reading, label, measure, read_readings
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
    """Try each rule by itself, and the labelled paragraphs without it."""
    known = vocabulary(language)
    fires = {rule.id: set(_fires(rule, corpus, known, language)) for rule in known.rules if not rule.is_fallback}
    givers: Counter[tuple[int, str]] = Counter()
    for rule in known.rules:
        givers.update((place, theme) for place in fires.get(rule.id, ()) for theme in rule.themes)
    whole = measure(readings, known).micro
    for rule in known.rules:
        if rule.is_fallback:
            continue
        alone = sum(any(givers[place, theme] == 1 for theme in rule.themes) for place in fires[rule.id])
        only = with_rules(known, [rule])
        given = [(set(label(reading, only).themes), reading) for reading in readings]
        right = sum(len(themes & reading.must) for themes, reading in given)
        wrong = sum(len(themes - reading.must - reading.may) for themes, reading in given)
        without = with_rules(known, [one for one in known.rules if one is not rule])
        loss = whole - measure((one for _, one in given), without).micro if right + wrong else 0.0
        yield Told(rule.id, len(fires[rule.id]), alone, right, wrong, loss)


def _fires(rule: Rule, corpus: Sequence[Held], known: Vocabulary, language: str) -> Iterator[int]:
    only = with_rules(known, [rule])
    for place, held in enumerate(corpus):
        (done,) = label_paragraphs([held.paragraph], symbol=held.symbol, kind=held.kind, language=language, known=only)
        if done.labels:
            yield place


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
    """Print a line a rule, those that cost most first; 1 when one never fires."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parsed", type=Path, nargs="+")
    parser.add_argument("--labelled", type=Path, nargs="*", default=sorted((TESTS / "readings").glob("*.jsonl")))
    parser.add_argument("--language", default="en")
    asked = parser.parse_args(arguments)
    read = [reading for path in asked.labelled for reading in read_readings(path)]
    readings = [reading for reading in read if reading.language == asked.language]
    told = list(tell(list(read_corpus(asked.parsed, asked.language)), readings, asked.language))
    sys.stdout.write(f"{'rule':42} fires  alone  right  wrong  F1 lost without it\n")
    for one in sorted(told, key=lambda one: one.loss):
        sys.stdout.write(f"{one.rule:42} {one.fires:5} {one.alone:6} {one.right:6} {one.wrong:6}  {one.loss:+.4f}\n")
    silent = [one.rule for one in told if not one.fires + one.right]
    sys.stdout.write(f"{len(told)} rules; never fire: {', '.join(silent) or 'none'}\n")
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
