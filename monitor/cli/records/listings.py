"""The records that programs read, made from the values that `storage` gives; their field names are public.

More fields may be added; none is renamed. Times are UTC ISO 8601, dates ISO, and what is unknown is null.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from storage.corrections import Placed
    from storage.models import Citation, HeldDocument, Label, Paragraph, ParsedDocument, ParseWarning, Said, Version
    from storage.published_values import PublishedRecord
    from storage.records import Alert, Change, CrawlRun, Delivery
    from storage.texts.extracts import ExtractRow
    from storage.texts.search import SearchHit


def time_record(value: datetime | None) -> str | None:
    """A time in UTC, `2026-11-24T09:51:00+00:00`."""
    return None if value is None else value.isoformat()


def date_record(value: date | None) -> str | None:
    """A date, `2017-11-15`."""
    return None if value is None else value.isoformat()


def document_record(document: "ParsedDocument") -> dict[str, Any]:
    """A parsed document."""
    return {
        "symbol": document.symbol,
        "kind": document.kind,
        "language": document.language,
        "adopted_on": date_record(document.adopted_on),
        "published_on": date_record(document.published_on),
        "meeting": document.meeting,
        "subject": document.subject,
        "media_type": document.media_type,
        "reader": document.reader,
        "parser_version": document.parser_version,
        "warnings": warning_records(document.warnings),
        "paragraphs": [paragraph_record(paragraph) for paragraph in document.paragraphs],
        "asides": [{"kind": aside.kind, "text": aside.text, "address": aside.address} for aside in document.asides],
    }


def paragraph_record(paragraph: "Paragraph") -> dict[str, Any]:
    """A paragraph with its themes and the documents it cites."""
    return {
        "address": paragraph.address,
        "part": paragraph.part,
        "heading": paragraph.heading,
        "chapeau": paragraph.chapeau,
        "text": paragraph.text,
        "themes": theme_records(paragraph.labels),
        "citations": [citation_record(citation) for citation in paragraph.citations],
    }


def citation_record(citation: "Citation") -> dict[str, Any]:
    """A citation; `start` and `end` count characters in the paragraph's text."""
    return {
        "symbol": citation.symbol,
        "addresses": list(citation.addresses),
        "start": citation.start,
        "end": citation.end,
        "text": citation.text,
    }


def warning_records(warnings: Sequence["ParseWarning"]) -> list[dict[str, Any]]:
    """What is odd about a document; `address` is null where it is no paragraph."""
    return [{"code": warning.code, "message": warning.message, "address": warning.address} for warning in warnings]


def theme_records(labels: Sequence["Label"]) -> list[dict[str, Any]]:
    """The themes of a paragraph with their evidence; `in` is given where it is not the paragraph's own text.

    A person's word has an empty phrase at 0 and the rule `human:NAME`; `by`, `at`, `note` and `text_changed` are its.
    """
    return [
        {
            "theme": label.theme,
            "evidence": [
                {"phrase": each.phrase, "start": each.start, "end": each.end, "rule": each.rule}
                | ({} if each.place == "text" else {"in": each.place})
                | ({} if each.said is None else said_record(each.said))
                for each in label.evidence
            ],
        }
        for label in labels
    ]


def said_record(said: "Said") -> dict[str, Any]:
    """Who gave a label by hand; `text_changed` says that the paragraph's text is another since."""
    return {"by": said.by, "at": time_record(said.at), "note": said.note, "text_changed": said.is_text_changed}


def human_record(placed: "Placed") -> dict[str, Any]:
    """What a person said of a paragraph, and where that paragraph stands now; `address` is null when nowhere."""
    label = placed.label
    return {
        "address": placed.address,
        "action": label.action,
        "theme": label.theme,
        "by": label.author,
        "at": time_record(label.made_at),
        "note": label.note,
        "text_changed": placed.is_text_changed,
        "said_of_address": label.address,
        "said_of_text": label.text,
    }


