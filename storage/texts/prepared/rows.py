"""A text as read, as the rows it is to be stored as: what a reader hands to the store, from any process or machine.

To fold, to encode and to sort into tables is work of the reader, of which there may be many; the one that stores has
only to number the rows. Rows are plain tuples of words and numbers: they go from process to process in a fifth of the
time of the values they are made of. Pure.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from storage.models import (
    Aside,
    Citation,
    DocumentKind,
    Evidence,
    Extract,
    Label,
    Paragraph,
    ParsedDocument,
    ParseWarning,
    Part,
    Place,
    Said,
)
from storage.sqlite.columns import (
    date_of_or_none,
    date_text_or_none,
    json_text,
    time_of,
    time_text,
    words_of,
    words_text,
)

NO_WORDS: Final = "[]"

ParagraphRow = tuple[str, str, str | None, str | None, str]
"""Address, part, heading, chapeau, text."""

CitationRow = tuple[int, int, str, str, int, int]
"""The place of its paragraph in the text, its own place in that, the cited symbol and addresses, start and end."""

LabelRow = tuple[int, int, str, str]
"""The place of its paragraph in the text, its own place in that, theme, evidence."""

NoteRow = tuple[str, str, str | None]
"""Of a warning its code, of an aside its kind; the words; the address."""

ExtractRow = tuple[str, str, str, str]
"""Title, addresses, themes, text."""

FieldsRow = tuple[str, str, str, str | None, str | None, int | None, str | None, str]
"""Reader, parser version, kind, day of adoption, day of publication, meeting, subject, media type."""


@dataclass(frozen=True, slots=True)
class TextRows:
    """One text as rows, without the numbers that only the store can give them. `symbol` None: it bears none."""

    symbol: str | None
    language: str
    text_hash: str
    fields: FieldsRow
    paragraphs: tuple[ParagraphRow, ...]
    citations: tuple[CitationRow, ...]
    labels: tuple[LabelRow, ...]
    warnings: tuple[NoteRow, ...]
    asides: tuple[NoteRow, ...]
    extracts: tuple[ExtractRow, ...]

    def __reduce__(self) -> tuple[object, ...]:
        """Goes from process to process as its fields, in the order of the class."""
        return type(self), tuple([getattr(self, name) for name in type(self).__slots__])


def rows_of(document: ParsedDocument, extracts: tuple[Extract, ...]) -> TextRows:
    """The rows of a text and its extracts."""
    from storage.folding import text_hash  # its table of signs takes a while to make, and only writing needs it

    paragraphs = document.paragraphs
    return TextRows(
        symbol=document.symbol,
        language=document.language,
        text_hash=text_hash(paragraphs),
        fields=(
            document.reader,
            document.parser_version,
            document.kind.value,
            date_text_or_none(document.adopted_on),
            date_text_or_none(document.published_on),
            document.meeting,
            document.subject,
            document.media_type,
        ),
        paragraphs=tuple([(one.address, one.part.value, one.heading, one.chapeau, one.text) for one in paragraphs]),
        citations=tuple(
            [
                (
                    at,
                    position,
                    each.symbol,
                    words_text(each.addresses) if each.addresses else NO_WORDS,
                    each.start,
                    each.end,
                )
                for at, one in enumerate(paragraphs)
                if one.citations
                for position, each in enumerate(one.citations)
            ]
        ),
        labels=label_rows(paragraphs),
        warnings=tuple([(each.code, each.message, each.address) for each in document.warnings]),
        asides=tuple([(each.kind, each.text, each.address) for each in document.asides]),
        extracts=extract_rows(extracts),
    )


def label_rows(paragraphs: tuple[Paragraph, ...]) -> tuple[LabelRow, ...]:
    """The rows of the labels of some paragraphs."""
    return tuple(
        [
            (at, position, label.theme, _evidence_text(label.evidence))
            for at, one in enumerate(paragraphs)
            if one.labels
            for position, label in enumerate(one.labels)
        ]
    )


def extract_rows(extracts: tuple[Extract, ...]) -> tuple[ExtractRow, ...]:
    """The rows of some extracts."""
    return tuple([(one.title, words_text(one.addresses), words_text(one.themes), one.text) for one in extracts])


def document_of(rows: TextRows) -> ParsedDocument:
    """The text that rows were made of."""
    reader, parser_version, kind, adopted_on, published_on, meeting, subject, media_type = rows.fields
    return ParsedDocument(
        symbol=rows.symbol,
        kind=DocumentKind(kind),
        language=rows.language,
        adopted_on=date_of_or_none(adopted_on),
        published_on=date_of_or_none(published_on),
        meeting=meeting,
        subject=subject,
        media_type=media_type,
        reader=reader,
        parser_version=parser_version,
        paragraphs=_paragraphs_of(rows),
        warnings=tuple(ParseWarning(*row) for row in rows.warnings),
        asides=tuple(Aside(*row) for row in rows.asides),
    )


def extracts_of_rows(rows: Iterable[ExtractRow]) -> tuple[Extract, ...]:
    """The extracts that rows were made of."""
    return tuple(Extract(title, words_of(at), words_of(themes), text) for title, at, themes, text in rows)


def _paragraphs_of(rows: TextRows) -> tuple[Paragraph, ...]:
    labels: defaultdict[int, tuple[Label, ...]] = defaultdict(tuple)
    for at, _, theme, evidence in rows.labels:
        labels[at] += (Label(theme, _evidence_of(evidence)),)
    citations: defaultdict[int, tuple[Citation, ...]] = defaultdict(tuple)
    for at, _, symbol, addresses, start, end in rows.citations:
        named = words_of(addresses) if addresses != NO_WORDS else ()
        citations[at] += (Citation(symbol, named, start, end, rows.paragraphs[at][-1][start:end]),)
    return tuple(
        Paragraph(address, Part(part), text, heading, chapeau, labels.get(at, ()), citations.get(at, ()))
        for at, (address, part, heading, chapeau, text) in enumerate(rows.paragraphs)
    )


def _evidence_text(evidence: tuple[Evidence, ...]) -> str:
    return json_text(
        [[each.phrase, each.start, each.end, each.rule, each.place, *_said_values(each.said)] for each in evidence]
    )


def _said_values(said: Said | None) -> tuple[object, ...]:
    return () if said is None else (said.by, time_text(said.at), said.note, said.is_text_changed)


def _evidence_of(text: str) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(phrase, start, end, rule, Place(place), _said_of(*said) if said else None)
        for phrase, start, end, rule, place, *said in json.loads(text)
    )


def _said_of(by: str, at: str, note: str | None, is_text_changed: bool) -> Said:
    return Said(by, time_of(at), note, is_text_changed)
