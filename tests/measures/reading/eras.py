"""Measures texts that have no XML of the same document: `python -m tests.measures.reading.eras FOLDER ... [--all]`.

For each folder of `*.txt` it says how many documents number their paragraphs 1..n without a gap or a warning (sections
that restart count each for itself), which do not, and which cannot be read, or lack symbol, date or meeting. Symbols
are held against number and year in the file's name, where it has one.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.measures.fidelity import Reading, in_own_process, numbers_of

# as in S_RES_0242_1967_EN_GOLD.txt or S-RES-1325(2000).txt
_NAMED = re.compile(r"S.RES.0*(?P<number>\d+)\D(?P<year>\d{4})")


def has_gap(numbers: Sequence[int]) -> bool:
    """Whether a run of numbers is anything but 1..n, or several such runs behind each other."""
    return any(number not in (1, before + 1) for before, number in zip((0, *numbers), numbers, strict=False))


def deviations(reading: Reading) -> Iterator[str]:
    """A line for each document that numbers its paragraphs otherwise than 1..n, or warns of its numbers."""
    for name, document in sorted(reading.documents.items()):
        numbers = numbers_of(document)
        warned = [warning for warning in document.warnings if warning.code.startswith("number-")]
        if has_gap(numbers) or warned:
            odd = ", ".join(f"{warning.code} at {warning.address}" for warning in warned) or "no warning"
            yield f"{name}: {numbers}, {odd}"


def missing(reading: Reading) -> Iterator[str]:
    """A line for each resolution without symbol, date or meeting, or with another symbol than its file's name says."""
    for name, document in sorted(reading.documents.items()):
        found = _NAMED.match(name)
        if found is None:
            continue
        named = f"S/RES/{found['number']} ({found['year']})"
        lacks = [] if document.symbol == named else [f"symbol {document.symbol}"]
        lacks += ["no date"] if document.adopted_on is None else []
        if document.adopted_on is not None and str(document.adopted_on.year) != found["year"]:
            lacks.append(f"adopted on {document.adopted_on}")
        lacks += ["no meeting"] if document.meeting is None else []
        if lacks:
            yield f"{name}: {', '.join(lacks)}"


def report(folder: Path, reading: Reading, *, lists_all: bool) -> None:
    """Print the figures of one folder."""
    numbering = sum(len(numbers_of(document)) > 1 for document in reading.documents.values())
    odd = list(deviations(reading))
    warned = Counter(warning.code for document in reading.documents.values() for warning in document.warnings)
    print(
        f"\n{folder.name}: {len(reading.documents)} documents, {len(reading.documents) / reading.seconds:.0f} a second"
    )
    print(f"  number their paragraphs: {numbering}")
    print(f"  of these 1..n without a gap or warning: {numbering - len(odd)} ({1 - len(odd) / max(1, numbering):.4f})")
    print(f"  warnings: {', '.join(f'{code} {count}' for code, count in warned.most_common()) or 'none'}")
    for title, lines in (
        ("numbers", odd),
        ("not read", [f"{name}: {why}" for name, why in sorted(reading.refusals.items())]),
        ("head", list(missing(reading))),
    ):
        print(f"  {title}: {len(lines)}", *(f"    {line}" for line in (lines if lists_all else lines[:10])), sep="\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement; exits with 1 when a folder holds no texts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", type=Path, nargs="+", help="folders of texts")
    parser.add_argument("--all", action="store_true", help="list every deviation, not only the first ten")
    asked = parser.parse_args(arguments)
    for folder in asked.folders:
        paths = sorted(folder.glob("*.txt"))
        if not paths:
            print(f"expected texts (*.txt) in {folder}, found none", file=sys.stderr)
            return 1
        report(folder, in_own_process(paths), lists_all=asked.all)
    return 0


if __name__ == "__main__":
    sys.exit(main())
