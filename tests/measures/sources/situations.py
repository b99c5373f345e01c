"""Measures situations and bodies read from texts beside the UN library's own record of the same resolutions.

    python -m tests.measures.sources.situations CORPUS [N]

CORPUS holds unxml-resolutions-en and unxml-data-extract; N: so many
                                            disagreements of each kind are shown

The library files a resolution under the bodies it is about: what a text only mentions is no mistake of either side.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scraper.errors import BodyError
from scraper.facts.of_metadata import facts_of_metadata
from scraper.pages.unxml.metadata import parse_metadata
from scraper.situations.placing import Placement, place_by_facts, place_by_text
from scraper.structure.akn.document import read_akoma_ntoso


@dataclass(frozen=True, slots=True)
class Pair:
    """One resolution placed by the library's record and by its own text."""

    symbol: str
    record: Placement
    text: Placement


def records(corpus: Path) -> dict[str, Placement]:
    """Each resolution's place by the library's record."""
    found = {}
    for path in sorted((corpus / "unxml-data-extract").glob("*.json")):
        for data in parse_metadata(path.read_bytes(), path.name).resolutions:
            found[data.symbol] = place_by_facts(data.symbol, facts_of_metadata(data))
    return found


def pairs(corpus: Path) -> Iterator[Pair]:
    """The resolutions that have both a record and a text."""
    known = records(corpus)
    for path in sorted((corpus / "unxml-resolutions-en").glob("*.xml")):
        try:
            document = read_akoma_ntoso(path.read_bytes())
        except BodyError as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            continue
        placed = place_by_text(document)
        if placed is not None and placed.symbol in known:
            yield Pair(placed.symbol, known[placed.symbol], placed)


def main() -> None:
    """Print recall and precision, and the first disagreements."""
    found = list(pairs(Path(sys.argv[1])))
    shown = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    same = missed = beside = 0
    of_body: Counter[str] = Counter()
    for pair in found:
        ours, theirs = set(pair.text.bodies), set(pair.record.bodies)
        same += len(ours & theirs)
        missed += len(theirs - ours)
        beside += len(ours - theirs)
        of_body.update(f"missed {body}" for body in theirs - ours)
        of_body.update(f"beside {body}" for body in ours - theirs)
    print(f"bodies: {len(found)} resolutions, {same + missed} named by the library")
    print(f"  recall {same / (same + missed):.3f}   precision {same / (same + beside):.3f}")
    both = [pair for pair in found if pair.record.situation]
    agreed = sum(pair.text.situation == pair.record.situation for pair in both)
    print(f"situations: {agreed} of {len(both)} the same ({agreed / len(both):.3f})")
    if shown:
        print(*(f"  {count:4} {what}" for what, count in of_body.most_common(shown)), sep="\n")
        odd = [pair for pair in both if pair.text.situation != pair.record.situation]
        for pair in odd[:shown]:
            print(f"  {pair.symbol}: record {pair.record.situation}, text {pair.text.situation}")


if __name__ == "__main__":
    main()
