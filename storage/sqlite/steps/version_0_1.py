"""The steps of the schema that version 0.1 had, each the statements that make it. Released, they are never edited."""

from typing import Final

FETCHING: Final = (
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

DOCUMENTS: Final = (
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

FULL_TEXT: Final = (
    """
    CREATE VIEW current_paragraphs AS
    SELECT p.id, p.text FROM paragraphs p JOIN versions v ON v.id = p.version WHERE v.is_current
    """,
    """
    CREATE VIRTUAL TABLE paragraphs_fts USING fts5(
        text, content='current_paragraphs', content_rowid='id', tokenize='porter unicode61')
    """,
)

NOTICING: Final = (
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
HUMAN_LABELS: Final = (
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

CITATIONS: Final = (
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
DELIVERY: Final = (
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
FACTS: Final = (
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
LEDGER: Final = (
    """
    CREATE TABLE ledger (
        series TEXT NOT NULL, number INTEGER NOT NULL, state TEXT NOT NULL, since TEXT NOT NULL,
        run INTEGER NOT NULL REFERENCES runs (run),
        PRIMARY KEY (series, number)) WITHOUT ROWID
    """,
)

# Where a document belongs by its record (`metadata`) and by its own words (`text`); always made again from either.
SITUATIONS: Final = (
    """
    CREATE TABLE placements (
        symbol TEXT NOT NULL, basis TEXT NOT NULL, situation TEXT, bodies TEXT NOT NULL,
        PRIMARY KEY (symbol, basis)) WITHOUT ROWID
    """,
)

# What others published: never edited, a row that a page shows no more gets the time since when.
PUBLISHED: Final = (
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
