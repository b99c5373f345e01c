"""What is known of a document besides its text: `show` tells it with its witnesses, `extracts` chooses by it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scraper.ingest.extraction import extract
from scraper.themes.extract import extracts_of
from storage.fetched.runs import open_run
from storage.fetched.snapshots import save_snapshot
from storage.models import Fact, FactField
from storage.records import Snapshot, SnapshotState
from storage.sqlite.database import DATABASE_NAME, open_database, transaction
from storage.texts.saving import save_version
from storage.told.facts import save_facts
from storage.told.situations import save_placement
from storage.told_values import Witness
from tests.paths import TESTS

Ask = Callable[..., Any]
CASE = TESTS / "cases" / "akoma_ntoso" / "nested-bullets-2779" / "input.xml"
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
        save_placement(db, SYMBOL, "metadata", "South Sudan", ["UNMISS", "UNMIL", "1591 Committee"])
        other = Fact(SYMBOL, FactField.ADOPTED_ON, "2025-05-09", "a misprint")
        save_facts(db, Witness("un-resolutions", "listing"), [other], None, NOW)
    db.close()
    return folder


def test_each_fact_is_shown_with_who_tells_it(ask: Ask, told: Path) -> None:
    shown = ask("show", "2779", folder=told).stdout
    for line in (
        "situation     South Sudan",
        "bodies        UNMISS, UNMIL, 1591 Committee",
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


@pytest.mark.parametrize(
    "choice", [("--situation", "south"), ("--body", "unmiss"), ("--situation", "SOUTH SUDAN", "--body", "1591")]
)
def test_extracts_are_chosen_by_situation_and_body(ask: Ask, told: Path, choice: tuple[str, ...]) -> None:
    chosen = ask("extracts", *choice, "--json", folder=told).json
    assert len(chosen) == len(ask("extracts", "--json", folder=told).json) > 0
    assert {(one["situation"], *one["bodies"]) for one in chosen} == {
        ("South Sudan", "UNMISS", "UNMIL", "1591 Committee")
    }


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (
            ("--situation", "suth sudan"),
            "has the situation 'suth sudan'; the nearest is 'South Sudan'",
        ),
        (("--body", "unmixs"), "the nearest is 'UNMISS'"),
        (("--body", "unm"), "may be 'UNMIL' or 'UNMISS'; write more of it"),
    ],
)
def test_an_unknown_situation_or_body_is_an_error_that_names_the_nearest(
    ask: Ask, told: Path, choice: tuple[str, ...], words: str
) -> None:
    answer = ask("extracts", *choice, folder=told)
    assert (answer.code, answer.stdout) == (2, "")
    assert words in answer.stderr


def test_where_nothing_is_known_of_situations_it_is_said(ask: Ask) -> None:
    answer = ask("extracts", "--situation", "haiti")
    assert answer.code == 1
    assert "wpswatch crawl" in answer.stderr


def test_facts_and_places_are_exported(ask: Ask, told: Path, tmp_path: Path) -> None:
    ask("export", str(tmp_path), folder=told)
    facts = [json.loads(line) for line in (tmp_path / "facts.jsonl").read_text().splitlines()]
    assert ("vote", METADATA[FactField.VOTE], None) in [
        (one["field"], one["value"], one["replaced_at"]) for one in facts
    ]
    [document] = map(json.loads, (tmp_path / "documents.jsonl").read_text().splitlines())
    assert (document["situation"], document["bodies"]) == ("South Sudan", ["UNMISS", "UNMIL", "1591 Committee"])


def test_the_ledger_lists_what_sources_contradict(ask: Ask, told: Path) -> None:
    assert ask("ledger", "--json", folder=told).json["contradictions"] == [
        {
            "symbol": SYMBOL,
            "field": "adopted_on",
            "values": [
                {"value": "2025-05-09", "source": "un-resolutions", "origin": "listing"},
                {"value": "2025-05-08", "source": "unxml", "origin": "metadata"},
            ],
        }
    ]
    shown = " ".join(ask("ledger", folder=told).stdout.split())
    assert f"Contradictions: 1 {SYMBOL}, adopted: 2025-05-09 (un-resolutions listing), 2025-05-08 (unxml" in shown
