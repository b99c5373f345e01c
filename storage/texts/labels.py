"""The labels of stored versions as a whole: by which vocabulary each was labelled, and replacing them in place."""

import sqlite3
from dataclasses import dataclass
from typing import Final

from storage.models import Extract, ParsedDocument
from storage.texts import version_rows as derived
from storage.texts.prepared.rows import rows_of

_STATES: Final = """
SELECT v.id, d.language, v.parser_version FROM versions v JOIN documents d ON d.id = v.document
WHERE {which} ORDER BY d.symbol, d.language, v.snapshot
"""


@dataclass(frozen=True, slots=True)
class LabelState:
    """A version, and the vocabulary that labelled it: what stands behind the + of its parser version."""

    version: int
    language: str
    vocabulary: str


def label_states(db: sqlite3.Connection, symbol: str | None = None, language: str | None = None) -> list[LabelState]:
    """Return the versions of one document, or of all by symbol and language, oldest first."""
    asked = {name: value for name, value in (("symbol", symbol), ("language", language)) if value is not None}
    # "symbol IS NULL OR ..." would read all versions to find those of one document
    which = " AND ".join(f"d.{name} = :{name}" for name in asked) or "true"
    rows = db.execute(_STATES.format(which=which), asked)
    return [LabelState(row["id"], row["language"], vocabulary_of(row["parser_version"])) for row in rows]


def versions_by_parser(db: sqlite3.Connection) -> dict[str, int]:
    """Return how many of the texts that are shown each parser version has read."""
    rows = db.execute(
        "SELECT parser_version, count(*) AS texts FROM versions WHERE is_current GROUP BY parser_version ORDER BY 1"
    )
    return {row["parser_version"]: row["texts"] for row in rows}


def vocabulary_of(parser_version: str) -> str:
    """Return the vocabulary's part of a parser version: `58e6d9` of `2026.11.1+58e6d9`, empty where there is none."""
    return parser_version.partition("+")[2]


def with_vocabulary(parser_version: str, vocabulary: str) -> str:
    """Return the parser version with its vocabulary's part replaced."""
    return f"{parser_version.partition('+')[0]}+{vocabulary}"


def replace_labels(
    db: sqlite3.Connection, version: int, document: ParsedDocument, extracts: tuple[Extract, ...]
) -> None:
    """Replace a version's labels and extracts by the document's; its paragraphs are those that are stored.

    The version is from then on one of the document's parser version; when its body was read stays as it is.
    """
    derived.delete_labels(db, version)
    rows = rows_of(document, extracts)
    derived.insert_labels(db, version, derived.first_paragraph(db, version), rows.labels, rows.extracts)
    derived.save_reviews(db, version, rows)
    db.execute("UPDATE versions SET parser_version = ? WHERE id = ?", (document.parser_version, version))


def wps_addresses(db: sqlite3.Connection, symbol: str, language: str) -> tuple[str, ...]:
    """Return where a document's current text is about women; nowhere when it is not held."""
    rows = db.execute(
        """
        SELECT p.address FROM documents d JOIN versions v ON v.document = d.id AND v.is_current
        JOIN paragraphs p ON p.version = v.id
        WHERE d.symbol = ? AND d.language = ? AND EXISTS (SELECT 1 FROM labels l WHERE l.paragraph = p.id)
        ORDER BY p.position
        """,
        (symbol, language),
    )
    return tuple(row["address"] for row in rows)
