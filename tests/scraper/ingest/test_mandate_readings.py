"""What texts decide of mandates is kept with their versions, and read anew after the rules have changed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.demo.catalogue import xml_body
from scraper.ingest.ingest import BODIES, ingest, reparse
from scraper.ingest.mandate_readings import renew_readings
from scraper.mandates.decided import decided_from, rules_mark
from storage.fetched.bodies import BodyStore
from storage.fetched.runs import open_run
from storage.fetched.snapshots import save_snapshot
from storage.models import FactField
from storage.records import Snapshot
from storage.sqlite.database import DATABASE_NAME, open_database, transaction
from storage.told.facts import values_told
from storage.told.mandate_readings import mandate_readings, read_by_others
from storage.told.situations import placements
from tests.measures.speed.benchmark_reading import InThisProcess

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SYMBOL = "S/RES/2387 (2017)"
BODY = xml_body("Pre-2020/2017/S_RES_2387_1720324E.xml")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A database that holds the mandate of MINUSCA of 2017."""
    with closing(open_database(tmp_path / DATABASE_NAME)) as db:
        with transaction(db):
            url = "https://example.org/2387.xml"
            save_snapshot(
                db,
                Snapshot(
                    source="unxml", run=open_run(db, "unxml", NOW), url=url, final_url=url, status=200, etag=None,
                    last_modified=None, media_type="text/plain", body_hash=BodyStore(tmp_path / BODIES).save(BODY),
                    size=len(BODY), fetched_at=NOW, symbol=SYMBOL, language="en", revision=None,
                ),
            )  # fmt: skip
        ingest(db, tmp_path, InThisProcess(1), NOW)  # type: ignore[arg-type]
        yield db


def age(db: sqlite3.Connection) -> None:
    """Leave what an older program would have: another day, another place, a reading by other rules."""
    with transaction(db):
        db.execute("UPDATE mandate_readings SET rules = 'older'")
        db.execute("UPDATE facts SET value = replace(value, '2018-11-15', '1999-01-01') WHERE field = 'expires_on'")
        db.execute("UPDATE placements SET bodies = '[]'")


def expiry(db: sqlite3.Connection) -> list[str]:
    return [one["on"] for one in values_told(db, FactField.EXPIRES_ON)[SYMBOL]]


def test_what_a_text_decides_is_kept_with_its_version(db: sqlite3.Connection) -> None:
    (kept,) = mandate_readings(db, [SYMBOL], rules_mark())
    terms = decided_from(kept.reading).terms
    assert [(term.body, str(term.span and term.span.day)) for term in terms] == [("MINUSCA", "2018-11-15")]
    assert kept.bodies[0] == "MINUSCA"


def test_after_an_upgrade_days_places_and_readings_are_made_anew_without_a_body(
    db: sqlite3.Connection, tmp_path: Path
) -> None:
    age(db)
    assert (mandate_readings(db, [SYMBOL], rules_mark()), expiry(db)) == ([], ["1999-01-01"])
    for body in (tmp_path / BODIES).rglob("*"):
        if body.is_file():
            body.unlink()
    assert renew_readings(db) == 1
    assert expiry(db) == ["2018-11-15"]
    assert placements(db)[SYMBOL].bodies[0] == "MINUSCA"
    assert len(mandate_readings(db, [SYMBOL], rules_mark())) == 1
    assert renew_readings(db) == 0


def test_the_next_crawl_does_so_by_itself(db: sqlite3.Connection, tmp_path: Path) -> None:
    age(db)
    ingest(db, tmp_path, InThisProcess(1), NOW)  # type: ignore[arg-type]
    assert (expiry(db), read_by_others(db, rules_mark())) == (["2018-11-15"], [])


def test_a_version_that_is_read_again_loses_what_was_read_of_it(db: sqlite3.Connection, tmp_path: Path) -> None:
    with transaction(db):
        db.execute("UPDATE mandate_readings SET reading = '[[],[],[]]'")
        db.execute("UPDATE versions SET parser_version = 'older'")
    reparse(db, tmp_path, NOW)
    (kept,) = mandate_readings(db, [SYMBOL], rules_mark())
    assert [term.body for term in decided_from(kept.reading).terms] == ["MINUSCA"]
