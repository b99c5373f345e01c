"""Writes the days that paragraphs name, such as the end of a mandate, as an iCalendar file (RFC 5545). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Final

from monitor.alerts.citation import citation
from monitor.alerts.message import harmless

NAME: Final = "mandates.ics"
MEDIA_TYPE: Final = "text/calendar"


@dataclass(frozen=True, slots=True)
class Dated:
    """A day that a paragraph names. `what` ends on it: a mission, or a document's subject.

    `quote` are the paragraph's words; `seen_at` is when they were first seen.
    """

    symbol: str
    address: str
    what: str
    on: date
    quote: str
    url: str
    seen_at: datetime


def calendar_of(dated: Iterable[Dated], title: str) -> bytes:
    """The file's bytes: an all-day event for each day, in their order; a ValueError when there is none.

    An event's UID is made from the paragraph and what ends, so that a corrected day moves the event.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//wpswatch//mandates//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", harmless(title))
    for one in sorted(dated, key=lambda each: (each.on, each.symbol, each.address, each.what)):
        event = Event()
        uid = sha256("\x1f".join((one.symbol, one.address, one.what)).encode("utf-8", "replace")).hexdigest()[:32]
        event.add("uid", f"{uid}@wpswatch.invalid")
        event.add("dtstamp", one.seen_at)
        event.add("dtstart", one.on)
        event.add("summary", harmless(f"{one.what}: ends ({one.symbol}, {one.address})"))
        event.add("description", f"{harmless(one.quote)}\n\n{harmless(citation(one.symbol, one.address))}\n{one.url}")
        event.add("url", one.url)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    if not calendar.subcomponents:
        raise ValueError("expected at least one day, found none: a calendar without events is none (RFC 5545, 3.6)")
    return bytes(calendar.to_ical())
