"""Writes the page that lists the feeds, for people and for programs that look for feeds on a page. Pure."""

from collections.abc import Sequence
from html import escape
from typing import Final

from monitor.feeds import atom, calendar, json_feed, rss
from monitor.feeds.entries import Feed, Site

NAME: Final = "index.html"
_KINDS: Final = (
    ("Atom", atom.ENDING, atom.MEDIA_TYPE),
    ("RSS", rss.ENDING, rss.MEDIA_TYPE),
    ("JSON", json_feed.ENDING, json_feed.MEDIA_TYPE),
)
_STYLE: Final = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.4rem; line-height: 1.25; }
ul { list-style: none; padding: 0; }
li { border-top: 1px solid #8886; padding: .75rem 0; }
b { display: block; }
small { opacity: .75; }
nav a { display: inline-block; padding: .5rem .9rem .5rem 0; }
"""


def index_page_of(feeds: Sequence[Feed], site: Site, *, has_calendar: bool) -> bytes:
    """The page's bytes. Its links are relative: it works wherever the folder is shown."""
    heads = [_head_link(feed, *kind) for feed in feeds for kind in (_KINDS if feed is feeds[0] else _KINDS[:1])]
    days = ""
    if has_calendar:
        days = (
            f'<h2>Calendar</h2>\n<p>Days that mandates end: <a href="{calendar.NAME}" type="{calendar.MEDIA_TYPE}">'
            f"{calendar.NAME}</a></p>\n"
        )
    items = "\n".join(_item(feed) for feed in feeds)
    page = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(site.title)}</title>
{"".join(heads)}<style>{_STYLE}</style>
</head>
<body>
<h1>{escape(site.title)}</h1>
<p>Each feed tells the newest paragraphs about women, in the words of the United Nations Security Council.
Give the address of one to a feed reader.</p>
<ul>
{items}
</ul>
{days}</body>
</html>
"""
    return page.encode()


def _head_link(feed: Feed, kind: str, ending: str, media_type: str) -> str:
    title = escape(f"{feed.title} ({kind})")
    return f'<link rel="alternate" type="{media_type}" title="{title}" href="{feed.name}{ending}">\n'


def _item(feed: Feed) -> str:
    links = " ".join(
        f'<a href="{feed.name}{ending}" type="{media_type}">{kind}</a>' for kind, ending, media_type in _KINDS
    )
    newest = f"newest: {escape(feed.entries[0].title)}" if feed.entries else "nothing yet"
    return f"<li><b>{escape(feed.theme)}</b><small>{newest}</small><nav>{links}</nav></li>"
