"""Writes a feed as RSS 2.0 (https://www.rssboard.org/rss-specification), with Atom's `updated` in its items. Pure."""

from email.utils import format_datetime
from typing import Final

from lxml import etree

from monitor.feeds.atom import ATOM, stamp
from monitor.feeds.entries import Feed, FeedEntry, Site
from monitor.feeds.markup import html_of

MEDIA_TYPE: Final = "application/rss+xml"
ENDING: Final = ".rss"
_COUNCIL: Final = (
    "https://main.un.org/securitycouncil/"  # a channel must name a site; without one of ours, the Council's
)


def rss_of(feed: Feed, site: Site) -> bytes:
    """The file's bytes."""
    root = etree.Element("rss", {"version": "2.0"}, nsmap={"atom": ATOM})
    channel = etree.SubElement(root, "channel")
    _text(channel, "title", feed.title)
    _text(channel, "link", site.link("index.html") if site.url else _COUNCIL)
    _text(channel, "description", feed.description)
    _text(channel, "generator", "wpswatch")
    if feed.entries:
        _text(channel, "lastBuildDate", format_datetime(feed.updated, usegmt=True))
    if site.url:
        attributes = {"rel": "self", "type": MEDIA_TYPE, "href": site.link(feed.name + ENDING)}
        etree.SubElement(channel, f"{{{ATOM}}}link", attributes)
    for entry in feed.entries:
        _add_item(channel, entry)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add_item(channel: etree._Element, entry: FeedEntry) -> None:
    item = etree.SubElement(channel, "item")
    _text(item, "title", entry.title)
    _text(item, "link", entry.url)
    _text(item, "guid", entry.id).set("isPermaLink", "false")
    _text(item, "pubDate", format_datetime(entry.published, usegmt=True))
    _text(item, f"{{{ATOM}}}updated", stamp(entry.updated))
    for theme in entry.themes:
        _text(item, "category", theme)
    _text(item, "description", html_of(entry))


def _text(parent: etree._Element, name: str, text: str) -> etree._Element:
    element = etree.SubElement(parent, name)
    element.text = text
    return element
