"""Reads one answer of a library that is harvested by OAI-PMH: its records, whether more follow, or why there are none.

The protocol is https://www.openarchives.org/OAI/openarchivesprotocol.html. What is inside a record is not looked at.
"""

from dataclasses import dataclass

from lxml import etree

from scraper.errors import UnexpectedPage, Unreadable
from scraper.readers.safe_xml import refuse_declarations, safe_parser

OAI = "{http://www.openarchives.org/OAI/2.0/}"
NO_RECORDS = "noRecordsMatch"
BAD_TOKEN = "badResumptionToken"  # noqa: S105 - the protocol's word for a place that the library has forgotten


@dataclass(frozen=True, slots=True)
class OaiPage:
    """One page. `token` asks for the next one, None on the last; `error` is the protocol's code, None without an error.

    `deleted` counts records of which the library says that they are gone; they bear no data. `complete_list` is how
    many records the whole list has, where that is told.
    """

    records: tuple[etree._Element, ...]
    deleted: int = 0
    token: str | None = None
    complete_list: int | None = None
    error: str | None = None
    message: str = ""


def parse_oai(body: bytes, url: str) -> OaiPage:
    """Read a page. Raises UnexpectedPage when it is none: `not-oai`, or `xml-bomb` when it declares a document type."""
    try:
        refuse_declarations(body)
        root = etree.fromstring(body, parser=safe_parser())
    except Unreadable as error:
        raise UnexpectedPage(error.code, f"{error} at {url}") from error
    except etree.XMLSyntaxError as error:
        raise UnexpectedPage("not-oai", f"expected an OAI-PMH answer, found broken XML ({error}) at {url}") from error
    if root is None or root.tag != f"{OAI}OAI-PMH":
        raise UnexpectedPage("not-oai", f"expected the root OAI-PMH, found {getattr(root, 'tag', None)!r} at {url}")
    refusal = root.find(f"{OAI}error")
    if refusal is not None:
        return OaiPage((), error=refusal.get("code", ""), message=" ".join((refusal.text or "").split()))
    listed = root.find(f"{OAI}ListRecords")
    if listed is None:
        raise UnexpectedPage("not-oai", f"expected ListRecords or an error, found neither at {url}")
    records = listed.findall(f"{OAI}record")
    alive = tuple(record for record in records if not _is_deleted(record))
    token = listed.find(f"{OAI}resumptionToken")
    size = token.get("completeListSize", "") if token is not None else ""
    return OaiPage(
        alive,
        deleted=len(records) - len(alive),
        token=((token.text or "").strip() or None) if token is not None else None,
        complete_list=int(size) if size.isdecimal() else None,
    )


def _is_deleted(record: etree._Element) -> bool:
    header = record.find(f"{OAI}header")
    return header is not None and header.get("status") == "deleted"
