"""Puts the resolutions of one mandate in order: what each did, until when, and where the chain has a hole (pure)."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from scraper.council.symbol import resolution_number
from scraper.mandates.acts_in_titles import Told, act_in_title, title_words, told_for
from scraper.mandates.term_days import Span, day_in
from scraper.mandates.terms import Act, Term, read_terms
from scraper.situations.bodies import bodies_at
from scraper.situations.vocabulary import load_bodies
from storage.models import Paragraph, Part

#: So many paragraphs at the head of a resolution say what it follows: "Recalling its resolutions 1996 (2011), ..."
RECALLS = 3
#: Where the chain has a hole, so many resolutions are named that are cited as those before.
NAMED = 3
#: So many days around an expiry a resolution of which nothing is known may be the renewal.
AROUND = 31
#: What the library calls the renewal of sanctions, with which the Council mostly renews their panel.
RENEWED_MEASURES = re.compile(
    r"\b(?:renew\w*|exten[sdt]\w*)\b.{0,60}\b(?:measures|sanctions|embargo)|\b(?:measures|sanctions)\b.{0,60}renew",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of a resolution. `paragraphs` is None when no text is held, `title` when no record names it.

    `told` are the days in the library's title, and of what; `filed_under` the bodies among its subjects; `bodies`
    those that the resolution names at all, most named first.
    """

    symbol: str
    adopted_on: date | None
    title: str | None = None
    told: tuple[Told, ...] = ()
    filed_under: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    paragraphs: tuple[Paragraph, ...] | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """A resolution that a link names as one before it, and that is no link of the chain: and the paragraph."""

    symbol: str
    address: str
    is_held: bool


@dataclass(frozen=True, slots=True)
class Link:
    """One resolution of a chain. `act` is None where it may be one, and neither text nor title is held to tell.

    `expires_on` rests on `basis`: "text" with `term`, or "title". `reckoned_from` is the day from which a period was
    counted, None where the day itself is given; `goes_on_until` the day up to which it goes on by itself on a
    condition. `title_says` is the title's day where the text gives another. `until_before` is the expiry that the link
    before gave, `lapse` the days between it and the adoption, 0 for none.
    """

    symbol: str
    adopted_on: date
    act: Act | None = None
    is_final: bool = False
    is_held: bool = False
    title: str | None = None
    term: Term | None = None
    span: Span | None = None
    expires_on: date | None = None
    basis: str | None = None
    reckoned_from: date | None = None
    goes_on_until: date | None = None
    title_says: date | None = None
    others: tuple[Term, ...] = ()
    confirmed_at: str | None = None
    until_before: date | None = None
    lapse: int = 0
    cited: tuple[Cited, ...] = ()

    @property
    def overlap(self) -> int:
        """The days from the adoption to the expiry given before it, 0 for none."""
        return max((self.until_before - self.adopted_on).days, 0) if self.is_renewal and self.until_before else 0

    @property
    def is_shorter(self) -> bool:
        """Whether it brings the expiry forward."""
        return bool(self.is_renewal and self.expires_on and self.until_before and self.expires_on < self.until_before)

    @property
    def is_renewal(self) -> bool:
        """Whether the mandate's expiry comes from it."""
        return self.act in (Act.ESTABLISHED, Act.EXTENDED)


@dataclass(frozen=True, slots=True)
class Chain:
    """The links of one body's mandate, oldest first.

    `unread` are resolutions adopted about the last expiry of which nothing is held that could tell what they are on.
    """

    body: str
    links: tuple[Link, ...]
    unread: tuple[str, ...] = ()

    @property
    def last(self) -> Link | None:
        """The link by which the mandate stands: the last that is no mere change."""
        return next((link for link in reversed(self.links) if link.act is not Act.CHANGED), None)

    def is_over(self, today: date) -> bool:
        """Whether the mandate was ended, or extended for the last time, up to a day that has passed."""
        last = self.last
        if last is None or not (last.act is Act.ENDED or last.is_final):
            return False
        return (last.expires_on or last.adopted_on) < today


def build_chain(body: str, sources: Iterable[Source], held: Container[str], unread: Iterable[Source] = ()) -> Chain:
    """The chain of a body's mandate.

    `held` are the symbols of all resolutions whose text is held; `unread` those with neither text, title nor subjects.
    """
    links: list[Link] = []
    by_symbol = {source.symbol: source for source in sources if source.adopted_on}
    for source in sorted(by_symbol.values(), key=lambda one: number_of(one.symbol)):
        link = link_of(body, source)
        if link is not None:
            links.append(_joined(links, link, source, held))
    in_chain = {number_of(link.symbol) for link in links}
    links = [
        replace(link, cited=tuple(one for one in link.cited if number_of(one.symbol) not in in_chain)) for link in links
    ]
    chain = Chain(body, tuple(links))
    last = chain.last
    if last is None or last.expires_on is None:
        return chain
    near = [one for one in unread if one.adopted_on and abs((one.adopted_on - last.expires_on).days) <= AROUND]
    after = [one.symbol for one in near if number_of(one.symbol) > number_of(last.symbol)]
    return replace(chain, unread=tuple(sorted(set(after) - {link.symbol for link in links}, key=number_of)))


