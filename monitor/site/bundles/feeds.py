"""The feeds of a site, in its folder `feeds/`."""

import sqlite3
from collections.abc import Iterator
from functools import partial
from typing import Final

from monitor.app.feeding import days_to_come
from monitor.feeds.publish import feed_files
from monitor.settings.config import Feeds
from monitor.site.folder import File
from monitor.site.held.holdings import Holdings
from monitor.site.options import SiteOptions

LIMIT: Final = 20


def feeds(db: sqlite3.Connection, holdings: Holdings, options: SiteOptions) -> Iterator[File]:
    """Every file of the feeds."""
    url = f"{options.base_url}feeds" if options.base_url else ""
    made = feed_files(db, Feeds("feeds", url, options.title, LIMIT), days_to_come(db, holdings.today))
    for name, content in made.contents.items():
        yield File(f"feeds/{name}", partial(bytes, content))
