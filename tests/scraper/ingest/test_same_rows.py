"""One process or several: the same bodies make the same database, row for row and number for number."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from monitor.demo.catalogue import pdf_body, xml_body
from scraper.ingest.ingest import BODIES, ingest, reparse
from scraper.ingest.workers import ReaderPool, Readers
from storage.sqlite.database import DATABASE_NAME, open_database
from tests.measures.speed.benchmark_reading import NOW, InThisProcess
from tests.scraper.ingest.test_ingest import archive

XML = xml_body("Pre-2020/2017/S_RES_2387_1720324E.xml")
PDF = pdf_body("doc/undoc/gen/n25/107/06/pdf/n2510706.pdf")
OF_NO_MATTER = ("_sqlite_migrations",)  # holds the time at which it was made


def made_by(data: Path, readers: Readers, numbers: range, bodies: str | None = None) -> dict[str, str]:
    """A hash of the rows of each table, in their order, of a database that these readers made."""
    data.mkdir()
    with closing(open_database(data / DATABASE_NAME)) as db:
        archive(db, data, "res.pdf", PDF, "application/pdf", "S/RES/2782 (2025)")
        for number in numbers:
            body = XML.replace(b"2387", str(number).encode())
            archive(db, data, f"{number}.xml", body, "application/xml", f"S/RES/{number} (2017)")
        archive(db, data, "broken.pdf", PDF[:5000], "application/pdf", "S/RES/2783 (2025)")
        archive(db, data, "again.xml", XML.replace(b"women", b"girls"), "application/xml", "S/RES/2387 (2017)")
        if bodies:  # then nobody may need the folder
            (data / BODIES).rename(data / "elsewhere")
        with readers:
            report = ingest(db, data, readers, NOW, bodies=bodies)
        assert (report.read, len(report.failures)) == (len(numbers) + 2, 1)
        return hashes(db)


def hashes(db: sqlite3.Connection) -> dict[str, str]:
    names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return {
        name: hashlib.sha256(repr([tuple(row) for row in db.execute(f"SELECT * FROM [{name}]")]).encode()).hexdigest()  # noqa: S608
        for name in names
        if name not in OF_NO_MATTER
    }


@pytest.mark.long
def test_two_processes_make_the_same_database_as_one(tmp_path: Path) -> None:
    numbers = range(2350, 2420)
    one = made_by(tmp_path / "one", InThisProcess(1), numbers)
    assert made_by(tmp_path / "two", ReaderPool(2), numbers) == one


def test_rows_of_the_same_bodies_are_the_same_whatever_order_a_set_has(tmp_path: Path) -> None:
    here = made_by(tmp_path / "here", InThisProcess(1), range(2387, 2389))
    worker = made_by(tmp_path / "worker", ReaderPool(1), range(2387, 2389))  # has another seed for its hashes
    assert worker == here


def test_what_is_held_is_compared_with_what_is_read_again_by_its_rows(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / DATABASE_NAME)) as db:
        archive(db, tmp_path, "sound.xml", XML, "application/xml", "S/RES/2387 (2017)")
        ingest(db, tmp_path, InThisProcess(1), NOW)
        db.execute("UPDATE paragraphs SET text = 'Other words' WHERE address = 'OP 1'")
        before = hashes(db)
        assert reparse(db, tmp_path, NOW).reworded == 1
        after = hashes(db)
        assert {name for name in before if before[name] != after[name]} >= {"paragraphs"}
        assert reparse(db, tmp_path, NOW).reworded == 0
        assert hashes(db) == after
