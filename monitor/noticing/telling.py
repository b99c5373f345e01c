"""Puts what a run brought into the outbox: an alert for each document and event, for a source's state, for an expiry.

The transaction is the caller's, so that an alert is there when the changes that it tells are.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from monitor.alerts.delivery.addressing import Addressed, Addressee, put_into_outbox
from monitor.alerts.delivery.wishes import Topic, wants_news, wants_operators_news
from monitor.alerts.news.compose import (
    DocumentFacts,
    Place,
    ToldDue,
    ToldRenewal,
    ToldRollover,
    due_alert,
    extract_alert,
    renewal_alert,
    rollover_alert,
)
from monitor.alerts.news.headline import renewal_words
from monitor.alerts.news.payload import ExtractNews, Until, news_of
from monitor.alerts.news.renewal import Renewal, fates
from monitor.noticing.failures import failure_alert
from monitor.noticing.source_news import Patience, source_news
from monitor.noticing.versions import News, facts_of
from monitor.text.votes import vote_words
from storage.models import FactField, Version
from storage.outbox.outbox import alerts_of
from storage.records import CrawlRun, Event, Outcome
from storage.texts.documents import load_parsed
from storage.told.facts import values_told
from storage.told.situations import PlacedDocument, placements

Reminders = Callable[[sqlite3.Connection, date], Sequence[ToldDue]]
"""Says which mandates expire soon, seen from a day."""


_RENEWALS: Final = (Event.RENEWAL_CHANGED, Event.RENEWAL_SILENT)


@dataclass(frozen=True, slots=True)
class NewlyTold:
    """How many changes were flagged and how many alerts were put into the outbox."""

    flags: int
    alerts: int


def tell(
    db: sqlite3.Connection,
    news: Sequence[News],
    run: CrawlRun,
    channels: Sequence[Addressee],
    patience: Patience,
    now: datetime,
) -> NewlyTold:
    """Put one alert for each document and event into the outbox, and one for a source whose state has changed."""
    grouped: dict[tuple[str, str, Event, str], list[News]] = {}
    for one in news:
        old = one.renewal.renewal.old if one.renewal else ""  # of several renewed mandates each is told
        grouped.setdefault((one.facts.symbol, one.facts.language, one.event, old), []).append(one)
    addressed = [_addressed(db, group, run.run, channels, now) for group in grouped.values()]
    failing = failure_alert(db, run, now) if run.outcome is Outcome.COMPLETE else None
    for trouble in (source_news(db, run, patience, now), failing):
        if trouble is not None:
            wanting = tuple(channel for channel in channels if wants_operators_news(channel, trouble.event))
            addressed.append(Addressed(trouble, wanting, is_capped=False))
    return NewlyTold(flags=sum(len(one.told) for one in news), alerts=put_into_outbox(db, addressed, now))


def remind(
    db: sqlite3.Connection, told: Sequence[ToldDue], run: int, channels: Sequence[Addressee], now: datetime
) -> int:
    """Put one alert for each mandate and mark of days into the outbox; how many were not told before."""
    addressed = []
    for one in told:
        symbol = one.facts.symbol
        place = _with_body(_place_of(db, symbol), one.due.body)
        alert = due_alert(one, place, run, now)
        themes = [label.theme for paragraph in one.paragraphs for label in paragraph.labels]
        topic = Topic(alert.event, symbol, themes, place, [paragraph.text for paragraph in one.paragraphs])
        wanting = tuple(each for each in channels if wants_news(each, topic))
        addressed.append(Addressed(alert, wanting, is_capped=False))
    return put_into_outbox(db, addressed, now)


def told_again(
    db: sqlite3.Connection, version: Version, now_told: Iterable[ToldRenewal | ToldRollover]
) -> Iterator[News]:
    """The renewals that another witness of a text that was told tells otherwise, each with how it was told before.

    One that was never told, because it was old when it came, is not told now either.
    """
    before = {renewal.old: renewal for renewal in _renewals_told(db, version)}
    for told in now_told:
        if not isinstance(told, ToldRenewal):
            continue
        earlier = before.get(told.renewal.old)
        if earlier is None or fates(earlier) == fates(told.renewal):
            continue
        corrected = replace(told, renewal=replace(told.renewal, corrects=renewal_words(earlier)))
        yield News(told.event, facts_of(db, version, load_parsed(db, version.id)), (), renewal=corrected)


def _renewals_told(db: sqlite3.Connection, version: Version) -> Iterator[Renewal]:
    """The renewals told of a document, the newest last."""
    for alert in alerts_of(db, version.symbol, version.language, _RENEWALS):
        news = news_of(alert.payload)
        if isinstance(news, ExtractNews) and news.renewal is not None:
            yield news.renewal


def _addressed(
    db: sqlite3.Connection, group: Sequence[News], run: int, channels: Sequence[Addressee], now: datetime
) -> Addressed:
    """The alert about what several versions of one document brought, and who wants it."""
    newest = group[-1]
    event, facts = newest.event, _with_decisions(db, newest.facts)
    told = [part for one in group for part in one.told]
    themes = [theme for part in told for theme in part.flag.themes]
    words = [side.text for part in told for side in (part.flag.change.after, part.flag.change.before) if side]
    place = _place_of(db, facts.symbol)
    renewal = next((one.renewal for one in group if one.renewal is not None), None)
    rollover = next((one.rollover for one in group if one.rollover is not None), None)
    if renewal is not None:
        themes += renewal.themes
        words += [paragraph.text for paragraph in renewal.not_repeated]
        words += [text for extract in renewal.extracts for text in (extract.text, extract.before) if text]
        place = _with_body(place, renewal.renewal.body)
        alert = renewal_alert(facts, renewal, place, run, now)
    elif rollover is not None:
        themes += rollover.themes
        place = _with_body(place, rollover.rollover.body)
        alert = rollover_alert(facts, rollover, told, place, run, now)
    else:
        alert = extract_alert(event, facts, told, run, now, place)
    topic = Topic(event, facts.symbol, themes, place, words)
    return Addressed(alert, tuple(each for each in channels if wants_news(each, topic)))


def _with_decisions(db: sqlite3.Connection, facts: DocumentFacts) -> DocumentFacts:
    """The facts with how the Council voted, and until when it decided, where a source tells it."""
    vote = values_told(db, FactField.VOTE, symbols=[facts.symbol]).get(facts.symbol)
    days = values_told(db, FactField.EXPIRES_ON, symbols=[facts.symbol]).get(facts.symbol, ())
    expires = (Until(each["of"] or "mandate", date.fromisoformat(each["on"])) for each in days)
    return replace(facts, vote=(vote_words(vote) or None) if vote else None, expires=tuple(dict.fromkeys(expires)))


def _with_body(place: Place, body: str) -> Place:
    """The place with the body whose mandate it is first."""
    return replace(place, bodies=tuple(dict.fromkeys((body, *place.bodies))))


def _place_of(db: sqlite3.Connection, symbol: str) -> Place:
    placed = placements(db, [symbol]).get(symbol, PlacedDocument())
    return Place(placed.situation, placed.bodies)
