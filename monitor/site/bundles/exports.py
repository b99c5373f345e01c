"""The files of a site to take away: each theme's extracts as a workbook, all of them as CSV, references by year."""

from collections import defaultdict
from collections.abc import Iterator

from monitor.app.export.csv_table import csv_of
from monitor.app.export.extract_rows import table_rows
from monitor.app.export.extras import has_package
from monitor.app.export.workbook import about_lines, workbook_of
from monitor.site.held.holdings import Holdings
from monitor.site.places.names import slug
from scraper.council.forms.bibtex import bibtex_of
from scraper.council.forms.csl import csl_of
from scraper.council.forms.ris import ris_of
from scraper.council.forms.work import Work
from storage.models import THEMES


def has_xlsx() -> bool:
    """Whether workbooks can be written: the extra `office` is installed."""
    return has_package("xlsxwriter")


def export_files(holdings: Holdings) -> Iterator[tuple[str, bytes]]:
    """Every file to take away."""
    rows = table_rows(holdings.extracts)
    yield "exports/extracts.csv", csv_of(rows)
    if has_xlsx():
        for theme in THEMES:
            held = [row for extract, row in zip(holdings.extracts, rows, strict=True) if theme in extract.themes]
            about = about_lines(f"theme: {theme}", len(held), holdings.today)
            yield f"exports/{slug(theme)}.xlsx", workbook_of(held, about, holdings.as_of)
    works: defaultdict[int, list[Work]] = defaultdict(list)
    for doc in holdings.first_docs:
        if doc.year is not None:
            works[doc.year].append(doc.work)
    for year, of_year in sorted(works.items()):
        yield f"exports/{year}.ris", ris_of(of_year).encode()
        yield f"exports/{year}.bib", bibtex_of(of_year).encode()
        yield f"exports/{year}.json", csl_of(of_year).encode()
