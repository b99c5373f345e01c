"""`chain`: what a person reads of a mandate, and what a program gets; the days in `show` and in the calendar."""

import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.feeds.calendar import Dated, told_once
from scraper.citations.find import cite_paragraphs
from scraper.facts.of_texts import expiries_of_text, facts_of_document
from scraper.ingest.extraction import extract
from storage.fetched.runs import open_run
from storage.fetched.snapshots import save_snapshot
from storage.models import DocumentKind, Fact, FactField, Paragraph, ParsedDocument, Part
from storage.records import Snapshot, SnapshotState
from storage.sqlite.database import DATABASE_NAME, open_database, transaction
from storage.texts.saving import save_version
from storage.told.facts import save_facts
from storage.told.situations import save_placement
from storage.told_values import Witness, agree
from tests.paths import ROOT

Ask = Callable[..., Any]
SITE = ROOT / "monitor/demo/site/raw.githubusercontent.com/UNxml/SCresolutions/main"
WHOLE = SITE / "2025/English/S_RES-2779-2507317E.xml"
NOW = datetime(2025, 11, 24, 9, 0, tzinfo=UTC)
PANEL = "Panel of Experts on South Sudan"
TITLE = "Security Council resolution 2778 (2025) [on extension of the mandate of UNMISS until 9 May 2025]"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The text of 2779, one made by hand before it, and the library's record of one without a text."""
    folder = tmp_path_factory.mktemp("chain")
    db = open_database(folder / DATABASE_NAME)
    both = (
        "Decides to extend the mandate of UNMISS, as set out in resolution 2677 (2023), until 30 April 2024;",
        "Decides to extend the mandate of the Panel of Experts until 1 July 2024;",
    )
    with transaction(db):
        run = open_run(db, "unxml", NOW)
        for document, bodies in (
            (extract(WHOLE.read_bytes()), ["UNMISS"]),
            (made_by_hand("S/RES/2726 (2024)", date(2024, 3, 14), *both), ["UNMISS", PANEL]),
        ):
            symbol = document.symbol or ""
            url = f"https://example.org/{symbol[6:10]}.xml"
            snapshot = Snapshot(
                source="unxml", run=run, url=url, final_url=url, status=200, etag=None, last_modified=None,
                media_type="application/xml", body_hash="0" * 64, size=1, fetched_at=NOW, symbol=symbol, language="en",
                revision=None, state=SnapshotState.READ,
            )  # fmt: skip
            number = save_snapshot(db, snapshot)
            save_version(db, document, number, (), NOW)
            save_facts(db, Witness("unxml", "text-en"), facts_of_document(document), number, NOW)
            save_placement(db, symbol, "text", "South Sudan", bodies)
        told = {
            FactField.ADOPTED_ON: "2025-04-30",
            FactField.TITLE: TITLE,
            FactField.EXPIRES_ON: [{"on": "2025-05-09", "words": "until 9 May 2025", "of": "mandate of UNMISS",
                                    "computed": False}],
        }  # fmt: skip
        facts = [Fact("S/RES/2778 (2025)", field, value) for field, value in told.items()]
        save_facts(db, Witness("unxml", "metadata"), facts, None, NOW)
    db.close()
    return folder


def made_by_hand(symbol: str, adopted_on: date, *texts: str) -> ParsedDocument:
    paragraphs = tuple(Paragraph(f"OP {n}", Part.OPERATIVE, text) for n, text in enumerate(texts, 1))
    return ParsedDocument(
        symbol=symbol, kind=DocumentKind.RESOLUTION, language="en", adopted_on=adopted_on, published_on=None, meeting=1,
        subject="Reports of the Secretary-General on the Sudan and South Sudan", media_type="application/xml",
        reader="hand", parser_version="1",
        paragraphs=cite_paragraphs(paragraphs, symbol=symbol, kind=DocumentKind.RESOLUTION),
    )  # fmt: skip


