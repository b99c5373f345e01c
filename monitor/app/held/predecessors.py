"""Finds the text beside which a held resolution is read: the last full one before it in the chain of its mandate."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping

from monitor.app.held.mandates import Chain, Mandates
from scraper.mandates.chain import Link
from scraper.mandates.predecessor import Predecessor, Size, predecessor
from scraper.mandates.term import Act
from scraper.situations.mandates import mandate_of
from storage.drift_values import Kind
from storage.texts.holdings import held_sizes

__all__ = ["Predecessor", "SeveralMandatesError", "all_predecessors", "predecessor_of", "predecessors_of"]

#: Of several mandates in one text the first of these kinds is looked at first.
ORDER = ("body", "succession", "measures", "task")


class SeveralMandatesError(ValueError):
    """A resolution gives several mandates that stand on different texts: one must be chosen."""

    def __init__(self, symbol: str, bodies: list[str]) -> None:
        """Name the bodies to choose from."""
        self.symbol, self.bodies = symbol, bodies
        super().__init__(f"{symbol} gives more than one mandate: {', '.join(bodies)}")


def predecessor_of(
    db: sqlite3.Connection, symbol: str, body: str | None = None, mandates: Mandates | None = None
) -> Predecessor:
    """What stands before a resolution in the chain of a body's mandate, or of the only one that it gives.

    Where it gives several mandates and the same text stands before it in each, none needs to be chosen.
    """
    found = predecessors_of(db, symbol, body, mandates)
    if len({(one.old, one.missing) for one in found}) > 1:
        raise SeveralMandatesError(symbol, [one.body for one in found])
    return found[0]


def predecessors_of(
    db: sqlite3.Connection, symbol: str, body: str | None = None, mandates: Mandates | None = None
) -> list[Predecessor]:
    """What stands before a resolution in the chain of each mandate that it gives, changes or ends; at least one.

    `mandates` are those of the database, where more is asked of them than this.
    """
    mandates = mandates or Mandates(db)
    bodies = [body] if body else mandates.bodies_of(symbol)[0]
    found = []
    for one in bodies:
        chain = mandates.chain(one)
        held = held_sizes(db, [link.symbol for link in chain.links])
        found.append(predecessor(chain, symbol, {name: Size(*size) for name, size in held.items()}))
    reason = f"{symbol} gives, extends, changes or ends no mandate known here"
    return found or [Predecessor("", symbol, Kind.NONE, reason=reason)]


def all_predecessors(db: sqlite3.Connection, chains: Mapping[str, Chain]) -> list[Predecessor]:
    """What stands before each held link of all chains; of several mandates in one text the body's own comes first."""
    names = sorted(chains, key=lambda name: ORDER.index(mandate_of(name).kind))
    held = held_sizes(db, {link.symbol for chain in chains.values() for link in chain.links})
    sizes = {name: Size(*size) for name, size in held.items()}
    links: defaultdict[str, dict[str, Link]] = defaultdict(dict)
    for name in names:
        for link in chains[name].links:
            if link.symbol in sizes:
                links[link.symbol][name] = link
    return [predecessor(chains[name], symbol, sizes) for symbol, given in links.items() for name in _giving(given)]


def _giving(links: Mapping[str, Link]) -> list[str]:
    """Of the mandates whose chains a text stands in, those that it gives or ends, as `bodies_of` has them.

    Where measures are renewed, theirs stands for that of their panel.
    """
    giving = [name for name, link in links.items() if link.is_renewal or link.act is Act.ENDED]
    for name, link in links.items():
        mandate = mandate_of(name)
        if mandate.kind != "measures":
            continue
        if not link.is_renewal or (link.term and link.term.body in mandate.bodies):
            giving = [each for each in giving if each != name]
        else:
            giving = [each for each in giving if each not in mandate.bodies]
    return giving or list(links)
