"""How long a first crawl of the UN's XML takes at the paces that its source keeps, through a local mirror.

    python -m tests.measures.first_hour CORPUS

The English resolutions, the statements and the yearly metadata of the corpus, crawled three times by a clock that jumps
over the pauses: each file by itself at five seconds, as it was; each by itself at the source's own pace; and as it is,
with the repository's archive. Transfers come from loopback; that of the archive over a line of a megabyte a second is
added. Exits with 1 when the last takes more than five minutes, or the ten newest resolutions do not come first.
"""

import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from monitor.app.crawl_process import CrawlEnded
from monitor.app.crawling import CrawlStage, CrawlWishes, crawl_source, open_data
from monitor.settings.config import Config, Network, SourceSettings
from scraper.pages.unxml.file_names import read_resolution
from scraper.sources.loader import load_sources
from scraper.spiders.kit.order import CrawlOrder
from storage.fetched.snapshots import list_snapshots
from tests.paths import ROOT
from tests.servers.corpus_server import ARCHIVE, PLACE_OF_ARCHIVE, RAW, Handler, answers, archive_of
from tests.site.missions_site import Answers

MOST_SECONDS = 300.0
NEWEST = 10
BYTES_A_SECOND = 1_000_000


@dataclass(frozen=True)
class Took:
    """One crawl by the clock: seconds until its first ten resolutions and its last file, and after that to be read."""

    requests: int
    files: int
    newest: float
    last: float
    reading: float
    first: tuple[str, ...]
    reason: str | None


class AskedHandler(Handler):
    """Answers, and counts."""

    asked: list[str]

    def do_GET(self) -> None:  # noqa: N802 - what the server calls
        """Answer one request."""
        self.asked.append(self.path)
        super().do_GET()


def serve(site: Answers, asked: list[str]) -> ThreadingHTTPServer:
    """The site on loopback, which writes down what it is asked."""
    handler = type("Counted", (AskedHandler,), {"asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def crawl(site: Answers, delay: float | None) -> Took:
    """Crawl the site once into a data folder of its own, by the clock that jumps."""
    asked: list[str] = []
    ended_at = 0.0

    def fetch(order: CrawlOrder, seconds: float, on_tick: object) -> CrawlEnded:
        nonlocal ended_at
        done = subprocess.run(
            [sys.executable, "-m", "tests.servers.skipped_pauses"],
            input=order.to_json(), text=True, cwd=ROOT, check=True, stdout=subprocess.PIPE, timeout=seconds,
        )  # fmt: skip
        ended_at = time.monotonic()
        return CrawlEnded(done.stdout, 0)

    server = serve(site, asked)
    config = Config(
        network=Network(mirror=f"http://127.0.0.1:{server.server_port}", delay_seconds=delay),
        sources={"unxml": SourceSettings(min_listed=1)},
    )
    with tempfile.TemporaryDirectory() as folder, closing(open_data(Path(folder), datetime.now(UTC))) as db:
        began = datetime.now(UTC)
        run = crawl_source(
            db, Path(folder), load_sources()["unxml"], config, CrawlWishes(is_quiet=True), CrawlStage(), fetch
        ).run
        reading = time.monotonic() - ended_at
        snapshots = list(reversed(list_snapshots(db)))
    server.shutdown()
    server.server_close()
    resolutions = [each for each in snapshots if (each.symbol or "").startswith("S/RES/")][:NEWEST]
    return Took(
        requests=len(asked),
        files=len(snapshots),
        newest=(resolutions[-1].fetched_at - began).total_seconds(),
        last=(max(each.fetched_at for each in snapshots) - began).total_seconds(),
        reading=reading,
        first=tuple(each.symbol or "" for each in resolutions),
        reason=run.reason,
    )


def numbers_in(files: dict[str, bytes]) -> set[int]:
    """The numbers of the English resolutions among the files of a repository."""
    read = (read_resolution(path, "") for path in files)
    return {one.number for one in read if one is not None and one.language == "en"}


def main() -> None:
    """Print the table, and whether the promise is kept."""
    site = answers(Path(sys.argv[1]), is_whole=True)
    files = {path.removeprefix(RAW): body for path, body in site.bodies.items() if path.startswith(RAW)}
    archive = archive_of(files)
    rows = [("each by itself, 5 s", crawl(site, 5.0)), ("each by itself, own pace", crawl(site, None))]
    site.redirects[ARCHIVE], site.bodies[PLACE_OF_ARCHIVE] = f"https:/{PLACE_OF_ARCHIVE}", archive
    with_archive = crawl(site, None)
    transfer = len(archive) / BYTES_A_SECOND
    print(f"{'':28}{'requests':>9}{'files':>7}{'ten newest':>12}{'last file':>12}{'then read':>11}")
    for name, took in [*rows, ("with the archive", with_archive)]:
        took_words = f"{took.newest:10.0f} s{took.last:10.0f} s{took.reading:9.0f} s"
        print(f"{name:28}{took.requests:9}{took.files:7}{took_words}")
    whole = with_archive.last + transfer + with_archive.reading
    print(f"The archive has {len(archive):,} bytes: {transfer:.0f} s at a megabyte a second.")
    print(f"First database of all XML: {whole:.0f} s; at most {MOST_SECONDS:.0f} s. Reason: {with_archive.reason}")
    print(f"First: {', '.join(with_archive.first)}")
    came = [int(symbol.removeprefix("S/RES/").partition(" ")[0]) for symbol in with_archive.first]
    is_first = came == sorted(numbers_in(files), reverse=True)[:NEWEST]
    sys.exit(0 if whole <= MOST_SECONDS and is_first else 1)


if __name__ == "__main__":
    main()
