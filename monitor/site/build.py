"""Builds a site from one view of the database: pages, index, feeds, exports, and the ledger of their addresses."""

import gc
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Final
from zlib import ZLIB_RUNTIME_VERSION

from monitor.settings.config import Config
from monitor.site.bundles.exports import export_files, has_xlsx
from monitor.site.bundles.feeds import feeds
from monitor.site.bundles.fixed import assets, sitemap
from monitor.site.folder import File, SiteFolder, clear_parts, digest_of, is_untouched, read_note
from monitor.site.held.holdings import read_holdings
from monitor.site.options import SiteOptions
from monitor.site.pages import SitePages
from monitor.site.search_index.files import index_files
from monitor.site.search_index.kept import NAME as KEPT_NAME
from monitor.site.search_index.kept import Kept
from storage.sqlite.database import transaction
from storage.told.site_addresses import SiteAddress, keep_addresses, published_addresses

DATABASE_FILES: Final = ("", "-wal")
BUNDLES: Final = ("assets", "s", "feeds", "exports", "")


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
    mark = state_of(database, options, as_of)
    if note is not None and note.mark == mark and is_untouched(folder, note):
        sizes = [noted.size for noted in note.files.values()]
        pages = sum(name.endswith(".html") for name in note.files)
        return Built(pages, len(sizes), sum(sizes), (), (), time.perf_counter() - started, 0, is_skipped=True)
    db = open_db()
    is_collecting = gc.isenabled()
    gc.disable()  # among hundreds of thousands of values is no circle: looking for one takes a tenth of the time
    try:
        holdings = read_holdings(db, config, options.languages, as_of)
        published = published_addresses(db)
        site = SitePages(holdings, options, published, has_xlsx=has_xlsx(), ground=program_mark())
        addresses = site.places()
        if lost := published - addresses:
            raise LostAddressError(_lost_words(lost))
        if folder.is_dir() and not is_dry:
            clear_parts(folder)
        into = SiteFolder(folder, is_dry=is_dry)
        kept = Kept(database.with_name(KEPT_NAME))
        for file in all_files(db, site, kept):
            into.put(file)
        new = 0
        if not is_dry:
            kept.save()
            if addresses - published:
                with transaction(db):
                    new = keep_addresses(db, addresses - published, datetime.now(UTC))
    finally:
        db.close()
        if is_collecting:
            gc.enable()
    result = into.finish(state_of(database, options, as_of))
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


def all_files(db: sqlite3.Connection, site: SitePages, kept: Kept) -> Iterator[File]:
    """Every file of a site, one after the other: what is linked to comes before what links to it."""
    for bundle in BUNDLES:
        yield from bundled_files(bundle, db, site, kept)
    fronts = {"index.html"}
    for name in site.makers:
        if name not in fronts:
            yield site.file(name)
    for name in sorted(fronts):
        yield site.file(name)


def bundled_files(bundle: str, db: sqlite3.Connection, site: SitePages, kept: Kept) -> Iterator[File]:
    """Every file of one of `BUNDLES`: those that are no page, by the folder they stand in."""
    match bundle:
        case "assets":
            yield from assets()
        case "s":
            yield from index_files(site.holdings, site.ground, kept)
        case "feeds":
            yield from feeds(db, site.holdings, site.options)
        case "exports":
            yield from export_files(site.holdings, site.ground)
        case _:
            if site.options.base_url:
                yield sitemap(site.makers, site.options.base_url)


def state_of(database: Path, options: SiteOptions, as_of: datetime | None) -> str:
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
    """The program that makes pages, by its bytes and what it runs on: another version makes all pages again."""
    parts = [f"{sys.version_info} {sqlite3.sqlite_version} {ZLIB_RUNTIME_VERSION} {version('jinja2')}".encode()]
    for room in ("monitor", "scraper", "storage"):
        base = Path(str(files(room)))
        for path in sorted(base.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                parts += [path.relative_to(base).as_posix().encode(), path.read_bytes()]
    return digest_of(parts)


def _lost_words(lost: set[SiteAddress]) -> str:
    named = ", ".join(f"{one.file}{f'#{one.fragment}' if one.fragment else ''}" for one in sorted(lost)[:5])
    more = f" and {len(lost) - 5} more" if len(lost) > 5 else ""
    return f"expected every published address to answer, found none for {named}{more}; nothing was written"
