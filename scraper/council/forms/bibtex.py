"""Documents as BibTeX entries. Pure."""

import re
from collections.abc import Iterable
from typing import Final

from scraper.council.forms.ris import title_of
from scraper.council.forms.work import Work

#: Signs that mean something to TeX.
_ESCAPES: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\n": " ", "\r": " ",
}  # fmt: skip
_SPECIAL: Final = re.compile("|".join(map(re.escape, _ESCAPES)))
_NO_KEY: Final = re.compile(r"[^A-Za-z0-9]+")


def bibtex_of(works: Iterable[Work]) -> str:
    """One `@techreport` for each document, keyed by its symbol: `S-RES-1325-2000`."""
    return "\n".join(_entry(work) for work in works)


def _entry(work: Work) -> str:
    fields = {
        "author": "{United Nations Security Council}",
        "title": f"{{{_escaped(title_of(work))}}}",
        "institution": "United Nations",
        "number": _escaped(work.symbol),
        "year": f"{work.day.year}" if work.day else "",
        "month": f"{work.day.month}" if work.day else "",
        "day": f"{work.day.day}" if work.day else "",
        "url": work.url,
        "language": work.language,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    key = _NO_KEY.sub("-", work.symbol).strip("-")
    return f"@techreport{{{key},\n" + ",\n".join(lines) + "\n}\n"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text)
