"""Measures what a user waits for, as ratios to bare programs timed in turn in the same run.

    python -m tests.measures.benchmark CORPUS [--rounds N] [--row NAME ...] [--keep] [--bodies N]

CORPUS is a folder with `unxml-resolutions-en` (the UN's XML of the resolutions), the list of their paths, and PDFs.
`--row` measures single rows, by the names that are printed; all but `cluster` and `ten-thousand` without it. Each line
gives the least of all rounds, ours beside its floor, their ratio by the clock and by the processor (children included),
and the ratio of the runs before. A busy machine stretches the clock: go by the processor there, and quote `two`,
`cluster` and `ten-thousand` only from a quiet one. `--keep` adds the run to benchmark_runs.json, which holds the last
ten and is committed. Exits with 1 when a row is over its bar, or slower by a third than the runs before.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scraper.ingest.cluster import ClusterReaders
from scraper.ingest.workers import ReaderPool, Readers
from tests.measures.speed.benchmark_commands import Crawls, Pairs, Queries
from tests.measures.speed.benchmark_history import Figure, History
from tests.measures.speed.benchmark_parts import label_pairs, pdf_pairs, store_pairs, xml_files, xml_pairs
from tests.measures.speed.benchmark_reading import InThisProcess, reading_pairs, scaling_pairs
from tests.measures.speed.synthetic import SyntheticCorpus

ON_DEMAND = {"ten-thousand", "cluster"}
NOISE = 1.33
"""A difference below this says nothing: the same commit differs by as much from run to run."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: its name, what is beside what, the bar of the ratio, and how pairs of it are taken."""

    name: str
    what: str
    bar: float
    take: Callable[[], Pairs]
    is_memory: bool = False


def rows(corpus: Path, folder: Path, rounds: int, bodies: int) -> list[Row]:
    """Every row; nothing is measured yet."""
    crawls, queries, files = Crawls(corpus, folder, rounds), Queries(corpus, folder, rounds), xml_files(corpus)

    def query(name: str) -> Callable[[], Pairs]:
        return lambda: queries.taken(name)

    def reading(readers: Callable[[], Readers]) -> Callable[[], Pairs]:
        return lambda: reading_pairs(files, readers, rounds)

    def synthetic() -> list[Path]:
        made = folder / "synthetic"
        if not made.exists():
            made.mkdir()
            for at, one in enumerate(SyntheticCorpus(corpus / "unxml-resolutions-en").files(bodies)):
                (made / f"{at:07d}.xml").write_bytes(one.body)
        return sorted(made.iterdir())

    def cluster() -> Pairs:
        return scaling_pairs(synthetic(), lambda: ClusterReaders("local:2"), lambda: ReaderPool(2), rounds)

    def many() -> Pairs:
        return scaling_pairs(synthetic(), lambda: ReaderPool(2), lambda: InThisProcess(1), rounds)

    return [
        Row("first-crawl", "first crawl / bare Scrapy", 2.0, lambda: crawls.first),
        Row("first-crawl-memory", "the same, largest process", 1.5, lambda: crawls.first, is_memory=True),
        Row("unchanged-crawl", "unchanged crawl / Scrapy for one page", 1.5, lambda: crawls.again),
        Row("unchanged-crawl-memory", "the same, largest process", 1.5, lambda: crawls.again, is_memory=True),
        Row("help", "wpswatch --help / click hello", 1.6, query("--help")),
        Row("extracts", "wpswatch extracts / click hello", 1.6, query("extracts")),
        Row("show", "wpswatch show / click hello", 1.5, query("show")),
        Row("search", "wpswatch search / click hello", 1.6, query("search")),
        Row("xml", "XML to paragraphs / lxml and folded texts", 2.0, lambda: xml_pairs(corpus, rounds)),
        Row("pdf", "PDF to blocks / pdfium's raw text", 1.5, lambda: pdf_pairs(corpus, rounds)),
        Row("labels", "labels / finding 150 phrases", 2.0, lambda: label_pairs(corpus, rounds)),
        Row("store", "all rows / paragraphs with full text", 2.0, lambda: store_pairs(corpus, folder, rounds)),
        Row("one", "read, label, store / bare work", 2.5, reading(lambda: InThisProcess(1))),
        Row("two", "the same, two processes / bare work", 1.8, reading(lambda: ReaderPool(2))),
        Row("cluster", f"{bodies} bodies, two Dask workers / two processes", 1.2, cluster),
        Row("ten-thousand", f"{bodies} bodies, two processes / one", 0.65, many),
    ]  # fmt: skip


def figure_of(row: Row) -> Figure:
    """Measure a row: the least of all rounds, ours and its floor."""
    pairs = row.take()
    if row.is_memory:
        return Figure(min(ours.peak for ours, _ in pairs), min(floor.peak for _, floor in pairs), None)
    ours, floor = min(ours.wall for ours, _ in pairs), min(floor.wall for _, floor in pairs)
    processor = min(ours.cpu for ours, _ in pairs) / min(floor.cpu for _, floor in pairs)
    return Figure(ours, floor, round(processor, 3))


def line(row: Row, figure: Figure, before: float | None) -> str:
    """A row as one line."""
    unit = "MB" if row.is_memory else "s"
    processor = "" if figure.processor is None else f", by processor {figure.processor:.2f}"
    told = f"{figure.ours:8.3f} / {figure.floor:8.3f} {unit:<2} = {figure.ratio:5.2f}{processor}"
    known = f"bar {row.bar:.2f}" + (f", before {before:.2f}" if before else "")
    return f"{row.name:<23} {row.what:<46} {told} ({known}) {verdict(row, figure, before)}"


def verdict(row: Row, figure: Figure, before: float | None) -> str:
    """How a figure stands to its bar, and to the runs before."""
    if before and figure.steadiest > before * NOISE:
        return "SLOWER"
    return "ok" if figure.steadiest <= row.bar else "OVER"


def main(arguments: list[str]) -> int:
    """Print every figure that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--row", action="append", default=[], metavar="NAME")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--bodies", type=int, default=10_000)
    asked = parser.parse_args(arguments)
    history, verdicts, figures = History.load(), [], {}
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; the least of {asked.rounds} rounds")
    with tempfile.TemporaryDirectory() as name:
        known = rows(asked.corpus.absolute(), Path(name), asked.rounds, asked.bodies)
        if unknown := set(asked.row) - {row.name for row in known}:
            raise SystemExit(f"expected rows among {', '.join(row.name for row in known)}; found {', '.join(unknown)}")
        for row in known:
            if row.name in asked.row or not (asked.row or row.name in ON_DEMAND):
                figures[row.name] = figure = figure_of(row)
                before = history.ratio_of(row.name)
                verdicts.append(verdict(row, figure, before))
                print(line(row, figure, before), flush=True)
    if asked.keep:
        history.with_run(figures).save()
    return int(any(one != "ok" for one in verdicts))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
