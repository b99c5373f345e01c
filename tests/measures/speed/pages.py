"""Prints what it costs to read the table of all resolutions, and how long tables of meetings take.

python -m tests.measures.speed.pages [FOLDER-OF-MEETING-TABLES]

The table of all resolutions is made here, in the shape of the Council's page: 80 years, 2,800 rows, each with a link, a
date and an agenda subject of usual length, below a menu of 600 links. Memory is that of the whole process.
"""

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from scraper.pages.council_site.resolutions_table import parse_resolutions
from scraper.pages.library.meetings_table import parse_meetings

URL = "https://main.un.org/securitycouncil/en/content/resolutions-0"
YEARS, ROWS = range(2025, 1945, -1), 2800
SUBJECT = "The situation concerning the Democratic Republic of the Congo<br />\n(mandate of the mission)"


def page_of_all_resolutions() -> bytes:
    """The page, with as many rows in each year."""
    menu = "".join(
        f'<li class="menu-item"><a href="/securitycouncil/en/content/{n}">Item {n}</a></li>' for n in range(600)
    )
    number, parts = ROWS, []
    for year in YEARS:
        rows = []
        for _ in range(ROWS // len(YEARS)):
            link = (
                f'<a href="https://docs.un.org/en/S/RES/{number}({year})" target="_blank">S/RES/{number} ({year})</a>'
            )
            rows.append(f'<tr>\n<td width="20%">{link}</td>\n<td>30 June {year}</td>\n<td>{SUBJECT}</td>\n</tr>')
            number -= 1
        table = '<table class="table table-striped"><tbody>' + "\n".join(rows) + "</tbody></table>"
        parts.append(f"<dt>{year}</dt><dd>{table}</dd>")
    head = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8" /><title>Resolutions</title></head>'
    accordion = f'<dl class="ckeditor-accordion">{"".join(parts)}</dl>'
    return f"{head}<body><nav><ul>{menu}</ul></nav><main>{accordion}</main></body></html>".encode()


def timed(read: Callable[[], object]) -> float:
    """Seconds of the processor for one reading."""
    started = time.process_time()
    read()
    return time.process_time() - started


def main() -> None:
    """Read, and print the figures."""
    page = page_of_all_resolutions()
    before = megabytes()
    first = timed(lambda: parse_resolutions(page, URL))
    peak = megabytes()
    again = min(timed(lambda: parse_resolutions(page, URL)) for _ in range(3))
    rows = len(parse_resolutions(page, URL).rows)
    print(
        f"{rows} resolutions, {len(page) / 1e6:.1f} MB of page: {first:.2f} s with the loading of the parser, "
        f"{again:.2f} s again; {before:.0f} MB of memory before, {peak:.0f} MB at most"
    )
    for folder in sys.argv[1:]:
        tables = [path.read_bytes() for path in sorted(Path(folder).glob("*.html"))]
        seconds = timed(lambda tables=tables: [parse_meetings(table, URL) for table in tables])  # type: ignore[misc]
        print(f"{len(tables)} tables of meetings: {seconds:.2f} s")


def megabytes() -> float:
    """The most memory that this process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
