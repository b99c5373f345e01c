"""The files of a site to take away: each theme's extracts as a workbook, all of them as CSV, references by year."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from importlib.metadata import version
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from monitor.app.export.csv_table import csv_of
from monitor.app.export.extract_rows import TableRow, table_rows
from monitor.app.export.extras import has_package
from monitor.app.export.workbook import about_lines, workbook_of
from monitor.site.folder import File, mark_of
from monitor.site.held.holdings import Holdings
from monitor.text.page_names import slug
from scraper.council.forms.bibtex import bibtex_of
from scraper.council.forms.csl import csl_of
from scraper.council.forms.ris import ris_of
from scraper.council.forms.work import Work
from storage.models import THEMES


def has_xlsx() -> bool:
    """Whether workbooks can be written: the extra `office` is installed."""
    return has_package("xlsxwriter")


def export_files(holdings: Holdings, ground: str) -> Iterator[File]:
    """Every file to take away. `ground` is what all of them stand on."""
    rows = table_rows(holdings.extracts)
    yield File("exports/extracts.zip", partial(_packed_table, rows), mark_of(ground, rows))
    if has_xlsx():
        newest = max((doc.held.first_seen_at for doc in holdings.first_docs), default=holdings.as_of)
        for theme in THEMES:
            held = [at for at, extract in enumerate(holdings.extracts) if theme in extract.themes]
            seen = max((holdings.extracts[at].first_seen_at for at in held), default=newest)
            yield _workbook(theme, [rows[at] for at in held], seen, ground)
    works: defaultdict[int, list[Work]] = defaultdict(list)
    for doc in holdings.first_docs:
        if doc.year is not None:
            works[doc.year].append(doc.work)
    for year, of_year in sorted(works.items()):
        for ending, write in (("ris", ris_of), ("bib", bibtex_of), ("json", csl_of)):
            yield File(f"exports/{year}.{ending}", partial(_encoded, write, of_year))


def _workbook(theme: str, rows: Sequence[TableRow], seen: datetime, ground: str) -> File:
    """The workbook of a theme, of the day on which the newest of its extracts was first seen.

    So it stays as it is until there is another extract in it.
    """
    about = about_lines(f"theme: {theme}", len(rows), seen.date())
    key = mark_of(ground, version("xlsxwriter"), rows, about, seen)
    return File(f"exports/{slug(theme)}.xlsx", partial(workbook_of, rows, about, seen), key)


def _packed_table(rows: Sequence[TableRow]) -> bytes:
    """The table of all extracts, packed: a fifth of the bytes. The same rows give the same bytes."""
    into = BytesIO()
    with ZipFile(into, "w", ZIP_DEFLATED) as packed:
        inner = ZipInfo("extracts.csv")
        inner.compress_type = ZIP_DEFLATED
        packed.writestr(inner, csv_of(rows))
    return into.getvalue()


def _encoded(write: Callable[[Sequence[Work]], str], works: Sequence[Work]) -> bytes:
    return write(works).encode()