def link_of(body: str, source: Source) -> Link | None:
    """What one resolution did with a body's mandate, None when it did nothing with it."""
    if source.adopted_on is None:
        return None
    terms = read_terms(source.paragraphs or (), lambda: source.bodies)
    mine = sorted((term for term in terms if term.body == body), key=_weight)
    others = tuple(term for term in terms if term.body != body and term.act is not Act.CHANGED and term.span)
    is_held = source.paragraphs is not None
    plain = Link(source.symbol, source.adopted_on, is_held=is_held, title=source.title, others=others)
    told = told_for(body, source.told)
    if mine:
        return _by_text(plain, mine[0], told)
    in_title = act_in_title(source.title or "", body)
    is_named = any(name == body for _, name in bodies_at(title_words(source.title or "")))
    is_filed = body in source.filed_under
    if in_title and (is_filed or (is_named and not is_held)):
        return _by_title(plain, *in_title, told)
    return plain if is_filed and not is_held and _may_renew(body, source.title) else None


def number_of(symbol: str) -> int:
    """A resolution's number, by which they stand in order: it is given at the adoption. 0 for other documents."""
    found = resolution_number(symbol)
    return found.number if found else 0


def _may_renew(body: str, title: str | None) -> bool:
    """Whether a resolution of which only this is known may have renewed a mandate: sanctions go with their panel."""
    kind = next((one.kind for one in load_bodies() if one.name == body), "mission")
    return not title or (kind == "panel" and RENEWED_MEASURES.search(title_words(title)) is not None)


def _weight(term: Term) -> tuple[int, bool]:
    order = (Act.ENDED, Act.ESTABLISHED, Act.EXTENDED, Act.CHANGED)
    return order.index(term.act), term.span is None


def _by_text(plain: Link, term: Term, told: Told | None) -> Link:
    """What the operative text says; the title's day only where the text gives none."""
    link = replace(plain, act=term.act, is_final=term.is_final, term=term)
    if term.act is Act.CHANGED:
        return link
    if term.span is None:
        return _with_told(link, told)
    if term.span.day is not None:
        says = told.on if told and not told.is_computed and told.on != term.span.day else None
        return replace(link, expires_on=term.span.day, basis="text", title_says=says, goes_on_until=term.goes_on_until)
    if told is not None and not told.is_computed:
        return _with_told(link, told)
    return _reckoned(replace(link, span=term.span, basis="text"), term.span.begins_on or plain.adopted_on)


def _by_title(plain: Link, act: Act, is_final: bool, told: Told | None) -> Link:
    """What the title says. Where the text is held, and speaks of other mandates only, it is no more than a change."""
    if plain.is_held:
        return replace(plain, act=Act.CHANGED)
    link = replace(plain, act=act, is_final=is_final)
    return link if act is Act.CHANGED else _with_told(link, told)


def _with_told(link: Link, told: Told | None) -> Link:
    if told is None:
        return link
    span = day_in(told.words) if told.is_computed else None
    link = replace(link, basis="title", span=span, expires_on=told.on)
    return _reckoned(link, link.adopted_on) if span else link


def _reckoned(link: Link, start: date) -> Link:
    return replace(link, expires_on=link.span.ends_on(start), reckoned_from=start) if link.span else link


def _joined(before: Sequence[Link], link: Link, source: Source, held: Container[str]) -> Link:
    """A link joined to those before it: reckoned from the expiry before, confirmed by a citation, holes named."""
    previous = next((one for one in reversed(before) if one.act is not Act.CHANGED), None)
    recalling = _recalling(source, link.term)
    if previous is None:
        cited = _cited(recalling, held, 0, number_of(link.symbol)) if link.act is Act.EXTENDED and link.term else []
        before_all = [one for one in cited if link.term and one.address == link.term.address and not one.is_held]
        return replace(link, cited=tuple(before_all[-1:]))
    is_further = link.span is not None and link.span.is_further
    if is_further and link.act is Act.EXTENDED and previous.expires_on:
        link = _reckoned(link, max(previous.expires_on, link.adopted_on))
    until = previous.goes_on_until or previous.expires_on
    lapse = max((link.adopted_on - until).days, 0) if until and link.is_renewal else 0
    cited = _cited(recalling, held, number_of(previous.symbol), number_of(link.symbol))
    deciding = [one for one in cited if link.term and one.address == link.term.address]
    missing = tuple(one for one in deciding if not one.is_held) or (tuple(cited[-NAMED:]) if lapse else ())
    confirmed = next((at for at, symbol in recalling if number_of(symbol) == number_of(previous.symbol)), None)
    return replace(link, until_before=until, lapse=lapse, confirmed_at=confirmed, cited=missing)


def _cited(recalling: Iterable[tuple[str, str]], held: Container[str], after: int, before: int) -> list[Cited]:
    """The resolutions among those recalled with numbers between two others, by number, each where first cited."""
    found: dict[int, Cited] = {}
    for address, symbol in recalling:
        if after < number_of(symbol) < before:
            found.setdefault(number_of(symbol), Cited(symbol, address, symbol in held))
    return [found[number] for number in sorted(found)]


def _recalling(source: Source, term: Term | None) -> list[tuple[str, str]]:
    """Where a resolution says what it follows, and what it cites there: its first paragraphs, and the deciding one."""
    paragraphs = source.paragraphs or ()
    head = [one for one in paragraphs if one.part is Part.PREAMBLE][:RECALLS]
    deciding = [one for one in paragraphs if term and one.address == term.address]
    said = [
        (one.address, each.symbol) for one in deciding for each in one.citations if term and each.text in term.quote
    ]
    return said + [(one.address, each.symbol) for one in head for each in one.citations]