def held_record(held: "HeldDocument", url: str) -> dict[str, Any]:
    """A document as held: the parsed document, where a person reads it, and every version with its proof."""
    return document_record(held.document) | {
        "url": url,
        "first_seen_at": time_record(held.first_seen_at),
        "versions": [version_record(version) for version in held.versions],
    }


def version_record(version: "Version") -> dict[str, Any]:
    """One version: when and where its body was fetched, and the body's SHA-256."""
    return {
        "version": version.id,
        "source": version.source,
        "url": version.url,
        "fetched_at": time_record(version.fetched_at),
        "body_hash": version.body_hash,
        "reader": version.reader,
        "parser_version": version.parser_version,
        "current": version.is_current,
    }


def extract_record(extract: "ExtractRow") -> dict[str, Any]:
    """An extract; `mission` says where and when it was in the entry of a mission's report, None elsewhere."""
    mission = None
    if extract.is_entry:
        from monitor.cli.pages.missions import mission_record

        mission = mission_record(extract.symbol, extract.title)
    return {
        "symbol": extract.symbol,
        "title": extract.title,
        "addresses": list(extract.addresses),
        "themes": list(extract.themes),
        "text": extract.text,
        "adopted_on": date_record(extract.adopted_on),
        "url": extract.url,
        "first_seen_at": time_record(extract.first_seen_at),
        "flagged": extract.flagged,
        "language": extract.language,
        "reviewed": extract.reviewed,
        "text_changed_since": time_record(extract.changed_since),
        "published_on": date_record(extract.published_on),
        "mission": mission,
        "situation": extract.situation,
        "bodies": list(extract.bodies),
    }


def hit_record(hit: "SearchHit") -> dict[str, Any]:
    """A paragraph that was found; in `snippet` the matched words stand in square brackets."""
    return {
        "symbol": hit.symbol,
        "address": hit.address,
        "snippet": hit.snippet,
        "themes": list(hit.themes),
        "adopted_on": date_record(hit.adopted_on),
        "url": hit.url,
        "rank": hit.rank,
        "language": hit.language,
    }


def change_record(change: "Change") -> dict[str, Any]:
    """A change of one paragraph."""
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
    }


def run_record(run: "CrawlRun") -> dict[str, Any]:
    """A crawl run; `outcome` and `ended_at` are null while it goes on."""
    counts = run.counts
    return {
        "run": run.run,
        "source": run.source,
        "outcome": run.outcome,
        "reason": run.reason,
        "started_at": time_record(run.started_at),
        "ended_at": time_record(run.ended_at),
        "listed": counts.listed,
        "fetched": counts.fetched,
        "not_modified": counts.not_modified,
        "new": counts.new,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "failed": counts.failed,
        "blocked": counts.blocked,
        "flags": counts.flags,
        "alerts": counts.alerts,
        "baseline": run.is_baseline,
    }


def alert_record(alert: "Alert") -> dict[str, Any]:
    """An alert with each channel's delivery; `news` is what it tells, as channels are given it, null if unreadable."""
    return {
        "alert": alert.id,
        "event": alert.event,
        "created_at": time_record(alert.created_at),
        "deliveries": [delivery_record(delivery) for delivery in alert.deliveries],
        "run": alert.run,
        "subject": alert.subject,
        "news": _news_record(alert.payload),
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


def delivery_record(delivery: "Delivery") -> dict[str, Any]:
    """A delivery; `digest` is null until the digest is formed, `recipients` empty where there is only one."""
    return {
        "channel": delivery.channel,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "next_attempt_at": time_record(delivery.next_attempt_at),
        "last_error": delivery.last_error,
        "sent_at": time_record(delivery.sent_at),
        "in_digest": delivery.is_member,
        "digest": delivery.digest,
        "recipients": [
            {
                "recipient": receipt.recipient,
                "state": "accepted" if receipt.error is None else "refused",
                "error": receipt.error,
                "at": time_record(receipt.at),
            }
            for receipt in delivery.receipts
        ],
    }


def _news_record(payload: str) -> Any:
    try:
        return json.loads(payload)
    except ValueError:
        return None
