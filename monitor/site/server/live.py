"""The pages of the live database: read again when the database has changed, made when they are asked for."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Lock

from monitor.settings.config import Config
from monitor.site.build import bundled_files, mark_of
from monitor.site.bundles.exports import has_xlsx
from monitor.site.held.holdings import read_holdings
from monitor.site.options import SiteOptions
from monitor.site.pages import SitePages
from monitor.site.server.results import results_of
from storage.told.site_addresses import published_addresses


class LiveSite:
    """The files of a site as the database has them now; several threads may ask."""

    def __init__(
        self, open_db: Callable[[], sqlite3.Connection], database: Path, config: Config, options: SiteOptions
    ) -> None:
        self._open = open_db
        self._database = database
        self._config = config
        self._options = options
        self._lock = Lock()
        self._mark = ""
        self._pages: SitePages | None = None
        self._bundled: dict[str, bytes] | None = None

    def file(self, name: str) -> bytes | None:
        """One file by its path, None when there is none."""
        with self._lock:
            pages = self._current()
            make = pages.makers.get(name)
            if make is not None:
                return make()
            if self._bundled is None:
                with closing(self._open()) as db:
                    self._bundled = dict(bundled_files(db, pages))
            return self._bundled.get(name)

    def search_page(self, query: str) -> bytes:
        """The page of a search, with what was found."""
        with self._lock:
            pages = self._current()
            with closing(self._open()) as db:
                results = results_of(db, pages.holdings, query)
            return pages.search_results(query, results)

    def _current(self) -> SitePages:
        mark = mark_of(self._database, self._options, None)
        if self._pages is None or mark != self._mark:
            with closing(self._open()) as db:
                holdings = read_holdings(db, self._config, self._options.languages)
                published = published_addresses(db)
            self._pages = SitePages(holdings, self._options, published, has_xlsx=has_xlsx())
            self._bundled = None
            self._mark = mark
        return self._pages
