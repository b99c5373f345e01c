"""What an alert tells, as values and as the JSON text that waits in the outbox. Pure; `message` puts it into words.

{"schema": "wpswatch.alert/1", "event": "extract.new", "symbol": "S/RES/2779 (2025)", "language": "en",
 "subject": "...", "adopted_on": "2025-05-08", "published_on": null, "url": "https://docs.un.org/en/...",
 "source": "unxml",
 "extracts": [{"kind": "added", "address": "OP 3 (a)", "before_address": null, "title": "...", "citation": "...",
               "themes": ["Participation"], "reasons": ["..."], "chapeau": "...", "text": "...", "before": null,
               "marks": [{"theme": "Participation", "phrase": "women", "start": 8, "end": 13, "in": "text"}]}]}

{"schema": "wpswatch.alert/1", "event": "source.blocked", "source": "unxml", "reason": "blocked: ...",
 "last_good_at": "2025-05-08T06:00:00+00:00"}

{"schema": "wpswatch.alert/1", "event": "digest", "channel": "desk", "schedule": "daily 07:00",
 "until": "2025-05-08T07:00:00+00:00", "left_out": 0,
 "items": [{"alert": "wps-...", "created_at": "2025-05-08T06:00:00+00:00", "news": {"event": "extract.new", ...}}]}
"""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

from monitor.alerts.news.due import Due, due_from
from monitor.alerts.news.renewal import Renewal, renewal_from
from monitor.alerts.news.rollover import Rollover, rollover_from
from storage.models import Place
from storage.records import ChangeKind, Event

SCHEMA: Final = "wpswatch.alert/1"

SOURCE_EVENTS: Final = frozenset(event for event in Event if event.startswith("source."))
RENEWAL_EVENTS: Final = frozenset(event for event in Event if event.startswith("renewal."))
CHANNEL_EVENTS: Final = frozenset(event for event in Event if event.startswith("channel."))
OPERATOR_EVENTS: Final = SOURCE_EVENTS | CHANNEL_EVENTS


@dataclass(frozen=True, slots=True)
class Mark:
    """The words that gave a theme: `phrase` is `words[start:end]` of the extract's text or chapeau, or of its heading.

    Of a removed extract `text` is None, and its marks count in `before`.
    """

    theme: str
    phrase: str
    start: int
    end: int
    place: Place


@dataclass(frozen=True, slots=True)
class ToldExtract:
    """One flagged paragraph. `text` is None when it was removed, `before` when it is new or restored.

    `chapeau` is what it completes, None for one that completes nothing; `before_address` is None when it did not exist.
    """

    kind: ChangeKind
    address: str
    before_address: str | None
    title: str
    citation: str
    themes: tuple[str, ...]
    reasons: tuple[str, ...]
    chapeau: str | None
    text: str | None
    before: str | None
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Until:
    """A day on which something expires by a document: `of` says what, a mandate or measures."""

    of: str
    on: date


@dataclass(frozen=True, slots=True)
class ExtractNews:
    """The flagged extracts of one document in one run. `subject` and dates are None where the source gives none.

    `situation` and `bodies` are where the document belongs, None and none where nothing tells. Of a `renewal` the
    extracts are its paragraphs that are not as they were, and those that are gone; it is None for other news.
    With `due` it is a reminder that a mandate expires, and the extracts are the paragraphs at stake. With `rollover` a
    mandate goes on as it is, and the extracts are what the short text itself says of women. `kind` is the document's,
    `vote` the result in words; None where nothing tells them. `expires` are the days on which what it gives ends.
    """

    event: Event
    symbol: str
    language: str
    subject: str | None
    adopted_on: date | None
    published_on: date | None
    url: str
    source: str
    extracts: tuple[ToldExtract, ...]
    situation: str | None = None
    bodies: tuple[str, ...] = ()
    renewal: Renewal | None = None
    due: Due | None = None
    rollover: Rollover | None = None
    kind: str | None = None
    vote: str | None = None
    expires: tuple[Until, ...] = ()

    @property
    def themes(self) -> tuple[str, ...]:
        """All themes of its extracts, each once."""
        return tuple(dict.fromkeys(theme for extract in self.extracts for theme in extract.themes))


