"""What is held as references to copy: in the forms that readers write, or as files that reference managers read."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from monitor.app.export.works import work_of, work_of_document
from scraper.council.forms.bibtex import bibtex_of
from scraper.council.forms.csl import csl_of
from scraper.council.forms.ris import ris_of
from scraper.council.forms.styles import cite_in_forms
from scraper.council.forms.work import Work
from storage.models import ParsedDocument
from storage.texts.extracts import ExtractRow
from storage.texts.search import SearchHit

#: The styles: words to copy, one line a paragraph; then files, one entry a document.
IN_WORDS: Final = ("un", "oscola", "bluebook", "chicago")
IN_FILES: Final = {"ris": ris_of, "bibtex": bibtex_of, "csl": csl_of}


class PlaceReference(NamedTuple):
    """A document, and the paragraph of it that is cited; None for the whole."""

    work: Work
    address: str | None = None


def reference_to(document: ParsedDocument, address: str | None = None) -> PlaceReference:
    """A held document, or a paragraph of it, as something to cite."""
    return PlaceReference(work_of_document(document), address)


def references_to(extracts: Iterable[ExtractRow]) -> list[PlaceReference]:
    """Every paragraph of some extracts; of the entry of a whole report the report."""
    found: list[PlaceReference] = []
    for extract in extracts:
        work = work_of(extract.symbol, extract.kind, extract)
        found += (
            [PlaceReference(work)] if extract.is_entry else [PlaceReference(work, each) for each in extract.addresses]
        )
    return found


def references_to_hits(hits: Iterable[SearchHit]) -> list[PlaceReference]:
    """Every paragraph that a search found."""
    return [PlaceReference(work_of(hit.symbol, hit.kind, hit), hit.address) for hit in hits]


def write_references(style: str, references: Sequence[PlaceReference]) -> str:
    """The references in a style, as one text that ends its last line."""
    if style in IN_FILES:
        works = dict.fromkeys(reference.work for reference in references)
        return IN_FILES[style](works)
    lines = dict.fromkeys(getattr(cite_in_forms(one.work, one.address), style) for one in references)
    return "".join(f"{line}\n" for line in lines)
