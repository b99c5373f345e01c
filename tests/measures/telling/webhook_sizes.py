"""Prints how large the webhooks of real documents are: each with all its paragraphs about women told at once.

python -m tests.measures.telling.webhook_sizes FOLDER-OF-XML
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from monitor.alerts.news.compose import DocumentFacts, Told, extract_alert
from monitor.alerts.webhook.body import LARGEST_BODY, body_of
from monitor.changes.diff import ParagraphChange
from monitor.changes.flags import FlaggedChange
from scraper.ingest.extraction import extract
from storage.models import ParsedDocument
from storage.records import Alert, ChangeKind, Event

REASON = "new words about women"


def alert_of(document: ParsedDocument) -> Alert:
    """An alert that tells every paragraph of a document about women as new."""
    facts = DocumentFacts(
        document.symbol or "", document.language, "unxml", document.subject, document.adopted_on, document.published_on
    )
    changes = [ParagraphChange(ChangeKind.ADDED, None, each) for each in document.paragraphs if each.is_wps]
    told = [Told(FlaggedChange(change, (REASON,), change.themes), "0" * 64, 0) for change in changes]
    return extract_alert(Event.EXTRACT_NEW, facts, told, 1, datetime(2025, 5, 9, tzinfo=UTC))


def main() -> None:
    """Read the folder and print the sizes."""
    documents = (extract(path.read_bytes()) for path in sorted(Path(sys.argv[1]).rglob("*.xml")))
    measured = []
    without_marks = 0
    for document in documents:
        alert = alert_of(document)
        count = len(json.loads(alert.payload)["extracts"])
        if count:
            body = body_of(alert)
            kept = len(json.loads(body)["data"]["extracts"])
            without_marks += json.loads(body)["data"]["truncated"] is not None
            measured.append((len(alert.payload.encode()), len(body), count, kept, document.symbol))
    cut = [each for each in measured if each[2] > each[3]]
    print(f"{len(measured)} documents with words about women; to stay under {LARGEST_BODY} bytes,")
    print(f"{without_marks} are told without marks, {len(cut)} of them without their last extracts, too")
    print(f"largest body {max(each[1] for each in measured)} bytes; the longest alerts:")
    for payload, body_size, count, kept, symbol in sorted(measured, reverse=True)[:5]:
        print(f"  {symbol}: {payload} bytes whole, {body_size} sent, {kept} of {count} extracts")


if __name__ == "__main__":
    main()
