"""What each page is made from, as a mark: a page whose mark is as before need not be made again.

A mark may tell too much, then a page is made that comes out as it was; it must never tell too little. So it takes whole
values, and of other documents their outline.
"""

from collections.abc import Iterable, Sequence

from monitor.site.folder import mark_of
from monitor.site.held.document import Doc
from monitor.site.held.holdings import FIRST, Holdings, citation_key
from monitor.site.renewals.beside import Beside, Renewals
from monitor.site.views.document_page import page_places
from monitor.site.views.links import Linker
from monitor.site.views.theme_page import ThemeView
from storage.records import Change
from storage.texts.extracts import ExtractRow


class PageKeys:
    """The marks of pages; `ground` is what all stand on: the program, the options, what stands around a page."""

    def __init__(self, holdings: Holdings, renewals: Renewals, linker: Linker, ground: str) -> None:
        self._holdings = holdings
        self._renewals = renewals
        self._linker = linker
        self._ground = ground
        self._rows: dict[int, str] = {}
        self._outlines: dict[str, str] = {}

    def document(self, doc: Doc, changes: Sequence[Change], places: Iterable[str]) -> str:
        """Of a document's page: itself, what is told of it, what it links to, who cites it, the texts before it.

        Of the `places` it ever had, those that it has no more.
        """
        holdings = self._holdings
        citing = holdings.cited_by.get(citation_key(doc.symbol), ()) if doc.language == FIRST else ()
        return mark_of(
            self._ground,
            doc.file,
            doc.mark,
            holdings.facts.get(doc.symbol, ()),
            self._cited(doc),
            [(other.symbol, other.file) for other in citing],
            changes,
            sorted(set(places).difference(page_places(doc))),
            [other.outline for other in holdings.docs_of(doc.symbol)],
            [self._comparison(one) for one in self._renewals.of(doc)],
        )

    def renewal(self, one: Beside, *, has_body: bool) -> str:
        """Of the page of a renewal: both texts, and all they cite."""
        return mark_of(self._ground, self._comparison(one), has_body)

    def theme(self, view: ThemeView) -> str:
        """Of the page of a theme, or of a year of it: its extracts, and their documents."""
        docs = [self._holdings.by_symbol[row.symbol].mark for row in view.rows]
        around = (view.name, view.meaning, view.year, view.years)
        latest = (view.paragraphs, view.documents, view.extracts, view.bars) if view.year is None else ()
        return mark_of(self._ground, around, latest, [self._row(row) for row in view.rows], docs)

    def _comparison(self, one: Beside) -> tuple[object, ...]:
        return (
            one.file, one.new.mark, one.old.mark, one.kind, one.body, one.skipped, one.is_taken_over,
            self._renewals.said_of(one), self._cited(one.new), self._cited(one.old),
        )  # fmt: skip

    def _cited(self, doc: Doc) -> str:
        """One mark for the outlines of all that a document cites."""
        if doc.file not in self._outlines:
            keys = {citation_key(each.symbol) for paragraph in doc.document.paragraphs for each in paragraph.citations}
            found = ((key, self._linker.by_key.get(key)) for key in sorted(keys))
            self._outlines[doc.file] = mark_of([(key, cited.outline if cited else "") for key, cited in found])
        return self._outlines[doc.file]

    def _row(self, row: ExtractRow) -> str:
        """The mark of an extract, which stands on the pages of several themes."""
        if id(row) not in self._rows:
            self._rows[id(row)] = mark_of(row)
        return self._rows[id(row)]
