"""What is told of a document beside its text, each fact with who tells it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from monitor.text.harmless import harmless
from monitor.text.votes import vote_words
from scraper.council.forms.work import day_first
from storage.models import FactField
from storage.told_values import KnownFact, agree

_NAMES: Final = {
    FactField.ADOPTED_ON: "Adopted",
    FactField.MEETING: "Meeting",
    FactField.RECORD: "Record",
    FactField.OUTCOME: "Outcome",
    FactField.VOTE: "Vote",
    FactField.CHAPTER_VII: "Chapter VII",
    FactField.AGENDA_ITEM: "Agenda item",
    FactField.TITLE: "Title",
    FactField.EXPIRES_ON: "Expires",
    FactField.DRAFT_SYMBOL: "Draft",
    FactField.SPONSORS: "Sponsors",
    FactField.ADDITIONAL_SPONSORS: "More sponsors",
    FactField.PUBLISHED_ON: "Published",
    FactField.PRESS_RELEASE: "Press release",
    FactField.VETOED_BY: "Vetoed by",
}
_ORIGINS: Final = {"metadata": "the library’s record", "catalogue": "the library’s catalogue", "table": "a table"}


@dataclass(frozen=True, slots=True)
class FactLine:
    """One value with its witnesses; `is_disputed` when another witness tells another."""

    name: str
    value: str
    witnesses: str
    is_disputed: bool


def fact_lines(facts: Sequence[KnownFact]) -> tuple[FactLine, ...]:
    """The facts as lines: a value that several witnesses tell alike is one."""
    lines: list[FactLine] = []
    order = list(_NAMES)
    shown = sorted((fact for fact in facts if fact.field in _NAMES), key=lambda fact: order.index(fact.field))
    for field, group in groupby(shown, key=attrgetter("field")):
        told = list(group)
        values: dict[str, list[KnownFact]] = {}
        for fact in told:
            values.setdefault(_words(field, fact.value), []).append(fact)
        values.pop("", None)
        is_disputed = any(not agree(told[0].value, other.value) for other in told[1:])
        lines += [FactLine(_NAMES[field], value, _witnesses(by), is_disputed) for value, by in values.items()]
    return tuple(lines)


def _witnesses(facts: Iterable[KnownFact]) -> str:
    named = dict.fromkeys(_witness(fact) for fact in facts)
    return ", ".join(named)


def _witness(fact: KnownFact) -> str:
    if fact.origin.startswith("text-"):
        return f"the text ({fact.origin.removeprefix('text-')})"
    return _ORIGINS.get(fact.origin, harmless(fact.origin))


def _words(field: FactField, value: Any) -> str:
    if field is FactField.VOTE and isinstance(value, dict):
        return vote_words(value)
    if field is FactField.EXPIRES_ON and isinstance(value, list):
        return "; ".join(dict.fromkeys(_expiry(each) for each in value))
    if field is FactField.CHAPTER_VII:
        return "acts under it" if value else ""
    if field is FactField.OUTCOME:
        return harmless(str(value)).replace("_", " ")
    if isinstance(value, list):
        return harmless("; ".join(str(each) for each in value))
    return _day(str(value)) if field in (FactField.ADOPTED_ON, FactField.PUBLISHED_ON) else harmless(str(value))


def _expiry(one: Any) -> str:
    if not isinstance(one, dict):
        return harmless(str(one))
    of = harmless(str(one.get("of") or ""))
    reckoned = " (reckoned)" if one.get("computed") else ""
    return f"{_day(str(one.get('on', '')))}{reckoned}{f': {of}' if of else ''}"


def _day(text: str) -> str:
    from datetime import date

    try:
        return day_first(date.fromisoformat(text))
    except ValueError:
        return harmless(text)
