"""Reads `site/documents.toml`: the documents, stray files and invented corrections that the demonstration site has.

The documents are real; which of them are published is not known here (see `monitor.demo.site`).
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

#: Laid out as a mirror wants it: HOST/PATH.
SITE = Path(__file__).with_name("site")
XML_FOLDER = "raw.githubusercontent.com/UNxml/SCresolutions/main"
PDF_HOST = "documents.un.org"


@dataclass(frozen=True, slots=True)
class DemoDocument:
    """One resolution of the site. `day` 1 is published from the start.

    `xml` is its path in the UN's repository, `pdf` its path on the documents service; None where the site has none.
    `xml_day` is later than `day` where the PDF comes first.
    `is_renewal` marks the one that is told as the renewal of a mandate.
    """

    symbol: str
    adopted_on: date
    agenda: str
    day: int
    xml: str | None
    pdf: str | None
    xml_day: int
    is_renewal: bool


@dataclass(frozen=True, slots=True)
class DemoCorrection:
    """An invented change of one real XML text, which the Council never made: whoever sees it must be told so."""

    symbol: str
    address: str
    before: str
    after: str
    is_wps: bool


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything the site can publish. `others` are paths of the repository that are no English resolution."""

    documents: tuple[DemoDocument, ...]
    others: tuple[str, ...]
    corrections: tuple[DemoCorrection, ...]

    def document(self, symbol: str) -> DemoDocument:
        """The document of that symbol. Raises KeyError when the site has none."""
        for document in self.documents:
            if document.symbol == symbol:
                return document
        raise KeyError(f"expected a document of the demonstration site, found {symbol!r}")

    @property
    def news(self) -> DemoDocument:
        """The resolution of the second day that renews no mandate whose earlier text is held."""
        return self._of_second_day(is_renewal=False)

    @property
    def renewal(self) -> DemoDocument:
        """The resolution of the second day that renews a mandate."""
        return self._of_second_day(is_renewal=True)

    def _of_second_day(self, *, is_renewal: bool) -> DemoDocument:
        found = (each for each in self.documents if each.day == 2 and each.is_renewal is is_renewal)
        (document,) = found
        return document

    def correction(self, *, is_wps: bool) -> DemoCorrection:
        """The invented correction of a paragraph about women, or of one that says nothing of them."""
        (correction,) = (correction for correction in self.corrections if correction.is_wps is is_wps)
        return correction


def load_catalogue() -> Catalogue:
    """Read the catalogue that ships with the program."""
    record = tomllib.loads((SITE / "documents.toml").read_text(encoding="utf-8"))
    return Catalogue(
        documents=tuple(_document(entry) for entry in record["documents"]),
        others=tuple(entry["path"] for entry in record["others"]),
        corrections=tuple(DemoCorrection(**entry) for entry in record["corrections"]),
    )


def xml_body(path: str) -> bytes:
    """The bytes of a file of the UN's repository, as published."""
    return (SITE / XML_FOLDER / path).read_bytes()


def pdf_body(path: str) -> bytes:
    """The bytes of a file of the documents service, as published."""
    return (SITE / PDF_HOST / path).read_bytes()


def robots_body(host: str) -> bytes | None:
    """The robots.txt of a host, None when the site does not stand for that host."""
    path = SITE / host / "robots.txt"
    return path.read_bytes() if host in _hosts() and path.is_file() else None


def _hosts() -> frozenset[str]:
    return frozenset(path.name for path in SITE.iterdir() if path.is_dir())


def _document(entry: dict[str, Any]) -> DemoDocument:
    return DemoDocument(
        symbol=entry["symbol"],
        adopted_on=entry["adopted_on"],
        agenda=entry["agenda"],
        day=entry["day"],
        xml=entry.get("xml"),
        pdf=entry.get("pdf"),
        xml_day=entry.get("xml_day", entry["day"]),
        is_renewal=entry.get("is_renewal", False),
    )
