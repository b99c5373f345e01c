"""Writes the listing pages of the demonstration site (pure): GitHub's tree and the Council's table.

No recording of these pages exists that may be shipped. They are made by hand, in the shape in which programs that read
the live pages in 2025 and 2026 describe them; only what they list is real.
"""

import json
from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby

from monitor.demo.catalogue import DemoDocument
from monitor.demo.git import read_tree

_REPOSITORY = "https://api.github.com/repos/UNxml/SCresolutions/git"
_NO_BREAK = "\N{NO-BREAK SPACE}"
#: From this year on the table prints dates; before, its rows have two cells.
_FIRST_DATED_YEAR = 2015

_TABLE_PAGE = """\
<!DOCTYPE html>
<!-- Made by hand in the shape of the Security Council's table of resolutions; not a recording. -->
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8" />
<link rel="canonical" href="https://main.un.org/securitycouncil/en/content/resolutions-0" />
<title>Resolutions | Security Council</title>
</head>
<body>
<main>
<h1>Resolutions</h1>
<dl class="ckeditor-accordion">
{years}
</dl>
</main>
</body>
</html>
"""

#: What the documents service answers to a path in upper case: its application, of 1,303 bytes in the live answers.
APP_PAGE = b"""\
<!doctype html>
<!-- Made by hand in the shape of the documents service's application page; not a recording. -->
<html lang="en">
<head>
<meta charset="utf-8">
<title>Official Document System</title>
<base href="/">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" type="image/x-icon" href="favicon.ico">
<link rel="stylesheet" href="styles.css">
</head>
<body>
<app-root></app-root>
<script src="runtime.js" type="module"></script>
<script src="main.js" type="module"></script>
</body>
</html>
"""


def tree_page(bodies: Mapping[str, bytes]) -> bytes:
    """GitHub's whole tree of the UN's repository, with git's real ids of those bodies."""
    root, entries = read_tree(bodies)
    listed = []
    for entry in entries:
        place = "trees" if entry.kind == "tree" else "blobs"
        record: dict[str, object] = {"path": entry.path, "mode": entry.mode, "type": entry.kind, "sha": entry.sha}
        if entry.size is not None:
            record["size"] = entry.size
        listed.append(record | {"url": f"{_REPOSITORY}/{place}/{entry.sha}"})
    page = {"sha": root, "url": f"{_REPOSITORY}/trees/{root}", "tree": listed, "truncated": False}
    return json.dumps(page).encode()


def table_page(documents: Sequence[DemoDocument]) -> bytes:
    """The Council's table of those resolutions: an accordion of years, the newest first."""
    newest_first = sorted(documents, key=_number, reverse=True)
    years = groupby(newest_first, key=lambda document: document.adopted_on.year)
    return _TABLE_PAGE.format(years="\n".join(_year(year, list(rows)) for year, rows in years)).encode()


def _number(document: DemoDocument) -> int:
    """2387 of "S/RES/2387 (2017)"."""
    return int(document.symbol.split("/")[2].split()[0])


def _year(year: int, documents: Sequence[DemoDocument]) -> str:
    rows = "\n".join(_row(document, has_date=year >= _FIRST_DATED_YEAR) for document in documents)
    return f'<dt>{year}</dt>\n<dd><table class="table table-striped"><tbody>\n{rows}\n</tbody></table></dd>'


def _row(document: DemoDocument, *, has_date: bool) -> str:
    """The live table has spaces that do not break within its symbols, and here and there a line break."""
    symbol = escape(document.symbol).replace(" ", _NO_BREAK if has_date else "\n      ")
    bare = document.symbol.replace(" ", "")
    address = f"https://docs.un.org/en/{bare}" if document.adopted_on.year >= 2026 else f"https://undocs.org/{bare}"
    day = document.adopted_on
    date_cell = f"<td>{day.day} {day:%B}{_NO_BREAK}{day.year}</td> " if has_date else ""
    return f'<tr><td><a href="{address}">{symbol}</a></td> {date_cell}<td>{escape(document.agenda)}</td></tr>'
