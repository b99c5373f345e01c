"""Measures the labels of a translation against English.

`python -m tests.measures.themes.accuracy_translation FRENCH ENGLISH`.

Both are folders of the UN's XML of the resolutions. What the English paragraph of the same symbol and address carries
counts as right. Addresses that only one of the two has are left out and counted.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scraper.ingest.extraction import extract
from storage.models import Paragraph, ParsedDocument
from tests.measures.accuracy import Miss, Reading, Score, report


@dataclass(frozen=True, slots=True)
class Pair:
    """One paragraph in two languages."""

    symbol: str
    paragraph: Paragraph
    english: Paragraph


def read_pairs(folder: Path, english: Path) -> Iterator[Pair]:
    """Read every document of the folder beside its English original."""
    originals = {found[1]: path for path in sorted(english.glob("*.xml")) if (found := _NUMBER.search(path.name))}
    for path in sorted(folder.glob("*.xml")):
        if named := _NUMBER.search(path.name):
            yield from _pairs(extract(path.read_bytes()), extract(originals[named[1]].read_bytes()))


_NUMBER = re.compile(r"(?:SC|RES)[_-](\d{3,4})")  # "S_RES-2779-2507317F.xml", "SC_2561_2021-E.xml"


def _pairs(document: ParsedDocument, original: ParsedDocument) -> Iterator[Pair]:
    english = {one.address: one for one in original.paragraphs}
    for one in document.paragraphs:
        if one.address in english:
            yield Pair(document.symbol or original.symbol or "", one, english[one.address])


def measure(pairs: Iterator[Pair]) -> Score:
    """Count a translation's labels as right where the English has them."""
    score = Score()
    for pair in pairs:
        must, given = frozenset(pair.english.themes), set(pair.paragraph.themes)
        score.wps[bool(must), bool(given)] += 1
        score.right.update(given & must)
        score.missed.update(must - given)
        score.wrong.update(given - must)
        if given != must:
            reading = Reading(pair.symbol, pair.paragraph, bool(must), must, frozenset())
            missed, wrong = tuple(sorted(must - given)), tuple(sorted(given - must))
            score.misses.append(Miss(reading, pair.paragraph.labels, missed, wrong))
    return score


def main(arguments: list[str]) -> int:
    """Print the report; the exit code is 0 whatever the figures are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("english", type=Path)
    parser.add_argument("--show", type=int, default=20, help="how many differences to print")
    asked = parser.parse_args(arguments)
    sys.stdout.write(report(measure(read_pairs(asked.folder, asked.english)), asked.show) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
