"""Finds the text beside which a held resolution is read: the last full one before it in the chain of its mandate."""

import sqlite3

from monitor.app.held.mandates import bodies_of, chain_of
from scraper.mandates.predecessor import Predecessor, Size, predecessor
from storage.drift_values import Kind
from storage.texts.holdings import held_sizes


class SeveralMandatesError(ValueError):
    """A resolution gives several mandates that stand on different texts: one must be chosen."""

    def __init__(self, symbol: str, bodies: list[str]) -> None:
        """Name the bodies to choose from."""
        self.symbol, self.bodies = symbol, bodies
        super().__init__(f"{symbol} gives more than one mandate: {', '.join(bodies)}")


def predecessor_of(db: sqlite3.Connection, symbol: str, body: str | None = None) -> Predecessor:
    """What stands before a resolution in the chain of a body's mandate, or of the only one that it gives.

    Where it gives several mandates and the same text stands before it in each, none needs to be chosen.
    """
    found = predecessors_of(db, symbol, body)
    if len({(one.old, one.missing) for one in found}) > 1:
        raise SeveralMandatesError(symbol, [one.body for one in found])
    return found[0]


def predecessors_of(db: sqlite3.Connection, symbol: str, body: str | None = None) -> list[Predecessor]:
    """What stands before a resolution in the chain of each mandate that it gives, changes or ends; at least one."""
    bodies = [body] if body else bodies_of(db, symbol)[0]
    found = []
    for one in bodies:
        chain = chain_of(db, one)
        held = held_sizes(db, [link.symbol for link in chain.links])
        found.append(predecessor(chain, symbol, {name: Size(*size) for name, size in held.items()}))
    reason = f"{symbol} gives, extends, changes or ends no mandate known here"
    return found or [Predecessor("", symbol, Kind.NONE, reason=reason)]
