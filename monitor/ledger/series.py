"""The ledger: which numbers of a series are held, announced or missing, and which gaps opened or closed. Pure.

The Council numbers its resolutions consecutively since 1946, and the statements of its President anew each year, so
every number up to the highest one known is a document that exists. A number far above those that one source alone names
is a slip more likely than a document: it is doubted until a second source names it, and opens no gap.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from storage.told_values import DocumentEvidence, Noted

RESOLUTIONS: Final = "S/RES"
FAR: Final = 20
"""So far above the next lower number a number of one source is doubted: the Council adopts some forty a year."""
PATIENCE: Final = timedelta(days=30)
"""So long a document may be announced without a text: the PDF is there in days, the XML in weeks."""

# "S/RES/2779 (2025)", and "S/RES/2779" where a listing gives no year
_RESOLUTION = re.compile(r"(?P<symbol>S/RES/(?P<number>\d+)(?: \(\d{4}\))?)(?P<suffix>/.*)?")
# "S/PRST/2026/1"; its corrigendum "S/PRST/2000/27/Corr.1" speaks for it, and is not it
_STATEMENT = re.compile(r"(?P<series>S/PRST/\d{4})/(?P<number>\d+)(?P<suffix>/.*)?")


class Standing(StrEnum):
    """How a number stands."""

    HELD = "held"
    ANNOUNCED = "announced"  # a source names the document, and no text of it is held
    OVERDUE = "overdue"  # it has been announced for longer than a text takes
    MISSING = "missing"  # nothing names it, and higher numbers are known


_GAPS: Final = frozenset({Standing.MISSING, Standing.OVERDUE})
_WITHOUT_TEXT: Final = frozenset({Standing.ANNOUNCED, Standing.OVERDUE})


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One number of a series.

    `symbol` has the year where a source gives it. `since` is when it came to stand so, None before the first run has
    noted it. `witnesses` gave its text, `announced_by` only name it: a source, or "unxml metadata" for its data.
    """

    series: str
    number: int
    symbol: str
    standing: Standing
    since: datetime | None
    witnesses: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    announced_by: tuple[str, ...] = ()

    @property
    def is_gap(self) -> bool:
        """Whether a person should look for it: nothing names it, or it has been announced for too long."""
        return self.standing in _GAPS


@dataclass(frozen=True, slots=True)
class Series:
    """All numbers from 1 to the highest one known."""

    name: str
    entries: tuple[LedgerEntry, ...]

    def standing(self, standing: Standing) -> list[LedgerEntry]:
        """Its entries that stand so."""
        return [entry for entry in self.entries if entry.standing is standing]


@dataclass(frozen=True, slots=True)
class Movement:
    """What a run changed: rows to keep, rows that are gone, and the gaps that opened and closed."""

    noted: tuple[Noted, ...]
    gone: tuple[tuple[str, int], ...]
    opened: tuple[LedgerEntry, ...]
    closed: tuple[LedgerEntry, ...]


def build_ledger(
    evidence: Iterable[DocumentEvidence], noted: Mapping[tuple[str, int], Noted], now: datetime
) -> list[Series]:
    """The series of resolutions, and that of each year's statements, newest year first."""
    found: defaultdict[str, dict[int, DocumentEvidence]] = defaultdict(dict)
    for one in evidence:
        place = _place_of(one)
        if place is None:
            continue
        series, number, own = place
        held = found[series].get(number)
        found[series][number] = own if held is None else _joined(held, own)
    for numbers in found.values():
        for number in _doubted(numbers):
            del numbers[number]
    names = sorted(
        (name for name, numbers in found.items() if numbers),
        key=lambda name: (name != RESOLUTIONS, [-int(part) for part in re.findall(r"\d+", name)]),
    )
    return [Series(name, tuple(_entries(name, found[name], noted, now))) for name in names]


def _doubted(numbers: Mapping[int, DocumentEvidence]) -> list[int]:
    """The numbers that one source alone names, far above all lower ones; where those are the most, none is."""
    doubted: list[int] = []
    highest_held = max((number for number, one in numbers.items() if _is_sure(one)), default=0)
    last = highest_held
    for number in sorted(number for number in numbers if number > highest_held):
        if last and number - last > FAR and not _is_sure(numbers[number]):
            doubted.append(number)
        else:
            last = number
    return doubted if 2 * len(doubted) < len(numbers) else []


def _is_sure(one: DocumentEvidence) -> bool:
    """Whether a text of the number is held, or two sources name it."""
    return one.held_since is not None or len({name.partition(" ")[0] for name in one.announced_by}) > 1


