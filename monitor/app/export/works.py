"""What citations need to know of a document that is held. Pure."""

from datetime import date
from typing import Protocol

from monitor.text.harmless import harmless
from scraper.council.forms.work import Work
from storage.models import DocumentKind, ParsedDocument

#: Resolutions and statements bear no title: their subject is that of the agenda.
NUMBERED = (DocumentKind.RESOLUTION, DocumentKind.PRESIDENTIAL_STATEMENT)


class Citable(Protocol):
    """What is enough to cite a document by, beside its symbol and kind."""

    @property
    def adopted_on(self) -> date | None:
        """The day of its adoption."""

    @property
    def published_on(self) -> date | None:
        """The day of its publication."""

    @property
    def subject(self) -> str | None:
        """What it is about, in its own words."""

    @property
    def language(self) -> str:
        """The language of the text."""


def work_of(symbol: str, kind: str, told: Citable) -> Work:
    """A document, or what is told of it with a paragraph of it, as citations name it."""
    is_untitled = kind in NUMBERED
    title = harmless(told.subject) if told.subject and not is_untitled else None
    return Work(symbol, DocumentKind(kind), told.adopted_on or told.published_on, title, told.language)


def work_of_document(document: ParsedDocument) -> Work:
    """The document as citations name it."""
    return work_of(document.symbol or "", document.kind, document)
