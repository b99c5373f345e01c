"""Documents, paragraphs, citations and versions as JSON records."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from storage.corrections import Placed
    from storage.models import Citation, HeldDocument, Label, Paragraph, ParsedDocument, ParseWarning, Said, Version
from monitor.app.export.works import work_of_document
from monitor.cli.records.times import date_record, time_record
from monitor.text.harmless import harmless
from scraper.council.forms.styles import cite_as_un
from scraper.council.forms.work import Work


def document_record(document: "ParsedDocument") -> dict[str, Any]:
    """A parsed document."""
    work = work_of_document(document) if document.symbol else None
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
        "paragraphs": [paragraph_record(paragraph, work) for paragraph in document.paragraphs],
        "asides": [{"kind": aside.kind, "text": aside.text, "address": aside.address} for aside in document.asides],
    }


def paragraph_record(paragraph: "Paragraph", work: Work | None) -> dict[str, Any]:
    """A paragraph of a document with its themes and the documents it cites; `citation` is how it is cited itself.

    Of a document without a symbol nothing can be cited: `citation` is null.
    """
    return {
        "address": paragraph.address,
        "part": paragraph.part,
        "heading": paragraph.heading,
        "chapeau": paragraph.chapeau,
        "text": paragraph.text,
        "themes": theme_records(paragraph.labels),
        "citations": [citation_record(citation) for citation in paragraph.citations],
        "citation": harmless(cite_as_un(work, paragraph.address)) if work else None,
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
        "citation": harmless(cite_as_un(work_of_document(held.document))),
        "url": url,
        "source_url": held.current.url,
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
