"""What the sources share that take their texts from the documents service: a symbol's look-up, then its document."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from scrapy.http import Request, Response

from scraper.council.symbol import year_in_symbol
from scraper.errors import FalseAnswer, NotYet, SourceError
from scraper.pages.challenge import Expected, check_answer, is_whole_pdf
from scraper.pages.council_site.symbol_access import document_address, look_up_address
from scraper.spiders.kit.answers import answer_of, header, is_unasked
from scraper.spiders.kit.asking_again import is_due, is_recheck_due, next_recheck, put_off
from scraper.spiders.kit.base import RECHECK, SourceSpider, Wanted, Yield
from storage.records import Resource, ResourceState

#: How often a document's address is asked when it answers with the application page: seen as a passing state.
TRIES_FOR_DOCUMENT = 3
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class DocumentsServiceSpider(SourceSpider):
    """Asks the documents service for the PDF of each document whose text no source has given yet.

    A PDF that is held is asked for again while its document is new (`scraper.rechecking`): it may be reissued.

    A document is known by the address that looks its symbol up. Its text is asked for in two steps: the look-up, whose
    redirect is read and not followed, then the document itself.
    """

    # Which documents

    def due(self, symbol: str) -> Iterator[Wanted]:
        """A document in each ordered language, as far as it is to be asked for now."""
        for language in self.order.languages:
            url = self.address_of(symbol, language)
            known = self.known.resources.get(url)
            if known is None or known.state is ResourceState.LISTED:
                yield Wanted(Resource(self.name, url, symbol, language, ResourceState.LISTED), "new")
            elif known.state is ResourceState.ANNOUNCED and (is_due(known, self.order.now) or self.order.chooses_years):
                yield Wanted(known, "announced")
            elif self.order.chooses_years or self.order.full:  # a body is held that gave no text
                yield Wanted(known, "unread")

    def announced(self) -> Iterator[Wanted]:
        """The announced texts that are due again."""
        for resource in self.known.resources.values():
            is_waiting = resource.state is ResourceState.ANNOUNCED and is_due(resource, self.order.now)
            if is_waiting and resource.symbol not in self.known.held_symbols:
                yield Wanted(resource, "announced")

    def rechecks(self, before: Iterable[Wanted]) -> list[Wanted]:
        """The held bodies that are due again, longest waiting first; all of them in a full crawl.

        What is asked for `before` is left out.
        """
        taken = {wanted.resource.url for wanted in before}
        due = [one for url, one in self.known.resources.items() if url not in taken and self._is_rechecked(one)]
        due.sort(key=lambda one: (one.next_attempt_at or self.known.bodies[one.url].since, one.url))
        return [Wanted(one, RECHECK) for one in due]

    def _is_rechecked(self, known: Resource) -> bool:
        body = self.known.bodies.get(known.url)
        if body is None or known.state is not ResourceState.HELD or known.language not in self.order.languages:
            return False
        if self.order.full:
            return self.order.wants_year(self.year_of(body.symbol))
        if known.url in self.known.pending:
            return True
        return not self.order.chooses_years and is_recheck_due(known, body, self.order.now)

    def year_of(self, symbol: str) -> int:
        """The year by which an order chooses a document; 0 where its symbol has none."""
        return year_in_symbol(symbol) or 0

    def address_of(self, symbol: str, language: str) -> str:
        """The address by which a document is known: as the service's own viewer writes it."""
        return look_up_address(self.source.urls.document, symbol, language)

    def languages_known(self) -> set[str]:
        """The languages ordered now, and those of earlier orders: they are listed all the same."""
        return {known.language for known in self.known.resources.values() if known.language} | {*self.order.languages}

    # How they are asked for

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
                yield from self._not_there(wanted, error)
            return
        yield self._document(response, wanted)

    def document_delivered(self, response: Response, wanted: Wanted, tries: int) -> Iterator[Yield]:
        """Hands a document on; the application page in its place is asked again, since it is seen to pass."""
        if response.status == 304:
            held = self._without_body(wanted, "not-modified: the body is the one held")
            if is_unasked(response):
                message = f"expected a body, found status 304 at {response.url}"
                yield from self.failed(held, FalseAnswer("unasked-304", message))
            else:
                yield from self.not_modified(held)
            return
        try:
            check_answer(answer_of(response), Expected.PDF)
        except SourceError as error:
            if error.code == "html-instead" and tries < TRIES_FOR_DOCUMENT:
                yield self._fetch(wanted, response.url, tries=tries + 1)
            else:
                yield from self._not_there(wanted, error)
            return
        yield self._document(response, wanted)

    def failed(self, resource: Resource, error: SourceError) -> Iterator[Yield]:
        """Counts a failure as for every source; a held body then waits for its next time, and stays held."""
        for remembered in super().failed(resource, error):
            if isinstance(remembered, Resource) and remembered.state is ResourceState.HELD:
                yield replace(remembered, next_attempt_at=self._next_recheck(remembered))
            else:
                yield remembered

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
        body = self.known.bodies.get(wanted.resource.url)
        is_elsewhere = body is not None and body.final_url != address  # ETag and time are those of the old address
        return self.request(
            address,
            Expected.PDF,
            validators=None if is_elsewhere else wanted.resource,
            headers=self._referer(wanted.resource),
            callback=self.document_delivered,
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

    def _document(self, response: Response, wanted: Wanted) -> Yield:
        """The body; one that was cut off is kept, and asked for again, unless a whole one is held.

        The attempts stay counted: should the body turn out not to be the document, the delay goes on growing.
        """
        if is_whole_pdf(response.body):
            next_at = self._next_recheck(wanted.resource)
            held = replace(wanted.resource, state=ResourceState.HELD, next_attempt_at=next_at, reason=None)
            return self.fetched(response, held)
        remembered = self._without_body(wanted, "cut-off: the PDF does not end with %%EOF")
        return remembered if wanted.why == RECHECK else self.fetched(response, remembered)

    def _not_there(self, wanted: Wanted, error: SourceError) -> Iterator[Yield]:
        """An answer that says "not (yet) there" is no failure of the run; anything else is."""
        is_absent = isinstance(error, NotYet) or error.code in {"empty-answer", "html-instead"}
        if is_absent:
            yield self._without_body(wanted, f"not-yet: {error}")
        else:
            yield from self.failed(wanted.resource, error)

    def _without_body(self, wanted: Wanted, reason: str) -> Resource:
        """What is remembered when no new body came: what is held stays held, what is announced is put off."""
        if wanted.why != RECHECK:
            return put_off(wanted.resource, self.order.now, reason)
        return replace(
            wanted.resource, next_attempt_at=self._next_recheck(wanted.resource), reason=f"recheck: {reason}"
        )

    def _next_recheck(self, resource: Resource) -> datetime | None:
        """When a body just asked for is asked for again; None for the first one, whose document is not read yet."""
        body = self.known.bodies.get(resource.url)
        return None if body is None else next_recheck(body.since, self.order.now)
