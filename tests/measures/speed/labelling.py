"""Prints the processor time of labelling all paragraphs beside that of finding some phrases in them, in the same run.

python -m tests.measures.speed.labelling XML-FOLDER [--phrases FILE] [--rounds N]

The phrases are found by one alternation that shares their beginnings, on lowered text: what any program that looks for
words of a vocabulary pays. FILE holds them, one a line; without it they are 150 of the vocabulary's own.
"""

import argparse
import re
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from scraper.council.phrase_pattern import trie_pattern
from scraper.ingest.extraction import extract
from scraper.themes.labeller import label_paragraphs
from storage.models import ParsedDocument
from tests.measures.speed.benchmark_reading import phrases_of_the_vocabulary


def bare(documents: Sequence[ParsedDocument], phrases: re.Pattern[str]) -> float:
    """Processor seconds of finding the phrases in each paragraph."""
    texts = [paragraph.text for document in documents for paragraph in document.paragraphs]
    started = time.process_time()
    for text in texts:
        set(phrases.findall(text.lower()))
    return time.process_time() - started


def ours(documents: Sequence[ParsedDocument]) -> float:
    """Processor seconds of labelling each paragraph."""
    started = time.process_time()
    for one in documents:
        label_paragraphs(one.paragraphs, symbol=one.symbol, kind=one.kind, language=one.language)
    return time.process_time() - started


def pairs(folder: Path, phrases: re.Pattern[str], rounds: int) -> list[tuple[float, float]]:
    """Our seconds beside the bare ones, each round in turn, after one that is not counted."""
    documents = [extract(path.read_bytes()) for path in sorted(folder.glob("*.xml"))]
    if not documents:
        raise SystemExit(f"expected XML files, found none in {folder}")
    ours(documents)
    return [(ours(documents), bare(documents, phrases)) for _ in range(rounds)]


def main(arguments: list[str]) -> int:
    """Print each round and the median ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--phrases", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args(arguments)
    phrases = phrases_of_the_vocabulary()
    if asked.phrases:
        lines = asked.phrases.read_text(encoding="utf-8").splitlines()
        alternation = trie_pattern(line for line in lines if line)
        phrases = re.compile(r"\b" + alternation.replace(" +", " "))  # a bare search finds a phrase as it is written
    measured = pairs(asked.folder, phrases, asked.rounds)
    for labelling, finding in measured:
        sys.stdout.write(f"labelling {labelling:.3f} s, finding {finding:.3f} s: {labelling / finding:.2f}\n")
    sys.stdout.write(f"median ratio {statistics.median(one / other for one, other in measured):.2f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
