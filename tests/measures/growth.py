"""Measures how the work grows with what is held: the same steps with a thousand, ten thousand, a hundred thousand.

    python -m tests.measures.growth XML-FOLDER --documents 1000,10000 [--keep DIR] [--steps NAME,NAME] [--plot FILE]

XML-FOLDER holds the UN's XML of the resolutions; documents are made of their paragraphs, see
`tests.measures.speed.synthetic`. Each step is a command as a person gives it, in a process of its own: seconds by the
clock, in brackets those of the processor with all children, and the memory of the largest process. The last column is
by how much the processor's time, or the bytes, grew from one size to the next beside the documents: 1.0 is linear. A
search is timed inside one process. A hundred thousand documents need about 4 GB (`--keep` says where) and the better
part of an hour. Exits with 1 when a search takes longer than so many hits may.
"""

import argparse
import json
import shutil
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from http.server import ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

from scraper.ingest.ingest import BODIES
from storage.fetched.bodies import BodyStore
from storage.fetched.resources import save_resource
from storage.fetched.runs import open_run
from storage.fetched.snapshots import save_snapshot
from storage.records import Resource, ResourceState, Snapshot
from storage.sqlite.database import DATABASE_NAME, open_database, transaction
from storage.texts.search import count_hits, search
from tests.measures.speed.growth_plot import plot
from tests.measures.speed.synthetic import SyntheticCorpus
from tests.measures.speed.timing import Measure, measure, wpswatch
from tests.servers.corpus_server import RAW, TREE, Handler, blob_id
from tests.site.missions_site import Answers

SITE = "https://raw.githubusercontent.com"
QUERIES = (
    "women",
    "sexual violence",
    '"conflict-related sexual violence"',
    "peacebuild*",
    "women NEAR participation",
    "the",
)
SEARCH_BARS = ((10_000, 0.05), (sys.maxsize, 0.5))  # so many hits at most, so many seconds at most
AT_ONCE = 2000


@dataclass(slots=True)
class Size:
    """The figures of one size: of each step what it took, and what the folder weighs in bytes."""

    documents: int
    steps: dict[str, Measure] = field(default_factory=dict)
    bytes_of: dict[str, int] = field(default_factory=dict)
    searches: list[tuple[str, int, float]] = field(default_factory=list)


def filled(corpus: SyntheticCorpus, data: Path, count: int) -> list[dict[str, object]]:
    """Put so many documents where a crawl would have left them, unread; the listing that names them."""
    tree, now, store = [], datetime.now(UTC), BodyStore(data / BODIES)
    with closing(open_database(data / DATABASE_NAME)) as db:
        with transaction(db):
            run = open_run(db, "unxml", now)
        files = corpus.files(count)
        for _ in range(0, count, AT_ONCE):
            with transaction(db):
                for one in (next(files, None) for _ in range(AT_ONCE)):
                    if one is None:
                        break
                    sha = blob_id(one.body)
                    tree.append({"path": one.path, "mode": "100644", "type": "blob", "sha": sha, "size": len(one.body)})
                    _archive(db, store, run, now, one.path, one.symbol, one.body, sha)
    return tree


def _archive(
    db: sqlite3.Connection, store: BodyStore, run: int, now: datetime, path: str, symbol: str, body: bytes, sha: str
) -> None:
    url = f"{SITE}{RAW.removeprefix('/raw.githubusercontent.com')}{path}"
    etag = f'"{sha}"'
    save_resource(
        db,
        Resource(
            "unxml", url, symbol, "en", ResourceState.HELD, revision=sha, is_verified=True, etag=etag, looked_at=now
        ),
    )
    save_snapshot(
        db,
        Snapshot(
            source="unxml", run=run, url=url, final_url=url, status=200, etag=etag, last_modified=None,
            media_type="text/plain", body_hash=store.save(body), size=len(body), fetched_at=now, symbol=symbol,
            language="en", revision=sha,
        ),
    )  # fmt: skip


@contextmanager
def served(site: Answers) -> Iterator[int]:
    """The site on a free port, until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, site))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def grown(corpus: SyntheticCorpus, folder: Path, count: int, wanted: set[str]) -> Size:
    """All steps with so many documents, in a folder of their own."""
    size, data = Size(count), folder / "data"
    data.mkdir(parents=True)
    tree = filled(corpus, data, count)
    site = Answers()
    list_files(site, tree)
    [new] = corpus.files(1, start=count)
    with served(site) as port:
        config = folder / "growth.toml"
        config.write_text(
            f'[network]\nmirror = "http://127.0.0.1:{port}"\ndelay_seconds = 0\n'
            "[sources.unxml.expect]\nmin_listed = 1\n"
        )
        run = partial(_timed, size, [*wpswatch(data, config), "-q"], wanted)
        run("first read", "reparse", "--waiting")
        run("first crawl after it", "crawl", "unxml")
        run("unchanged crawl", "crawl", "unxml")
        tree.append(
            {"path": new.path, "mode": "100644", "type": "blob", "sha": blob_id(new.body), "size": len(new.body)}
        )
        site.bodies[RAW + new.path] = new.body
        list_files(site, tree)
        run("one new document", "crawl", "unxml")
    size.bytes_of["bodies"] = weight(data / BODIES)
    size.bytes_of["database"] = sum(path.stat().st_size for path in data.glob(f"{DATABASE_NAME}*"))
    if "search" in wanted:
        size.searches = searched(data / DATABASE_NAME)
    run("extracts", "extracts", "--limit", "20")
    run("all extracts", "extracts", "--json")
    run("site", "site", "build", str(folder / "site"))
    run("relabel", "relabel", "--all", "--force", "--dry-run")
    run("export", "export", str(folder / "export"), "--format", "jsonl")
    for name in ("site", "export"):
        size.bytes_of[name] = weight(folder / name)
    return size


STEPS = (
    "first read", "first crawl after it", "unchanged crawl", "one new document", "search", "extracts",
    "all extracts", "site", "relabel", "export",
)  # fmt: skip


def list_files(site: Answers, tree: list[dict[str, object]]) -> None:
    """Let the site's listing name these files."""
    site.bodies[TREE] = json.dumps({"sha": "0" * 40, "tree": tree, "truncated": False}).encode()


