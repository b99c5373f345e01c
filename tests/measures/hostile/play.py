"""Plays one hostile answer: a sound first day, a day of news on which it is given, and the days on which all is well.

What is wrong is found by comparing with the same play without a hostile answer.
"""

import json
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from storage.records import CrawlRun, Outcome
from tests.measures.hostile.crawling import WarmCrawls, crawl, peak_megabytes
from tests.measures.hostile.server import Hostile, HostileServer
from tests.measures.hostile.sites import Stage

MOST_DAYS = 6
"""So many days after the hostile answer a source is well again."""
MOST_MEGABYTES = 700
"""What fetching may take."""
MOST_OF_READERS = 2300
"""What a reader may take: 2 GiB are the readers' own limit, all together."""
MOST_SECONDS = 100.0
SECRET = "s3cret"  # noqa: S105 - what no record may hold
HELD = """
    SELECT d.symbol, d.language, p.address, p.text FROM paragraphs p JOIN versions v ON v.id = p.version
    JOIN documents d ON d.id = v.document WHERE v.is_current ORDER BY d.symbol, d.language, p.position"""
TOLD = (
    "SELECT event, payload FROM alerts WHERE event LIKE 'extract.%' OR event LIKE 'renewal.%' ORDER BY created_at, id"
)
GAPS = "SELECT count(*) FROM alerts WHERE event LIKE 'source.gap%'"
CHANGES = "SELECT kind, symbol FROM changes WHERE kind != 'added' OR symbol != ?"

State = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """What is held and told where nothing hostile was answered: at the end of the first day, and of the last."""

    first: State
    last: State
    told: State


@dataclass(slots=True)
class Held:
    """How one answer was met. `recovered` is the days until all was well, None where it never was."""

    place: str
    answer: str
    outcome: str = ""
    recorded: str = ""
    recovered: int | None = None
    told: str = ""
    megabytes: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)


def first_day(stage: Stage, folder: Path) -> None:
    """The data folder after the first day, from which every play of a source sets out."""
    with _opened(folder) as crawls, HostileServer(stage.before) as server:
        crawled = crawl(crawls, stage.source, server.url, folder, stage.first_day)
    if crawled.run.outcome is not Outcome.COMPLETE:
        raise RuntimeError(f"expected a complete first day of {stage.source}, found {crawled.run.reason}")


def undisturbed(stage: Stage, folder: Path) -> Undisturbed:
    """The play without a hostile answer."""
    with tempfile.TemporaryDirectory() as name:
        copy = _copy(folder, Path(name))
        first = _rows(copy, HELD)
        with _opened(copy) as crawls, HostileServer(stage.after) as server:
            for day in (1, 2):
                crawl(crawls, stage.source, server.url, copy, stage.first_day + timedelta(days=day))
        return Undisturbed(first, _rows(copy, HELD), _told(copy))


def play(stage: Stage, folder: Path, hostile: Hostile, true: Undisturbed, held: Held) -> Held:
    """Play one hostile answer, from a folder that stands after the first day."""
    with tempfile.TemporaryDirectory() as name:
        copy = _copy(folder, Path(name))
        with _opened(copy) as crawls, HostileServer(stage.after) as server:
            server.hostile = hostile
            day = stage.first_day + timedelta(days=1)
            crawled = crawl(crawls, stage.source, server.url, copy, day)
            held.outcome, held.seconds = _outcome(crawled.run), crawled.seconds
            held.wrong += _wrong_after(copy, stage, true, crawled.run, server)
            server.hostile = None
            for days in range(1, MOST_DAYS + 1):
                day += timedelta(days=1)
                run = crawl(crawls, stage.source, server.url, copy, day).run
                if run.outcome is Outcome.COMPLETE and _rows(copy, HELD) == true.last:
                    held.recovered = days
                    break
            day += timedelta(days=1)
            crawl(crawls, stage.source, server.url, copy, day)  # what comes twice would come now
        held.wrong += _wrong_in_the_end(copy, stage, true, held)
        if crawls.megabytes > MOST_MEGABYTES:
            held.wrong.append(f"fetching took {crawls.megabytes} MB")
    held.megabytes = peak_megabytes()
    if held.megabytes > MOST_OF_READERS:
        held.wrong.append(f"took {held.megabytes} MB")
    if held.seconds > MOST_SECONDS:
        held.wrong.append(f"took {held.seconds:.0f} s")
    return held


def _outcome(run: CrawlRun) -> str:
    reason = (run.reason or "").partition(":")[0][:60]
    return f"{run.outcome}" + (f" ({reason})" if reason else "")


def _wrong_after(copy: Path, stage: Stage, true: Undisturbed, run: CrawlRun, server: HostileServer) -> list[str]:
    """What is wrong on the evening of the hostile answer."""
    wrong = []
    if not server.served:
        wrong.append("was not asked for")
    if run.outcome is None or (run.outcome is not Outcome.COMPLETE and not run.reason):
        wrong.append("no outcome named")
    if server.strays:
        wrong.append("asked elsewhere")
    if re.search(r"(?:^|; )error: ", run.reason or ""):
        wrong.append(f"a defect of ours: {run.reason}")
    missing = [row for row in true.first if row not in set(_rows(copy, HELD))]
    if missing:
        wrong.append(f"{len(missing)} held paragraphs gone")
    return wrong


def _wrong_in_the_end(copy: Path, stage: Stage, true: Undisturbed, held: Held) -> list[str]:
    """What is wrong when all has been well for days; notes what was recorded and told."""
    wrong = []
    changes = _rows(copy, CHANGES, stage.news)
    held.recorded = ", ".join(sorted({f"{kind} {symbol}" for kind, symbol in changes})) or "nothing false"
    if changes:
        wrong.append(f"{len(changes)} false changes")
    if held.recovered is None:
        wrong.append(f"not well after {MOST_DAYS} days")
    told = _told(copy)
    held.told = "once" if told == true.told else f"{len(told)} alerts, {len(true.told)} expected"
    if told != true.told:
        wrong.append("told otherwise")
    if _rows(copy, GAPS) != [(0,)]:
        wrong.append("a false gap told")
    if SECRET in "\n".join(sqlite_text(copy)):
        wrong.append("a password stored")
    return wrong


def sqlite_text(copy: Path) -> list[str]:
    """The database as SQL, line by line."""
    with closing(sqlite3.connect(copy / "data/wpswatch.db")) as db:
        tables = ("runs", "resources", "snapshots", "alerts", "document_failures")
        return [repr(row) for table in tables for row in db.execute(f"SELECT * FROM {table}")]  # noqa: S608


def _told(copy: Path) -> State:
    """Which words readers were told, by event and place, in order."""
    told = []
    for event, payload in _rows(copy, TOLD):
        news = json.loads(payload)
        places = tuple(f"{one['address']}: {one['text']}" for one in news["extracts"])
        told.append((event, news["symbol"], *places))
    return told


def _rows(copy: Path, query: str, *values: str) -> State:
    with closing(sqlite3.connect(copy / "data/wpswatch.db")) as db:
        return db.execute(query, values).fetchall()


def _copy(folder: Path, place: Path) -> Path:
    shutil.copytree(folder, place / "play")
    return place / "play"


@contextmanager
def _opened(folder: Path) -> Iterator[WarmCrawls]:
    """Crawls for as long as the block lasts; parted off before the block has threads."""
    crawls = WarmCrawls(folder / "said.txt")
    try:
        yield crawls
    finally:
        crawls.close()
