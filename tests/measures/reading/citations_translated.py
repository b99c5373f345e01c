"""Compares what a translation cites with what the English text of the same paragraph cites.

`tests.measures.reading.citations` prints it.

The English citations count as right. A translation that leaves a reference out, adds one ("paragraph 5" for "thereof")
or prints another number than the English is counted against it, and listed to be read.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scraper.citations.find import cite_paragraphs
from scraper.errors import BodyError
from scraper.structure.akn.document import read_akoma_ntoso
from storage.models import Citation, Paragraph, ParsedDocument


@dataclass(slots=True)
class Agreement:
    """How many of the English citations are found at the same address, and how many others."""

    found: int = 0
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    def add(self, english: Counter[str], translated: Counter[str], where: str) -> None:
        """Count what one paragraph cites in both languages."""
        self.found += (english & translated).total()
        self.missed += [f"{where}: {one}" for one in (english - translated).elements()]
        self.extra += [f"{where}: {one}" for one in (translated - english).elements()]

    @property
    def recall(self) -> float:
        """The share of the English citations that the translation has."""
        return self.found / max(1, self.found + len(self.missed))

    @property
    def precision(self) -> float:
        """The share of the translation's citations that the English has."""
        return self.found / max(1, self.found + len(self.extra))


@dataclass(slots=True)
class Translated:
    """One language beside the English: symbols, and symbols with the paragraphs that are named of them."""

    documents: int = 0
    symbols: Agreement = field(default_factory=Agreement)
    places: Agreement = field(default_factory=Agreement)


def read_cited(folder: Path) -> Iterator[ParsedDocument]:
    """Read the documents of a folder that have a symbol, with what their paragraphs cite."""
    for path in sorted(folder.glob("*.xml")):
        try:
            document = read_akoma_ntoso(path.read_bytes())
        except BodyError:
            continue
        if document.symbol:
            yield document


def compare(documents: Iterator[ParsedDocument], english: Mapping[str, ParsedDocument]) -> Translated:
    """Compare documents with the English ones of the same symbol, paragraph by paragraph."""
    total = Translated()
    for document in documents:
        original = english.get(document.symbol or "")
        if original is None:
            continue
        total.documents += 1
        of_english = {one.address: one.citations for one in _cited(original)}
        for one in _cited(document):
            if one.address in of_english:
                where = f"{document.symbol}, {one.address}"
                cited = of_english[one.address]
                total.symbols.add(_symbols(cited), _symbols(one.citations), where)
                total.places.add(_places(cited), _places(one.citations), where)
    return total


def _cited(document: ParsedDocument) -> tuple[Paragraph, ...]:
    return cite_paragraphs(document.paragraphs, symbol=document.symbol, kind=document.kind, language=document.language)


def _symbols(citations: Sequence[Citation]) -> Counter[str]:
    return Counter(one.symbol for one in citations)


def _places(citations: Sequence[Citation]) -> Counter[str]:
    return Counter(f"{one.symbol}, {address}" for one in citations for address in one.addresses)
