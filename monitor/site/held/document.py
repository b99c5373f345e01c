"""One document as a site shows it: with its file, its name, its day and where it belongs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from monitor.site.folder import mark_of
from monitor.text.harmless import harmless
from monitor.text.page_names import document_file, room_of
from scraper.council.forms.work import Work
from scraper.council.symbol import kind_of, resolution_number, year_in_symbol
from storage.models import DocumentKind, FactField, HeldDocument, ParsedDocument
from storage.told.situations import PlacedDocument
from storage.told_values import KnownFact

METADATA: Final = "metadata"
_REPORTS: Final = {
    DocumentKind.MISSION_REPORT: "Report of a Council mission",
    DocumentKind.REPORT: "Report",
    DocumentKind.DRAFT: "Draft resolution",
    DocumentKind.CORRIGENDUM: "Corrigendum",
    DocumentKind.LETTER: "Letter",
    DocumentKind.UNKNOWN: "Document",
}


@dataclass(frozen=True, slots=True)
class Doc:
    """A held document. `name` is what a heading calls it; `subject` its agenda item or title, None when not known.

    `mark` tells whether anything of it is otherwise than before; `outline` only what pages of other documents show or
    ask of it: its file, its name, its day, and its paragraphs' addresses and themes.
    """

    held: HeldDocument
    file: str
    name: str
    subject: str | None
    day: date | None
    number: int
    wps_count: int
    situation: str | None = None
    bodies: tuple[str, ...] = ()
    addresses: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    mark: str = ""
    outline: str = ""

    def has(self, address: str) -> bool:
        """Whether it has a paragraph of this address."""
        return address in self.addresses

    @property
    def document(self) -> ParsedDocument:
        """The text that is shown."""
        return self.held.document

    @property
    def symbol(self) -> str:
        """Its symbol; what has none is not held."""
        return self.document.symbol or ""

    @property
    def language(self) -> str:
        """The language of this text."""
        return self.document.language

    @property
    def kind(self) -> DocumentKind:
        """What kind of document it is."""
        return self.document.kind

    @property
    def room(self) -> str:
        """The folder of its page."""
        return self.file.partition("/")[0]

    @property
    def year(self) -> int | None:
        """The year it is listed under."""
        return self.day.year if self.day else year_in_symbol(self.symbol)

    @property
    def work(self) -> Work:
        """What citations need of it."""
        return Work(self.symbol, self.kind, self.day, None if self.is_numbered else self.subject, self.language)

    @property
    def is_numbered(self) -> bool:
        """Whether it is a resolution or a statement: they bear no title of their own."""
        return self.kind in (DocumentKind.RESOLUTION, DocumentKind.PRESIDENTIAL_STATEMENT)


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document of which a source tells and whose text is not held: shown as a gap in its year's list."""

    symbol: str
    room: str
    name: str
    subject: str | None
    day: date | None
    number: int
    outcome: str | None
    situation: str | None

    @property
    def year(self) -> int | None:
        """The year it is listed under."""
        return self.day.year if self.day else year_in_symbol(self.symbol)


def doc_of(held: HeldDocument, placed: PlacedDocument, facts: Sequence[KnownFact]) -> Doc:
    """A held document with its place on the site."""
    document = held.document
    symbol = document.symbol or ""
    agenda = _told(facts, FactField.AGENDA_ITEM)
    subject = document.subject or agenda
    number = resolution_number(symbol)
    file, name = document_file(symbol, document.kind, document.language), name_of(symbol, document.kind)
    day = document.adopted_on or document.published_on
    return Doc(
        held=held,
        file=file,
        name=name,
        subject=harmless(subject) if subject else None,
        day=day,
        number=number.number if number else 0,
        wps_count=sum(1 for paragraph in document.paragraphs if paragraph.is_wps),
        situation=placed.situation,
        bodies=placed.bodies,
        addresses=frozenset(paragraph.address for paragraph in document.paragraphs),
        themes=frozenset(theme for paragraph in document.paragraphs for theme in paragraph.themes),
        mark=mark_of(held, subject, placed),
        outline=mark_of(file, name, day, [(each.address, each.themes) for each in document.paragraphs]),
    )


def known_of(symbol: str, facts: Sequence[KnownFact], placed: PlacedDocument) -> KnownDocument | None:
    """A document that is only told of; None for one that was not adopted, which no year lists."""
    kind = kind_of(symbol)
    outcome = _told(facts, FactField.OUTCOME)
    if kind not in (DocumentKind.RESOLUTION, DocumentKind.PRESIDENTIAL_STATEMENT) or outcome == "not_adopted":
        return None
    day = _told(facts, FactField.ADOPTED_ON)
    number = resolution_number(symbol)
    subject = _told(facts, FactField.AGENDA_ITEM) or _told(facts, FactField.TITLE)
    return KnownDocument(
        symbol=symbol,
        room=room_of(symbol, kind),
        name=name_of(symbol, kind),
        subject=harmless(subject) if subject else None,
        day=date.fromisoformat(day) if day else None,
        number=number.number if number else 0,
        outcome=outcome,
        situation=placed.situation,
    )


def name_of(symbol: str, kind: DocumentKind) -> str:
    """What a heading calls a document: `Resolution 2387 (2017)`, `Presidential statement S/PRST/2019/16`."""
    if kind is DocumentKind.RESOLUTION:
        return f"Resolution {symbol.removeprefix('S/RES/')}"
    if kind is DocumentKind.PRESIDENTIAL_STATEMENT:
        return f"Presidential statement {symbol}"
    return f"{_REPORTS[kind]} {symbol}"


def _told(facts: Sequence[KnownFact], field: FactField) -> str | None:
    """What is told in a field: the library's record first."""
    told = [fact for fact in facts if fact.field is field and isinstance(fact.value, str)]
    told.sort(key=lambda fact: (fact.origin != METADATA, fact.source, fact.origin))
    return str(told[0].value) if told else None
