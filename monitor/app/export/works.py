"""What citations need to know of a document that is held. Pure."""

from monitor.text.harmless import harmless
from scraper.council.forms.work import Work
from storage.models import DocumentKind, ParsedDocument

#: Resolutions and statements bear no title: their subject is that of the agenda.
NUMBERED = (DocumentKind.RESOLUTION, DocumentKind.PRESIDENTIAL_STATEMENT)


def work_of_document(document: ParsedDocument) -> Work:
    """The document as citations name it."""
    title = harmless(document.subject) if document.subject and document.kind not in NUMBERED else None
    day = document.adopted_on or document.published_on
    return Work(document.symbol or "", document.kind, day, title, document.language)
