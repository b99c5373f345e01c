"""`drift`, `chain`, `changes` and the life of a paragraph over chains made by hand: rollovers, ends, successors.

Each false alarm that a renewal may give has its chain here.
"""

import sqlite3
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest

from scraper.citations.find import cite_paragraphs
from storage.fetched.runs import open_run
from storage.fetched.snapshots import save_snapshot
from storage.models import DocumentKind, Evidence, Fact, FactField, Label, Paragraph, ParsedDocument, Part
from storage.records import Snapshot, SnapshotState
from storage.sqlite.database import DATABASE_NAME, open_database, transaction
from storage.texts.saving import save_version
from storage.told.facts import save_facts
from storage.told.situations import save_placement
from storage.told_values import Witness

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
PANEL = "Panel of Experts on South Sudan"
NUMBERS = count()
ADVISERS = "Requests the deployment of women protection advisers to each of the ten field offices without delay;"
QUOTA = "Demands that all parties ensure a quota of 35 per cent for women in the talks and in every body they set up;"
WEAKER = "Encourages all parties to ensure a quota of 35 per cent for women in the talks and in every body they set up;"
BORDERS = "Underlines that humanitarian convoys pass the border posts at Nimule and Renk without any delay;"
UNMISS = "Decides to extend the mandate of UNMISS until {};"
EXPERTS = f"Decides to extend the mandate of the {PANEL} until {{}};"
UNAMA = "Decides to extend the mandate of UNAMA until {};"
LAST = "Decides to extend for a final period the mandate of UNIOGBIS until 31 December 2020;"
SUCCESSOR = (
    "Decides to extend the mandate of MINUSTAH for a final period of six months until 15 October 2017, further decides "
    "to establish MINUJUSTH for an initial period of six months from 16 October 2017 until 15 April 2018;"
)


def hold(
    db: sqlite3.Connection,
    symbol: str,
    day: date,
    decides: str,
    *about_women: str,
    bodies: str = "UNMISS",
    more: int = 20,
) -> None:
    """Hold a resolution that decides so and says so of women, with more paragraphs than a rollover has."""
    plain = [decides, *(f"Urges party {n} to leave its camp near town number {n} at once;" for n in range(more))]
    label = Label("Participation", (Evidence("women", 0, 5, "test"),))
    made = [Paragraph(f"OP {n}", Part.OPERATIVE, text) for n, text in enumerate(plain, 1)]
    made += [
        Paragraph(f"OP {len(plain) + n}", Part.OPERATIVE, text, labels=(label,))
        for n, text in enumerate(about_women, 1)
    ]
    document = ParsedDocument(
        symbol, DocumentKind.RESOLUTION, "en", day, None, 1, None, "application/xml", "akn", "1",
        cite_paragraphs(tuple(made), symbol=symbol, kind=DocumentKind.RESOLUTION),
    )  # fmt: skip
    url = f"https://example.org/{symbol[6:10]}.xml"
    snapshot = Snapshot("unxml", open_run(db, "unxml", NOW), url, url, 200, None, None, "application/xml",
                        f"{next(NUMBERS):064x}", 1, NOW, symbol, "en", None, SnapshotState.READ)  # fmt: skip
    save_version(db, document, save_snapshot(db, snapshot), (), NOW)
    save_placement(db, symbol, "text", None, bodies.split(", "))


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chains")
    db = open_database(folder / DATABASE_NAME)
    with transaction(db):
        hold(db, "S/RES/2677 (2023)", date(2023, 3, 15), UNMISS.format("15 March 2024"), QUOTA, ADVISERS)
        hold(db, "S/RES/2683 (2023)", date(2023, 5, 30), EXPERTS.format("1 July 2024"), ADVISERS, bodies=PANEL)
        hold(db, "S/RES/2726 (2024)", date(2024, 3, 14), UNMISS.format("30 April 2024"), more=2)
        hold(db, "S/RES/2729 (2024)", date(2024, 4, 29), UNMISS.format("30 April 2025"), QUOTA, ADVISERS)
        both = f"{UNMISS.format('30 April 2026')} {EXPERTS.format('1 July 2026')}"
        hold(db, "S/RES/2779 (2025)", date(2025, 4, 28), both, WEAKER, bodies=f"UNMISS, {PANEL}")
        hold(db, "S/RES/2626 (2022)", date(2022, 3, 17), UNAMA.format("17 March 2023"), QUOTA, bodies="UNAMA")
        hold(db, "S/RES/2678 (2023)", date(2023, 3, 16), UNAMA.format("17 March 2024"), bodies="UNAMA", more=2)
        going = "Decides to extend the mandate of UNIOGBIS until 28 February 2020;"
        hold(db, "S/RES/2458 (2019)", date(2019, 2, 28), going, QUOTA, bodies="UNIOGBIS")
        hold(db, "S/RES/2512 (2020)", date(2020, 2, 28), LAST, WEAKER, bodies="UNIOGBIS")
        going = "Decides to extend the mandate of MINUSTAH until 15 April 2017;"
        hold(db, "S/RES/2313 (2016)", date(2016, 10, 13), going, QUOTA, ADVISERS, bodies="MINUSTAH")
        hold(db, "S/RES/2350 (2017)", date(2017, 4, 13), SUCCESSOR, QUOTA, bodies="MINUSTAH, MINUJUSTH")
        going = "Decides to extend the mandate of MINUSCA until 15 November 2017;"
        hold(db, "S/RES/2301 (2016)", date(2016, 7, 26), going, QUOTA, bodies="MINUSCA")
        title = "Security Council resolution 2387 (2017) [on extension of the mandate of MINUSCA until 15 Nov. 2018]"
        told = [
            Fact("S/RES/2387 (2017)", FactField.TITLE, title),
            Fact("S/RES/2387 (2017)", FactField.ADOPTED_ON, "2017-11-15"),
        ]
        save_facts(db, Witness("unxml", "metadata"), told, None, NOW)
        save_placement(db, "S/RES/2387 (2017)", "metadata", None, ["MINUSCA"])
        going = "Decides to extend the mandate of MINUSCA until 15 November 2019;"
        hold(db, "S/RES/2448 (2018)", date(2018, 11, 14), going, BORDERS, bodies="MINUSCA")
    db.close()
    return folder


