"""The steps of the schema since version 0.1, each the statements that make it: new ones go at the end."""

from typing import Final

# What people said of what became of a paragraph in a renewal: history, never edited; the last word on a pair holds.
DRIFT: Final = (
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
LOOKING: Final = (
    "ALTER TABLE resources ADD COLUMN looked_at TEXT",
    "ALTER TABLE resources ADD COLUMN whole_at TEXT",
    "ALTER TABLE resources ADD COLUMN echoed INTEGER NOT NULL DEFAULT 0",
)

# Every address that a site of pages was ever built with: none of them may stop to answer. A file has the fragment "".
SITE: Final = (
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

# What a version's text decides of mandates, as it was read by rules of a mark and with the bodies that the text names.
MANDATE_READINGS: Final = (
    """
    CREATE TABLE mandate_readings (
        version INTEGER PRIMARY KEY REFERENCES versions (id), rules TEXT NOT NULL, bodies TEXT NOT NULL,
        reading TEXT NOT NULL)
    """,
)

# One row for each address whose document failed in the source's last runs; it goes when the document comes.
FAILURES: Final = (
    """
    CREATE TABLE document_failures (
        source TEXT NOT NULL, url TEXT NOT NULL, symbol TEXT, language TEXT, since TEXT NOT NULL, last_at TEXT NOT NULL,
        runs INTEGER NOT NULL, last_run INTEGER NOT NULL REFERENCES runs (run), reason TEXT NOT NULL,
        told_run INTEGER REFERENCES runs (run),
        PRIMARY KEY (source, url)) WITHOUT ROWID
    """,
)

# Where in which archive a body stood, where many came as one; and what a time-stamping server has said of the chain:
# that its head was there at a time.
ARCHIVES_AND_STAMPS: Final = (
    "ALTER TABLE snapshot_chain ADD COLUMN archive_path TEXT",
    "ALTER TABLE snapshot_chain ADD COLUMN archive_sha256 TEXT",
    "ALTER TABLE snapshot_chain ADD COLUMN archive_url TEXT",
    """
    CREATE TABLE chain_stamps (
        head TEXT NOT NULL, server TEXT NOT NULL, stamped_at TEXT NOT NULL, snapshot INTEGER NOT NULL,
        answer BLOB NOT NULL,
        PRIMARY KEY (head, server)) WITHOUT ROWID
    """,
)