@dataclass(frozen=True, slots=True)
class SourceNews:
    """A source's trouble or its end. `last_good_at` is None when no run of it was ever complete.

    With `channel.muted` and `channel.failing` it is a channel's: `source` is its name, `last_good_at` when it was last
    told something.
    """

    event: Event
    source: str
    reason: str
    last_good_at: datetime | None


@dataclass(frozen=True, slots=True)
class DigestItem:
    """One alert of a digest: its id, when it was made, and its news."""

    alert: str
    created_at: datetime
    news: ExtractNews | SourceNews


@dataclass(frozen=True, slots=True)
class DigestNews:
    """Several alerts told in one message on one channel, oldest first.

    `schedule` is the channel's, "daily 07:00", or "instant" where too many came at once; `until` is the time it was
    due. `left_out` counts the alerts that belong to it beside the items that are carried.
    """

    event: Event
    channel: str
    schedule: str
    until: datetime
    items: tuple[DigestItem, ...]
    left_out: int


News = ExtractNews | SourceNews | DigestNews


def payload_of(news: News) -> str:
    """The news as JSON text."""
    record = {"schema": SCHEMA, **_plain(asdict(news))}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def news_of(payload: str) -> News:
    """The news that `payload_of` wrote; a ValueError when it is another schema's."""
    record: dict[str, Any] = json.loads(payload)
    return _news_of(record)


def _news_of(record: dict[str, Any]) -> News:
    found = record.pop("schema", None)
    if found != SCHEMA:
        raise ValueError(f"expected an alert of schema {SCHEMA}, found {found!r}")
    event = Event(record.pop("event"))
    if event is Event.DIGEST:
        until = datetime.fromisoformat(record.pop("until"))
        return DigestNews(event=event, until=until, items=tuple(map(_item_of, record.pop("items"))), **record)
    if event in OPERATOR_EVENTS:
        last_good_at = record.pop("last_good_at")
        return SourceNews(
            event=event, last_good_at=datetime.fromisoformat(last_good_at) if last_good_at else None, **record
        )
    return ExtractNews(
        event=event,
        adopted_on=_date_of(record.pop("adopted_on")),
        published_on=_date_of(record.pop("published_on")),
        extracts=tuple(_extract_of(extract) for extract in record.pop("extracts")),
        bodies=tuple(record.pop("bodies", ())),
        renewal=renewal_from(record.pop("renewal", None)),
        due=due_from(record.pop("due", None)),
        rollover=rollover_from(record.pop("rollover", None)),
        expires=tuple(Until(one["of"], date.fromisoformat(one["on"])) for one in record.pop("expires", ())),
        **record,
    )


def _item_of(record: dict[str, Any]) -> DigestItem:
    news = _news_of({"schema": SCHEMA, **record["news"]})
    if isinstance(news, DigestNews):
        raise ValueError("expected a digest of alerts, found a digest in it")
    return DigestItem(record["alert"], datetime.fromisoformat(record["created_at"]), news)


def _date_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _extract_of(record: dict[str, Any]) -> ToldExtract:
    marks = tuple(
        Mark(mark["theme"], mark["phrase"], mark["start"], mark["end"], Place(mark["in"])) for mark in record["marks"]
    )
    return ToldExtract(
        kind=ChangeKind(record["kind"]),
        address=record["address"],
        before_address=record["before_address"],
        title=record["title"],
        citation=record["citation"],
        themes=tuple(record["themes"]),
        reasons=tuple(record["reasons"]),
        chapeau=record["chapeau"],
        text=record["text"],
        before=record["before"],
        marks=marks,
    )


def _plain(value: Any) -> Any:
    """The value in JSON's own kinds; a mark's `place` is called `in`, as everywhere in public records."""
    if isinstance(value, dict):
        return {"in" if key == "place" else key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value
