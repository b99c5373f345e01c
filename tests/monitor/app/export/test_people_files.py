"""Extracts and references as files for people, on real SQLite."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from monitor.app.export.csv_table import csv_of
from monitor.app.export.extract_rows import citation_of, table_rows
from monitor.app.export.people_files import people_file
from storage.texts.extracts import ExtractRow

NOW = datetime(2025, 5, 9, tzinfo=UTC)


def row(**fields: Any) -> ExtractRow:
    values = {
        "symbol": "S/RES/2387 (2017)", "language": "en", "title": "Security Council Resolution 2387: Para. 42",
        "addresses": ("OP 42 (a) (iii)", "OP 42 (b) (ii)"), "themes": ("Participation", "Protection"),
        "text": "42. Decides\n\n[...]\n\n(iii) women", "adopted_on": date(2017, 11, 15), "url": "https://example.org",
        "first_seen_at": NOW, "flagged": False, "kind": "resolution",
    }  # fmt: skip
    return ExtractRow(**(values | fields))


def test_an_extract_is_cited_paragraph_by_paragraph() -> None:
    assert citation_of(row()) == ("Security Council resolution 2387 (2017), para. 42 (a) (iii) and para. 42 (b) (ii)")


def test_a_csv_for_excel_has_the_mark_and_guarded_cells() -> None:
    content = csv_of(table_rows([row(text="=cmd|' /C calc'!A0 women")]))
    table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))

    assert content.startswith(b"\xef\xbb\xbf")
    assert table[1][table[0].index("Text")].startswith("'=cmd")


def test_a_workbook_holds_words_only_and_says_what_it_is() -> None:
    pytest.importorskip("xlsxwriter", reason="the extra 'office' is not installed")
    from monitor.app.export.workbook import about_lines, workbook_of

    rows = table_rows([row(text='=HYPERLINK("http://x")', situation="+1"), row()])
    content = workbook_of(rows, about_lines("theme: Participation", 2, NOW.date()), NOW)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
        words = packed.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert 'state="frozen"' in sheet
    assert "<autoFilter" in sheet
    assert "=HYPERLINK" in words
    assert "theme: Participation" in words
    assert "Accuracy" in words
    assert content == workbook_of(rows, about_lines("theme: Participation", 2, NOW.date()), NOW)


@pytest.mark.parametrize(
    ("style", "name"), [("ris", "references.ris"), ("csl", "references.json"), ("bibtex", "references.bib")]
)
def test_references_name_every_document(newsroom: Any, paragraph: Callable[..., Any], style: str, name: str) -> None:
    newsroom.crawl({"S/RES/2779 (2025)": [paragraph("OP 1", "women")], "S/PRST/2025/3": [paragraph("OP 1", "x")]})
    made = people_file(newsroom.db, style)

    assert (made.name, made.count) == (name, 2)
    assert b"S/PRST/2025/3" in made.content
    if style == "csl":
        assert len(json.loads(made.content)) == 2


def test_a_brief_has_headings_the_telling_words_in_bold_and_citations(
    newsroom: Any, paragraph: Callable[..., Any]
) -> None:
    docx = pytest.importorskip("docx", reason="the extra 'office' is not installed")
    from monitor.app.export.brief import docx_of
    from monitor.app.export.briefing import brief_of_document, brief_of_theme

    texts = [paragraph("OP 1", "Urges \x1b[2J\u202ewomen to lead", "Participation"), paragraph("OP 2", "Decides")]
    newsroom.crawl({"S/RES/2779 (2025)": texts})
    made = brief_of_document(newsroom.db, "S/RES/2779 (2025)", "en", NOW.date())
    content = docx_of(made, NOW)
    file = docx.Document(io.BytesIO(content))
    styles = [each.style.name for each in file.paragraphs]
    words = [each.text for each in file.paragraphs]

    assert styles[:3] == ["Title", "Normal", "Heading 1"]
    assert "OP 1" in words
    assert "OP 2" not in words
    assert "Security Council resolution 2779 (2025), para. 1" in words
    assert [run.text for each in file.paragraphs for run in each.runs if run.bold] == ["women"]
    assert not any("\x1b" in each or "\u202e" in each for each in words)
    assert content == docx_of(made, NOW)
    assert not brief_of_theme(newsroom.db, "Disarmament", None, NOW.date()).documents
