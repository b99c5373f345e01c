"""Every document held, one after the other, for those who want them all."""

import sqlite3
from collections.abc import Iterator

from storage.documents import load_document
from storage.models import HeldDocument


def held_documents(db: sqlite3.Connection) -> Iterator[HeldDocument]:
    """Yield every document as held, by symbol and language. The caller keeps one view of the database open."""
    names = db.execute("SELECT symbol, language FROM documents ORDER BY symbol, language").fetchall()
    for name in names:
        held = load_document(db, name["symbol"], name["language"])
        if held is not None:
            yield held
