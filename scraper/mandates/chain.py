"""Puts the resolutions of one mandate in order: what each did, until when, and where the chain has a hole (pure)."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from scraper.mandates.links import CitedBefore, Link, MandateText, link_of, number_of, reckoned
from scraper.mandates.measures import measures_link
from scraper.mandates.tasks import AROUND, task_link
from scraper.mandates.term import Act, MandateTerm
from scraper.situations.mandates import Mandate, only_of

__all__ = ["Chain", "CitedBefore", "Link", "MandateText", "build_chain", "link_of", "number_of"]

#: Where the chain has a hole, so many resolutions are named that are cited as those before.
NAMED = 3


@dataclass(frozen=True, slots=True)
class Chain:
    """The links of one mandate, oldest first. `bodies` are those that held it in turn.

    `unread` are resolutions adopted about the last expiry of which nothing is held that could tell what they are on.
    """

    body: str
    links: tuple[Link, ...]
    unread: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()

    @property
    def last(self) -> Link | None:
        """The link by which the mandate stands: the last that is no mere change."""
        return next((link for link in reversed(self.links) if link.act is not Act.CHANGED), None)

    def state_on(self, today: date) -> str:
        """How the mandate stands: `running`, `passed` without a renewal held, `ended`, or `unknown`."""
        last = self.last
        if last is None or (last.expires_on is None and last.act is not Act.ENDED):
            return "unknown"
        if self.is_over(today):
            return "ended"
        return "running" if last.until and last.until >= today else "passed"

    def is_over(self, today: date) -> bool:
        """Whether the mandate was ended, or extended for the last time, up to a day that has passed."""
        last = self.last
        if last is None or not (last.act is Act.ENDED or last.is_final):
            return False
        return (last.expires_on or last.adopted_on) < today


def build_chain(
    mandate: Mandate | str, sources: Iterable[MandateText], held: Container[str], unread: Iterable[MandateText] = ()
) -> Chain:
    """The chain of a mandate, or of that of one body alone.

    `held` are the symbols of all resolutions whose text is held; `unread` those with neither text, title nor subjects.
    """
    of = only_of(mandate) if isinstance(mandate, str) else mandate
    links: list[Link] = []
    numbers = set(of.resolutions)
    by_symbol = {source.symbol: source for source in sources if source.adopted_on}
    for source in sorted(by_symbol.values(), key=lambda one: number_of(one.symbol)):
        link = _link(of, source, links, numbers)
        if link is not None:
            links.append(_joined(links, link, source, held))
            numbers.add(number_of(link.symbol))
    in_chain = {number_of(link.symbol) for link in links}
    links = [
        replace(link, cited=tuple(one for one in link.cited if number_of(one.symbol) not in in_chain)) for link in links
    ]
    chain = Chain(of.name, tuple(links), bodies=of.bodies if of.kind in ("body", "succession") else (of.name,))
    last = chain.last
    if last is None or last.expires_on is None:
        return chain
    near = [one for one in unread if one.adopted_on and abs((one.adopted_on - last.expires_on).days) <= AROUND]
    after = [one.symbol for one in near if number_of(one.symbol) > number_of(last.symbol)]
    return replace(chain, unread=tuple(sorted(set(after) - {link.symbol for link in links}, key=number_of)))


def _link(mandate: Mandate, source: MandateText, before: Sequence[Link], numbers: set[int]) -> Link | None:
    """What one resolution did with a mandate, told with the body whose it is; None when nothing."""
    if mandate.kind == "measures":
        link = measures_link(mandate, source, numbers)
        return replace(link, body=mandate.name) if link else None
    if mandate.kind == "task":
        last = next((one for one in reversed(before) if one.is_renewal), None)
        link = task_link(mandate, source, last)
        return replace(link, body=mandate.name) if link else None
    found = [(body, link) for body in mandate.bodies if (link := link_of(body, source)) is not None]
    if not found:
        return None
    body, link = max(found, key=lambda one: (one[1].act not in (Act.CHANGED, None), mandate.bodies.index(one[0])))
    previous = next((one.body for one in reversed(before) if one.is_renewal), body)
    if link.is_renewal and mandate.bodies.index(previous) > mandate.bodies.index(body):
        body = previous  # "EUFOR as a legal successor to SFOR" names the one that is no more
    is_later = link.is_renewal and previous != body
    return replace(link, body=body, successor_of=previous if is_later else None)


def _joined(before: Sequence[Link], link: Link, source: MandateText, held: Container[str]) -> Link:
    """A link joined to those before it: reckoned from the expiry before, confirmed by a citation, holes named."""
    previous = next((one for one in reversed(before) if one.act is not Act.CHANGED), None)
    recalling = _recalling(source, link.term)
    if previous is None:
        cited = _cited(recalling, held, 0, number_of(link.symbol)) if link.act is Act.EXTENDED and link.term else []
        before_all = [one for one in cited if link.term and one.address == link.term.address and not one.is_held]
        return replace(link, cited=tuple(before_all[-1:]))
    is_further = link.span is not None and link.span.is_further
    if is_further and link.act is Act.EXTENDED and previous.expires_on:
        link = reckoned(link, max(previous.expires_on, link.adopted_on))
    until = previous.goes_on_until or previous.expires_on
    lapse = max((link.adopted_on - until).days, 0) if until and link.is_renewal else 0
    cited = _cited(recalling, held, number_of(previous.symbol), number_of(link.symbol))
    deciding = [one for one in cited if link.term and one.address == link.term.address]
    missing = tuple(one for one in deciding if not one.is_held) or (tuple(cited[-NAMED:]) if lapse else ())
    confirmed = next((at for at, symbol in recalling if number_of(symbol) == number_of(previous.symbol)), None)
    return replace(link, until_before=until, lapse=lapse, confirmed_at=confirmed, cited=missing)


def _cited(recalling: Iterable[tuple[str, str]], held: Container[str], after: int, before: int) -> list[CitedBefore]:
    """The resolutions among those recalled with numbers between two others, by number, each where first cited."""
    found: dict[int, CitedBefore] = {}
    for address, symbol in recalling:
        if after < number_of(symbol) < before:
            found.setdefault(number_of(symbol), CitedBefore(symbol, address, symbol in held))
    return [found[number] for number in sorted(found)]


def _recalling(source: MandateText, term: MandateTerm | None) -> list[tuple[str, str]]:
    """Where a resolution says what it follows, and what it cites there: its first paragraphs, and the deciding one."""
    said = [
        (one.address, one.symbol)
        for one in source.decided.cited
        if term and one.address == term.address and one.words in term.quote
    ]
    return said + [(one.address, one.symbol) for one in source.decided.recalled]
