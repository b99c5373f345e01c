"""Documents as RIS, the form that Zotero, EndNote and Mendeley read. Pure."""

from collections.abc import Iterable

from scraper.council.forms.work import Work

_KEPT = str.maketrans({"\r": " ", "\n": " ", "\t": " "})


def ris_of(works: Iterable[Work]) -> str:
    """One record for each document, lines ended by CR LF as RIS wants it."""
    return "".join(_record(work) for work in works)


def _record(work: Work) -> str:
    fields = [
        ("TY", "GOVDOC"),
        ("ID", work.symbol),
        ("AU", "United Nations Security Council,"),
        ("TI", title_of(work)),
        ("PY", f"{work.day.year}" if work.day else ""),
        ("DA", f"{work.day:%Y/%m/%d}" if work.day else ""),
        ("M1", work.symbol),
        ("PB", "United Nations"),
        ("LA", work.language),
        ("UR", work.url),
    ]
    lines = [f"{tag}  - {value.translate(_KEPT)}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def title_of(work: Work) -> str:
    """What lists of references call the document: `Resolution 1325 (2000)`."""
    if work.is_resolution:
        return f"Resolution {work.symbol.removeprefix('S/RES/')}"
    if work.is_statement:
        return f"Statement by the President of the Security Council ({work.symbol})"
    return work.title or work.symbol
