"""Crawls the Council's table of resolutions, and through the documents service the PDF of those not held yet."""

from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter
from typing import Any

from scrapy.http import Request, Response

from scraper.errors import FalseAnswer, NotYet, SourceError
from scraper.facts import facts_of_rows
from scraper.pages.challenge import Expected, check_answer, is_whole_pdf
from scraper.pages.resolutions_table import ListedResolution, parse_resolutions
from scraper.pages.symbol_access import document_address, look_up_address
from scraper.spiders.answers import answer_of, header
from scraper.spiders.base import ListingRead, SourceSpider, Wanted, Yield
from scraper.waiting import is_due, put_off
from storage.records import Resource, ResourceState

#: How often a document's address is asked when it answers with the application page: seen as a passing state.
TRIES_FOR_DOCUMENT = 3
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class UnResolutionsSpider(SourceSpider):
    """Finds out which resolutions there are, and asks for the PDF of each whose text no source has given yet.

    A document is known by the address that looks its symbol up. Its text is asked for in two steps: the look-up, whose
    redirect is read and not followed, then the document itself.
    """

    name = "un-resolutions"
    listing_kind = Expected.HTML

    def read_listing(self, body: bytes, url: str) -> ListingRead:
        """The listed resolutions of this and last year (or the ordered years) whose text is due, newest first."""
        table = parse_resolutions(body, url)
        for warning in table.warnings:
            if f"({self.order.now.year})" in warning:  # the old ones are known, and would be told in every run
                self.tally.note(f"odd-row: {warning}")
        newest_first = sorted(table.rows, key=attrgetter("number"), reverse=True)
        due = (row for row in newest_first if self._is_in_view(row.year) and row.symbol not in self.known.held_symbols)
        languages = self._languages()
        return ListingRead(
            entries=len(table.rows),
            urls=frozenset(self._url(row.symbol, language) for row in table.rows for language in languages),
            wanted=tuple(wanted for row in due for wanted in self._wanted(row)),
            facts=tuple(facts_of_rows(table.rows)),
        )

    def unlisted_work(self) -> Iterator[Wanted]:
        """The announced texts that are due again."""
        for resource in self.known.resources.values():
            is_waiting = resource.state is ResourceState.ANNOUNCED and is_due(resource, self.order.now)
            if is_waiting and resource.symbol not in self.known.held_symbols:
                yield Wanted(resource, "announced")

    def ask(self, wanted: Wanted) -> Request:
        """The first step: looks the symbol up, slashes encoded as one client found necessary."""
        return self._look_up(wanted, is_encoded=True)

    def looked_up(self, response: Response, wanted: Wanted, is_encoded: bool) -> Iterator[Yield]:
        """Reads where the service keeps the document; a refusal or the application page is asked once more, raw."""
        try:
            if response.status in REDIRECTS:
                address = document_address(header(response, "Location") or "", response.url)
                yield self._fetch(wanted, address, tries=1)
                return
            check_answer(answer_of(response), Expected.PDF)
        except (FalseAnswer, NotYet, SourceError) as error:
            if is_encoded and error.code in {"html-instead", "not-found", "refused"}:
                yield self._look_up(wanted, is_encoded=False)
            else:
                yield from self._not_there(wanted.resource, error)
            return
        yield self._document(response, wanted.resource)

    def delivered(self, response: Response, wanted: Wanted, tries: int) -> Iterator[Yield]:
        """Hands a document on; the application page in its place is asked again, since it is seen to pass."""
        if response.status == 304:
            yield from self.not_modified(self._announced(wanted.resource, "not-modified: the body is the one held"))
            return
        try:
            check_answer(answer_of(response), Expected.PDF)
        except SourceError as error:
            if error.code == "html-instead" and tries < TRIES_FOR_DOCUMENT:
                yield self._fetch(wanted, response.url, tries=tries + 1)
            else:
                yield from self._not_there(wanted.resource, error)
            return
        yield self._document(response, wanted.resource)

    def _url(self, symbol: str, language: str) -> str:
        """The address by which a document is known: as the service's own viewer writes it."""
        return look_up_address(self.source.urls.document, symbol, language)

    def _languages(self) -> set[str]:
        """The languages ordered now, and those of earlier orders: they are listed all the same."""
        return {known.language for known in self.known.resources.values() if known.language} | {*self.order.languages}

    def _is_in_view(self, year: int) -> bool:
        if self.order.chooses_years:
            return self.order.wants_year(year)
        return year >= self.order.now.year - 1

    def _wanted(self, row: ListedResolution) -> Iterator[Wanted]:
        for language in self.order.languages:
            url = self._url(row.symbol, language)
            known = self.known.resources.get(url)
            if known is None or known.state is ResourceState.LISTED:
                yield Wanted(Resource(self.name, url, row.symbol, language, ResourceState.LISTED), "new")
            elif known.state is ResourceState.ANNOUNCED and (is_due(known, self.order.now) or self.order.chooses_years):
                yield Wanted(known, "announced")
            elif self.order.chooses_years or self.order.full:  # a body is held that gave no text
                yield Wanted(known, "unread")

    def _look_up(self, wanted: Wanted, *, is_encoded: bool) -> Request:
        symbol, language = wanted.resource.symbol or "", wanted.resource.language or "en"
        return self.request(
            look_up_address(self.source.urls.document, symbol, language, is_encoded=is_encoded),
            Expected.PDF,
            headers=self._referer(wanted.resource),
            meta={"dont_redirect": True},
            callback=self.looked_up,
            errback=self.undelivered,
            cb_kwargs={"wanted": wanted, "is_encoded": is_encoded},
        )

    def _fetch(self, wanted: Wanted, address: str, tries: int) -> Request:
        return self.request(
            address,
            Expected.PDF,
            validators=wanted.resource,
            headers=self._referer(wanted.resource),
            callback=self.delivered,
            errback=self.undelivered,
            priority=1,  # the second step of one document comes before the first of the next
            cb_kwargs={"wanted": wanted, "tries": tries},
        )

    def _referer(self, resource: Resource) -> dict[str, Any]:
        page = self.source.urls.page
        if page is None:
            return {}
        symbol = (resource.symbol or "").replace(" ", "")
        return {"Referer": page.format(language=resource.language or "en", symbol=symbol)}

    def _document(self, response: Response, resource: Resource) -> Yield:
        """The body; one that was cut off is kept, and asked for again.

        The attempts stay counted: should the body turn out not to be the document, the delay goes on growing.
        """
        if is_whole_pdf(response.body):
            held = replace(resource, state=ResourceState.HELD, next_attempt_at=None, reason=None)
            return self.fetched(response, held)
        return self.fetched(response, self._announced(resource, "cut-off: the PDF does not end with %%EOF"))

    def _not_there(self, resource: Resource, error: SourceError) -> Iterator[Yield]:
        """An answer that says "not (yet) there" is no failure of the run; anything else is."""
        is_absent = isinstance(error, NotYet) or error.code in {"empty-answer", "html-instead"}
        if is_absent:
            yield self._announced(resource, f"not-yet: {error}")
        else:
            yield from self.failed(resource, error)

    def _announced(self, resource: Resource, reason: str) -> Resource:
        return put_off(resource, self.order.now, reason)
