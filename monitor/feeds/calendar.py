"""Writes the days on which mandates expire as an iCalendar file (RFC 5545). Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final

from monitor.text.harmless import harmless
from monitor.text.links import document_url
from scraper.council.citation_form import citation

NAME: Final = "mandates.ics"
MEDIA_TYPE: Final = "text/calendar"


@dataclass(frozen=True, slots=True)
class Dated:
    """A day on which something expires, and `what`: a mandate, a panel, sanctions.

    `quote` are the words that say so, and `address` the paragraph they stand in, None when they stand in no paragraph.
    `is_computed` says that they name a period, reckoned from the adoption. `seen_at` is when they were first seen.
    """

    symbol: str
    what: str
    on: date
    quote: str
    seen_at: datetime
    address: str | None = None
    is_computed: bool = False

    @property
    def uid(self) -> str:
        """The same for a corrected day, so that it moves the event in the calendars that have it."""
        identity = "\x1f".join((self.symbol, self.address or "", self.what))
        return f"{sha256(identity.encode('utf-8', 'replace')).hexdigest()[:32]}@wpswatch.invalid"


def days_of(symbol: str, told: Iterable[Mapping[str, Any]], seen_at: datetime) -> Iterator[Dated]:
    """The days that one source tells of a document.

    Each is told as `{"on": "2026-04-30", "words": "until 30 Apr. 2026", "of": "mandate", "computed": false}`, those of
    a text with the "address" of their paragraph.
    """
    for each in told:
        on = date.fromisoformat(each["on"])
        address, what = each.get("address"), each["of"] or "mandate"
        yield Dated(symbol, what, on, each["words"], seen_at, address, is_computed=each["computed"])


def told_once(by_text: Iterable[Dated], by_title: Iterable[Dated]) -> list[Dated]:
    """The days of one document, each told once: by its paragraph where there is one, else by the title.

    A period of the text is not reckoned where the title gives the day itself.
    """
    days = list(by_text)
    titles = [each for each in by_title if each.on not in {day.on for day in days if not day.is_computed}]
    is_told = any(not each.is_computed for each in titles)
    return [day for day in days if not (day.is_computed and (is_told or _is_in(day, titles)))] + titles


def _is_in(day: Dated, others: Iterable[Dated]) -> bool:
    return any(day.on == other.on for other in others)


def calendar_of(dated: Iterable[Dated], title: str) -> bytes:
    """The file's bytes: an all-day event for each day, in their order; a ValueError when there is none.

    What several sources tell is told once.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//wpswatch//mandates//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", harmless(title))
    by_uid = {one.uid: one for one in dated}
    for one in sorted(by_uid.values(), key=lambda each: (each.on, each.symbol, each.uid)):
        calendar.add_component(_event(one))
    if not calendar.subcomponents:
        raise ValueError("expected at least one day, found none: a calendar without events is none (RFC 5545, 3.6)")
    return bytes(calendar.to_ical())


def _event(one: Dated) -> Any:
    from icalendar import Event

    place = citation(one.symbol, one.address) if one.address else one.symbol
    words = [harmless(one.quote), "Reckoned from the day of adoption." if one.is_computed else "", harmless(place)]
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", one.seen_at)
    event.add("dtstart", one.on)
    event.add("summary", harmless(f"Expires: {one.what} ({one.symbol})"))
    event.add("description", "\n".join(line for line in words if line))
    event.add("url", document_url(one.symbol, "en"))
    event.add("transp", "TRANSPARENT")
    return event
