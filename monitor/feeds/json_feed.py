"""Writes a feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). Pure."""

import json
from typing import Any, Final

from monitor.feeds.atom import stamp
from monitor.feeds.entries import Feed, FeedEntry, Site
from monitor.feeds.markup import html_of, text_of

MEDIA_TYPE: Final = "application/feed+json"
ENDING: Final = ".json"


def json_feed_of(feed: Feed, site: Site) -> bytes:
    """The file's bytes."""
    record: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
    }
    if site.url:
        record |= {"home_page_url": site.link("index.html"), "feed_url": site.link(feed.name + ENDING)}
    record["items"] = [_item(entry) for entry in feed.entries]
    return (json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _item(entry: FeedEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": html_of(entry),
        "content_text": text_of(entry),
        "date_published": stamp(entry.published),
        "date_modified": stamp(entry.updated),
        "tags": list(entry.themes),
        "language": entry.language,
    }
