"""Crawls UNxml: one call for the whole tree of files, then only the files whose content is not the one held.

It asks for resolutions, presidential statements (English only), drafts that were not adopted, and each year's metadata.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final
from urllib.parse import unquote

from scrapy.http import Request, Response

from scraper.errors import SourceError
from scraper.facts.of_listings import facts_of_drafts
from scraper.pages.challenge import Answer, Expected
from scraper.pages.unxml.archive_members import Member
from scraper.pages.unxml.blob_name import git_blob_id
from scraper.pages.unxml.file_tree import AnyFile, Tree, parse_tree, raw_path
from scraper.sources.loader import FileArchive
from scraper.spiders.kit.answers import exchange_of
from scraper.spiders.kit.archive_of_files import Unpacking, divide
from scraper.spiders.kit.asking import Question, Yield
from scraper.spiders.kit.asking_again import is_in_vain_due
from scraper.spiders.kit.base import ListingRead, SourceSpider
from scraper.spiders.kit.items import FetchedDocument
from scraper.spiders.kit.looking import came_whole
from scraper.spiders.kit.to_disk import TAKES_REFUSALS, TO_DISK, Sink
from scraper.spiders.kit.wanted import Wanted
from storage.records import ArchiveMember, Exchange, Resource, ResourceState

log = logging.getLogger(__name__)


#: Left out by name: a statement that stands among the English resolutions of 2020.
KNOWN_STRAYS = frozenset({"2020/English/S_PRST_2020_11.xml"})


#: As what GitHub serves each of the files: an archive does not say.
MEDIA_TYPE: Final = "text/plain; charset=utf-8"

#: So many files may be gone from one run to the next, or this share of all.
FEW_WITHDRAWN = 10
SHARE_WITHDRAWN = 0.01


class UnxmlSpider(SourceSpider):
    """Asks for each document's XML and each year's metadata once, and again when the tree names another content for it.

    The tree names a content by git's hash of it, so a body can be checked against the listing. One that differs (an
    older copy in GitHub's cache) is kept, and asked for again in the next run. Where not one body of the source agrees,
    the listing's names are a mirror's own, and are taken as they are.
    """

    name = "unxml"
    listing_kind = Expected.JSON
    listing_scope = "resolutions statements drafts metadata"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names_are_hashes = any(resource.is_verified for resource in self.known.resources.values())

    def read_listing(self, body: bytes, url: str) -> ListingRead:
        """The files of the ordered languages and years that are not held as listed, newest first."""
        tree = parse_tree(body, url)
        self._report(tree)
        self.tally.shape = (
            f"{len(tree.resolutions)} resolutions, {len(tree.statements)} statements, {len(tree.drafts)} drafts, "
            f"{len(tree.metadata)} years of metadata, {len(tree.unknown)} files of no known form"
        )
        every = (*tree.files, *tree.duplicates)
        order = self.order
        languages = {None, *order.languages}  # metadata is of no language
        chosen = [file for file in tree.files if file.language in languages and order.wants_year(file.year)]
        wanted = tuple(wanted for file in chosen for wanted in self._wanted(file))
        return ListingRead(
            entries=tree.paths,
            urls=frozenset(self._url(file) for file in every),
            wanted=wanted,
            as_held=len(chosen) - len(wanted),
            facts=tuple(facts_of_drafts(tree.drafts)),
            doubts=tuple(self._doubts(tree.paths, url)),
        )

    def _doubts(self, paths: int, url: str) -> Iterator[str]:
        """A file or two may be withdrawn; a tree that lost many has lost them by mistake, until it stays so."""
        last = self.known.last_listed or 0
        if last - paths > max(FEW_WITHDRAWN, last * SHARE_WITHDRAWN) and self.known.is_shorter(paths):
            yield f"shorter-listing: expected about {last} files as last time, found {paths} at {url}"

    def unlisted_work(self) -> Iterator[Wanted]:
        """The files whose body was not the listed one when it was last fetched."""
        for resource in self.known.resources.values():
            if resource.state not in (ResourceState.HELD, ResourceState.ANNOUNCED):
                continue
            if resource.url in self.known.pending:
                yield Wanted(resource, "pending")
            elif self._is_doubtful(resource):
                yield Wanted(resource, "unverified")
            elif is_in_vain_due(resource, self.order.now):
                yield Wanted(resource, "in vain")

    def kind_of(self, url: str) -> Expected:
        """The metadata is JSON, all texts are XML."""
        return Expected.JSON if url.endswith(".json") else Expected.XML

    def taken(self, response: Response, wanted: Wanted) -> Iterator[Yield]:
        """Hands a file on, with whether it is the one that was listed."""
        resource = wanted.resource
        is_verified = git_blob_id(response.body) == resource.revision
        held = replace(resource, state=ResourceState.HELD, is_verified=is_verified, next_attempt_at=None, reason=None)
        yield self.fetched(response, held)

    # Many files at once

    def asking(self, asked: Sequence[Wanted]) -> Iterator[Request]:
        """Each file by itself, or where many are missing one archive for all but the newest."""
        archive = self.source.archive
        missing = frozenset(one.resource.url for one in asked if self._is_missing(one))
        divided = divide(asked, missing, archive.from_files if archive else len(asked))
        yield from map(self.ask, divided.before)
        if archive and divided.archived:
            yield self.put(self._about_archive(archive, divided.archived))
        yield from map(self.ask, divided.after)

    def _about_archive(self, archive: FileArchive, wanted: tuple[Wanted, ...]) -> Question:
        sink = self.tally.archive = Sink(self.order.data_dir)
        self.tally.archived = len(wanted)
        return Question(
            archive.url,
            Expected.XML,
            taken=partial(self._archive_came, wanted=wanted, sink=sink),
            refused=partial(self._no_archive, wanted, sink),
            headers={"Accept": "application/gzip, application/x-gzip;q=0.9", "Accept-Encoding": "identity"},
            meta={
                TO_DISK: sink,
                TAKES_REFUSALS: True,
                "download_maxsize": archive.bytes,
                "download_timeout": archive.seconds,
            },
        )

    def _archive_came(self, response: Response, wanted: tuple[Wanted, ...], sink: Sink) -> Iterator[Yield]:
        """Hands on each file of the archive that is the one listed; the others are asked for one by one."""
        if response.status != 200:
            raise SourceError("no-archive", f"found status {response.status} at {response.url}")
        unpacking, by_path = Unpacking(), {self._path(one): one for one in wanted}
        try:
            for one, member in unpacking.files(sink.read_back(), dict(by_path), self.source):
                del by_path[member.path]
                yield from self._unpacked(response, one, member, sink.sha256)
        except OSError as error:
            sink.error = error
            yield from self._no_archive(tuple(by_path.values()), sink)
            return
        self._done_with(sink)
        for fault in unpacking.faults:
            self.tally.note(fault)
        yield from map(self.ask, by_path.values())

    def _no_archive(self, wanted: tuple[Wanted, ...], sink: Sink, error: SourceError | None = None) -> Iterator[Yield]:
        """Asks for the files one by one when the archive can't be had."""
        if sink.error is not None:
            why = f"found that the disk does not take it: {sink.error.strerror or sink.error}"
        else:
            why = f"{error}" if error is not None and error.code == "no-archive" else f"found none: {error}"
        self._done_with(sink)
        expected = f"no-archive: expected one archive of {len(wanted)} files"
        self.tally.note(f"{expected}, {why}; they are asked for one by one")
        yield from map(self.ask, wanted)

    def _done_with(self, sink: Sink) -> None:
        sink.close()
        self.tally.archive = None

    def _unpacked(self, response: Response, wanted: Wanted, member: Member, archive: str) -> Iterator[Yield]:
        """What follows from a file of the archive: what would follow had it been fetched by itself."""
        resource = wanted.resource
        try:
            self.judge(Answer(resource.url, 200, {}, member.body), wanted)
        except SourceError as error:
            yield from self.refused(wanted, error)
            return
        held = replace(resource, state=ResourceState.HELD, is_verified=True, next_attempt_at=None, reason=None)
        exchange = exchange_of(response) or Exchange(response.url, (), ())
        yield FetchedDocument(
            resource=replace(came_whole(held, self.now()), etag=None, last_modified=None),
            final_url=resource.url,
            status=200,
            media_type=MEDIA_TYPE,
            fetched_at=self.now(),
            exchange=replace(exchange, member=ArchiveMember(member.name, archive, response.url)),
            body=member.body,
        )

    def _is_missing(self, wanted: Wanted) -> bool:
        return wanted.why in ("new", "changed") or wanted.resource.url in self.known.damaged

    def _path(self, wanted: Wanted) -> str:
        before, _, after = self.source.urls.document.partition("{path}")
        return unquote(wanted.resource.url.removeprefix(before).removesuffix(after))

    def _report(self, tree: Tree) -> None:
        for file in tree.duplicates:
            log.info("second file of a document left out", extra={"path": file.path})
        strange = [path for path in tree.unknown if path not in KNOWN_STRAYS]
        if strange:
            few = ", ".join(strange[:3])
            self.tally.note(f"unknown-paths: {len(strange)} paths are of no known form, such as {few}")

    def _url(self, file: AnyFile) -> str:
        return self.source.urls.document.format(path=raw_path(file.path))

    def _wanted(self, file: AnyFile) -> Iterator[Wanted]:
        url = self._url(file)
        held = self.known.resources.get(url)
        if held is None or held.state is ResourceState.LISTED:
            resource = Resource(self.name, url, file.symbol, file.language, ResourceState.LISTED, revision=file.sha)
            yield Wanted(resource, "new")
        elif held.revision != file.sha:
            # a body not checked against its new name yet
            yield Wanted(replace(held, revision=file.sha, is_verified=False, missing_runs=0), "changed")
        elif self._is_doubtful(held):
            yield Wanted(held, "unverified")
        elif is_in_vain_due(held, self.order.now):
            yield Wanted(held, "in vain")
        elif url in self.known.superseded:  # the file that took its place is withdrawn
            yield Wanted(replace(held, state=ResourceState.HELD, missing_runs=0), "stands again")
        elif url in self.known.pending:
            yield Wanted(held, "pending")
        elif self.order.full:
            yield Wanted(held, "full")

    def _is_doubtful(self, resource: Resource) -> bool:
        is_file = resource.revision is not None and resource.url != self.source.urls.listing
        return self._names_are_hashes and is_file and not resource.is_verified
