"""A database in memory and short ways to fill it, shared by the storage tests."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from storage.fetched.runs import open_run
from storage.fetched.snapshots import save_snapshot
from storage.models import Aside, DocumentKind, Evidence, Extract, Label, Paragraph, ParsedDocument, ParseWarning, Part
from storage.records import Cause, Change, ChangeKind, Snapshot
from storage.sqlite.database import open_memory, transaction
from storage.texts.changes import save_change
from storage.texts.saving import SavedVersion, save_version

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SYMBOL = "S/RES/2387 (2017)"


def parsed(*texts: str, themes: Sequence[str] = (), **fields: object) -> ParsedDocument:
    labels = tuple(Label(theme, (Evidence("women", 0, 5, "women"),)) for theme in themes)
    paragraphs = tuple(Paragraph(f"OP {n}", Part.OPERATIVE, text, labels=labels) for n, text in enumerate(texts, 1))
    values: dict[str, object] = {
        "symbol": SYMBOL,
        "kind": DocumentKind.RESOLUTION,
        "language": "en",
        "adopted_on": date(2017, 11, 15),
        "published_on": None,
        "meeting": 8102,
        "subject": "The situation in the Central African Republic",
        "media_type": "application/xml",
        "reader": "akn",
        "parser_version": "1",
        "paragraphs": paragraphs,
        "warnings": (ParseWarning("number-jumps", "paragraph 7 follows 5", "OP 7"),),
        "asides": (Aside("footnote", "See S/2017/865.", "OP 1"),),
    }
    return ParsedDocument(**(values | fields))  # type: ignore[arg-type]


def extracts_of(document: ParsedDocument) -> tuple[Extract, ...]:
    return tuple(
        Extract(f"Para. {each.address[3:]}", (each.address,), each.themes, each.text)
        for each in document.paragraphs
        if each.is_wps
    )


@dataclass
class Shelf:
    """A database with one run of each source that is named, filled in few words."""

    db: sqlite3.Connection
    now: datetime = NOW
    runs: dict[str, int] = field(default_factory=dict)
    fetches: int = 0

    def run(self, source: str = "unxml") -> int:
        if source not in self.runs:
            self.runs[source] = open_run(self.db, source, NOW)
        return self.runs[source]

    def snapshot(self, source: str = "unxml", symbol: str | None = SYMBOL, **fields: object) -> int:
        self.fetches += 1
        values: dict[str, object] = {
            "source": source,
            "run": self.run(source),
            "url": f"https://example.org/{source}/{symbol}",
            "final_url": f"https://example.org/{source}/{symbol}",
            "status": 200,
            "etag": '"1"',
            "last_modified": None,
            "media_type": "application/xml",
            "body_hash": f"{self.fetches:064x}",
            "size": 100,
            "fetched_at": NOW + timedelta(minutes=self.fetches),
            "symbol": symbol,
            "language": "en",
            "revision": None,
        }
        return save_snapshot(self.db, Snapshot(**(values | fields)))  # type: ignore[arg-type]

    def save(self, document: ParsedDocument, snapshot: int | None = None, source: str = "unxml") -> SavedVersion:
        with transaction(self.db):
            at = self.snapshot(source, document.symbol) if snapshot is None else snapshot
            return save_version(self.db, document, at, extracts_of(document), NOW)

    def change(self, version: int, kind: ChangeKind, address: str, **fields: object) -> int:
        values: dict[str, object] = {
            "kind": kind,
            "symbol": SYMBOL,
            "language": "en",
            "address": address,
            "before_address": None,
            "before": None,
            "after": "Women take part.",
            "is_wps": True,
            "themes": ("Participation",),
            "cause": Cause.SOURCE,
            "run": self.run(),
            "detected_at": NOW,
            "version": version,
        }
        return save_change(self.db, Change(**(values | fields)))  # type: ignore[arg-type]

    def writes(self, work: Callable[[], object]) -> int:
        """How many rows the work inserts, updates or deletes."""
        before = self.db.total_changes
        work()
        return self.db.total_changes - before

    def indexed(self) -> set[tuple[str, str]]:
        """Symbol and address of every paragraph that the full-text index finds by the word all test texts hold."""
        rows = self.db.execute(
            "SELECT d.symbol, p.address FROM current_paragraphs_fts f JOIN paragraphs p ON p.id = f.rowid "
            "JOIN versions v ON v.id = p.version JOIN documents d ON d.id = v.document "
            "WHERE current_paragraphs_fts MATCH 'women'"
        )
        return {(row[0], row[1]) for row in rows}


@pytest.fixture
def parsed_of() -> Callable[..., ParsedDocument]:
    """Makes a resolution of the texts given, numbered OP 1, OP 2, ..., each with all the themes given."""
    return parsed


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    db = open_memory()
    yield Shelf(db)
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    # Raises when an index row is left without its paragraph, or a current paragraph without its index row.
    db.execute("INSERT INTO current_paragraphs_fts (current_paragraphs_fts, rank) VALUES ('integrity-check', 1)")
    db.close()
