"""The pages of the live database: read again when the database has changed, made when they are asked for."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Lock

from monitor.settings.config import Config
from monitor.site.build import BUNDLES, bundled_files, program_mark, state_of
from monitor.site.bundles.exports import has_xlsx
from monitor.site.folder import File
from monitor.site.held.holdings import read_holdings
from monitor.site.options import SiteOptions
from monitor.site.pages import SitePages
from monitor.site.search_index.kept import NAME as KEPT_NAME
from monitor.site.search_index.kept import Kept
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
        self._bundles: dict[str, dict[str, File]] = {}
        self._kept = Kept(database.with_name(KEPT_NAME))

    def file(self, name: str) -> bytes | None:
        """One file by its path, None when there is none."""
        with self._lock:
            pages = self._current()
            make = pages.makers.get(name)
            if make is not None:
                return make()
            file = self._bundle(name.partition("/")[0] if "/" in name else "", pages).get(name)
            return file.make() if file else None

    def search_page(self, query: str) -> bytes:
        """The page of a search, with what was found."""
        with self._lock:
            pages = self._current()
            with closing(self._open()) as db:
                results = results_of(db, pages.holdings, query)
            return pages.search_results(query, results)

    def _bundle(self, bundle: str, pages: SitePages) -> dict[str, File]:
        """The files of one bundle, made ready when one of them is asked for first."""
        if bundle not in BUNDLES:
            return {}
        if bundle not in self._bundles:
            with closing(self._open()) as db:
                self._bundles[bundle] = {file.name: file for file in bundled_files(bundle, db, pages, self._kept)}
        return self._bundles[bundle]

    def _current(self) -> SitePages:
        mark = state_of(self._database, self._options, None)
        if self._pages is None or mark != self._mark:
            with closing(self._open()) as db:
                holdings = read_holdings(db, self._config, self._options.languages)
                published = published_addresses(db)
            self._pages = SitePages(holdings, self._options, published, has_xlsx=has_xlsx(), ground=program_mark())
            self._bundles = {}
            self._mark = mark
        return self._pages
