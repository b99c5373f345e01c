"""Builds a site from one view of the database: pages, index, feeds, exports, and the ledger of their addresses."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from monitor.settings.config import Config
from monitor.site.bundles.exports import export_files, has_xlsx
from monitor.site.bundles.feeds import feeds
from monitor.site.bundles.fixed import assets, sitemap
from monitor.site.folder import SiteFolder, clear_parts, digest_of, is_untouched, read_note
from monitor.site.held.holdings import read_holdings
from monitor.site.options import SiteOptions
from monitor.site.pages import SitePages
from monitor.site.search_index.files import index_files
from storage.sqlite.database import transaction
from storage.told.site_addresses import SiteAddress, keep_addresses, published_addresses

DATABASE_FILES: Final = ("", "-wal")


class LostAddressError(Exception):
    """A build would forget an address that was published."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: `pages` counts HTML files; `is_skipped` says that nothing had to be made."""

    pages: int
    files: int
    bytes: int
    written: tuple[str, ...]
    removed: tuple[str, ...]
    seconds: float
    new_addresses: int
    is_skipped: bool = False


def build_site(
    open_db: Callable[[], sqlite3.Connection],
    database: Path,
    config: Config,
    folder: Path,
    options: SiteOptions,
    as_of: datetime | None = None,
    *,
    is_dry: bool = False,
) -> Built:
    """Write the site of what a database holds into a folder.

    A database and a folder that are as the last build left them are not looked at further. Nothing is written before it
    is known that no published address is lost.

    Raises:
        LostAddressError: a published address would no longer answer.
        OSError: the folder can't be written; files that were replaced until then are whole.
    """
    started = time.perf_counter()
    note = read_note(folder)
    mark = mark_of(database, options, as_of)
    if note is not None and note.mark == mark and is_untouched(folder, note):
        sizes = [size for size, _ in note.files.values()]
        pages = sum(name.endswith(".html") for name in note.files)
        return Built(pages, len(sizes), sum(sizes), (), (), time.perf_counter() - started, 0, is_skipped=True)
    db = open_db()
    try:
        holdings = read_holdings(db, config, options.languages, as_of)
        published = published_addresses(db)
        site = SitePages(holdings, options, published, has_xlsx=has_xlsx())
        addresses = site.places()
        if lost := published - addresses:
            raise LostAddressError(_lost_words(lost))
        if folder.is_dir() and not is_dry:
            clear_parts(folder)
        into = SiteFolder(folder, is_dry=is_dry)
        for name, content in all_files(db, site):
            into.put(name, content)
        new = 0
        if not is_dry and addresses - published:
            with transaction(db):
                new = keep_addresses(db, addresses - published, datetime.now(UTC))
    finally:
        db.close()
    result = into.finish(mark_of(database, options, as_of))
    pages = len(site.makers)
    return Built(
        pages,
        result.files,
        result.bytes,
        tuple(result.written),
        tuple(result.removed),
        time.perf_counter() - started,
        new,
    )


def all_files(db: sqlite3.Connection, site: SitePages) -> Iterator[tuple[str, bytes]]:
    """Every file of a site, one after the other: what is linked to comes before what links to it."""
    yield from bundled_files(db, site)
    fronts = {"index.html"}
    for name, make in site.makers.items():
        if name not in fronts:
            yield name, make()
    for name in sorted(fronts):
        yield name, site.makers[name]()


def bundled_files(db: sqlite3.Connection, site: SitePages) -> Iterator[tuple[str, bytes]]:
    """Every file that is no page."""
    yield from assets()
    yield from index_files(site.holdings)
    yield from feeds(db, site.holdings, site.options)
    yield from export_files(site.holdings)
    if site.options.base_url:
        yield "sitemap.xml", sitemap(site.makers, site.options.base_url)


def mark_of(database: Path, options: SiteOptions, as_of: datetime | None) -> str:
    """What a build is made from, as it can be told without reading it: program, options, the database's files."""
    parts = [program_mark(), repr(options), repr(as_of)]
    for ending in DATABASE_FILES:
        path = database.with_name(database.name + ending)
        if path.exists():
            status = path.stat()
            if ending and not status.st_size:
                continue
            parts.append(f"{ending} {status.st_size} {status.st_mtime_ns}")
    return digest_of(part.encode() for part in parts)


@cache
def program_mark() -> str:
    """The program that makes pages, by its bytes: another version makes all pages again."""
    rooms = (
        "monitor.site", "monitor.feeds", "monitor.app", "monitor.renewals", "scraper.council", "scraper.mandates",
        "storage.texts",
    )  # fmt: skip
    parts: list[bytes] = []
    for room in rooms:
        base = Path(str(files(room)))
        for path in sorted(base.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                parts += [path.relative_to(base).as_posix().encode(), path.read_bytes()]
    return digest_of(parts)


def _lost_words(lost: set[SiteAddress]) -> str:
    named = ", ".join(f"{one.file}{f'#{one.fragment}' if one.fragment else ''}" for one in sorted(lost)[:5])
    more = f" and {len(lost) - 5} more" if len(lost) > 5 else ""
    return f"expected every published address to answer, found none for {named}{more}; nothing was written"
