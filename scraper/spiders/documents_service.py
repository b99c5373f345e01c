"""What the sources share that take their texts from the documents service: a symbol's look-up, then its document."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import ClassVar

from scrapy.http import Response

from scraper.council.symbol import year_in_symbol
from scraper.errors import NotYet, SourceError
from scraper.pages.challenge import Expected, check_answer, is_whole_pdf
from scraper.pages.council_site.symbol_access import document_address, look_up_address
from scraper.spiders.kit.answers import answer_of, header
from scraper.spiders.kit.asking import Question, Yield
from scraper.spiders.kit.asking_again import is_due, is_recheck_due, next_recheck, put_off
from scraper.spiders.kit.base import SourceSpider
from scraper.spiders.kit.wanted import RECHECK, Wanted
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

    requests_each: ClassVar[int] = 2  # the look-up, and the document

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

    def about(self, wanted: Wanted) -> Question:
        """The first step: looks the symbol up, slashes encoded as one client found necessary."""
        return self._look_up(wanted, is_encoded=True)

    def _looked_up(self, response: Response, wanted: Wanted) -> Iterator[Yield]:
        """Reads where the service keeps the document, which may also come at once."""
        if response.status in REDIRECTS:
            address = document_address(header(response, "Location") or "", response.url)
            yield self.put(self._fetch(wanted, address, tries=1))
            return
        check_answer(answer_of(response), Expected.PDF)
        yield self._document(response, wanted)

    def _not_looked_up(self, error: SourceError, wanted: Wanted, is_encoded: bool) -> Iterator[Yield]:
        """A refusal, or the application page, is asked once more, raw."""
        if is_encoded and error.code in {"html-instead", "not-found", "refused"}:
            yield self.put(self._look_up(wanted, is_encoded=False))
        else:
            yield from self._not_there(wanted, error)

    def _delivered(self, response: Response, wanted: Wanted) -> Iterator[Yield]:
        check_answer(answer_of(response), Expected.PDF)
        yield self._document(response, wanted)

    def _not_delivered(self, error: SourceError, wanted: Wanted, address: str, tries: int) -> Iterator[Yield]:
        """The application page in a document's place is asked again, since it is seen to pass."""
        if error.code == "html-instead" and tries < TRIES_FOR_DOCUMENT:
            yield self.put(self._fetch(wanted, address, tries=tries + 1))
        elif error.code == "unasked-304":
            yield from self.failed(self._without_body(wanted, "not-modified: the body is the one held"), error)
        else:
            yield from self._not_there(wanted, error)

    def failed(self, resource: Resource, error: SourceError) -> Iterator[Yield]:
        """Counts a failure as for every source; a held body then waits for its next time, and stays held."""
        for remembered in super().failed(resource, error):
            if isinstance(remembered, Resource) and remembered.state is ResourceState.HELD:
                yield replace(remembered, next_attempt_at=self._next_recheck(remembered))
            else:
                yield remembered

    def _look_up(self, wanted: Wanted, *, is_encoded: bool) -> Question:
        symbol, language = wanted.resource.symbol or "", wanted.resource.language or "en"
        return Question(
            look_up_address(self.source.urls.document, symbol, language, is_encoded=is_encoded),
            Expected.PDF,
            taken=partial(self._looked_up, wanted=wanted),
            refused=partial(self._not_looked_up, wanted=wanted, is_encoded=is_encoded),
            headers=self._referer(wanted.resource),
            meta={"dont_redirect": True},
        )

    def _fetch(self, wanted: Wanted, address: str, tries: int) -> Question:
        body = self.known.bodies.get(wanted.resource.url)
        is_elsewhere = body is not None and body.final_url != address  # ETag and time are those of the old address
        return Question(
            address,
            Expected.PDF,
            taken=partial(self._delivered, wanted=wanted),
            refused=partial(self._not_delivered, wanted=wanted, address=address, tries=tries),
            as_held=lambda _: self.not_modified(self._without_body(wanted, "not-modified: the body is the one held")),
            held=None if is_elsewhere else wanted.resource,
            headers=self._referer(wanted.resource),
            priority=1,  # the second step of one document comes before the first of the next
        )

    def _referer(self, resource: Resource) -> dict[str, str]:
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
