"""What the Python door gives: frozen values with the names that the JSON records have, dates as dates."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from monitor.app.export.extract_rows import citation_of
from monitor.app.export.works import work_of, work_of_document
from monitor.text.harmless import harmless
from monitor.text.links import document_url
from scraper.council.forms.styles import cite_as_un
from scraper.council.forms.work import Work
from storage.models import HeldDocument, ParsedDocument
from storage.models import Paragraph as StoredParagraph
from storage.texts.extracts import ExtractRow
from storage.texts.search import SearchHit


@dataclass(frozen=True, slots=True)
class Extract:
    """What a document says about women in one numbered paragraph or in its preamble; `addresses` are its paragraphs."""

    symbol: str
    language: str
    kind: str
    title: str
    addresses: tuple[str, ...]
    themes: tuple[str, ...]
    text: str
    adopted_on: date | None
    published_on: date | None
    situation: str | None
    bodies: tuple[str, ...]
    first_seen_at: datetime
    is_flagged: bool
    citation: str
    url: str
    source_url: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph that a search found; in `snippet` the words that were found stand in square brackets."""

    symbol: str
    language: str
    kind: str
    address: str
    snippet: str
    themes: tuple[str, ...]
    adopted_on: date | None
    published_on: date | None
    citation: str
    url: str
    source_url: str


@dataclass(frozen=True, slots=True)
class ThemeEvidence:
    """The words that gave a theme; `start` and `end` count characters in the paragraph's `place`: text or chapeau."""

    theme: str
    phrase: str
    start: int
    end: int
    rule: str
    place: str = "text"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One addressed paragraph; it is about women, peace and security where `themes` is not empty.

    `citation` is None where the document bears no symbol.
    """

    address: str
    part: str
    heading: str | None
    chapeau: str | None
    text: str
    themes: tuple[str, ...]
    evidence: tuple[ThemeEvidence, ...]
    citation: str | None


@dataclass(frozen=True, slots=True)
class Document:
    """A document: as held, or (`source_url` and `first_seen_at` are None) as read from some bytes.

    `symbol`, `citation` and `url` are None where the bytes bear no symbol. `warnings` says in words what is odd.
    """

    symbol: str | None
    language: str
    kind: str
    subject: str | None
    adopted_on: date | None
    published_on: date | None
    meeting: int | None
    paragraphs: tuple[Paragraph, ...]
    warnings: tuple[str, ...]
    parser_version: str
    citation: str | None
    url: str | None
    source_url: str | None = None
    first_seen_at: datetime | None = None
    languages: tuple[str, ...] = field(default=())

    @property
    def wps(self) -> tuple[Paragraph, ...]:
        """The paragraphs about women, peace and security."""
        return tuple(paragraph for paragraph in self.paragraphs if paragraph.themes)


class WpsYear(NamedTuple):
    """How many paragraphs of one kind of document in one language are about women in a year; `share` is from 0 to 1.

    `year` is None where neither a day of adoption nor one of publication is known.
    """

    year: int | None
    language: str
    kind: str
    documents: int
    paragraphs: int
    wps_paragraphs: int
    share: float


def extract_of(row: ExtractRow) -> Extract:
    """An extract as it is given out."""
    return Extract(
        symbol=row.symbol,
        language=row.language,
        kind=row.kind,
        title=row.title,
        addresses=row.addresses,
        themes=row.themes,
        text=row.text,
        adopted_on=row.adopted_on,
        published_on=row.published_on,
        situation=row.situation,
        bodies=row.bodies,
        first_seen_at=row.first_seen_at,
        is_flagged=row.flagged,
        citation=citation_of(row),
        url=document_url(row.symbol, row.language),
        source_url=row.url,
    )


def hit_of(hit: SearchHit) -> Hit:
    """A paragraph that was found as it is given out."""
    return Hit(
        symbol=hit.symbol,
        language=hit.language,
        kind=hit.kind,
        address=hit.address,
        snippet=hit.snippet,
        themes=hit.themes,
        adopted_on=hit.adopted_on,
        published_on=hit.published_on,
        citation=harmless(cite_as_un(work_of(hit.symbol, hit.kind, hit), hit.address)),
        url=document_url(hit.symbol, hit.language),
        source_url=hit.url,
    )


def document_of(
    document: ParsedDocument, held: HeldDocument | None = None, languages: tuple[str, ...] = ()
) -> Document:
    """A document as it is given out; `held` and `languages` where it is held."""
    work = work_of_document(document) if document.symbol else None
    return Document(
        symbol=document.symbol,
        language=document.language,
        kind=document.kind.value,
        subject=document.subject,
        adopted_on=document.adopted_on,
        published_on=document.published_on,
        meeting=document.meeting,
        paragraphs=tuple(_paragraph_of(paragraph, work) for paragraph in document.paragraphs),
        warnings=tuple(warning.message for warning in document.warnings),
        parser_version=document.parser_version,
        citation=harmless(cite_as_un(work)) if work else None,
        url=document_url(document.symbol, document.language) if document.symbol else None,
        source_url=held.current.url if held else None,
        first_seen_at=held.first_seen_at if held else None,
        languages=languages,
    )


def _paragraph_of(paragraph: StoredParagraph, work: Work | None) -> Paragraph:
    return Paragraph(
        address=paragraph.address,
        part=paragraph.part.value,
        heading=paragraph.heading,
        chapeau=paragraph.chapeau,
        text=paragraph.text,
        themes=tuple(label.theme for label in paragraph.labels),
        evidence=tuple(
            ThemeEvidence(label.theme, each.phrase, each.start, each.end, each.rule, each.place)
            for label in paragraph.labels
            for each in label.evidence
        ),
        citation=harmless(cite_as_un(work, paragraph.address)) if work else None,
    )
