"""Times the commands that a user waits for beside bare programs that do the least of the same, in turn."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from scraper.ingest.ingest import BODIES, ingest
from scraper.ingest.workers import ReaderPool
from storage.fetched.bodies import BodyStore
from storage.sqlite.database import DATABASE_NAME, open_database
from tests.measures.speed.benchmark_reading import NOW, archive
from tests.measures.speed.timing import Measure, measure, wpswatch
from tests.servers.corpus_server import RAW, corpus_paths

Pairs = list[tuple[Measure, Measure]]
"""Ours beside its floor, in turn."""

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
QUERY_ROUNDS = 4  # so many times as often as others: they take milliseconds


class Crawls:
    """Crawls of the whole corpus through a local mirror, in turn with bare spiders; made once, for all rows of them."""

    def __init__(self, corpus: Path, folder: Path, rounds: int) -> None:
        self._corpus, self._folder, self._rounds = corpus, folder, rounds

    @property
    def first(self) -> Pairs:
        """A first crawl beside a spider that only downloads."""
        return self._taken[0]

    @property
    def again(self) -> Pairs:
        """A crawl that finds nothing new beside a spider that asks for one page."""
        return self._taken[1]

    @cached_property
    def _taken(self) -> tuple[Pairs, Pairs]:
        spider, urls, page = (self._folder / name for name in ("bare.py", "urls.txt", "page.txt"))
        first, again = [], []
        with served(self._corpus) as port:
            mirror = f"http://127.0.0.1:{port}"
            addresses = [f"{mirror}{RAW}{quote(path)}" for path in corpus_paths(self._corpus)]
            spider.write_text(BARE_SPIDER)
            urls.write_text("\n".join(addresses))
            page.write_text(addresses[0])
            config = self._folder / "bench.toml"
            config.write_text(
                f'[network]\nmirror = "{mirror}"\ndelay_seconds = 0\n'
                f"[sources.unxml.expect]\nmin_listed = {len(addresses)}\n"
            )
            for number in range(self._rounds):
                crawl = [*wpswatch(self._folder / f"data{number}", config), "-q", "crawl", "unxml"]
                bare = measure([sys.executable, str(spider), str(urls)])
                first.append((measure(crawl), bare))
                one = measure([sys.executable, str(spider), str(page)])
                again.append((measure(crawl), one))
        return first, again


class Queries:
    """The reading commands beside a bare click program, on a database with all of the corpus."""

    def __init__(self, corpus: Path, folder: Path, rounds: int) -> None:
        self._corpus, self._folder, self._rounds = corpus, folder, rounds

    def taken(self, name: str) -> Pairs:
        """One of `QUERIES`."""
        hello = self._folder / "hello.py"
        hello.write_text(CLICK_HELLO)
        command = [*wpswatch(self._data), *QUERIES[name]]
        measure(command)
        return [
            (measure(command), measure([sys.executable, str(hello)]))
            for _ in range(max(self._rounds * QUERY_ROUNDS, 12))
        ]

    @cached_property
    def _data(self) -> Path:
        data = self._folder / "asked"
        data.mkdir()
        with closing(open_database(data / DATABASE_NAME)) as db:
            archive(db, sorted((self._corpus / "unxml-resolutions-en").glob("*.xml")), BodyStore(data / BODIES))
            with ReaderPool(2) as readers:
                ingest(db, data, readers, NOW)
        return data


@contextmanager
def served(corpus: Path) -> Iterator[int]:
    """The corpus as its source would show it, in a process of its own; the port."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.servers.corpus_server", str(corpus)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        yield int(server.stdout.readline())
    finally:
        server.terminate()
        server.wait()
