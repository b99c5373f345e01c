"""Scrapy pipeline: keeps each body by its hash, and the snapshot and resource rows that say where it came from.

It works in batches: each body is written when it comes; a thread of its own brings a batch of them to the disk, then
commits the rows that name them in one transaction. Whatever happens, no row names a body that is not there, and a crash
costs at most a batch of requests.
"""

import asyncio
import errno
import logging
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from scrapy.crawler import Crawler

from scraper.spiders.kit.asking_again import ask_soon, put_off
from scraper.spiders.kit.counts import Tally
from scraper.spiders.kit.items import Announcement, DocumentFailed, FetchedDocument
from scraper.spiders.kit.order import CrawlOrder
from storage.fetched.bodies import BodyStore
from storage.fetched.failures import end_failure, note_failure
from storage.fetched.held_bodies import gave_text, held_snapshot
from storage.fetched.resources import announce, is_any_verified, save_resource
from storage.fetched.snapshots import latest_snapshot, save_snapshot
from storage.records import Resource, ResourceState, Snapshot, SnapshotState
from storage.sqlite.database import DATABASE_NAME, StorageError, open_database, transaction
from storage.texts.versions import superseded_urls

log = logging.getLogger(__name__)

BODIES = "bodies"
BATCH_ITEMS = 64
BATCH_BYTES = 8_000_000
BATCH_SECONDS = 1.0

#: What the system says when it cannot write: no space, quota, file too large, read-only, device gone.
FULL_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.EACCES, errno.EPERM})
FULL_DATABASE = ("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_CANTOPEN")

_ANOTHER_LISTED = "expected the file with the hash that its listing names, found the one held before"

GAVE_NO_TEXT = frozenset({SnapshotState.REJECTED, SnapshotState.FAILED})

Item = FetchedDocument | Resource | Announcement | DocumentFailed


@dataclass(frozen=True, slots=True)
class Kept:
    """A fetched document whose body is written, if not yet brought to the disk."""

    document: FetchedDocument
    body_hash: str
    size: int


@dataclass(frozen=True, slots=True)
class Saved:
    """What a batch came to: bodies kept as new snapshots, and bodies that were the ones held."""

    fetched: int
    unchanged: int


class Archive:
    """The pipeline. It ends the run when it cannot write."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._batch: list[Kept | Resource | Announcement | DocumentFailed] = []
        self._bodies: BodyStore | None = None
        self._bytes = 0
        self._timer: asyncio.TimerHandle | None = None
        self._writing: asyncio.Future[None] | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="archive")
        self._writer: Writer | None = None
        self._ending: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Archive":
        """Made by Scrapy."""
        return cls(crawler)

    @property
    def _tally(self) -> Tally:
        tally: Tally = self._crawler.spider.tally  # type: ignore[union-attr]
        return tally

    async def process_item(self, item: Item) -> Item:
        """Takes an item into the batch; waits only when the batch before is still being written.

        A body is written here: in the thread each of its dozen system calls would wait for the interpreter's lock.
        """
        try:
            self._batch.append(self._keep(item) if isinstance(item, FetchedDocument) else item)
        except OSError as error:
            self._end(error, 1)
            return item
        self._bytes += len(item.body) if isinstance(item, FetchedDocument) else 0
        if len(self._batch) >= BATCH_ITEMS or self._bytes >= BATCH_BYTES:
            await self._flush()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(BATCH_SECONDS, self._flush_later)
        return item

    async def close_spider(self) -> None:
        """Writes what is left and closes the database."""
        await self._flush()
        await self._written()
        await asyncio.get_running_loop().run_in_executor(self._thread, self._close)
        self._thread.shutdown()

    def _keep(self, document: FetchedDocument) -> Kept:
        if self._bodies is None:
            order: CrawlOrder = self._crawler.spider.order  # type: ignore[union-attr]
            self._bodies = BodyStore(order.data_dir / BODIES)
        return keep(document, self._bodies)

    def _close(self) -> None:
        if self._writer is not None:
            self._writer.close()

    def _flush_later(self) -> None:
        self._timer = None
        if self._batch and (self._writing is None or self._writing.done()):
            self._start_writing()

    async def _flush(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        await self._written()
        if self._batch:
            self._start_writing()

    async def _written(self) -> None:
        while self._writing is not None and not self._writing.done():
            await self._writing

    def _start_writing(self) -> None:
        batch, self._batch, self._bytes = self._batch, [], 0
        bodies, self._bodies = self._bodies, None  # each batch has a store of its own: it alone knows what to flush
        self._writing = asyncio.ensure_future(self._write(batch, bodies))

    async def _write(
        self, batch: Sequence[Kept | Resource | Announcement | DocumentFailed], bodies: BodyStore | None
    ) -> None:
        """Writes a batch in the thread; what cannot be written ends the run, and nothing of it is counted."""
        if self._ending is not None:
            return
        try:
            saved = await asyncio.get_running_loop().run_in_executor(self._thread, self._save, batch, bodies)
        except (OSError, sqlite3.Error, StorageError) as error:
            self._end(error, len(batch))
        else:
            self._tally.fetched += saved.fetched + saved.unchanged
            self._tally.unchanged += saved.unchanged

    def _end(self, error: Exception, answers: int) -> None:
        """Ends the run, once, because these answers cannot be archived."""
        if self._ending is not None:
            return
        tally = self._tally
        tally.finish_reason = "disk-full" if cannot_write(error) else "archive-failed"
        tally.note(f"{tally.finish_reason}: expected to archive {answers} answers, found {error}")
        log.error("answers cannot be archived: %s", error)
        self._ending = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason=tally.finish_reason))

    def _save(
        self, batch: Sequence[Kept | Resource | Announcement | DocumentFailed], bodies: BodyStore | None
    ) -> Saved:
        if self._writer is None:  # opened in the thread that uses it
            order: CrawlOrder = self._crawler.spider.order  # type: ignore[union-attr]
            self._writer = Writer(order.data_dir, order.run)
        return self._writer.save(batch, bodies)


def keep(document: FetchedDocument, bodies: BodyStore) -> Kept:
    """Writes a document's body. Raises OSError when it cannot be written."""
    return Kept(replace(document, body=b""), bodies.save(document.body), len(document.body))


