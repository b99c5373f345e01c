"""Counts WPS content by year: `python -m tests.measures.themes.accuracy_years XML-FOLDER`.

XML-FOLDER holds the UN's XML of the resolutions in English. Prints a row for each year from 2000: resolutions and
those with WPS content, paragraphs and those that are WPS content, and for comparison the share of paragraphs that
hold one of five plain words. Where both shares are low the year spoke little of women: nothing was missed.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scraper.ingest.extraction import extract
from storage.models import ParsedDocument

FIRST_YEAR = 2000


@dataclass(slots=True)
class Year:
    """The counts of one year."""

    year: int
    resolutions: int = 0
    wps_resolutions: int = 0
    paragraphs: int = 0
    wps_paragraphs: int = 0
    paragraphs_with_words: int = 0

    def add(self, document: ParsedDocument) -> None:
        """Count one resolution."""
        wps = sum(one.is_wps for one in document.paragraphs)
        self.resolutions += 1
        self.wps_resolutions += bool(wps)
        self.paragraphs += len(document.paragraphs)
        self.wps_paragraphs += wps
        self.paragraphs_with_words += sum(_PLAIN_WORDS.search(one.text) is not None for one in document.paragraphs)


_PLAIN_WORDS = re.compile(r"wom[ae]n|gender|sexual|\bgirl|\brape|1325 \(2000\)", re.IGNORECASE)
_YEAR = re.compile(r"\((\d{4})\)")  # "S/RES/1325 (2000)"


def read_documents(folder: Path) -> Iterator[ParsedDocument]:
    """Read every resolution of the folder, labelled."""
    for path in sorted(folder.glob("*.xml")):
        yield extract(path.read_bytes())


def count(documents: Iterable[ParsedDocument]) -> list[Year]:
    """The counts by year, earliest first; a symbol without a year is counted under the year of its adoption."""
    years: dict[int, Year] = {}
    for document in documents:
        named = _YEAR.search(document.symbol or "")
        year = int(named[1]) if named else document.adopted_on.year if document.adopted_on else 0
        if year >= FIRST_YEAR:
            years.setdefault(year, Year(year)).add(document)
    return [years[year] for year in sorted(years)]


def report(years: Iterable[Year]) -> str:
    """The table."""
    lines = ["year  resolutions  with WPS          paragraphs  WPS content       with a plain word"]
    for one in years:
        resolutions = f"{one.wps_resolutions:5} {_share(one.wps_resolutions, one.resolutions)}"
        paragraphs = f"{one.wps_paragraphs:5} {_share(one.wps_paragraphs, one.paragraphs)}"
        words = _share(one.paragraphs_with_words, one.paragraphs)
        lines.append(f"{one.year}  {one.resolutions:11}  {resolutions}  {one.paragraphs:12}  {paragraphs}  {words}")
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / max(1, whole):9.1f} %"


def main(arguments: list[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the UN's XML of the resolutions in English")
    sys.stdout.write(report(count(read_documents(parser.parse_args(arguments).folder))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