def test_a_chain_tells_each_link_its_words_and_what_is_missing(ask: Ask, held: Path) -> None:
    shown = ask("chain", "2779", folder=held).stdout
    for words in (
        "Mandate of UNMISS: 3 resolutions, 2024-03-14 to 2025-05-08",
        "Expired on 2026-04-30, ",
        "What established it is not held, or not read as doing so.",
        "  S/RES/2726 (2024), adopted 2024-03-14\n    extended until 2024-04-30 (operative text)",
        "also: mandate of the Panel of Experts on South Sudan, extended until",
        "S/RES/2677 (2023) is cited in OP 1 as one before, and is not held",
        "extended until 2025-05-09 (the library's title)",
        "adopted 365 days after the expiry before it: a gap, or a link that is not",
        "its text is not held; it is known by the library's title",
        "> S/RES/2779 (2025), adopted 2025-05-08",
        "OP 1: Decides to extend the mandate of UNMISS until 30 April 2026",
    ):
        assert words in shown


def test_a_chain_in_json_has_every_link_with_its_proof(ask: Ask, held: Path) -> None:
    record = ask("chain", "S/RES/2779", "--json", folder=held).json
    assert (record["body"], record["expires_on"], record["state"]) == ("UNMISS", "2026-04-30", "passed")
    first, titled, last = record["links"]
    assert (first["act"], first["days_without"], titled["days_without"]) == ("extended", 0, 365)
    assert first["cites_before"] == [{"symbol": "S/RES/2677 (2023)", "address": "OP 1", "held": False}]
    assert (titled["basis"], titled["text_held"], titled["title"]) == ("title", False, TITLE)
    assert (last["basis"], last["address"], last["reckoned_from"]) == ("text", "OP 1", None)


def test_a_day_of_the_record_that_the_symbols_year_denies_is_not_believed(ask: Ask, held: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(held, tmp_path / "copy")
    with closing(open_database(copy / DATABASE_NAME)) as db, transaction(db):
        misprint = Fact("S/RES/2726 (2024)", FactField.ADOPTED_ON, "2022-03-14")
        save_facts(db, Witness("unxml", "metadata"), [misprint], None, NOW)

    links = ask("chain", "2779", "--json", folder=copy).json["links"]
    assert [link["adopted_on"] for link in links if link["symbol"] == "S/RES/2726 (2024)"] == ["2024-03-14"]


def test_a_mandate_that_passed_unrenewed_is_worth_an_exit_code(ask: Ask, held: Path) -> None:
    assert ask("chain", "2779", "--strict", folder=held).code == 3
    assert ask("chain", "2779", folder=held).code == 0


def test_of_two_mandates_one_must_be_chosen(ask: Ask, held: Path) -> None:
    refused = ask("chain", "2726", folder=held)
    assert refused.code == 2
    assert f"choose one with --body: 'UNMISS', '{PANEL}'" in refused.stderr
    assert ask("chain", "2726", "--body", "panel", "--json", folder=held).json["body"] == PANEL


def test_a_mandate_that_a_resolution_does_not_give_is_no_mandate_of_it(ask: Ask, held: Path) -> None:
    refused = ask("chain", "2779", "--body", "MINUSCA", folder=held)
    assert refused.code == 2
    assert "S/RES/2779 (2025) names no body 'MINUSCA'; " in refused.stderr


def test_a_resolution_that_gives_no_mandate_is_refused(ask: Ask) -> None:
    refused = ask("chain", "1325")
    assert refused.code == 2
    assert "S/RES/1325 (2000) gives, extends, changes or ends no mandate" in refused.stderr


def test_a_chain_is_asked_for_by_the_name_of_the_mission(ask: Ask, held: Path) -> None:
    by_symbol, by_name = (ask("chain", typed, "--json", folder=held).json for typed in ("2779", "unmiss"))
    assert by_name == by_symbol
    by_long_name = ask("chain", "United Nations Mission in South Sudan", "--json", folder=held).json
    assert by_long_name == by_symbol


def test_a_chain_is_asked_for_by_the_situation_and_the_other_mandates_are_named(ask: Ask, held: Path) -> None:
    record = ask("chain", "south sudan", "--json", folder=held).json
    assert (record["body"], record["others"]) == ("UNMISS", ["South Sudan sanctions"])
    shown = " ".join(ask("chain", "South Sudan", folder=held).stdout.split())
    assert "to be chosen with --body: South Sudan sanctions." in shown
    chosen = ask("chain", "south sudan", "--body", "sanctions", "--json", folder=held).json
    assert chosen["body"] == "South Sudan sanctions"


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ("unmsis", 2, "found 'unmsis'; the nearest are 'UNSMIS', "),
        ("vessels", 2, "'vessels' may be 'inspection of vessels off Libya: arms embargo' or "),
        ("UNTSO", 1, "no resolution held gives the mandate of UNTSO"),
        ("Myanmar", 1, "no resolution held gives a mandate in Myanmar"),
        ("9999", 1, "S/RES/9999 is not held"),
    ],
)
def test_what_has_no_chain_is_said(ask: Ask, held: Path, typed: str, code: int, said: str) -> None:
    refused = ask("chain", typed, folder=held)
    assert (refused.code, said in refused.stderr) == (code, True), refused.stderr


