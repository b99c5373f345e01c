"""Prints what it costs to hand what was read from a reader to the store: as objects, as rows, as small databases.

python -m tests.measures.speed.shards XML-FOLDER

Milliseconds of processor, the least of five runs, for every third file, in messages of eight documents. The tables are
those of the schema that hold texts, without their constraints.
"""

import marshal
import pickle
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from scraper.ingest.extraction import extract
from scraper.themes.extract import extracts_of
from storage.texts.prepared.rows import TextRows, document_of, rows_of

T = TypeVar("T")
TOGETHER = 8
SHARD = """
CREATE TABLE p (id INTEGER PRIMARY KEY, doc, position, address, part, heading, chapeau, text);
CREATE TABLE c (paragraph, position, symbol, addresses, start, end);
CREATE TABLE l (paragraph, position, theme, evidence);
CREATE TABLE w (doc, position, code, message, address);
CREATE TABLE a (doc, position, kind, text, address);
CREATE TABLE e (doc, position, title, addresses, themes, text);
"""
STORE = """
CREATE TABLE p (id INTEGER PRIMARY KEY, doc, position, address, part, heading, chapeau, text, UNIQUE (doc, position));
CREATE TABLE c (paragraph, position, symbol, addresses, start, end, PRIMARY KEY (paragraph, position)) WITHOUT ROWID;
CREATE INDEX cited ON c (symbol);
CREATE TABLE l (paragraph, position, theme, evidence, PRIMARY KEY (paragraph, position)) WITHOUT ROWID;
CREATE TABLE w (doc, position, code, message, address);
CREATE TABLE a (doc, position, kind, text, address);
CREATE TABLE e (doc, position, title, addresses, themes, text);
CREATE VIRTUAL TABLE f USING fts5(text, content='p', content_rowid='id', tokenize='porter unicode61');
"""
MERGE = (
    "INSERT INTO p SELECT id + :first, doc + :doc, position, address, part, heading, chapeau, text FROM shard.p",
    "INSERT INTO c SELECT paragraph + :first, position, symbol, addresses, start, end FROM shard.c",
    "INSERT INTO l SELECT paragraph + :first, position, theme, evidence FROM shard.l",
    "INSERT INTO w SELECT doc + :doc, position, code, message, address FROM shard.w",
    "INSERT INTO a SELECT doc + :doc, position, kind, text, address FROM shard.a",
    "INSERT INTO e SELECT doc + :doc, position, title, addresses, themes, text FROM shard.e",
)


def write(db: sqlite3.Connection, texts: Iterable[TextRows], first: int, doc: int, *, with_index: bool) -> int:
    """Write texts whose paragraphs are numbered from `first`, documents from `doc`; the next paragraph's number."""
    for number, one in enumerate(texts, doc):
        put = db.executemany
        put(
            "INSERT INTO p VALUES (?,?,?,?,?,?,?,?)",
            [(first + at, number, at, *p) for at, p in enumerate(one.paragraphs)],
        )
        put("INSERT INTO c VALUES (?,?,?,?,?,?)", [(first + at, *rest) for at, *rest in one.citations])
        put("INSERT INTO l VALUES (?,?,?,?)", [(first + at, *rest) for at, *rest in one.labels])
        put("INSERT INTO w VALUES (?,?,?,?,?)", [(number, at, *row) for at, row in enumerate(one.warnings)])
        put("INSERT INTO a VALUES (?,?,?,?,?)", [(number, at, *row) for at, row in enumerate(one.asides)])
        put("INSERT INTO e VALUES (?,?,?,?,?,?)", [(number, at, *row) for at, row in enumerate(one.extracts)])
        if with_index:
            put(
                "INSERT INTO f (rowid, text) VALUES (?, ?)",
                [(first + at, p[-1]) for at, p in enumerate(one.paragraphs)],
            )
        first += len(one.paragraphs)
    return first


def shard_of(texts: Sequence[TextRows]) -> bytes:
    """Some texts as a database of their own."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.executescript(SHARD)
        db.execute("BEGIN")
        write(db, texts, 0, 0, with_index=False)
        db.execute("COMMIT")
        return db.serialize()


def store_shards(shards: Iterable[bytes], *, with_index: bool) -> None:
    """Merge shards, each in a transaction of its own."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.executescript(STORE)
        db.execute("ATTACH ':memory:' AS shard")
        first, doc = 1, 1
        for shard in shards:
            db.deserialize(shard, name="shard")
            db.execute("BEGIN")
            for statement in MERGE:
                db.execute(statement, {"first": first, "doc": doc})
            if with_index:
                texts = db.execute("SELECT id + ?, text FROM shard.p ORDER BY id", (first,)).fetchall()
                db.executemany("INSERT INTO f (rowid, text) VALUES (?, ?)", texts)
            paragraphs, documents = db.execute("SELECT count(*), max(doc) + 1 FROM shard.p").fetchone()
            db.execute("COMMIT")
            first, doc = first + paragraphs, doc + documents


def store_rows(messages: Iterable[Sequence[TextRows]], *, with_index: bool) -> None:
    """Write rows, each message in a transaction of its own."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.executescript(STORE)
        first, doc = 1, 1
        for texts in messages:
            db.execute("BEGIN")
            first = write(db, texts, first, doc, with_index=with_index)
            db.execute("COMMIT")
            doc += len(texts)


def timed(what: str, work: Callable[[], T]) -> T:
    """What some work gives, after its milliseconds are printed."""
    spent = []
    for _ in range(5):
        started = time.process_time()
        given = work()
        spent.append(time.process_time() - started)
    print(f"{what:<44} {1000 * min(spent):7.0f} ms")
    return given


def main() -> None:
    """Measure each shape."""
    read = [extract(path.read_bytes(), language="en") for path in sorted(Path(sys.argv[1]).glob("*.xml"))[::3]]
    texts = [(one, extracts_of(one)) for one in read]
    messages = [texts[at : at + TOGETHER] for at in range(0, len(texts), TOGETHER)]
    print(f"{len(read)} documents, {sum(len(one.paragraphs) for one in read)} paragraphs")
    objects = timed("objects: pickled", lambda: [pickle.dumps(one, 5) for one in messages])
    timed("objects: received", lambda: [pickle.loads(one) for one in objects])  # noqa: S301 - made a line before
    rows = timed("rows: made of objects", lambda: [[rows_of(*one) for one in message] for message in messages])
    timed("rows: made objects again", lambda: [[document_of(one) for one in message] for message in rows])
    pickled = timed("rows: pickled", lambda: [pickle.dumps(one, 5) for one in rows])
    timed("rows: received", lambda: [pickle.loads(one) for one in pickled])  # noqa: S301 - made a line before
    plain = [[tuple(getattr(one, name) for name in TextRows.__slots__) for one in message] for message in rows]
    marshalled = timed("rows: by marshal", lambda: [marshal.dumps(one) for one in plain])
    timed("rows: by marshal, received", lambda: [marshal.loads(one) for one in marshalled])  # noqa: S302 - as above
    shards = timed("shards: made of rows", lambda: [shard_of(one) for one in rows])
    timed("stored from rows", lambda: store_rows(rows, with_index=True))
    timed("stored from rows, without full text", lambda: store_rows(rows, with_index=False))
    timed("stored from shards", lambda: store_shards(shards, with_index=True))
    timed("stored from shards, without full text", lambda: store_shards(shards, with_index=False))
    for name, made in (("objects", objects), ("rows", pickled), ("shards", shards)):
        print(f"bytes of {name}: {sum(map(len, made)):,}")


if __name__ == "__main__":
    main()