def test_several_mandates_on_different_texts_are_named_and_one_must_be_chosen(ask, held: Path) -> None:
    answer = ask("drift", "2779", "--json", folder=held)
    assert (answer.code, answer.stdout) == (2, "")
    assert f"choose one with --body: 'UNMISS', '{PANEL}'" in answer.stderr
    mission = ask("drift", "2779", "--body", "UNMISS", "--json", folder=held).json
    panel = ask("drift", "2779", "--body", "panel", "--json", folder=held).json
    assert [(one["body"], one["old"]) for one in (mission, panel)] == [
        ("UNMISS", "S/RES/2729 (2024)"), (PANEL, "S/RES/2683 (2023)"),
    ]  # fmt: skip


def test_a_rollover_is_said_to_be_one_and_lists_nothing(ask, held: Path) -> None:
    record = ask("drift", "2726", "--json", folder=held).json
    assert (record["kind"], record["old"], record["lines"]) == ("rollover", "S/RES/2677 (2023)", [])
    assert record["not_repeated"] is None
    assert "there is nothing to list" in ask("drift", "2726", folder=held).stdout


def test_behind_a_rollover_the_last_full_text_is_compared_with(ask, held: Path) -> None:
    record = ask("drift", "2729", "--json", folder=held).json
    assert record["old"] == "S/RES/2677 (2023)"
    assert record["skipped"] == [{"symbol": "S/RES/2726 (2024)", "why": "rollover"}]
    assert {line["status"] for line in record["lines"]} == {"kept"}


def test_a_short_text_for_a_full_term_renews_by_reference(ask, held: Path) -> None:
    record = ask("drift", "2678", "--json", folder=held).json
    assert (record["kind"], record["lines"], record["not_repeated"]) == ("rollover", [], ["OP 22"])
    shown = ask("drift", "2678", folder=held).stdout
    assert "renewed by reference" in shown
    assert "1 paragraph on women is not repeated: OP 22." in shown


def test_where_a_mandate_ends_nothing_reads_weaker(ask, held: Path) -> None:
    record = ask("drift", "2512", "--json", folder=held).json
    assert (record["kind"], record["old"]) == ("termination", "S/RES/2458 (2019)")
    assert [(line["status"], line["direction"], line["reasons"]) for line in record["lines"]] == [
        ("reworded", "neutral", [])
    ]
    assert "Reads weaker" not in ask("drift", "2512", folder=held).stdout
    named = ask("drift", "2512", "2458", "--json", folder=held).json
    assert [line["direction"] for line in named["lines"]] == ["weaker"]


def test_what_another_mission_had_was_not_taken_over_and_never_dropped(ask, held: Path) -> None:
    record = ask("drift", "2350", "--json", folder=held).json
    assert (record["old"], record["taken_over"], record["counts"]["dropped"]) == ("S/RES/2313 (2016)", True, 1)
    shown = ask("drift", "2350", folder=held).stdout
    assert "Not taken over (1)" in shown
    assert "dropped" not in shown


def test_without_the_text_before_there_is_a_reason_and_no_list(ask, held: Path) -> None:
    record = ask("drift", "2448", "--json", folder=held)
    assert (record.code, record.json["old"], record.json["lines"]) == (0, None, [])
    assert record.json["reason"] == "S/RES/2387 (2017) comes before it, and its text is not held"
    assert ask("drift", "2448", folder=held).code == 1


def test_drift_chain_and_the_life_of_a_paragraph_agree_about_a_document(ask, held: Path) -> None:
    links = {one["symbol"]: one for one in ask("chain", "UNMISS", "--json", folder=held).json["links"]}
    for symbol in links:
        record = ask("drift", symbol, "--body", "UNMISS", "--json", folder=held).json
        assert record["kind"] == links[symbol]["kind"]
        assert all(skipped["symbol"] in links for skipped in record["skipped"])
    life = ask("drift", "2779", "--body", "UNMISS", "--biography", "OP 22", "--json", folder=held).json
    assert [step["symbol"] for step in life["steps"]] == ["S/RES/2677 (2023)", "S/RES/2729 (2024)", "S/RES/2779 (2025)"]
    (line,) = [
        one
        for one in ask("drift", "2779", "--body", "UNMISS", "--json", folder=held).json["lines"]
        if one["new_address"] == "OP 22"
    ]
    assert life["steps"][-1]["line"] == line
    gone = ask("drift", "2677", "--biography", "OP 23", "--json", folder=held).json
    assert (gone["last"], gone["gone_in"]) == ("S/RES/2729 (2024)", "S/RES/2779 (2025)")
