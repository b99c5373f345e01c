"""The one file of an export for people: extracts as a workbook, or all documents as references."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from monitor.app.export.extract_rows import table_rows
from monitor.app.export.workbook import about_lines, workbook_of
from monitor.app.export.works import work_of_document
from scraper.council.forms.bibtex import bibtex_of
from scraper.council.forms.csl import csl_of
from scraper.council.forms.ris import ris_of
from storage.fetched.runs import list_runs
from storage.texts.extracts import list_extracts
from storage.texts.holdings import held_documents

REFERENCES: Final = {
    "ris": ("references.ris", ris_of),
    "csl": ("references.json", csl_of),
    "bibtex": ("references.bib", bibtex_of),
}


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """A file by its name, and how many extracts or references it has."""

    name: str
    content: bytes
    count: int


def people_file(db: sqlite3.Connection, style: str, themes: Sequence[str] = ()) -> PeopleFile:
    """The file of an export in one of the formats for people: `xlsx`, `ris`, `csl`, `bibtex`.

    Raises:
        MissingExtraError: what the format needs is not installed.
    """
    if style == "xlsx":
        return _workbook(db, themes)
    name, write = REFERENCES[style]
    works = [work_of_document(held.document) for held in held_documents(db)]
    return PeopleFile(name, write(works).encode(), len(works))


def _workbook(db: sqlite3.Connection, themes: Sequence[str]) -> PeopleFile:
    rows = table_rows(list_extracts(db, themes=themes))
    ends = [run.ended_at for run in list_runs(db) if run.ended_at]
    moment = max(ends, default=datetime(1970, 1, 1, tzinfo=UTC))
    query = f"themes: {'; '.join(themes)}" if themes else "all extracts"
    content = workbook_of(rows, about_lines(query, len(rows), moment.date()), moment)
    return PeopleFile("extracts.xlsx", content, len(rows))
