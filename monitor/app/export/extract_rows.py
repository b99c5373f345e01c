"""Extracts as rows of a table for people: with a citation to copy and a link."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from monitor.app.export.works import work_of
from monitor.text.harmless import harmless
from monitor.text.links import document_url
from scraper.council.forms.styles import cite_places_as_un
from storage.texts.extracts import ExtractRow

#: The heads of the columns, and how wide they are in a spreadsheet.
COLUMNS: Final = (
    ("Extract", 38), ("Symbol", 20), ("Adopted", 12), ("Situation", 24), ("Themes", 34), ("Paragraphs", 18),
    ("Text", 90), ("Citation", 48), ("Language", 10), ("Document", 40),
)  # fmt: skip
LINK: Final = "Document"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One extract as the words of its cells, in the order of `COLUMNS`."""

    cells: tuple[str, ...]


def citation_of(row: ExtractRow) -> str:
    """The citation of an extract's paragraphs in the UN's form; of the entry of a whole report the report's."""
    work = work_of(row.symbol, row.kind, row)
    return harmless(cite_places_as_un(work, () if row.is_entry else row.addresses))


def table_rows(rows: Iterable[ExtractRow]) -> Sequence[TableRow]:
    """The extracts in their order."""
    return [_table_row(row) for row in rows]


def _table_row(row: ExtractRow) -> TableRow:
    day = row.adopted_on or row.published_on
    text = "\n".join(harmless(line) for line in row.text.split("\n\n"))
    return TableRow(
        (
            harmless(row.title),
            harmless(row.symbol),
            day.isoformat() if day else "",
            harmless(row.situation or ""),
            "; ".join(row.themes),
            "; ".join(row.addresses),
            text,
            citation_of(row),
            row.language,
            document_url(row.symbol, row.language),
        )
    )
