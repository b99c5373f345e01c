"""The schema as named, ordered steps. A released step is never edited: a change of the schema is one more step.

sqlite-utils applies the steps, and makes the views and the full-text index. Tables and their indexes are plain SQL: it
knows no partial index and no table without row numbers (docs/decisions/0011-sqlite-utils.md). Whether a database has
all steps is read with plain SQL, too: sqlite-utils is imported only when a step has to be applied.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from storage.sqlite.chain_step import chain_of_snapshots
from storage.sqlite.documented_views import ABOUT_WOMEN

if TYPE_CHECKING:
    from sqlite_utils import Database

_SET: Final = "wpswatch"

_FETCHING: Final = (
    """
    CREATE TABLE runs (
        run INTEGER PRIMARY KEY, source TEXT NOT NULL, started_at TEXT NOT NULL, ended_at TEXT, outcome TEXT,
        reason TEXT, finish_reason TEXT, is_baseline INTEGER NOT NULL DEFAULT 0,
        listed INTEGER NOT NULL DEFAULT 0, fetched INTEGER NOT NULL DEFAULT 0,
        not_modified INTEGER NOT NULL DEFAULT 0, new INTEGER NOT NULL DEFAULT 0,
        changed INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0,
        failed INTEGER NOT NULL DEFAULT 0, blocked INTEGER NOT NULL DEFAULT 0,
        flags INTEGER NOT NULL DEFAULT 0, alerts INTEGER NOT NULL DEFAULT 0)
    """,
    "CREATE INDEX runs_by_source ON runs (source, outcome)",
    "CREATE INDEX runs_open ON runs (run) WHERE ended_at IS NULL",
    """
    CREATE TABLE snapshots (
        id INTEGER PRIMARY KEY, source TEXT NOT NULL, run INTEGER NOT NULL REFERENCES runs (run),
        url TEXT NOT NULL, final_url TEXT NOT NULL, status INTEGER NOT NULL, etag TEXT, last_modified TEXT,
        media_type TEXT NOT NULL, body_hash TEXT NOT NULL, size INTEGER NOT NULL, fetched_at TEXT NOT NULL,
        symbol TEXT, language TEXT, revision TEXT, state TEXT NOT NULL, reason TEXT, parser_version TEXT)
    """,
    "CREATE INDEX snapshots_by_url ON snapshots (url)",
    "CREATE INDEX snapshots_by_symbol ON snapshots (symbol)",
    "CREATE INDEX snapshots_to_read ON snapshots (id) WHERE state IN ('unread', 'failed')",
    """
    CREATE TABLE resources (
        source TEXT NOT NULL, url TEXT NOT NULL, symbol TEXT, language TEXT, state TEXT NOT NULL, revision TEXT,
        is_verified INTEGER NOT NULL, etag TEXT, last_modified TEXT, attempts INTEGER NOT NULL, next_attempt_at TEXT,
        missing_runs INTEGER NOT NULL, reason TEXT,
        PRIMARY KEY (source, url)) WITHOUT ROWID
    """,
    "CREATE INDEX resources_by_url ON resources (url)",
    "CREATE INDEX resources_announced ON resources (source, next_attempt_at) WHERE state = 'announced'",
)

_DOCUMENTS: Final = (
    """
    CREATE TABLE documents (
        id INTEGER PRIMARY KEY, symbol TEXT NOT NULL, language TEXT NOT NULL, first_seen_at TEXT NOT NULL,
        UNIQUE (symbol, language))
    """,
    """
    CREATE TABLE versions (
        id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents (id),
        snapshot INTEGER NOT NULL UNIQUE REFERENCES snapshots (id), source TEXT NOT NULL, reader TEXT NOT NULL,
        parser_version TEXT NOT NULL, text_hash TEXT NOT NULL, kind TEXT NOT NULL, adopted_on TEXT, published_on TEXT,
        meeting INTEGER, subject TEXT, media_type TEXT NOT NULL, read_at TEXT NOT NULL,
        noticed_run INTEGER REFERENCES runs (run), is_current INTEGER NOT NULL DEFAULT 0)
    """,
    "CREATE UNIQUE INDEX versions_current ON versions (document) WHERE is_current",
    "CREATE INDEX versions_by_document ON versions (document, source, snapshot)",
    "CREATE INDEX versions_by_source ON versions (source)",
    "CREATE INDEX versions_unnoticed ON versions (source, snapshot) WHERE noticed_run IS NULL",
    """
    CREATE TABLE paragraphs (
        id INTEGER PRIMARY KEY, version INTEGER NOT NULL REFERENCES versions (id), position INTEGER NOT NULL,
        address TEXT NOT NULL, part TEXT NOT NULL, heading TEXT, chapeau TEXT, text TEXT NOT NULL,
        UNIQUE (version, position))
    """,
    """
    CREATE TABLE labels (
        paragraph INTEGER NOT NULL REFERENCES paragraphs (id), position INTEGER NOT NULL, theme TEXT NOT NULL,
        evidence TEXT NOT NULL,
        PRIMARY KEY (paragraph, position)) WITHOUT ROWID
    """,
    "CREATE INDEX labels_by_theme ON labels (theme)",
    """
    CREATE TABLE warnings (
        version INTEGER NOT NULL REFERENCES versions (id), position INTEGER NOT NULL, code TEXT NOT NULL,
        message TEXT NOT NULL, address TEXT,
        PRIMARY KEY (version, position)) WITHOUT ROWID
    """,
    """
    CREATE TABLE asides (
        version INTEGER NOT NULL REFERENCES versions (id), position INTEGER NOT NULL, kind TEXT NOT NULL,
        text TEXT NOT NULL, address TEXT,
        PRIMARY KEY (version, position)) WITHOUT ROWID
    """,
    """
    CREATE TABLE extracts (
        version INTEGER NOT NULL REFERENCES versions (id), position INTEGER NOT NULL, title TEXT NOT NULL,
        addresses TEXT NOT NULL, themes TEXT NOT NULL, text TEXT NOT NULL,
        PRIMARY KEY (version, position)) WITHOUT ROWID
    """,
)

_FULL_TEXT: Final = (
    """
    CREATE VIEW current_paragraphs AS
    SELECT p.id, p.text FROM paragraphs p JOIN versions v ON v.id = p.version WHERE v.is_current
    """,
    """
    CREATE VIRTUAL TABLE paragraphs_fts USING fts5(
        text, content='current_paragraphs', content_rowid='id', tokenize='porter unicode61')
    """,
)

_NOTICING: Final = (
    """
    CREATE TABLE changes (
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL, symbol TEXT NOT NULL, language TEXT NOT NULL,
        address TEXT NOT NULL, before_address TEXT, before TEXT, after TEXT, is_wps INTEGER NOT NULL,
        themes TEXT NOT NULL, cause TEXT NOT NULL, run INTEGER NOT NULL REFERENCES runs (run),
        detected_at TEXT NOT NULL, version INTEGER NOT NULL REFERENCES versions (id), is_confirmed INTEGER NOT NULL,
        confirmed_run INTEGER REFERENCES runs (run))
    """,
    "CREATE INDEX changes_by_version ON changes (version, address)",
    "CREATE INDEX changes_by_document ON changes (symbol, language)",
    "CREATE INDEX changes_by_run ON changes (coalesce(confirmed_run, run))",
    "CREATE INDEX changes_pending ON changes (version) WHERE NOT is_confirmed",
    """
    CREATE TABLE flags (
        change INTEGER PRIMARY KEY REFERENCES changes (id), reasons TEXT NOT NULL, flagged_at TEXT NOT NULL)
    """,
    """
    CREATE TABLE alerts (
        id TEXT PRIMARY KEY, event TEXT NOT NULL, run INTEGER NOT NULL REFERENCES runs (run), subject TEXT NOT NULL,
        created_at TEXT NOT NULL, payload TEXT NOT NULL) WITHOUT ROWID
    """,
    "CREATE INDEX alerts_by_time ON alerts (created_at)",
    """
    CREATE TABLE deliveries (
        alert TEXT NOT NULL REFERENCES alerts (id), channel TEXT NOT NULL, state TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0, next_attempt_at TEXT, last_error TEXT, sent_at TEXT,
        PRIMARY KEY (alert, channel)) WITHOUT ROWID
    """,
    "CREATE INDEX deliveries_pending ON deliveries (next_attempt_at) WHERE state = 'pending'",
)

# What people said of labels is history and is never edited. Which paragraph of a version each word is about is derived,
# and made again whenever the version is: a paragraph may have got another number since.
_HUMAN_LABELS: Final = (
    """
    CREATE TABLE human_labels (
        id INTEGER PRIMARY KEY, symbol TEXT NOT NULL, language TEXT NOT NULL, address TEXT NOT NULL, text TEXT NOT NULL,
        text_hash TEXT NOT NULL, theme TEXT, action TEXT NOT NULL, author TEXT NOT NULL, note TEXT,
        made_at TEXT NOT NULL)
    """,
    "CREATE INDEX human_labels_by_document ON human_labels (symbol, language)",
    """
    CREATE TABLE reviews (
        version INTEGER NOT NULL REFERENCES versions (id),
        human_label INTEGER NOT NULL REFERENCES human_labels (id),
        address TEXT NOT NULL, is_text_changed INTEGER NOT NULL,
        PRIMARY KEY (version, human_label)) WITHOUT ROWID
    """,
)

_CITATIONS: Final = (
    """
    CREATE TABLE citations (
        paragraph INTEGER NOT NULL REFERENCES paragraphs (id), position INTEGER NOT NULL, symbol TEXT NOT NULL,
        addresses TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
        PRIMARY KEY (paragraph, position)) WITHOUT ROWID
    """,
    "CREATE INDEX citations_by_symbol ON citations (symbol)",
)

# A delivery that `is_member` is told in a digest, an alert of its own, and not alone; `digest` is NULL until that is
# formed. A lease says who is sending it, and until when nobody else may.
_DELIVERY: Final = (
    "ALTER TABLE deliveries ADD COLUMN is_member INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE deliveries ADD COLUMN digest TEXT REFERENCES alerts (id)",
    "ALTER TABLE deliveries ADD COLUMN lease_holder TEXT",
    "ALTER TABLE deliveries ADD COLUMN lease_until TEXT",
    "DROP INDEX deliveries_pending",
    "CREATE INDEX deliveries_pending ON deliveries (channel, is_member, next_attempt_at) WHERE state = 'pending'",
    "CREATE INDEX deliveries_by_digest ON deliveries (digest) WHERE digest IS NOT NULL",
    """
    CREATE TABLE receipts (
        alert TEXT NOT NULL, channel TEXT NOT NULL, recipient TEXT NOT NULL, error TEXT, at TEXT NOT NULL,
        PRIMARY KEY (alert, channel, recipient),
        FOREIGN KEY (alert, channel) REFERENCES deliveries (alert, channel)) WITHOUT ROWID
    """,
    "CREATE INDEX receipts_refused ON receipts (alert) WHERE error IS NOT NULL",
    """
    CREATE TABLE channels (
        channel TEXT PRIMARY KEY, muted_at TEXT, muted_until TEXT, reason TEXT, left_alone_until TEXT) WITHOUT ROWID
    """,
)

# A fact is current until `replaced_at`. `origin` is what of the source tells it: its metadata, a listing, a text.
_FACTS: Final = (
    """
    CREATE TABLE facts (
        id INTEGER PRIMARY KEY, symbol TEXT NOT NULL, source TEXT NOT NULL, origin TEXT NOT NULL, field TEXT NOT NULL,
        value TEXT NOT NULL, note TEXT, snapshot INTEGER REFERENCES snapshots (id), seen_at TEXT NOT NULL,
        replaced_at TEXT)
    """,
    "CREATE INDEX facts_by_symbol ON facts (symbol, source, origin)",
    "CREATE UNIQUE INDEX facts_current ON facts (field, symbol, source, origin) WHERE replaced_at IS NULL",
)

# How each number of a series stands, kept so that a gap which opens or closes can be told, and since when it is one.
_LEDGER: Final = (
    """
    CREATE TABLE ledger (
        series TEXT NOT NULL, number INTEGER NOT NULL, state TEXT NOT NULL, since TEXT NOT NULL,
        run INTEGER NOT NULL REFERENCES runs (run),
        PRIMARY KEY (series, number)) WITHOUT ROWID
    """,
)

# Where a document belongs by its record (`metadata`) and by its own words (`text`); always made again from either.
_SITUATIONS: Final = (
    """
    CREATE TABLE placements (
        symbol TEXT NOT NULL, basis TEXT NOT NULL, situation TEXT, bodies TEXT NOT NULL,
        PRIMARY KEY (symbol, basis)) WITHOUT ROWID
    """,
)

# What others published: never edited, a row that a page shows no more gets the time since when.
_PUBLISHED: Final = (
    """
    CREATE TABLE published (
        id INTEGER PRIMARY KEY, source TEXT NOT NULL, url TEXT NOT NULL, item TEXT NOT NULL,
        snapshot INTEGER NOT NULL REFERENCES snapshots (id), kind TEXT NOT NULL, title TEXT NOT NULL,
        text TEXT NOT NULL, symbol TEXT, paragraph TEXT, address TEXT, themes TEXT, topic TEXT, place TEXT,
        visited TEXT, published_on TEXT, node TEXT, first_seen_at TEXT NOT NULL, superseded_at TEXT)
    """,
    "CREATE UNIQUE INDEX published_shown ON published (source, url, item) WHERE superseded_at IS NULL",
    "CREATE INDEX published_by_symbol ON published (symbol)",
    "CREATE INDEX published_by_item ON published (item)",
    "CREATE INDEX published_by_snapshot ON published (snapshot)",
)

# What people said of what became of a paragraph in a renewal: history, never edited; the last word on a pair holds.
_DRIFT: Final = (
    """
    CREATE TABLE drift_corrections (
        id INTEGER PRIMARY KEY, new TEXT NOT NULL, old TEXT NOT NULL, language TEXT NOT NULL, old_address TEXT,
        old_text TEXT, new_address TEXT, new_text TEXT, status TEXT NOT NULL, direction TEXT, author TEXT NOT NULL,
        note TEXT, made_at TEXT NOT NULL)
    """,
    "CREATE INDEX drift_corrections_by_renewal ON drift_corrections (new, old, language)",
)

# When an answer last said what body stands at an address, when the body itself last came, and how often "not modified"
# was said since: a cache may say so for ever.
_LOOKING: Final = (
    "ALTER TABLE resources ADD COLUMN looked_at TEXT",
    "ALTER TABLE resources ADD COLUMN whole_at TEXT",
    "ALTER TABLE resources ADD COLUMN echoed INTEGER NOT NULL DEFAULT 0",
)

# Every address that a site of pages was ever built with: none of them may stop to answer. A file has the fragment "".
_SITE: Final = (
    """
    CREATE TABLE site_addresses (
        file TEXT NOT NULL, fragment TEXT NOT NULL, since TEXT NOT NULL,
        PRIMARY KEY (file, fragment)) WITHOUT ROWID
    """,
    # Every theme of every current paragraph on one line, for those who browse the database itself.
    """
    CREATE VIEW wps_paragraphs AS
    SELECT d.symbol, d.language, v.kind, coalesce(v.adopted_on, v.published_on) AS day, p.address, l.theme, p.text,
           p.chapeau, 'https://docs.un.org/' || d.language || '/' || replace(d.symbol, ' ', '') AS url
    FROM labels l JOIN paragraphs p ON p.id = l.paragraph
    JOIN versions v ON v.id = p.version AND v.is_current JOIN documents d ON d.id = v.document
    """,
)


def _full_text_of_current_paragraphs(database: "Database") -> None:
    """The index of the current versions only, made by sqlite-utils, in place of the one of step 3.

    Its content is a view, so that a rebuild or an integrity check agrees with the rows that are written by hand: a
    trigger for each row would make storing four times slower. sqlite-utils looks for the column `rowid`, which a view
    has only when it is named, and makes an index for whatever it is told is a table.
    """
    from sqlite_utils.db import Table

    database.table("paragraphs_fts").drop()
    database.view("current_paragraphs").drop()
    database.create_view(
        "current_paragraphs",
        "SELECT p.id AS rowid, p.text FROM paragraphs p JOIN versions v ON v.id = p.version WHERE v.is_current",
    )
    Table(database, "current_paragraphs").enable_fts(["text"], tokenize="porter unicode61")


_Step = tuple[str, ...] | Callable[["Database"], None]

# One row for each address whose document failed in the source's last runs; it goes when the document comes.
_FAILURES: Final = (
    """
    CREATE TABLE document_failures (
        source TEXT NOT NULL, url TEXT NOT NULL, symbol TEXT, language TEXT, since TEXT NOT NULL, last_at TEXT NOT NULL,
        runs INTEGER NOT NULL, last_run INTEGER NOT NULL REFERENCES runs (run), reason TEXT NOT NULL,
        told_run INTEGER REFERENCES runs (run),
        PRIMARY KEY (source, url)) WITHOUT ROWID
    """,
)

_STEPS: Final[dict[str, _Step]] = {
    "0001_fetching": _FETCHING,
    "0002_documents": _DOCUMENTS,
    "0003_full_text": _FULL_TEXT,
    "0004_noticing": _NOTICING,
    "0005_human_labels": _HUMAN_LABELS,
    "0006_citations": _CITATIONS,
    "0007_delivery": _DELIVERY,
    "0008_facts": _FACTS,
    "0009_published": _PUBLISHED,
    "0010_ledger": _LEDGER,
    "0013_situations": _SITUATIONS,
    "0014_looking": _LOOKING,
    "0015_drift_corrections": _DRIFT,
    "0016_full_text_by_sqlite_utils": _full_text_of_current_paragraphs,
    "0020_site": _SITE,
    "0021_document_failures": _FAILURES,
    "0022_about_women": ABOUT_WOMEN,
    "0023_snapshot_chain": chain_of_snapshots,
}


@dataclass(frozen=True, slots=True)
class SchemaState:
    """Which steps a database has. `unknown` are those a newer program applied; a foreign one has tables but no step."""

    known: tuple[str, ...]
    applied: tuple[str, ...]
    is_foreign: bool

    @property
    def missing(self) -> tuple[str, ...]:
        """The steps still to be applied."""
        return tuple(step for step in self.known if step not in self.applied)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The applied steps that this program does not know."""
        return tuple(step for step in self.applied if step not in self.known)

    @property
    def is_current(self) -> bool:
        """Whether exactly the known steps are applied."""
        return self.applied == self.known


def read_schema_state(db: sqlite3.Connection) -> SchemaState:
    """Return which steps the database has."""
    tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    applied: tuple[str, ...] = ()
    if "_sqlite_migrations" in tables:
        rows = db.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY id", (_SET,))
        applied = tuple(row[0] for row in rows)
    return SchemaState(known=tuple(_STEPS), applied=applied, is_foreign=bool(tables) and not applied)


def migrate(db: sqlite3.Connection) -> None:
    """Apply the missing steps, each in its own savepoint, all in one transaction that no second process can enter."""
    from sqlite_utils import Database, Migrations

    migrations = Migrations(_SET)
    for name, step in _STEPS.items():
        migrations(name=name)(step if callable(step) else _step(step))
    db.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(Database(db, recursive_triggers=False))
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _step(statements: tuple[str, ...]) -> "Callable[[Database], None]":
    def apply(database: "Database", /) -> None:
        for statement in statements:
            database.conn.execute(statement)

    return apply
