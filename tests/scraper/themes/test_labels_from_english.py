"""Texts of a language without a vocabulary have the themes of the English text at the same address."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.demo.catalogue import xml_body
from scraper.ingest.extraction import extract
from scraper.ingest.human_words import corrected
from scraper.ingest.ingest import BODIES, ingest
from scraper.ingest.relabelling import relabel_version, store
from scraper.ingest.workers import ReaderPool
from scraper.themes.extract import extracts_of
from scraper.themes.labels_from_english import lend_labels
from storage.corrections import HumanAction, HumanLabel
from storage.fetched.bodies import BodyStore
from storage.fetched.runs import open_run
from storage.fetched.snapshots import save_snapshot
from storage.models import Paragraph, Part
from storage.records import Snapshot
from storage.sqlite.database import DATABASE_NAME, open_database, transaction
from storage.texts.documents import load_document
from storage.texts.extracts import list_extracts
from storage.texts.human_labels import save_human_label
from storage.texts.prepared.rows import rows_of
from tests.paths import TESTS

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SYMBOL = "S/RES/2779 (2025)"
CASES = TESTS / "cases" / "akoma_ntoso"
ENGLISH = xml_body("2025/English/S_RES-2779-2507317E.xml")
CHINESE = (CASES / "chinese-labels-2779" / "input.xml").read_bytes()  # cut: paragraphs 3 to 5 and two of the preamble


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_database(tmp_path / DATABASE_NAME)) as db:
        yield db


def read(db: sqlite3.Connection, data: Path, language: str, body: bytes) -> None:
    """Archive a body and read it."""
    url = f"https://example.org/{language}.xml"
    with transaction(db):
        run = open_run(db, "unxml", NOW)
        kept = BodyStore(data / BODIES).save(body)
        save_snapshot(
            db,
            Snapshot(
                source="unxml", run=run, url=url, final_url=url, status=200, etag=None, last_modified=None,
                media_type="application/xml", body_hash=kept, size=len(body), fetched_at=NOW, symbol=SYMBOL,
                language=language, revision=None,
            ),
        )  # fmt: skip
    with ReaderPool(1) as readers:
        assert ingest(db, data, readers, NOW).failures == []


def themes(db: sqlite3.Connection, language: str) -> dict[str, tuple[str, ...]]:
    """The themes of each paragraph that has some."""
    held = load_document(db, SYMBOL, language)
    assert held is not None
    return {each.address: each.themes for each in held.document.paragraphs if each.is_wps}


def test_a_translation_has_the_themes_of_the_english_whichever_comes_first(
    db: sqlite3.Connection, tmp_path: Path
) -> None:
    read(db, tmp_path, "zh", CHINESE)
    assert themes(db, "zh") == {}
    read(db, tmp_path, "en", ENGLISH)
    lent, own = themes(db, "zh"), themes(db, "en")
    assert len(lent) > 3
    assert lent.items() <= own.items()
    with closing(open_database(tmp_path / "other" / DATABASE_NAME)) as other:
        read(other, tmp_path / "other", "en", ENGLISH)
        read(other, tmp_path / "other", "zh", CHINESE)
        assert themes(other, "zh") == lent


def test_a_lent_label_marks_no_words_and_names_the_english_rule(db: sqlite3.Connection, tmp_path: Path) -> None:
    read(db, tmp_path, "en", ENGLISH)
    read(db, tmp_path, "zh", CHINESE)
    held = load_document(db, SYMBOL, "zh")
    assert held is not None
    evidence = [one for each in held.document.paragraphs for label in each.labels for one in label.evidence]
    assert {(one.phrase, one.start, one.end, one.is_lent) for one in evidence} == {("", 0, 0, True)}


def test_the_extracts_of_a_translation_are_cut_from_its_own_words(db: sqlite3.Connection, tmp_path: Path) -> None:
    read(db, tmp_path, "zh", CHINESE)
    read(db, tmp_path, "en", ENGLISH)
    chinese = [row for row in list_extracts(db, symbol=SYMBOL) if row.language == "zh"]
    assert chinese
    assert all("妇女" in row.text or "性别" in row.text or "性暴力" in row.text for row in chinese)


def test_a_persons_word_on_the_english_reaches_its_translations(db: sqlite3.Connection, tmp_path: Path) -> None:
    read(db, tmp_path, "en", ENGLISH)
    read(db, tmp_path, "zh", CHINESE)
    english = load_document(db, SYMBOL, "en")
    assert english is not None
    plain = next(one for one in english.document.paragraphs if one.address == "OP 4" and not one.is_wps)
    with transaction(db):
        save_human_label(
            db,
            HumanLabel(
                symbol=SYMBOL, language="en", address=plain.address, text=plain.text, theme="Protection",
                action=HumanAction.ADD, author="Ada", note=None, made_at=NOW,
            ),
        )  # fmt: skip
        store(db, [relabel_version(db, english.current.id)])
    assert themes(db, "zh")["OP 4"] == ("Protection",)


def test_french_keeps_the_labels_of_its_own_vocabulary(db: sqlite3.Connection) -> None:
    french = extract(xml_body("2025/French/S_RES_2777-2504360F.xml"), symbol="S/RES/2777 (2025)", language="fr")
    rows = rows_of(french, extracts_of(french))
    assert corrected(db, rows, None) == rows
    assert any(paragraph.is_wps for paragraph in french.paragraphs)


def test_where_the_english_has_no_such_address_nothing_is_lent() -> None:
    labelled = extract(ENGLISH, symbol=SYMBOL, language="en").paragraphs
    other = Paragraph("OP 99", Part.OPERATIVE, "决定继续处理此案。")
    assert lend_labels([other, replace(other, labels=labelled[0].labels)], labelled) == (other, other)