class Writer:
    """Writes the rows of batches into one data folder's database. Knows nothing of Scrapy."""

    def __init__(self, data: Path, run: int) -> None:
        self._run = run
        self._db = open_database(data / DATABASE_NAME)

    def close(self) -> None:
        """Closes the database."""
        self._db.close()

    def save(self, batch: Sequence[Kept | Resource | Announcement | DocumentFailed], bodies: BodyStore | None) -> Saved:
        """Brings the bodies of a batch to the disk, then commits its rows: all of them, or none."""
        if bodies is not None:
            bodies.flush()
        documents = sum(isinstance(item, Kept) for item in batch)
        kept = 0
        with transaction(self._db):
            for item in batch:  # in their order: an address may be named first, and its body come in the same batch
                if isinstance(item, Resource):
                    save_resource(self._db, item)
                elif isinstance(item, Announcement):
                    announce(self._db, item.resource)
                elif isinstance(item, DocumentFailed):
                    note_failure(self._db, item.resource, self._run, item.reason, item.at)
                else:
                    kept += self._save_document(item)
        return Saved(fetched=kept, unchanged=documents - kept)

    def _save_document(self, kept: Kept) -> bool:
        """Returns False when the body is the one held of that address: then only the address is remembered anew."""
        document, body_hash = kept.document, kept.body_hash
        resource = document.resource
        latest = latest_snapshot(self._db, resource.url)
        held = held_snapshot(self._db, resource.source, resource.url)
        is_again = latest is not None and latest.source == resource.source and latest.body_hash == body_hash
        if latest is not None and is_again and superseded_urls(self._db, resource.source, resource.url):
            # another file of the document came after it, and is withdrawn: this body takes its place back
            save_snapshot(self._db, self._snapshot(kept))
            save_resource(self._db, resource)
            return True
        if latest is not None and is_again and not _may_be_vouched_for(latest, resource):
            self._save_again(kept, latest)
            return False
        if latest is not None and latest.state in GAVE_NO_TEXT and held is not None and held.body_hash == body_hash:
            save_resource(self._db, replace(resource, attempts=0))  # what is held came back behind something else
            end_failure(self._db, resource.source, resource.url)
            return False
        save_snapshot(self._db, self._snapshot(kept))
        save_resource(self._db, resource)
        return True

    def _save_again(self, kept: Kept, latest: Snapshot) -> None:
        """Remembers that the newest body of an address came again: one that gave no text was asked for in vain."""
        resource, at = kept.document.resource, kept.document.fetched_at
        if latest.state is SnapshotState.READ and self._is_another_listed(resource):
            save_resource(self._db, resource)
            note_failure(self._db, resource, self._run, f"unvouched-body: {_ANOTHER_LISTED}", at)
        elif latest.state is SnapshotState.READ:
            save_resource(self._db, resource)
            end_failure(self._db, resource.source, resource.url)
        elif latest.state in GAVE_NO_TEXT:
            reason = latest.reason or f"{latest.state}: the same body as before"
            note_failure(self._db, resource, self._run, reason, at)
            is_held = gave_text(self._db, resource.source, resource.url)
            if is_held:
                save_resource(self._db, ask_soon(resource, at, reason))
            elif resource.state is ResourceState.HELD:
                save_resource(self._db, put_off(resource, at, reason))
            else:
                save_resource(self._db, resource)
        else:
            save_resource(self._db, resource)

    def _is_another_listed(self, resource: Resource) -> bool:
        """Whether the listing names another content than the address gives: an older copy stands before it."""
        is_named = resource.revision is not None and not resource.is_verified
        return is_named and is_any_verified(self._db, resource.source)

    def _snapshot(self, kept: Kept) -> Snapshot:
        document, resource = kept.document, kept.document.resource
        return Snapshot(
            source=resource.source,
            run=self._run,
            url=resource.url,
            final_url=document.final_url,
            status=document.status,
            etag=resource.etag,
            last_modified=resource.last_modified,
            media_type=document.media_type,
            body_hash=kept.body_hash,
            size=kept.size,
            fetched_at=document.fetched_at,
            symbol=resource.symbol,
            language=resource.language,
            revision=resource.revision,
            exchange=document.exchange,
        )


def _may_be_vouched_for(latest: Snapshot, resource: Resource) -> bool:
    """Whether a body that gave no text is listed under another name now, which may be its own."""
    return latest.state in GAVE_NO_TEXT and latest.revision != resource.revision


def cannot_write(error: Exception) -> bool:
    """Whether an error says that the disk is full or cannot be written."""
    if isinstance(error, OSError):
        return error.errno in FULL_DISK
    return getattr(error, "sqlite_errorname", "").startswith(FULL_DATABASE)  # absent on errors of the module itself
