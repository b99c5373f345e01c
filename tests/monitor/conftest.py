"""What the tests of the monitor share: paragraphs with labels, and a newsroom with a real database in memory."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest

from monitor.alerts.news.payload import ExtractNews, SourceNews, news_of
from monitor.noticing.run import Reminders, Renewals, notice_run
from monitor.noticing.source_news import Patience
from scraper.council.symbol import kind_of
from storage.fetched.resources import save_resource
from storage.fetched.runs import abandon_open_runs, open_run, record_fetch
from storage.fetched.snapshots import save_snapshot
from storage.models import Evidence, Extract, Label, Paragraph, ParsedDocument, Part
from storage.outbox.outbox import list_alerts
from storage.records import Alert, Change, CrawlRun, Resource, ResourceState, RunCounts, Snapshot, SnapshotState
from storage.sqlite.database import open_memory, transaction
from storage.texts.changes import list_changes
from storage.texts.saving import save_version

PARTS = {"PP": Part.PREAMBLE, "OP": Part.OPERATIVE, "An": Part.ANNEX}


def make_paragraph(address: str, text: str, *themes: str, chapeau: str | None = None) -> Paragraph:
    """A paragraph whose themes rest on the word "women" where it stands, else on its first word."""
    start = max(text.find("women"), 0)
    end = start + len("women") if "women" in text else len(text.split(" ")[0])
    evidence = (Evidence(text[start:end], start, end, "test"),)
    labels = tuple(Label(theme, evidence) for theme in themes)
    return Paragraph(address, PARTS.get(address[:2], Part.BODY), text, chapeau=chapeau, labels=labels)


@pytest.fixture
def paragraph() -> Callable[..., Paragraph]:
    return make_paragraph


@dataclass(frozen=True)
class Wish:
    """What a channel of the tests wants to hear."""

    name: str
    themes: Sequence[str] = ()
    symbols: Sequence[str] = ()
    events: Sequence[str] = ()
    situations: Sequence[str] = ()
    bodies: Sequence[str] = ()
    query: str = ""
    schedule: str = "instant"
    timezone: str = "UTC"
    cap: int = 10


@dataclass
class Newsroom:
    """A database, a clock that moves an hour with each run, and the shortest way to publish a text and notice it."""

    db: sqlite3.Connection
    now: datetime = datetime(2025, 5, 1, 6, 0, tzinfo=UTC)
    channels: list[Wish] = field(default_factory=lambda: [Wish("desk")])
    patience: Patience = field(default_factory=Patience)
    renewal_of: Renewals | None = None
    reminders: Reminders | None = None
    extracts_of: Callable[[ParsedDocument], tuple[Extract, ...]] = lambda document: ()

    def open(self, source: str = "unxml") -> int:
        self.now += timedelta(hours=1)
        with transaction(self.db):
            return open_run(self.db, source, self.now)

    def publish(
        self,
        run: int,
        symbol: str,
        paragraphs: Iterable[Paragraph],
        *,
        source: str = "unxml",
        reader: str = "akn",
        parser_version: str = "1",
        adopted_on: date | None = date(2025, 4, 30),
        subject: str | None = None,
        stamp: str = "",
    ) -> int:
        self.now += timedelta(seconds=1)
        document = ParsedDocument(
            symbol=symbol,
            kind=kind_of(symbol),
            language="en",
            adopted_on=adopted_on,
            published_on=None,
            meeting=None,
            subject=subject,
            media_type="application/xml",
            reader=reader,
            parser_version=parser_version,
            paragraphs=tuple(paragraphs),
        )
        snapshot = Snapshot(
            source=source,
            run=run,
            url=f"https://{source}.test/{symbol.replace(' ', '')}",
            final_url=f"https://{source}.test/{symbol.replace(' ', '')}",
            status=200,
            etag=None,
            last_modified=None,
            media_type="application/xml",
            body_hash=sha256(f"{stamp}{source}{document}".encode()).hexdigest(),
            size=1,
            fetched_at=self.now,
            symbol=symbol,
            language="en",
            revision=None,
            state=SnapshotState.READ,
        )
        with transaction(self.db):
            saved = save_version(
                self.db, document, save_snapshot(self.db, snapshot), self.extracts_of(document), self.now
            )
            resource = Resource(source, snapshot.url, symbol, "en", ResourceState.HELD, looked_at=self.now)
            save_resource(self.db, resource)
        return saved.id

    def look(self, symbol: str, source: str = "unxml") -> None:
        """The source is asked for a document, and says that it is as it was."""
        self.now += timedelta(seconds=1)
        url = f"https://{source}.test/{symbol.replace(' ', '')}"
        with transaction(self.db):
            save_resource(self.db, Resource(source, url, symbol, "en", ResourceState.HELD, looked_at=self.now))

    def withdraw(self, symbol: str, source: str = "unxml") -> None:
        url = f"https://{source}.test/{symbol.replace(' ', '')}"
        with transaction(self.db):
            save_resource(self.db, Resource(source, url, symbol, "en", ResourceState.MISSING, missing_runs=1))

    def fetched(self, run: int, finish_reason: str = "finished", **counts: int) -> None:
        with transaction(self.db):
            record_fetch(self.db, run, replace(RunCounts(listed=10, fetched=1), **counts), finish_reason, None)

    def notice(self, run: int, source: str = "unxml", min_listed: int = 1, *, may_be_baseline: bool = True) -> CrawlRun:
        self.now += timedelta(seconds=1)
        return notice_run(
            self.db,
            run,
            source=source,
            min_listed=min_listed,
            news_days=120,
            channels=self.channels,
            now=self.now,
            may_be_baseline=may_be_baseline,
            patience=self.patience,
            renewal_of=self.renewal_of,
            reminders=self.reminders,
        )

    def crawl(
        self,
        texts: dict[str, Sequence[Paragraph]] | None = None,
        *,
        source: str = "unxml",
        finish_reason: str = "finished",
        counts: dict[str, int] | None = None,
        may_be_baseline: bool = True,
        looks_at: Sequence[str] = (),
        **document: object,
    ) -> CrawlRun:
        """One whole run: publishes the texts, looks at documents that are as they were, and notices all."""
        run = self.open(source)
        for symbol in looks_at:
            self.look(symbol, source)
        for symbol, paragraphs in (texts or {}).items():
            self.publish(run, symbol, paragraphs, source=source, **document)  # type: ignore[arg-type]
        self.fetched(run, finish_reason, **(counts or {}))
        return self.notice(run, source, may_be_baseline=may_be_baseline)

    def kill(self) -> None:
        """What is left when a process dies before its run is noticed, and the next one starts."""
        with transaction(self.db):
            abandon_open_runs(self.db, self.now)

    def changes(self, **wanted: object) -> list[Change]:
        return list_changes(self.db, **wanted)  # type: ignore[arg-type]

    def alerts(self) -> list[Alert]:
        return list_alerts(self.db)

    def ask_for(self, *events: str) -> None:
        """Another channel, that of an operator."""
        self.channels.append(Wish("operators", events=events))

    def source_news(self, alert: Alert) -> SourceNews:
        told = news_of(alert.payload)
        assert isinstance(told, SourceNews)
        return told

    def news(self, alert: Alert) -> ExtractNews:
        told = news_of(alert.payload)
        assert isinstance(told, ExtractNews)
        return told

    def replaced(self, texts: list[Paragraph], old: Paragraph, new: Paragraph) -> list[Paragraph]:
        return [new if text is old else text for text in texts]


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    db = open_memory()
    yield Newsroom(db)
    db.close()


@pytest.fixture
def wish() -> type[Wish]:
    return Wish


@pytest.fixture
def texts() -> list[Paragraph]:
    return [
        make_paragraph("PP 1", "Recalling its previous resolutions"),
        make_paragraph("OP 1", "Decides to extend the mandate of the mission"),
        make_paragraph("OP 2", "Calls for the full participation of women in the talks", "Participation"),
        make_paragraph("OP 3", "Requests protection of women and girls in the camps", "Protection"),
        make_paragraph("OP 4", "Decides to remain seized of the matter"),
    ]
