"""Times the reading and storing of all archived XML beside the same work done bare, stage by stage, in the same run.

The bare work is what no program can leave out: parse each file with lxml and fold the text of each paragraph; look for
some phrases in each paragraph with one regular expression; write the paragraphs and a full-text index to SQLite in one
transaction. The ratio is to the sum of the three.
"""

import re
import sqlite3
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from lxml import etree

from scraper.ingest.ingest import BODIES, ingest
from scraper.ingest.workers import BodyReading, ReaderPool, Readers, ReadingTask, read_task
from scraper.themes.vocabulary import vocabulary
from storage.fetched.bodies import BodyStore
from storage.fetched.resources import save_resource
from storage.fetched.runs import open_run
from storage.fetched.snapshots import save_snapshot
from storage.records import Resource, ResourceState, Snapshot
from storage.sqlite.database import open_database, transaction
from tests.measures.speed.timing import Measure, measure_here
from tests.paths import ROOT

NAMESPACE = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
TAGS = [NAMESPACE + tag for tag in ("container", "content", "intro", "wrapUp")]
VOCABULARY = ROOT / "scraper/themes/words/en/vocabulary.toml"
PHRASES = 150
NOW = datetime(2026, 1, 1, tzinfo=UTC)


class InThisProcess(ReaderPool):
    """Reads bodies here, one after the other."""

    def read(self, tasks: Sequence[ReadingTask]) -> Iterator[BodyReading]:
        """Give each reading as it is asked for."""
        return map(read_task, tasks)


def bare(paths: Sequence[Path], phrases: re.Pattern[str], file: Path) -> None:
    """The bare work on all files."""
    texts = [
        [" ".join("".join(each.itertext()).split()) for each in etree.parse(path).getroot().iter(*TAGS)]
        for path in paths
    ]
    for paragraphs in texts:
        for text in paragraphs:
            set(phrases.findall(text.lower()))
    store_bare(texts, file)


def store_bare(texts: Sequence[Sequence[str]], file: Path) -> None:
    """The paragraphs of some texts and their full-text index, in one transaction."""
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
            "CREATE TABLE paragraphs (id INTEGER PRIMARY KEY, document INTEGER, position INTEGER, text TEXT NOT NULL,"
            " UNIQUE (document, position));"
            "CREATE VIRTUAL TABLE found USING fts5(text, content='paragraphs', content_rowid='id',"
            " tokenize='porter unicode61'); BEGIN"
        )
        rows = ((document, at, text) for document, each in enumerate(texts) for at, text in enumerate(each))
        db.executemany("INSERT INTO paragraphs (document, position, text) VALUES (?, ?, ?)", rows)
        db.execute("INSERT INTO found (found) VALUES ('rebuild')")
        db.execute("COMMIT")


def phrases_of_the_vocabulary() -> re.Pattern[str]:
    """As many plain phrases as the floor looks for, as one alternation by their beginnings."""
    concepts = tomllib.loads(VOCABULARY.read_text(encoding="utf-8"))["concept"]
    plain = {
        phrase for concept in concepts.values() for phrase in concept["phrases"] if re.fullmatch("[a-z ]+", phrase)
    }
    by_letter: dict[str, list[str]] = {}
    for phrase in sorted(plain)[:PHRASES]:
        by_letter.setdefault(phrase[0], []).append(phrase[1:])
    groups = (f"{letter}(?:{'|'.join(sorted(ends, key=len, reverse=True))})" for letter, ends in by_letter.items())
    return re.compile(rf"\b(?:{'|'.join(groups)})\b")


def ours(paths: Sequence[Path], folder: Path, readers: Readers) -> Measure:
    """All archived files read, labelled, cited and stored; the archive is made before."""
    folder.mkdir()
    with closing(open_database(folder / "wpswatch.db")) as db:
        archive(db, paths, BodyStore(folder / BODIES))
        return measure_here(lambda: _read(db, folder, readers))


def _read(db: sqlite3.Connection, folder: Path, readers: Readers) -> None:
    with readers:
        report = ingest(db, folder, readers, NOW)
    if report.failures:
        raise SystemExit(f"expected every file to be read, found {report.failures[0]}")


def archive(db: sqlite3.Connection, paths: Sequence[Path], store: BodyStore) -> None:
    with transaction(db):
        run = open_run(db, "unxml", NOW)
        for path in paths:
            body, url = path.read_bytes(), f"https://example.org/{path.name}"
            save_resource(db, Resource("unxml", url, None, "en", ResourceState.HELD))
            save_snapshot(
                db,
                Snapshot(
                    source="unxml", run=run, url=url, final_url=url, status=200, etag=None, last_modified=None,
                    media_type="application/xml", body_hash=store.save(body), size=len(body), fetched_at=NOW,
                    symbol=None, language="en", revision=None,
                ),
            )  # fmt: skip


def reading_pairs(paths: Sequence[Path], readers: Callable[[], Readers], rounds: int) -> list[tuple[Measure, Measure]]:
    """Ours beside the bare work, in turn."""
    phrases = phrases_of_the_vocabulary()
    vocabulary()  # compiled once for each process, whatever it reads
    pairs = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            floor = measure_here(partial(bare, paths, phrases, folder / "bare.db"))
            pairs.append((ours(paths, folder / "ours", readers()), floor))
    return pairs


def scaling_pairs(
    paths: Sequence[Path], readers: Callable[[], Readers], other: Callable[[], Readers], rounds: int
) -> list[tuple[Measure, Measure]]:
    """The same work by some readers beside that by others, in turn."""
    vocabulary()
    pairs = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as name:
            floor = ours(paths, Path(name) / "other", other())
            pairs.append((ours(paths, Path(name) / "ours", readers()), floor))
    return pairs
