"""Finds the mandates that expire soon, with their paragraphs about women: for reminders, and for closer watching."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from monitor.alerts.news.compose import DocumentFacts, ToldDue
from monitor.alerts.news.due import Due
from monitor.app.held.mandates import Mandates
from monitor.app.renewals.lives import full_texts
from monitor.renewals.standing import standing_since
from scraper.mandates.term import Act
from scraper.sources.schedule import BusySpan
from storage.models import FactField, Paragraph
from storage.texts.documents import load_document
from storage.told.facts import facts_by_field

#: So many days before a mandate expires it is told.
MARKS: Final = (30, 7)
#: From so many days before an expiry to so many after, the sources are asked more often.
BEFORE, AFTER = timedelta(days=7), timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Expiry:
    """A mandate that nothing held has renewed: whose, the resolution that gives it last, and until when."""

    body: str
    symbol: str
    on: date


def expiries(db: sqlite3.Connection, first: date, last: date) -> list[Expiry]:
    """The mandates that expire between two days, both included, and are not renewed; the earliest first."""
    found = {}
    mandates = Mandates(db)
    for symbol in _symbols_that_expire(db, first, last):
        for body in mandates.bodies_of(symbol)[0]:
            link = mandates.chain(body).last
            if link is None or link.act is Act.ENDED or link.is_final or link.until is None:
                continue
            if link.symbol == symbol and first <= link.until <= last:
                found[body] = Expiry(body, symbol, link.until)
    return sorted(found.values(), key=lambda one: (one.on, one.body))


def due_renewals(db: sqlite3.Connection, today: date) -> list[ToldDue]:
    """What is to be told of mandates that expire within the marks; a mandate without words about women is left out."""
    told = (_told(db, one, today) for one in expiries(db, today, today + timedelta(days=MARKS[0])))
    return [one for one in told if one is not None]


def busy_spans(db: sqlite3.Connection, now: datetime) -> tuple[BusySpan, ...]:
    """The times around expiries, from now on, in which the sources are asked more often."""
    today = now.date()
    days = {one.on for one in expiries(db, today - AFTER, today + BEFORE + timedelta(days=1))}
    return tuple(BusySpan(_midnight(day - BEFORE), _midnight(day + AFTER + timedelta(days=1))) for day in sorted(days))


def _symbols_that_expire(db: sqlite3.Connection, first: date, last: date) -> list[str]:
    told = facts_by_field(db, FactField.EXPIRES_ON)
    days = ((fact.symbol, date.fromisoformat(each["on"])) for fact in told for each in fact.value)
    return list(dict.fromkeys(symbol for symbol, day in days if first <= day <= last))


def _told(db: sqlite3.Connection, expiry: Expiry, today: date) -> ToldDue | None:
    """A mandate with the paragraphs about women of its last full text; None where there are none."""
    texts = full_texts(db, expiry.body)
    if not texts:
        return None
    symbol = list(texts)[-1]
    held = load_document(db, symbol)
    at_stake = [one for one in texts[symbol] if one.is_wps]
    if held is None or not at_stake:
        return None
    since = standing_since(texts)
    age = {name: place for place, name in enumerate(texts)}
    ordered = sorted(at_stake, key=lambda one: age[since[one.address]])  # stable: as printed where they are as old
    days = (expiry.on - today).days
    document = held.document
    source = next((one.source for one in held.versions if one.is_current), "")
    facts = DocumentFacts(
        symbol, "en", source, document.subject, document.adopted_on, document.published_on, document.kind
    )
    due = Due(
        expiry.body, expiry.on, days, expiry.symbol, tuple(since[one.address] for one in ordered),
        numbers_line(symbol, at_stake),
    )  # fmt: skip
    return ToldDue(facts, due, tuple(ordered), min(mark for mark in MARKS if days <= mark))


def numbers_line(symbol: str, paragraphs: Sequence[Paragraph]) -> str:
    """Paragraphs by their numbers, to paste: "S/RES/2779 (2025), paragraphs 3 (a) and 14, preambular paragraph 16"."""
    return ", ".join([symbol, *_kinds([one.address for one in paragraphs])])


def _kinds(addresses: Sequence[str]) -> Iterator[str]:
    for sign, name in (("OP ", "paragraph"), ("PP ", "preambular paragraph")):
        numbers = [one.removeprefix(sign) for one in addresses if one.startswith(sign)]
        if numbers:
            *most, last = numbers
            yield f"{name}s {', '.join(most)} and {last}" if most else f"{name} {last}"
    yield from (one for one in addresses if not one.startswith(("OP ", "PP ")))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