def test_a_link_says_what_it_is_and_whose(ask: Ask, held: Path) -> None:
    record = ask("chain", "2779", "--json", folder=held).json
    assert [(link["kind"], link["body"], link["successor_of"]) for link in record["links"]] == [
        ("rollover", "UNMISS", None),
        ("renewal", "UNMISS", None),
        ("renewal", "UNMISS", None),
    ]
    assert (
        "extended until 2024-04-30 (operative text), a technical rollover" in ask("chain", "2779", folder=held).stdout
    )


def test_show_tells_the_day_of_the_text_with_its_paragraph(ask: Ask, held: Path) -> None:
    shown = " ".join(ask("show", "2779", folder=held).stdout.split())
    assert "expires 2026-04-30: mandate of UNMISS (unxml text; operative text, OP 1)" in shown


def test_a_text_tells_all_its_days_and_marks_those_it_reckons() -> None:
    document = made_by_hand(
        "S/RES/1471 (2003)", date(2003, 3, 28),
        "Decides to extend UNAMA for an additional period of 12 months from the date of adoption of this resolution;",
        "Decides to renew until 31 May 2004 the measures on arms imposed by paragraph 4 of resolution 1428;",
    )  # fmt: skip
    assert [(one["on"], one["of"], one["computed"], one["address"]) for one in expiries_of_text(document)] == [
        ("2004-03-28", "mandate of UNAMA", True, "OP 1"),
        ("2004-05-31", "measures on arms imposed by paragraph 4 of resolution 1428", False, "OP 2"),
    ]
    note = next(fact.note for fact in facts_of_document(document) if fact.field is FactField.EXPIRES_ON)
    assert note == "operative text, OP 1, OP 2; a period reckoned from the adoption"


def test_days_agree_when_one_witness_tells_some_of_the_others() -> None:
    one, all_of_them, other = ([{"on": day} for day in days] for days in (["a"], ["a", "b"], ["c"]))
    assert agree(one, all_of_them)
    assert not agree(all_of_them, other)


@pytest.mark.parametrize(
    ("text", "title", "told"),
    [
        ([("2026-04-30", False)], [("2026-04-30", False)], ["text 2026-04-30"]),
        ([("2026-04-28", True)], [("2026-04-30", False)], ["title 2026-04-30"]),
        ([("2026-04-28", True)], [("2026-04-28", True)], ["title 2026-04-28"]),
        (
            [("2026-04-30", False), ("2026-07-01", False)],
            [("2026-04-30", False)],
            ["text 2026-04-30", "text 2026-07-01"],
        ),
        ([], [("2026-04-30", False)], ["title 2026-04-30"]),
        ([("2026-04-30", False)], [("2026-04-13", False)], ["text 2026-04-30", "title 2026-04-13"]),
    ],
)
def test_the_calendar_tells_each_day_once(
    text: list[tuple[str, bool]], title: list[tuple[str, bool]], told: list[str]
) -> None:
    def days(of: str, given: list[tuple[str, bool]]) -> list[Dated]:
        return [Dated("S", of, date.fromisoformat(on), "until", NOW, is_computed=is_it) for on, is_it in given]

    assert [f"{one.what} {one.on}" for one in told_once(days("text", text), days("title", title))] == told
