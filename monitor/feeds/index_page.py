"""Writes the page that lists the feeds, for people and for programs that look for feeds on a page. Pure."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from monitor.feeds import atom, calendar, json_feed, rss
from monitor.feeds.entries import Feed, Site

if TYPE_CHECKING:
    from jinja2 import Template

NAME: Final = "index.html"
_KINDS: Final = (
    ("Atom", atom.ENDING, atom.MEDIA_TYPE),
    ("RSS", rss.ENDING, rss.MEDIA_TYPE),
    ("JSON", json_feed.ENDING, json_feed.MEDIA_TYPE),
)


def index_page_of(feeds: Sequence[Feed], site: Site, *, has_calendar: bool) -> bytes:
    """The page's bytes. Its links are relative: it works wherever the folder is shown."""
    page = _template().render(
        title=site.title,
        feeds=feeds,
        kinds=_KINDS,
        calendar=calendar.NAME if has_calendar else None,
        calendar_type=calendar.MEDIA_TYPE,
    )
    return page.encode()


@lru_cache(maxsize=1)
def _template() -> "Template":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    templates = Environment(
        loader=PackageLoader("monitor.feeds"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    return templates.get_template("index.html")
