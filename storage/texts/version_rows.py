"""What reading a body gave — paragraphs, citations, labels, warnings, asides, extracts — as the rows of one version.

These rows can always be made again from the body, so another reading replaces them in place.
"""

import json
import sqlite3
from collections import defaultdict
from typing import Final

from storage.errors import UnknownRecord
from storage.models import (
    Aside,
    DocumentKind,
    Evidence,
    Extract,
    Label,
    Paragraph,
    ParsedDocument,
    ParseWarning,
    Part,
    Place,
    Said,
)
from storage.sqlite.columns import date_of_or_none, json_text, time_of, time_text, words_of, words_text
from storage.texts.citations import delete_citations, insert_citations, load_citations

_INSERT_PARAGRAPH: Final = (
    "INSERT INTO paragraphs (id, version, position, address, part, heading, chapeau, text) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_LABEL: Final = "INSERT INTO labels (paragraph, position, theme, evidence) VALUES (?, ?, ?, ?)"
_INSERT_WARNING: Final = "INSERT INTO warnings (version, position, code, message, address) VALUES (?, ?, ?, ?, ?)"
_INSERT_ASIDE: Final = "INSERT INTO asides (version, position, kind, text, address) VALUES (?, ?, ?, ?, ?)"
_INSERT_EXTRACT: Final = (
    "INSERT INTO extracts (version, position, title, addresses, themes, text) VALUES (?, ?, ?, ?, ?, ?)"
)
_DELETE_LABELS: Final = "DELETE FROM labels WHERE paragraph IN (SELECT id FROM paragraphs WHERE version = ?)"

# One plain statement for each row: an INSERT ... SELECT opens a savepoint, at which FTS5 writes its buffer out.
_INDEX: Final = "INSERT INTO current_paragraphs_fts (rowid, text) VALUES (?, ?)"
_UNINDEX: Final = "INSERT INTO current_paragraphs_fts (current_paragraphs_fts, rowid, text) VALUES ('delete', ?, ?)"
_INDEXED: Final = "SELECT id, text FROM paragraphs WHERE version = ? ORDER BY position"


def insert_paragraphs(db: sqlite3.Connection, version: int, paragraphs: tuple[Paragraph, ...]) -> int:
    """Write a version's paragraphs, without their labels, and return the id of the first; the others follow it."""
    # Only one connection writes at a time, so the next free id is known without asking for each row.
    first: int = db.execute("SELECT coalesce(max(id), 0) + 1 FROM paragraphs").fetchone()[0]
    db.executemany(
        _INSERT_PARAGRAPH,
        [
            (first + position, version, position, each.address, each.part.value, each.heading, each.chapeau, each.text)
            for position, each in enumerate(paragraphs)
        ],
    )
    return first


def delete_paragraphs(db: sqlite3.Connection, version: int) -> None:
    """Remove a version's paragraphs; their labels and index rows must be gone already."""
    db.execute("DELETE FROM paragraphs WHERE version = ?", (version,))


def insert_findings(
    db: sqlite3.Connection, version: int, first: int, document: ParsedDocument, extracts: tuple[Extract, ...]
) -> None:
    """Write what was found in a version's paragraphs, whose ids begin at `first`.

    These are citations, labels, extracts, warnings and asides.
    """
    insert_citations(db, first, document.paragraphs)
    insert_labels(db, version, first, document, extracts)
    db.executemany(
        _INSERT_WARNING,
        [(version, n, each.code, each.message, each.address) for n, each in enumerate(document.warnings)],
    )
    db.executemany(
        _INSERT_ASIDE, [(version, n, each.kind, each.text, each.address) for n, each in enumerate(document.asides)]
    )


def insert_labels(
    db: sqlite3.Connection, version: int, first: int, document: ParsedDocument, extracts: tuple[Extract, ...]
) -> None:
    """Write the labels of a version's paragraphs, the extracts they make, and which paragraphs people spoke of."""
    # Commands that only read must start at once, and they write none of this.
    from storage.texts.human_labels import save_reviews

    db.executemany(
        _INSERT_LABEL,
        [
            (first + at, position, label.theme, _evidence_text(label.evidence))
            for at, paragraph in enumerate(document.paragraphs)
            if paragraph.labels
            for position, label in enumerate(paragraph.labels)
        ],
    )
    db.executemany(
        _INSERT_EXTRACT,
        [
            (version, n, each.title, words_text(each.addresses), words_text(each.themes), each.text)
            for n, each in enumerate(extracts)
        ],
    )
    save_reviews(db, version, document)


def first_paragraph(db: sqlite3.Connection, version: int) -> int:
    """The id of a version's first paragraph, 0 when it has none; the others follow it without a gap."""
    row = db.execute("SELECT id FROM paragraphs WHERE version = ? AND position = 0", (version,)).fetchone()
    return 0 if row is None else int(row[0])


def delete_findings(db: sqlite3.Connection, version: int) -> None:
    """Remove a version's citations, labels, extracts, warnings and asides."""
    delete_citations(db, version)
    delete_labels(db, version)
    db.execute("DELETE FROM warnings WHERE version = ?", (version,))
    db.execute("DELETE FROM asides WHERE version = ?", (version,))


def delete_labels(db: sqlite3.Connection, version: int) -> None:
    """Remove the labels of a version's paragraphs with all that `insert_labels` wrote."""
    db.execute(_DELETE_LABELS, (version,))
    db.execute("DELETE FROM extracts WHERE version = ?", (version,))
    db.execute("DELETE FROM reviews WHERE version = ?", (version,))


def index_paragraphs(db: sqlite3.Connection, first: int, paragraphs: tuple[Paragraph, ...]) -> None:
    """Put paragraphs whose ids begin at `first` into the full-text index."""
    db.executemany(_INDEX, [(first + at, each.text) for at, each in enumerate(paragraphs)])


def index_version(db: sqlite3.Connection, version: int) -> None:
    """Put a version's paragraphs into the full-text index."""
    db.executemany(_INDEX, [tuple(row) for row in db.execute(_INDEXED, (version,))])


def unindex_version(db: sqlite3.Connection, version: int) -> None:
    """Take a version's paragraphs, still unchanged, out of the full-text index."""
    db.executemany(_UNINDEX, [tuple(row) for row in db.execute(_INDEXED, (version,))])


def load_parsed(db: sqlite3.Connection, version_id: int) -> ParsedDocument:
    """Return the text that a version holds; raises UnknownRecord when there is no such version."""
    row = db.execute(
        "SELECT d.symbol, d.language, v.* FROM versions v JOIN documents d ON d.id = v.document WHERE v.id = ?",
        (version_id,),
    ).fetchone()
    if row is None:
        raise UnknownRecord(f"expected version {version_id}, found no such version; check the number")
    return ParsedDocument(
        symbol=row["symbol"],
        kind=DocumentKind(row["kind"]),
        language=row["language"],
        adopted_on=date_of_or_none(row["adopted_on"]),
        published_on=date_of_or_none(row["published_on"]),
        meeting=row["meeting"],
        subject=row["subject"],
        media_type=row["media_type"],
        reader=row["reader"],
        parser_version=row["parser_version"],
        paragraphs=_load_paragraphs(db, version_id),
        warnings=tuple(
            ParseWarning(each["code"], each["message"], each["address"])
            for each in db.execute("SELECT * FROM warnings WHERE version = ? ORDER BY position", (version_id,))
        ),
        asides=tuple(
            Aside(each["kind"], each["text"], each["address"])
            for each in db.execute("SELECT * FROM asides WHERE version = ? ORDER BY position", (version_id,))
        ),
    )


def load_extracts(db: sqlite3.Connection, version_id: int) -> tuple[Extract, ...]:
    """Return a version's extracts in printed order."""
    rows = db.execute("SELECT * FROM extracts WHERE version = ? ORDER BY position", (version_id,))
    return tuple(
        Extract(row["title"], words_of(row["addresses"]), words_of(row["themes"]), row["text"]) for row in rows
    )


def _load_paragraphs(db: sqlite3.Connection, version_id: int) -> tuple[Paragraph, ...]:
    labels: defaultdict[int, tuple[Label, ...]] = defaultdict(tuple)
    for row in db.execute(
        "SELECT l.* FROM paragraphs p JOIN labels l ON l.paragraph = p.id WHERE p.version = ? "
        "ORDER BY l.paragraph, l.position",
        (version_id,),
    ):
        labels[row["paragraph"]] += (Label(row["theme"], _evidence_of(row["evidence"])),)
    citations = load_citations(db, version_id)
    rows = db.execute("SELECT * FROM paragraphs WHERE version = ? ORDER BY position", (version_id,))
    return tuple(
        Paragraph(
            address=row["address"],
            part=Part(row["part"]),
            text=row["text"],
            heading=row["heading"],
            chapeau=row["chapeau"],
            labels=labels[row["id"]],
            citations=citations.get(row["id"], ()),
        )
        for row in rows
    )


def _evidence_text(evidence: tuple[Evidence, ...]) -> str:
    return json_text(
        [[each.phrase, each.start, each.end, each.rule, each.place, *_said_values(each.said)] for each in evidence]
    )


def _said_values(said: Said | None) -> tuple[object, ...]:
    return () if said is None else (said.by, time_text(said.at), said.note, said.is_text_changed)


def _evidence_of(text: str) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(phrase, start, end, rule, Place(place), _said_of(*said) if said else None)
        for phrase, start, end, rule, place, *said in json.loads(text)
    )


def _said_of(by: str, at: str, note: str | None, is_text_changed: bool) -> Said:
    return Said(by, time_of(at), note, is_text_changed)
