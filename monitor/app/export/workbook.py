"""Extracts as an Excel workbook: every cell is text, so that nothing a source wrote is taken for a formula."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final

from monitor.app.export.accuracy import measures
from monitor.app.export.extract_rows import COLUMNS, LINK, TableRow
from monitor.app.export.extras import need
from scraper.council.forms.work import day_first

_LONGEST: Final = 32_000  # Excel takes 32,767 signs in a cell
_LONGEST_LINK: Final = 2_000
About = Sequence[tuple[str, str]]
"""What the sheet "About" says: a name and a value in each line."""


def workbook_of(rows: Sequence[TableRow], about: About, made_at: datetime) -> bytes:
    """The workbook's bytes: the same rows and the same time give the same bytes.

    Raises:
        MissingExtraError: XlsxWriter is not installed.
    """
    need("xlsxwriter", "office", "an Excel file")
    from xlsxwriter import Workbook

    into = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(into, options)
    book.set_properties({"created": made_at.replace(tzinfo=None), "title": "Women, peace and security: extracts"})
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    link = book.get_default_url_format()
    _extracts(book.add_worksheet("Extracts"), rows, head, body, link)
    _about(book.add_worksheet("About"), about, head, body)
    book.close()
    return into.getvalue()


def about_lines(query: str, count: int, day: date) -> list[tuple[str, str]]:
    """What a workbook says of itself: what was asked, of what day, and how far to trust it."""
    lines = [
        ("What this is", "Paragraphs on women, peace and security in documents of the UN Security Council"),
        ("As held on", day_first(day)),
        ("Query", query),
        ("Extracts", f"{count}"),
        ("Whose words", "The text is the Council’s. Themes, addresses and the choice of paragraphs are wpswatch’s."),
    ]
    return lines + [(f"Accuracy: {each.what}", f"{each.result}; measured on {each.sample}") for each in measures()]


def _extracts(sheet: Any, rows: Sequence[TableRow], head: Any, body: Any, link: Any) -> None:
    names = [name for name, _ in COLUMNS]
    for column, (name, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, head)
    for line, row in enumerate(rows, start=1):
        for column, words in enumerate(row.cells):
            if names[column] == LINK and len(words) < _LONGEST_LINK and words.startswith("https://"):
                sheet.write_url(line, column, words, link, string=words)
            else:
                sheet.write_string(line, column, words[:_LONGEST], body)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(COLUMNS) - 1)


def _about(sheet: Any, about: About, head: Any, body: Any) -> None:
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 110)
    for line, (name, words) in enumerate(about):
        sheet.write_string(line, 0, name, head)
        sheet.write_string(line, 1, words[:_LONGEST], body)
