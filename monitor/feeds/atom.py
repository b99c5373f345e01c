"""Writes a feed as Atom (RFC 4287). Pure.

Our own few lines with lxml, which the readers of documents need anyway: packages for feeds write no JSON Feed, and put
the time of writing into a file, which would then change at every run.
"""

from datetime import datetime
from typing import Final, cast

from lxml import etree

from monitor.feeds.entries import Feed, FeedEntry, Site
from monitor.feeds.markup import html_of

ATOM: Final = "http://www.w3.org/2005/Atom"
MEDIA_TYPE: Final = "application/atom+xml"
ENDING: Final = ".atom"
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def atom_of(feed: Feed, site: Site) -> bytes:
    """The file's bytes. Without a url of the site it has no link to itself, which the RFC only recommends."""
    prefixes = cast("dict[str, str]", {None: ATOM})  # None is lxml's word for no prefix
    root = etree.Element(f"{{{ATOM}}}feed", nsmap=prefixes)
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "subtitle", feed.description)
    _text(root, "updated", stamp(feed.updated))
    _text(_text(root, "author", None), "name", "wpswatch")
    _text(root, "generator", "wpswatch")
    if site.url:
        _text(root, "link", None, rel="self", type=MEDIA_TYPE, href=site.link(feed.name + ENDING))
        _text(root, "link", None, rel="alternate", type="text/html", href=site.link("index.html"))
    for entry in feed.entries:
        _add_entry(root, entry)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def stamp(moment: datetime) -> str:
    """A time as RFC 3339 to the second: `2025-05-09T06:00:00+00:00`."""
    return moment.isoformat(timespec="seconds")


def _add_entry(root: etree._Element, entry: FeedEntry) -> None:
    element = _text(root, "entry", None)
    element.set(_XML_LANG, entry.language)
    _text(element, "id", entry.id)
    _text(element, "title", entry.title)
    _text(element, "link", None, rel="alternate", href=entry.url)
    _text(element, "published", stamp(entry.published))
    _text(element, "updated", stamp(entry.updated))
    for theme in entry.themes:
        _text(element, "category", None, term=theme)
    _text(element, "content", html_of(entry), type="html")


def _text(parent: etree._Element, name: str, text: str | None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text
    return element
