"""What was read from a body, as the record that stands in a bundle, and as words to compare (pure)."""

from typing import Any

from storage.models import Paragraph, ParsedDocument


def reading_record(document: ParsedDocument, body_hash: str, picked: str | None) -> dict[str, Any]:
    """The reading of a document; with `picked`, an address, that paragraph's place in it."""
    record: dict[str, Any] = {
        "body_sha256": body_hash,
        "symbol": document.symbol,
        "kind": document.kind,
        "language": document.language,
        "adopted_on": document.adopted_on and document.adopted_on.isoformat(),
        "reader": document.reader,
        "parser_version": document.parser_version,
        "warnings": [[each.code, each.message, each.address] for each in document.warnings],
        "paragraphs": [_paragraph(each) for each in document.paragraphs],
    }
    if picked is not None:
        addresses = [each.address for each in document.paragraphs]
        at = addresses.index(picked)
        record["picked"] = {
            "address": picked,
            "number": at + 1,
            "of": len(addresses),
            "after": addresses[at - 1] if at else None,
            "before": addresses[at + 1] if at + 1 < len(addresses) else None,
            "text": document.paragraphs[at].text,
        }
    return record


def words_read(record: dict[str, Any]) -> list[tuple[str, str | None, str]]:
    """Address, chapeau and words of each paragraph of a reading."""
    return [(each["address"], each["chapeau"], each["text"]) for each in record["paragraphs"]]


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    return {
        "address": paragraph.address,
        "part": paragraph.part,
        "heading": paragraph.heading,
        "chapeau": paragraph.chapeau,
        "text": paragraph.text,
        "themes": list(paragraph.themes),
    }
