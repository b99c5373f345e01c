"""A text becomes rows in its reader and a text again wherever somebody asks for it, and nothing is lost on the way."""

import json
import pickle
import sqlite3
from datetime import UTC, date, datetime

import pytest

from monitor.demo.catalogue import pdf_body, xml_body
from scraper.ingest.extraction import extract
from scraper.themes.extract import extracts_of
from storage.folding import text_hash
from storage.models import (
    Aside,
    Citation,
    DocumentKind,
    Evidence,
    Extract,
    Label,
    Paragraph,
    ParsedDocument,
    ParseWarning,
    Part,
    Place,
    Said,
)
from storage.texts.prepared.rows import TextRows, document_of, extracts_of_rows, rows_of
from storage.texts.saving import save_rows
from storage.texts.version_rows import load_rows
from tests.storage.conftest import Shelf

SAID = Said("Ada", datetime(2026, 1, 2, tzinfo=UTC), "by hand", is_text_changed=True)
WOMEN = Label("Participation", (Evidence("women", 4, 9, "participation-1"), Evidence("", 0, 0, "human:Ada", said=SAID)))
ABOVE = Label("Protection", (Evidence("protect", 0, 7, "protection-2", Place.CHAPEAU),))
FULL = ParsedDocument(
    symbol="S/RES/1325 (2000)",
    kind=DocumentKind.RESOLUTION,
    language="en",
    adopted_on=date(2000, 10, 31),
    published_on=None,
    meeting=4213,
    subject="Women and peace and security",
    media_type="application/xml",
    reader="akn",
    parser_version="1+2",
    paragraphs=(
        Paragraph("PP 1", Part.PREAMBLE, "Recalling nothing “at all”,"),
        Paragraph("OP 1", Part.OPERATIVE, "See women, resolution 1261 (1999)", "Heading", "Protect:", (WOMEN, ABOVE),
                  (Citation("S/RES/1261 (1999)", ("OP 3",), 11, 33, "resolution 1261 (1999)"),)),
        Paragraph("OP 2", Part.OPERATIVE, "S/2000/1", citations=(Citation("S/2000/1", (), 0, 8, "S/2000/1"),)),
    ),
    warnings=(ParseWarning("number-jumps", "7 follows 5", "OP 1"), ParseWarning("odd", "so it is")),
    asides=(Aside("footnote", "1 See above.", "OP 1"), Aside("vote", "unanimously")),
)  # fmt: skip
EXTRACTS = (Extract("Para. 1", ("OP 1",), ("Participation", "Protection"), "See women"),)


def recorded() -> list[ParsedDocument]:
    return [
        extract(xml_body("Pre-2020/2017/S_RES_2387_1720324E.xml")),
        extract(pdf_body("doc/undoc/gen/n25/107/06/pdf/n2510706.pdf")),
    ]


@pytest.mark.parametrize("document", [FULL, *recorded()], ids=lambda one: f"{one.symbol} {one.reader}")
def test_a_text_comes_back_from_its_rows_as_it_was(document: ParsedDocument) -> None:
    extracts = EXTRACTS if document is FULL else extracts_of(document)
    rows = rows_of(document, extracts)
    assert document_of(rows) == document
    assert extracts_of_rows(rows.extracts) == extracts
    assert rows.text_hash == text_hash(document.paragraphs)


def test_rows_are_nothing_but_words_and_numbers_and_travel_as_they_are() -> None:
    rows = rows_of(FULL, EXTRACTS)
    plain = json.dumps([getattr(rows, name) for name in TextRows.__slots__])
    assert "Recalling" in plain
    assert pickle.loads(pickle.dumps(rows)) == rows  # noqa: S301 - made a line before


def test_rows_stand_in_the_tables_as_they_were_made(shelf: Shelf) -> None:
    rows = rows_of(FULL, EXTRACTS)
    saved = save_rows(shelf.db, rows, shelf.snapshot(), shelf.now)
    assert load_rows(shelf.db, saved.id) == rows
    assert tables(shelf.db) == {
        "paragraphs": [(0, "PP 1"), (1, "OP 1"), (2, "OP 2")],
        "labels": [
            (2, 0, "Participation", '[["women", 4, 9, "participation-1", "text"], ["", 0, 0, "human:Ada", "text", '
                                    '"Ada", "2026-01-02T00:00:00+00:00", "by hand", true]]'),
            (2, 1, "Protection", '[["protect", 0, 7, "protection-2", "chapeau"]]'),
        ],
        "citations": [(2, 0, "S/RES/1261 (1999)", '["OP 3"]', 11, 33), (3, 0, "S/2000/1", "[]", 0, 8)],
        "extracts": [(0, "Para. 1", '["OP 1"]', '["Participation", "Protection"]', "See women")],
        "warnings": [(0, "number-jumps", "7 follows 5", "OP 1"), (1, "odd", "so it is", None)],
        "asides": [(0, "footnote", "1 See above.", "OP 1"), (1, "vote", "unanimously", None)],
    }  # fmt: skip


def tables(db: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    asked = {
        "paragraphs": "position, address",
        "labels": "paragraph, position, theme, evidence",
        "citations": "paragraph, position, symbol, addresses, start, end",
        "extracts": "position, title, addresses, themes, text",
        "warnings": "position, code, message, address",
        "asides": "position, kind, text, address",
    }
    return {
        name: [tuple(row) for row in db.execute(f"SELECT {columns} FROM {name} ORDER BY 1, 2")]  # noqa: S608 - named here
        for name, columns in asked.items()
    }
