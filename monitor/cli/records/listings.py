"""The records that programs read, made from the values that `storage` gives; their field names are public.

More fields may be added; none is renamed. Times are UTC ISO 8601, dates ISO, and what is unknown is null.
"""

from typing import TYPE_CHECKING, Any

from monitor.app.export.extract_rows import citation_of
from monitor.app.export.works import work_of
from monitor.cli.records.times import date_record, time_record
from monitor.text.harmless import harmless
from monitor.text.links import document_url
from scraper.council.forms.styles import cite_as_un
from scraper.council.forms.work import Work

if TYPE_CHECKING:
    from storage.published_values import PublishedRecord
    from storage.records import Change
    from storage.texts.extracts import ExtractRow
    from storage.texts.search import SearchHit


def extract_record(extract: "ExtractRow") -> dict[str, Any]:
    """An extract; `mission` says where and when it was in the entry of a mission's report, None elsewhere."""
    mission = None
    if extract.is_entry:
        from monitor.cli.records.missions import mission_record

        mission = mission_record(extract.symbol, extract.title)
    return {
        "symbol": extract.symbol,
        "title": extract.title,
        "addresses": list(extract.addresses),
        "themes": list(extract.themes),
        "text": extract.text,
        "adopted_on": date_record(extract.adopted_on),
        "url": document_url(extract.symbol, extract.language),
        "first_seen_at": time_record(extract.first_seen_at),
        "flagged": extract.flagged,
        "language": extract.language,
        "reviewed": extract.reviewed,
        "text_changed_since": time_record(extract.changed_since),
        "published_on": date_record(extract.published_on),
        "mission": mission,
        "situation": extract.situation,
        "bodies": list(extract.bodies),
        "kind": extract.kind,
        "citation": citation_of(extract),
        "source_url": extract.url,
    }


def hit_record(hit: "SearchHit") -> dict[str, Any]:
    """A paragraph that was found; in `snippet` the matched words stand in square brackets."""
    return {
        "symbol": hit.symbol,
        "address": hit.address,
        "snippet": hit.snippet,
        "themes": list(hit.themes),
        "adopted_on": date_record(hit.adopted_on),
        "url": document_url(hit.symbol, hit.language),
        "rank": hit.rank,
        "language": hit.language,
        "kind": hit.kind,
        "published_on": date_record(hit.published_on),
        "citation": harmless(cite_as_un(work_of(hit.symbol, hit.kind, hit), hit.address)),
        "source_url": hit.url,
    }


def change_record(change: "Change", work: Work) -> dict[str, Any]:
    """A change of one paragraph of a document."""
    return {
        "kind": change.kind,
        "symbol": change.symbol,
        "address": change.address,
        "before_address": change.before_address,
        "before": change.before,
        "after": change.after,
        "wps": change.is_wps,
        "themes": list(change.themes),
        "reasons": list(change.reasons),
        "run": change.run,
        "detected_at": time_record(change.detected_at),
        "cause": change.cause,
        "language": change.language,
        "citation": harmless(cite_as_un(work, change.address)),
        "url": document_url(change.symbol, change.language),
    }


def published_record(record: "PublishedRecord") -> dict[str, Any]:
    """What others published, as one page showed it; `superseded_at` is null while the page still shows it."""
    entry = record.entry
    return {
        "source": record.source,
        "kind": entry.kind,
        "title": entry.title,
        "symbol": entry.symbol,
        "paragraph": entry.paragraph,
        "address": entry.address,
        "themes": None if entry.themes is None else list(entry.themes),
        "topic": entry.topic,
        "place": entry.place,
        "visited": entry.visited,
        "published_on": date_record(entry.published_on),
        "text": entry.text,
        "url": entry.url,
        "node": entry.node,
        "first_seen_at": time_record(record.first_seen_at),
        "superseded_at": time_record(record.superseded_at),
    }
