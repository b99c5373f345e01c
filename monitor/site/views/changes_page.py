"""The pages of what changed, a month each: what a source now says otherwise, word by word."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from monitor.site.held.holdings import FIRST, Holdings
from monitor.site.views.paragraph import WordPiece, compared_words, history_of
from monitor.text.harmless import harmless
from monitor.text.page_names import fragment
from storage.records import Cause, Change, ChangeKind


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change. `words` are the new or last ones where there is nothing to compare them with."""

    sign: str
    word: str
    address: str
    was: str
    href: str
    is_wps: bool
    is_flagged: bool
    pieces: tuple[WordPiece, ...]
    words: str


@dataclass(frozen=True, slots=True)
class ChangedDocument:
    """The changes of one document on one day."""

    name: str
    href: str
    language: str
    day: date
    lines: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True)
class MonthView:
    """One month: how many paragraphs, and on women, peace and security of them; its documents, newest first."""

    month: str
    name: str
    count: int
    wps: int
    documents: tuple[ChangedDocument, ...]


def month_views(holdings: Holdings) -> list[MonthView]:
    """Every month in which a source said something otherwise, newest first; what we read otherwise is no change."""
    by_month: defaultdict[str, list[Change]] = defaultdict(list)
    for change in holdings.changes:
        if change.cause is Cause.SOURCE:
            by_month[f"{change.detected_at:%Y-%m}"].append(change)
    return [_month(holdings, month, by_month[month]) for month in sorted(by_month, reverse=True)]


def _month(holdings: Holdings, month: str, changes: Sequence[Change]) -> MonthView:
    groups: defaultdict[tuple[date, str, str], list[Change]] = defaultdict(list)
    for change in changes:
        groups[change.detected_at.date(), change.symbol, change.language].append(change)
    documents = [_document(holdings, *key, groups[key]) for key in sorted(groups, reverse=True)]
    year, number = month.split("-")
    return MonthView(
        month=month,
        name=f"{date(int(year), int(number), 1):%B %Y}",
        count=len(changes),
        wps=sum(change.is_wps for change in changes),
        documents=tuple(documents),
    )


def _document(holdings: Holdings, day: date, symbol: str, language: str, changes: Sequence[Change]) -> ChangedDocument:
    doc = holdings.by_text.get((symbol, language))
    page = f"../{doc.file}" if doc else ""
    lines = [_line(change, page) for change in sorted(changes, key=lambda change: change.id)]
    name = doc.name if doc else harmless(symbol)
    return ChangedDocument(name, page, "" if language == FIRST else language, day, tuple(lines))


def _line(change: Change, page: str) -> ChangeLine:
    told = history_of(change)
    is_gone = change.kind is ChangeKind.REMOVED
    place = change.before_address if is_gone and change.before_address else change.address
    return ChangeLine(
        sign=told.sign,
        word=told.word,
        address=place,
        was=told.was,
        href=f"{page}#{fragment(place)}" if page else "",
        is_wps=change.is_wps,
        is_flagged=bool(change.reasons),
        pieces=compared_words(change.before, change.after),
        words=harmless((change.before if is_gone else change.after) or ""),
    )
