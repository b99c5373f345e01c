"""`show` of a document held in several languages: the one asked for, what is held, and where two disagree."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scraper.ingest.extraction import extract
from scraper.themes.extract import extracts_of
from storage.fetched.bodies import BodyStore
from storage.fetched.runs import open_run
from storage.fetched.snapshots import save_snapshot
from storage.records import Snapshot, SnapshotState
from storage.sqlite.database import DATABASE_NAME, open_database, transaction
from storage.texts.saving import save_version
from tests.paths import TESTS

Ask = Callable[..., Any]
CASES = TESTS / "cases" / "akoma_ntoso"
NOW = datetime(2025, 11, 24, 9, 0, tzinfo=UTC)
# 2779 is cut at other paragraphs in each language; 2746 is held in Russian alone
HELD = ("nested-bullets-2779", "chinese-labels-2779", "arabic-labels-2779", "russian-labels-2746", "french-labels-2767")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    store = BodyStore(folder / "bodies")
    db = open_database(folder / DATABASE_NAME)
    with transaction(db):
        run = open_run(db, "unxml", NOW)
        for case in HELD:
            body = (CASES / case / "input.xml").read_bytes()
            document = extract(body)
            snapshot = Snapshot(
                source="unxml",
                run=run,
                url=f"https://example.org/{case}.xml",
                final_url=f"https://example.org/{case}.xml",
                fetched_at=NOW,
                status=200,
                etag=None,
                last_modified=None,
                size=len(body),
                revision=None,
                media_type="application/xml",
                body_hash=store.save(body),
                symbol=document.symbol,
                language=document.language,
                state=SnapshotState.READ,
            )
            save_version(db, document, save_snapshot(db, snapshot), extracts_of(document), NOW)
    db.close()
    return folder


def test_english_is_shown_unless_another_language_is_asked_for(ask: Ask, many: Path) -> None:
    assert ask("show", "2779", "--json", folder=many).json["language"] == "en"
    assert ask("show", "2779", "--lang", "zh", "--json", folder=many).json["language"] == "zh"


def test_what_is_held_is_shown_where_there_is_no_english_and_that_is_said(ask: Ask, many: Path) -> None:
    shown = ask("show", "2746", folder=many)
    assert shown.code == 0
    assert "Not held in English. Held in no other language." in shown.stdout


def test_the_other_languages_are_named(ask: Ask, many: Path) -> None:
    assert "Held in ar, zh too; see them with --lang." in ask("show", "2779", folder=many).stdout
    assert ask("show", "2779", "--json", folder=many).json["languages"] == ["en", "ar", "zh"]


def test_a_language_that_is_not_held_is_an_error_that_names_those_that_are(ask: Ask, many: Path) -> None:
    answer = ask("show", "2779", "--lang", "fr", folder=many)
    assert answer.code == 1
    assert "not held in 'fr', but in en, ar, zh" in answer.stderr


def test_languages_that_disagree_are_a_warning_for_programs_and_people(ask: Ask, many: Path) -> None:
    record = ask("show", "2779", "--lang", "zh", "--json", folder=many).json
    found = [warning for warning in record["warnings"] if warning["code"] == "languages-disagree"]
    assert len(found) == 2
    assert "expected the same addresses in zh and en" in found[0]["message"]
    assert "(languages-disagree)" in ask("show", "2779", "--lang", "zh", folder=many).stdout


def test_a_paragraph_of_a_document_whose_languages_disagree_says_so_too(ask: Ask, many: Path) -> None:
    address = ask("show", "2779", "--lang", "ar", "--json", folder=many).json["paragraphs"][-1]["address"]
    record = ask("show", "2779", address, "--lang", "ar", "--json", folder=many).json
    assert {warning["code"] for warning in record["warnings"]} == {"languages-disagree"}
    assert "(languages-disagree)" in ask("show", "2779", address, "--lang", "ar", folder=many).stdout


def test_arabic_words_are_shown_as_they_are_held(ask: Ask, many: Path) -> None:
    record = ask("show", "2779", "--lang", "ar", "--json", folder=many).json
    held = extract((CASES / "arabic-labels-2779" / "input.xml").read_bytes())
    assert [one["text"] for one in record["paragraphs"]] == [one.text for one in held.paragraphs]


def test_extracts_can_be_kept_to_a_language_and_say_which_it_is(ask: Ask, many: Path) -> None:
    everything = ask("extracts", "--json", folder=many).json
    french = ask("extracts", "--lang", "fr", "--json", folder=many).json
    assert {extract["language"] for extract in everything} == {"en", "fr"}
    assert {extract["symbol"] for extract in french} == {"S/RES/2767 (2024)"}
    page = ask("extracts", folder=many).stdout
    assert "S/RES/2767 (2024), adopted 2024-12-27, in fr: " in page
    assert "S/RES/2779 (2025), adopted 2025-05-08: " in page


def test_a_search_says_in_which_language_it_found_the_words(ask: Ask, many: Path) -> None:
    russian, english = ask("search", "женщин", folder=many), ask("search", "women", "--limit", "1", folder=many)
    assert "S/RES/2746 (2024), OP 1 (a), adopted 2024-08-06, in ru\n" in russian.stdout
    assert ", in " not in english.stdout.splitlines()[0]
