"""The text before a held resolution, found in the database: by its only mandate, or by the one that is chosen."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from itertools import count

import pytest

from monitor.app.held.mandates import all_chains, bodies_of
from monitor.app.held.predecessors import SeveralMandatesError, all_predecessors, predecessor_of, predecessors_of
from scraper.citations.find import cite_paragraphs
from scraper.mandates.decided import NOTHING, rules_mark
from storage.drift_values import Kind
from storage.fetched.runs import open_run
from storage.fetched.snapshots import save_snapshot
from storage.models import DocumentKind, Paragraph, ParsedDocument, Part
from storage.records import Snapshot, SnapshotState
from storage.sqlite.database import open_memory, transaction
from storage.texts.saving import save_version
from storage.told.mandate_readings import save_mandate_reading
from storage.told.situations import save_placement

NOW = datetime(2025, 11, 24, 9, 0, tzinfo=UTC)
PANEL = "Panel of Experts on South Sudan"
NUMBERS = count()


@pytest.fixture(name="fresh_db")
def empty_database() -> Iterator[sqlite3.Connection]:
    with closing(open_memory()) as opened:
        yield opened


def hold(db: sqlite3.Connection, symbol: str, adopted_on: date, *decides: str, paragraphs: int = 20) -> None:
    """Hold a resolution that decides so, made by hand, with more paragraphs."""
    texts = [*decides, *("Urges all parties to cooperate;" for _ in range(paragraphs - len(decides)))]
    made = tuple(Paragraph(f"OP {n}", Part.OPERATIVE, text) for n, text in enumerate(texts, 1))
    document = ParsedDocument(
        symbol=symbol, kind=DocumentKind.RESOLUTION, language="en", adopted_on=adopted_on, published_on=None, meeting=1,
        subject="Reports of the Secretary-General on the Sudan and South Sudan", media_type="application/xml",
        reader="hand", parser_version="1",
        paragraphs=cite_paragraphs(made, symbol=symbol, kind=DocumentKind.RESOLUTION),
    )  # fmt: skip
    url = f"https://example.org/{symbol[6:10]}.xml"
    with transaction(db):
        run = open_run(db, "unxml", NOW)
        snapshot = Snapshot(
            source="unxml", run=run, url=url, final_url=url, status=200, etag=None, last_modified=None,
            media_type="application/xml", body_hash=f"{next(NUMBERS):064}", size=1, fetched_at=NOW, symbol=symbol,
            language="en", revision=None, state=SnapshotState.READ,
        )  # fmt: skip
        save_version(db, document, save_snapshot(db, snapshot), (), NOW)
        save_placement(db, symbol, "text", "South Sudan", ["UNMISS", PANEL])


UNMISS = "Decides to extend the mandate of UNMISS until 15 March {};"
EXPERTS = "Decides to extend the mandate of the Panel of Experts until 1 July {};"


def test_the_last_full_text_is_found_behind_a_rollover(fresh_db: sqlite3.Connection) -> None:
    hold(fresh_db, "S/RES/2677 (2023)", date(2023, 3, 15), UNMISS.format(2024))
    hold(fresh_db, "S/RES/2726 (2024)", date(2024, 3, 14), UNMISS.format(2025), paragraphs=5)
    hold(fresh_db, "S/RES/2729 (2025)", date(2025, 3, 14), UNMISS.format(2026))
    found = predecessor_of(fresh_db, "S/RES/2729 (2025)")
    assert (found.old, [one.symbol for one in found.skipped]) == ("S/RES/2677 (2023)", ["S/RES/2726 (2024)"])


def test_of_two_mandates_on_the_same_text_none_needs_to_be_chosen(fresh_db: sqlite3.Connection) -> None:
    hold(fresh_db, "S/RES/2677 (2023)", date(2023, 3, 15), UNMISS.format(2024), EXPERTS.format(2024))
    hold(fresh_db, "S/RES/2729 (2024)", date(2024, 3, 14), UNMISS.format(2025), EXPERTS.format(2025))
    assert predecessor_of(fresh_db, "S/RES/2729 (2024)").old == "S/RES/2677 (2023)"


def test_of_two_mandates_on_different_texts_one_must_be_chosen(fresh_db: sqlite3.Connection) -> None:
    hold(fresh_db, "S/RES/2677 (2023)", date(2023, 3, 15), UNMISS.format(2024))
    hold(fresh_db, "S/RES/2683 (2023)", date(2023, 5, 30), EXPERTS.format(2024))
    hold(fresh_db, "S/RES/2729 (2024)", date(2024, 3, 14), UNMISS.format(2025), EXPERTS.format(2025))
    with pytest.raises(SeveralMandatesError, match="gives more than one mandate: UNMISS, Panel of Experts on South"):
        predecessor_of(fresh_db, "S/RES/2729 (2024)")
    assert predecessor_of(fresh_db, "S/RES/2729 (2024)", "UNMISS").old == "S/RES/2677 (2023)"
    assert predecessor_of(fresh_db, "S/RES/2729 (2024)", PANEL).old == "S/RES/2683 (2023)"


def test_what_gives_no_mandate_has_no_text_before_it(fresh_db: sqlite3.Connection) -> None:
    hold(fresh_db, "S/RES/1325 (2000)", date(2000, 10, 31), "Urges Member States to ensure the role of women;")
    found = predecessor_of(fresh_db, "S/RES/1325 (2000)")
    assert (found.old, found.kind) == (None, Kind.NONE)
    assert found.reason == "S/RES/1325 (2000) gives, extends, changes or ends no mandate known here"


def test_of_sanctions_renewed_with_their_panel_the_measures_stand_for_both(fresh_db: sqlite3.Connection) -> None:
    measures = (
        "Decides to renew until 31 May 2025 the measures on arms imposed by paragraph 4 of resolution 2428 (2018);"
    )
    hold(fresh_db, "S/RES/2731 (2024)", date(2024, 5, 30), measures, EXPERTS.format(2025))
    assert bodies_of(fresh_db, "S/RES/2731 (2024)")[0] == ["South Sudan sanctions"]
    hold(fresh_db, "S/RES/2700 (2024)", date(2024, 1, 30), EXPERTS.format(2024))
    assert bodies_of(fresh_db, "S/RES/2700 (2024)")[0] == [PANEL]


def test_all_at_once_are_those_of_each(fresh_db: sqlite3.Connection) -> None:
    hold(fresh_db, "S/RES/2677 (2023)", date(2023, 3, 15), UNMISS.format(2024))
    hold(fresh_db, "S/RES/2683 (2023)", date(2023, 5, 30), EXPERTS.format(2024))
    hold(fresh_db, "S/RES/2729 (2024)", date(2024, 3, 14), UNMISS.format(2025), EXPERTS.format(2025))
    found = [one for one in all_predecessors(fresh_db, all_chains(fresh_db)) if one.new.startswith("S/RES/2729")]
    assert {one.old for one in found} == {"S/RES/2677 (2023)", "S/RES/2683 (2023)"}
    assert sorted(found, key=str) == sorted(predecessors_of(fresh_db, "S/RES/2729 (2024)"), key=str)


def test_what_was_read_of_a_text_holds_for_the_bodies_it_was_read_with(fresh_db: sqlite3.Connection) -> None:
    hold(fresh_db, "S/RES/2683 (2023)", date(2023, 5, 30), EXPERTS.format(2024))
    version = fresh_db.execute("SELECT id FROM versions").fetchone()[0]
    save_mandate_reading(fresh_db, version, rules_mark(), ["UNMISS"], NOTHING)
    assert [link.symbol for link in all_chains(fresh_db)[PANEL].links] == ["S/RES/2683 (2023)"]
    save_mandate_reading(fresh_db, version, rules_mark(), ["UNMISS", PANEL], NOTHING)
    assert all_chains(fresh_db) == {}
