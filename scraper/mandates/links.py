"""Reads what one resolution did with a mandate: by its operative text, else by the library's title (pure)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from scraper.council.symbol import resolution_number
from scraper.mandates.acts_in_titles import Told, act_in_title, title_words, told_for
from scraper.mandates.decided import Decided, read_decided
from scraper.mandates.term import Act, MandateTerm, Span
from scraper.situations.bodies import bodies_at
from scraper.situations.vocabulary import load_bodies
from storage.models import Paragraph

#: What the library calls the renewal of sanctions, with which the Council mostly renews their panel.
RENEWED_MEASURES = re.compile(
    r"\b(?:renew\w*|exten[sdt]\w*)\b.{0,60}\b(?:measures|sanctions|embargo)|\b(?:measures|sanctions)\b.{0,60}renew",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class MandateText:
    """What is known of a resolution. `title` is None when no record names it.

    `told` are the days in the library's title, and of what; `filed_under` the bodies among its subjects; `bodies`
    those that the resolution names at all, most named first. Of a held text either the `paragraphs` are given or what
    was read from them before; both are None when none is held.
    """

    symbol: str
    adopted_on: date | None
    title: str | None = None
    told: tuple[Told, ...] = ()
    filed_under: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    paragraphs: tuple[Paragraph, ...] | None = None
    reading: Decided | None = None
    decided: Decided = field(init=False)

    def __post_init__(self) -> None:
        """Read the text, where that was not done before."""
        read = read_decided(self.paragraphs, lambda: self.bodies) if self.paragraphs else None
        object.__setattr__(self, "decided", self.reading or read or Decided())

    @property
    def is_held(self) -> bool:
        """Whether its text is held."""
        return self.paragraphs is not None or self.reading is not None

    @property
    def terms(self) -> tuple[MandateTerm, ...]:
        """What its operative text decides of mandates."""
        return self.decided.terms


@dataclass(frozen=True, slots=True)
class CitedBefore:
    """A resolution that a link names as one before it, and that is no link of the chain: and the paragraph."""

    symbol: str
    address: str
    is_held: bool


@dataclass(frozen=True, slots=True)
class Link:
    """One resolution of a chain. `act` is None where it may be one, and neither text nor title is held to tell.

    `body` is whose mandate it gives or changes, and `successor_of` the body that this one takes over from, None where
    it takes over from none. `expires_on` rests on `basis`: "text" with `term`, or "title". `reckoned_from` is the day
    from which a period was counted, None where the day itself is given; `goes_on_until` the day up to which it goes on
    by itself on a condition. `title_says` is the title's day where the text gives another. `until_before` is the
    expiry that the link before gave, `lapse` the days between it and the adoption, 0 for none.
    """

    symbol: str
    adopted_on: date
    act: Act | None = None
    is_final: bool = False
    is_held: bool = False
    title: str | None = None
    term: MandateTerm | None = None
    span: Span | None = None
    expires_on: date | None = None
    basis: str | None = None
    reckoned_from: date | None = None
    goes_on_until: date | None = None
    title_says: date | None = None
    others: tuple[MandateTerm, ...] = ()
    confirmed_at: str | None = None
    until_before: date | None = None
    lapse: int = 0
    cited: tuple[CitedBefore, ...] = ()
    body: str = ""
    successor_of: str | None = None

    @property
    def until(self) -> date | None:
        """The day up to which it gives the mandate, with what goes on by itself on a condition."""
        return self.goes_on_until or self.expires_on

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


def link_of(body: str, source: MandateText) -> Link | None:
    """What one resolution did with a body's mandate, None when it did nothing with it."""
    told = told_for(body, source.told)
    mine = sorted((term for term in source.terms if term.body == body), key=_weight)
    if mine:
        return link_by_text(source, mine[0], told)
    plain = plain_link(source, source.terms)
    if plain is None:
        return None
    is_held = source.is_held
    in_title = act_in_title(source.title or "", body)
    is_named = any(name == body for _, name in bodies_at(title_words(source.title or "")))
    is_filed = body in source.filed_under
    if in_title and (is_filed or (is_named and not is_held)):
        return link_by_title(plain, *in_title, told)
    return plain if is_filed and not is_held and _may_renew(body, source.title) else None


def number_of(symbol: str) -> int:
    """A resolution's number, by which they stand in order: it is given at the adoption. 0 for other documents."""
    found = resolution_number(symbol)
    return found.number if found else 0


def _may_renew(body: str, title: str | None) -> bool:
    """Whether a resolution of which only this is known may have renewed a mandate: sanctions go with their panel."""
    kind = next((one.kind for one in load_bodies() if one.name == body), "mission")
    return not title or (kind == "panel" and RENEWED_MEASURES.search(title_words(title)) is not None)


def _weight(term: MandateTerm) -> tuple[int, bool]:
    order = (Act.ENDED, Act.ESTABLISHED, Act.EXTENDED, Act.CHANGED)
    return order.index(term.act), term.span is None


def plain_link(source: MandateText, others: Iterable[MandateTerm] = ()) -> Link | None:
    """What is known of a resolution whatever it did; None where nobody knows when. `others` are its other terms."""
    if source.adopted_on is None:
        return None
    dated = tuple(term for term in others if term.act is not Act.CHANGED and term.span)
    is_held = source.is_held
    return Link(source.symbol, source.adopted_on, is_held=is_held, title=source.title, others=dated)


def link_by_text(source: MandateText, term: MandateTerm, told: Told | None) -> Link | None:
    """What the operative text says; the title's day only where the text gives none."""
    others = [one for one in source.terms if one.address != term.address or one.what != term.what]
    plain = plain_link(source, [one for one in others if one.body is None or one.body != term.body])
    if plain is None:
        return None
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
    return reckoned(replace(link, span=term.span, basis="text"), term.span.begins_on or plain.adopted_on)


def link_by_title(plain: Link, act: Act, is_final: bool, told: Told | None) -> Link:
    """What the title says. Where the text is held, and speaks of other mandates only, it is no more than a change."""
    if plain.is_held:
        return replace(plain, act=Act.CHANGED)
    link = replace(plain, act=act, is_final=is_final)
    return link if act is Act.CHANGED else _with_told(link, told)


def _with_told(link: Link, told: Told | None) -> Link:
    if told is None:
        return link
    span = _period_in(told.words) if told.is_computed else None
    link = replace(link, basis="title", span=span, expires_on=told.on)
    return reckoned(link, link.adopted_on) if span else link


def reckoned(link: Link, start: date) -> Link:
    """A link whose period is counted from a day."""
    return replace(link, expires_on=link.span.ends_on(start), reckoned_from=start) if link.span else link


def _period_in(words: str) -> Span | None:
    from scraper.mandates.term_days import day_in  # its patterns take a while to compile, and few titles give a period

    return day_in(words)