def movement(ledger: Sequence[Series], noted: Mapping[tuple[str, int], Noted], run: int, now: datetime) -> Movement:
    """What is to be kept of the ledger after a run, and which gaps it opened and closed."""
    entries = [entry for series in ledger for entry in series.entries]
    before = {(entry.series, entry.number): noted.get((entry.series, entry.number)) for entry in entries}
    changed, opened, closed = [], [], []
    for entry in entries:
        was = before[entry.series, entry.number]
        if was is None or was.state != entry.standing:
            changed.append(Noted(entry.series, entry.number, entry.standing, entry.since or now, run))
        was_gap = was is not None and was.state in _GAPS
        if entry.is_gap and not was_gap:
            opened.append(entry)
        elif was_gap and not entry.is_gap:
            closed.append(entry)
    gone = sorted(key for key in noted if key not in before)
    # what made it a gap was a slip, and is gone
    closed += [_slip(noted[key]) for key in gone if noted[key].state in _GAPS]
    return Movement(tuple(changed), tuple(gone), tuple(opened), tuple(closed))


def _slip(noted: Noted) -> LedgerEntry:
    return LedgerEntry(noted.series, noted.number, f"{noted.series}/{noted.number}", Standing.MISSING, noted.since)


def ranges(numbers: Iterable[int]) -> str:
    """Numbers in words, those that follow each other as a range: "1–1284, 1287, 1290"."""
    return ", ".join(_range_words(start, end) for start, end in _runs(numbers))


def few_ranges(numbers: Iterable[int], shown: int = 12) -> str:
    """The same where there are many ranges: the first and the last few, and how many numbers stand between them.

    >>> few_ranges(range(3, 100, 3), shown=4)
    '3, 6, (29 more; --json lists all), 96, 99'
    """
    runs = _runs(numbers)
    if len(runs) <= shown:
        return ranges(numbers)
    first, between, last = runs[: shown // 2], runs[shown // 2 : -(shown // 2)], runs[-(shown // 2) :]
    more = sum(end - start + 1 for start, end in between)
    parts = [_range_words(*run) for run in first], [_range_words(*run) for run in last]
    return ", ".join([*parts[0], f"({more:,} more; --json lists all)", *parts[1]])


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    ordered = sorted(numbers)
    starts = ordered[:1] + [after for before, after in pairwise(ordered) if after != before + 1]
    ends = [before for before, after in pairwise(ordered) if after != before + 1] + ordered[-1:]
    return list(zip(starts, ends, strict=True))


def _range_words(start: int, end: int) -> str:
    return str(start) if start == end else f"{start}–{end}"


def _place_of(one: DocumentEvidence) -> tuple[str, int, DocumentEvidence] | None:
    """The series and number a document speaks for, and what it says of them; None for one that is in no series."""
    if found := _RESOLUTION.fullmatch(one.symbol):
        return RESOLUTIONS, int(found["number"]), _named(one, found["symbol"]) if found["suffix"] else one
    if found := _STATEMENT.fullmatch(one.symbol):
        own = _named(one, f"{found['series']}/{found['number']}") if found["suffix"] else one
        return found["series"], int(found["number"]), own
    return None


def _named(one: DocumentEvidence, symbol: str) -> DocumentEvidence:
    """What a corrigendum says of the document that it corrects: who gave it names that."""
    return DocumentEvidence(symbol, (), (), None, tuple(sorted({*one.witnesses, *one.announced_by})))


def _joined(one: DocumentEvidence, other: DocumentEvidence) -> DocumentEvidence:
    """What two spellings of a symbol, or a statement and its corrigendum, say of one number."""
    times = [time for time in (one.held_since, other.held_since) if time]
    return DocumentEvidence(
        symbol=max(one.symbol, other.symbol, key=len),
        witnesses=tuple(sorted({*one.witnesses, *other.witnesses})),
        languages=tuple(sorted({*one.languages, *other.languages})),
        held_since=min(times, default=None),
        announced_by=tuple(sorted({*one.announced_by, *other.announced_by})),
    )


def _entries(
    series: str, found: Mapping[int, DocumentEvidence], noted: Mapping[tuple[str, int], Noted], now: datetime
) -> Iterator[LedgerEntry]:
    for number in range(1, max(found) + 1):
        one, before = found.get(number), noted.get((series, number))
        if one is None:
            since = before.since if before and before.state == Standing.MISSING else None
            yield LedgerEntry(series, number, f"{series}/{number}", Standing.MISSING, since)
        elif one.held_since is None:
            since = before.since if before and before.state in _WITHOUT_TEXT else None
            is_overdue = since is not None and now - since > PATIENCE
            standing = Standing.OVERDUE if is_overdue else Standing.ANNOUNCED
            yield LedgerEntry(series, number, one.symbol, standing, since, announced_by=one.announced_by)
        else:
            others = tuple(name for name in one.announced_by if name.partition(" ")[0] not in one.witnesses)
            yield LedgerEntry(
                series, number, one.symbol, Standing.HELD, one.held_since, one.witnesses, one.languages, others
            )
