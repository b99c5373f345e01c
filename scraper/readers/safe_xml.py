"""Parses XML that a stranger wrote: no entity is resolved, no document type loaded, no network asked."""

from lxml import etree

from scraper.errors import Unreadable


def refuse_declarations(body: bytes) -> None:
    """Refuse a document type: no file of the UN declares one, and its entities could grow without bound.

    Raises:
        Unreadable: `xml-bomb`.
    """
    text = body
    if body[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in body[:4]:
        text = body.replace(b"\x00", b"")
    place = text.find(b"<!")
    while place >= 0:
        if not text.startswith((b"<!--", b"<![CDATA["), place):
            found = text[place : place + 20].decode("latin-1")
            raise Unreadable("xml-bomb", f"expected XML without a document type or entities, found {found!r}")
        place = text.find(b"<!", place + 2)


def safe_parser(*, recover: bool = False) -> etree.XMLParser:
    """A parser that reads what stands in the file and nothing else; it refuses trees that are too deep."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )
