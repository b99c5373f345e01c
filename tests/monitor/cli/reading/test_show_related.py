"""`show` names the corrigenda, revisions and addenda of a document, and says when it was reissued."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.app.reading.related_documents import Related, related_documents
from scraper.ingest.extraction import extract
from storage.fetched.runs import open_run
from storage.fetched.snapshots import save_snapshot
from storage.records import Snapshot, SnapshotState
from storage.sqlite.database import DATABASE_NAME, open_database, transaction
from storage.texts.saving import save_version
from tests.paths import TESTS

Ask = Callable[..., Any]
CASES = TESTS / "cases"
BODIES = (
    CASES / "pdf" / "annexes-footnotes-and-restarts" / "input.pdf",  # S/RES/2776 (2025), reissued
    CASES / "text" / "corrigendum-of-a-resolution-made-by-hand" / "input.txt",
    CASES / "text" / "corrigendum-of-a-statement-made-by-hand" / "input.txt",
)
NOW = datetime(2025, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corrected")
    db = open_database(folder / DATABASE_NAME)
    with transaction(db):
        run = open_run(db, "unxml", NOW)
        for number, path in enumerate(BODIES):
            document = extract(path.read_bytes())
            snapshot = Snapshot(
                source="unxml", run=run, url=path.as_uri(), final_url=path.as_uri(), status=200, etag=None,
                last_modified=None, media_type=document.media_type, body_hash=str(number) * 64, size=1, fetched_at=NOW,
                symbol=document.symbol, language="en", revision=None, state=SnapshotState.READ,
            )  # fmt: skip
            save_version(db, document, save_snapshot(db, snapshot), (), NOW)
    db.close()
    return folder


def test_a_document_names_its_corrigendum_and_that_it_was_reissued(ask: Ask, corrected: Path) -> None:
    shown = ask("show", "2776", folder=corrected)
    assert "Reissued for technical reasons on 12 March 2025.\n" in shown.stdout
    assert "Corrected by S/RES/2776 (2025)/Corr.1: wpswatch show 'S/RES/2776 (2025)/Corr.1'" in shown.stdout
    record = ask("show", "2776", "--json", folder=corrected).json
    assert [aside["text"] for aside in record["asides"] if aside["kind"] == "reissued"] == [
        "* Reissued for technical reasons on 12 March 2025."
    ]


def test_a_corrigendum_says_what_it_corrects_and_whether_that_is_held(ask: Ask, corrected: Path) -> None:
    record = ask("show", "2776/corr.1", "--json", folder=corrected).json
    assert (record["kind"], record["related"]) == (
        "corrigendum",
        [{"symbol": "S/RES/2776 (2025)", "relation": "corrects", "held": True}],
    )
    shown = ask("show", "S/PRST/2000/27/Corr.1", folder=corrected).stdout
    assert "Corrects S/PRST/2000/27, which is not held" in shown


def test_revisions_and_addenda_are_told_of_the_document_they_are_of() -> None:
    held = {"S/2025/108", "S/2025/108/Rev.1", "S/2025/108/Rev.1/Corr.1", "S/2025/108/Add.1", "S/2025/1081"}
    assert related_documents("S/2025/108", held) == [
        Related("S/2025/108/Add.1", "added to by", is_held=True),
        Related("S/2025/108/Rev.1", "revised by", is_held=True),
    ]
    assert related_documents("S/2025/108/Rev.1", held) == [
        Related("S/2025/108", "revises", is_held=True),
        Related("S/2025/108/Rev.1/Corr.1", "corrected by", is_held=True),
    ]
