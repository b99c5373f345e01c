"""Crawls UNxml: one call for the whole tree of files, then only the files whose content is not the one held.

It asks for resolutions, presidential statements (English only), drafts that were not adopted, and each year's metadata.
"""

import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from scrapy.http import Response

from scraper.facts.of_listings import facts_of_drafts
from scraper.pages.challenge import Expected
from scraper.pages.unxml.blob_name import git_blob_id
from scraper.pages.unxml.file_tree import AnyFile, Tree, parse_tree, raw_path
from scraper.spiders.kit.asking import Yield
from scraper.spiders.kit.asking_again import is_in_vain_due
from scraper.spiders.kit.base import ListingRead, SourceSpider
from scraper.spiders.kit.wanted import Wanted
from storage.records import Resource, ResourceState

log = logging.getLogger(__name__)


#: Left out by name: a statement that stands among the English resolutions of 2020.
KNOWN_STRAYS = frozenset({"2020/English/S_PRST_2020_11.xml"})


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
