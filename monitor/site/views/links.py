"""Where a document or one of its paragraphs is read: on this site where it is held, else at the UN."""

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.site.held.document import Doc
from monitor.site.held.holdings import citation_key
from monitor.text.links import document_url
from monitor.text.page_names import fragment, slug


@dataclass(frozen=True, slots=True)
class Linker:
    """Finds the page of a document, as a link from a page in a folder."""

    by_key: Mapping[str, Doc]

    def to_document(self, symbol: str) -> str:
        """The link to a document."""
        doc = self.by_key.get(citation_key(symbol))
        return f"../{doc.file}" if doc else document_url(symbol, "en")

    def to_citation(self, symbol: str, addresses: tuple[str, ...]) -> str:
        """The link to what is cited: the paragraph, where one is named and held."""
        doc = self.by_key.get(citation_key(symbol))
        if doc is None:
            return document_url(symbol, "en")
        known = next((each for each in addresses if doc.has(each)), None)
        return f"../{doc.file}" + (f"#{fragment(known)}" if known else "")


def theme_file(theme: str, year: int | None = None) -> str:
    """The file of a theme's page, or of one year of it: `themes/implementation-2017.html`."""
    return f"themes/{slug(theme)}{'' if year is None else f'-{year}'}.html"


def situation_file(situation: str) -> str:
    """The file of a situation's page."""
    return f"situations/{slug(situation)}.html"


def body_file(body: str) -> str:
    """The file of a body's page: the chain of its mandate."""
    return f"bodies/{slug(body)}.html"
