"""Measures what a user waits for, as ratios to bare programs timed in turn in the same run.

    python -m tests.measures.benchmark CORPUS [ROUNDS]

CORPUS is a folder with `unxml-resolutions-en` (the UN's XML of the resolutions) and the list of their paths. A crawl of
all of it through a local mirror is compared with a bare Scrapy spider that only downloads it; a second crawl with bare
Scrapy for one page; the reading commands with a bare click program; reading and storing all of it with the bare work
(`tests.measures.speed.benchmark_reading`). Whole processes, with all their children; peak is
that of the largest process. Prints one line a figure and exits with 1 when one is over its bar.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.measures.speed.benchmark_reading import reading_pairs
from tests.servers.corpus_server import RAW, corpus_paths

BARE_SPIDER = """
import sys
import scrapy
from scrapy.crawler import AsyncCrawlerProcess


class Bare(scrapy.Spider):
    name = "bare"

    async def start(self):
        for url in open(sys.argv[1]).read().split():
            yield scrapy.Request(url)

    def parse(self, response):
        pass


settings = {"LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 16}
process = AsyncCrawlerProcess(settings)
process.crawl(Bare)
process.start()
"""
CLICK_HELLO = """
import click


@click.command()
@click.option("--name")
def hello(name):
    click.echo("hello")


hello()
"""
QUERIES = {
    "--help": ["--help"],
    "extracts": ["extracts", "--limit", "20"],
    "show": ["show", "S/RES/2387 (2017)", "OP 43 (d) (ii)"],
    "search": ["search", "sexual violence"],
}


@dataclass(frozen=True, slots=True)
class Measure:
    """One process from start to end: seconds by the clock, seconds of processor, largest process in MB."""

    wall: float
    cpu: float
    peak: float


def measure(command: Sequence[str], allowed: Sequence[int] = (0,)) -> Measure:
    """Run a command and measure it; one that ends with another code than is allowed ends the benchmark."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in allowed:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{said.decode()}")
    return Measure(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A figure beside its floor, pair by pair."""

    name: str
    bar: float
    pairs: list[tuple[float, float]]

    @property
    def value(self) -> float:
        """The median of the pairs' ratios."""
        return statistics.median(ours / floor for ours, floor in self.pairs)

    def line(self) -> str:
        """The figure as one line."""
        ours, floor = (statistics.median(column) for column in zip(*self.pairs, strict=True))
        verdict = "ok" if self.value <= self.bar else "OVER"
        return f"{self.name:<44} {ours:8.3f} / {floor:8.3f} = {self.value:5.2f}  (bar {self.bar:.2f})  {verdict}"


def crawl_figures(port: int, corpus: Path, folder: Path, rounds: int) -> list[Ratio]:
    """Crawl everything, then nothing new, beside the bare spiders."""
    mirror = f"http://127.0.0.1:{port}"
    spider, urls, page = folder / "bare.py", folder / "urls.txt", folder / "page.txt"
    spider.write_text(BARE_SPIDER)
    addresses = [f"{mirror}{RAW}{quote(path)}" for path in corpus_paths(corpus)]
    urls.write_text("\n".join(addresses))
    page.write_text(addresses[0])
    config = folder / "bench.toml"
    config.write_text(
        f'[network]\nmirror = "{mirror}"\ndelay_seconds = 0\n[sources.unxml.expect]\nmin_listed = {len(addresses)}\n'
    )
    first, again, memory, idle = [], [], [], []
    for number in range(rounds):
        crawl = [*wpswatch(folder / f"data{number}", config), "-q", "crawl", "unxml"]
        bare = measure([sys.executable, str(spider), str(urls)])
        ours = measure(crawl)
        one = measure([sys.executable, str(spider), str(page)])
        second = measure(crawl)
        first.append((ours.wall, bare.wall))
        memory.append((ours.peak, bare.peak))
        again.append((second.wall, one.wall))
        idle.append((second.peak, one.peak))
    return [
        Ratio("first crawl / bare Scrapy, s", 1.7, first),
        Ratio("first crawl / bare Scrapy, peak MB", 1.5, memory),
        Ratio("unchanged crawl / Scrapy for one page, s", 1.5, again),
        Ratio("unchanged crawl / one page, peak MB", 1.5, idle),
    ]


def reading_figures(corpus: Path, rounds: int) -> list[Ratio]:
    """Reading, labelling and storing all of it beside the same work done bare."""
    alone, both = reading_pairs(corpus, rounds)
    return [
        Ratio("read and store all, one process / bare, s", 2.0, alone),
        Ratio("read and store all, two processes / bare, s", 1.3, both),
    ]


def query_figures(folder: Path, rounds: int) -> list[Ratio]:
    """The reading commands beside a bare click program, on the database of the first crawl."""
    hello = folder / "hello.py"
    hello.write_text(CLICK_HELLO)
    figures = []
    for name, arguments in QUERIES.items():
        command = [*wpswatch(folder / "data0", folder / "bench.toml"), *arguments]
        measure(command)
        pairs = [
            (measure(command).wall, measure([sys.executable, str(hello)]).wall) for _ in range(max(rounds * 4, 12))
        ]
        figures.append(Ratio(f"wpswatch {name} / click hello, s", 1.6, pairs))
    return figures


def wpswatch(data: Path, config: Path) -> list[str]:
    """The installed command, with its data folder and settings."""
    return [str(Path(sys.executable).with_name("wpswatch")), "--data", str(data), "--config", str(config)]


def main() -> int:
    """Print every figure."""
    corpus, rounds = Path(sys.argv[1]).absolute(), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.servers.corpus_server", str(corpus)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        with tempfile.TemporaryDirectory() as folder:
            figures = crawl_figures(port, corpus, Path(folder), rounds) + query_figures(Path(folder), rounds)
        figures += reading_figures(corpus, rounds)
    finally:
        server.terminate()
        server.wait()
    for figure in figures:
        print(figure.line())
    return int(any(figure.value > figure.bar for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
