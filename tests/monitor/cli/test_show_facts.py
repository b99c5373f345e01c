"""`show` tells what the sources tell of a document besides its text, with who tells it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scraper.extraction import extract
from scraper.themes.extract import extracts_of
from storage.database import DATABASE_NAME, open_database, transaction
from storage.facts import Witness, save_facts
from storage.models import Fact, FactField
from storage.records import Snapshot, SnapshotState
from storage.runs import open_run
from storage.saving import save_version
from storage.snapshots import save_snapshot

Ask = Callable[..., Any]
CASE = Path(__file__).parents[2] / "cases" / "akoma_ntoso" / "nested-bullets-2779" / "input.xml"
NOW = datetime(2025, 11, 24, 9, 0, tzinfo=UTC)
SYMBOL = "S/RES/2779 (2025)"
URL = "https://example.org/2025.json"
METADATA = {
    FactField.ADOPTED_ON: "2025-05-08",
    FactField.VOTE: {"manner": "recorded", "for": 12, "against": 0, "abstaining": 3},
    FactField.CHAPTER_VII: True,
    FactField.SUBJECTS: [["UN Mission in South Sudan", "DHLAUTH"], ["SOUTH SUDAN", "UNBIS Thesaurus"]],
    FactField.EXPIRES_ON: [{"on": "2026-04-30", "words": "until 30 Apr. 2026", "of": "mandate", "computed": False}],
    FactField.SPONSORS: ["UNITED STATES"],
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("told")
    db = open_database(folder / DATABASE_NAME)
    document = extract(CASE.read_bytes())
    with transaction(db):
        snapshot = save_snapshot(
            db,
            Snapshot(
                source="unxml", run=open_run(db, "unxml", NOW), url=URL, final_url=URL, status=200, etag=None,
                last_modified=None, media_type="application/xml", body_hash="0" * 64, size=1, fetched_at=NOW,
                symbol=SYMBOL, language="en", revision=None, state=SnapshotState.READ,
            ),
        )  # fmt: skip
        save_version(db, document, snapshot, extracts_of(document), NOW)
        facts = [Fact(SYMBOL, field, value) for field, value in METADATA.items()]
        save_facts(db, Witness("unxml", "metadata"), facts, snapshot, NOW)
        other = Fact(SYMBOL, FactField.ADOPTED_ON, "2025-05-09", "a misprint")
        save_facts(db, Witness("un-resolutions", "listing"), [other], None, NOW)
    db.close()
    return folder


def test_each_fact_is_shown_with_who_tells_it(ask: Ask, told: Path) -> None:
    shown = ask("show", "2779", folder=told).stdout
    for line in (
        "adopted       2025-05-09 (un-resolutions listing; a misprint)",
        "adopted       2025-05-08 (unxml metadata)",
        "vote          12-0-3 (unxml metadata)",
        "Charter       under Chapter VII (unxml metadata)",
        "subjects      UN Mission in South Sudan; SOUTH SUDAN (unxml metadata)",
        "expires       2026-04-30: mandate (unxml metadata)",
        "sponsors      UNITED STATES (unxml metadata)",
    ):
        assert f"\n  {line}\n" in shown


def test_in_json_a_fact_is_whole(ask: Ask, told: Path) -> None:
    facts = ask("show", "2779", "--json", folder=told).json["facts"]
    by_origin = {(fact["field"], fact["origin"]): fact for fact in facts}
    assert by_origin["expires_on", "metadata"]["value"][0]["on"] == "2026-04-30"
    assert by_origin["adopted_on", "listing"] == {
        "field": "adopted_on",
        "value": "2025-05-09",
        "note": "a misprint",
        "source": "un-resolutions",
        "origin": "listing",
        "seen_at": NOW.isoformat(),
        "url": None,
    }
    assert by_origin["vote", "metadata"]["url"] == URL