def _timed(size: Size, program: list[str], wanted: set[str], name: str, *arguments: str) -> None:
    if name in wanted:
        size.steps[name] = measure([*program, *arguments], allowed=(0, 3))
        figure = size.steps[name]
        told = f"{figure.wall:8.2f} s {figure.cpu:8.2f} s of processor {figure.peak:6.0f} MB"
        print(f"{size.documents:>7} {name:<24} {told}", flush=True)


def searched(database: Path) -> list[tuple[str, int, float]]:
    """Each query with its hits and the seconds of its best of three runs."""
    with closing(sqlite3.connect(database)) as db:
        db.row_factory = sqlite3.Row
        return [
            (query, count_hits(db, query), min(seconds(partial(search, db, query)) for _ in range(3)))
            for query in QUERIES
        ]


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def weight(folder: Path) -> int:
    """The bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def table(sizes: list[Size]) -> Iterator[str]:
    """The figures as lines of a Markdown table."""
    yield "| step | " + " | ".join(f"{size.documents:,}" for size in sizes) + " | grows by |"
    yield "|---|" + "---|" * (len(sizes) + 1)
    for name in STEPS:
        if all(name in size.steps for size in sizes):
            figures = [size.steps[name] for size in sizes]
            cells = [f"{one.wall:.1f} s ({one.cpu:.1f}), {one.peak:.0f} MB" for one in figures]
            rates = growth([(size.documents, one.cpu) for size, one in zip(sizes, figures, strict=True)])
            yield f"| {name} | {' | '.join(cells)} | {rates} |"
    for name in sizes[0].bytes_of:
        points = [(size.documents, size.bytes_of[name]) for size in sizes]
        cells = [f"{value / 1e6:,.0f} MB" for _, value in points]
        yield f"| bytes of {name} | {' | '.join(cells)} | {growth(points)} |"
    for at, query in enumerate(QUERIES if all(size.searches for size in sizes) else ()):
        found = [size.searches[at] for size in sizes]
        cells = [f"{1000 * slow:.1f} ms, {hits:,} hits" for _, hits, slow in found]
        yield f"| search `{query}` | {' | '.join(cells)} | |"


def growth(points: list[tuple[int, float]]) -> str:
    """By how much the figure grows beside the documents, from each size to the next: 1.0 is linear."""
    rates = [
        (after / before) / (more / fewer) if before else 0.0 for (fewer, before), (more, after) in pairwise(points)
    ]
    return ", ".join(f"{rate:.2f}" for rate in rates) or "-"


def too_slow(sizes: list[Size]) -> list[str]:
    """The searches that took longer than so many hits may."""
    return [
        f"{size.documents} documents, {query!r}: {hits} hits in {1000 * slow:.0f} ms"
        for size in sizes
        for query, hits, slow in size.searches
        if slow > next(bar for most, bar in SEARCH_BARS if hits <= most)
    ]


def main(arguments: list[str]) -> int:
    """Measure each size, print the table, and draw it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", default="1000,10000")
    parser.add_argument("--steps", default=",".join(STEPS))
    parser.add_argument("--keep", type=Path, help="a folder on a disk with room; what is made stays there")
    parser.add_argument("--plot", type=Path, default=Path("growth.svg"))
    asked = parser.parse_args(arguments)
    wanted = set(asked.steps.split(","))
    if unknown := wanted - set(STEPS):
        raise SystemExit(f"expected steps among {', '.join(STEPS)}; found {', '.join(sorted(unknown))}")
    corpus, sizes = SyntheticCorpus(asked.folder), []
    for count in map(int, asked.documents.split(",")):
        folder = (asked.keep or Path(tempfile.mkdtemp(prefix="growth-"))) / str(count)
        shutil.rmtree(folder, ignore_errors=True)
        try:
            sizes.append(grown(corpus, folder, count, wanted))
        finally:
            if not asked.keep:
                shutil.rmtree(folder.parent)
    print("\n".join(table(sizes)))
    lines = {
        name: [(size.documents, size.steps[name].cpu) for size in sizes]
        for name in STEPS
        if all(name in size.steps for size in sizes)
    }
    if lines:
        asked.plot.write_text(plot("How the work grows: seconds of processor by documents", lines), encoding="utf-8")
    for line in (slow := too_slow(sizes)):
        print("TOO SLOW", line)
    return int(bool(slow))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
