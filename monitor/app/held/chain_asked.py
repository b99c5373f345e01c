"""Finds the chain that a person means by a resolution, a body, a mandate or a situation, with what each link is."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from monitor.app.held.held_names import find_symbol, held_symbol, placed_name
from monitor.app.held.mandates import bodies_of, chain_of, chains_in, told_symbols
from monitor.app.questions import NothingFound, WrongQuestion
from scraper.mandates.chain import Chain
from scraper.mandates.predecessor import Size, kind_of
from scraper.situations.bodies import LIBRARY
from scraper.situations.mandates import load_mandates, mandate_of
from scraper.situations.vocabulary import folded, load_bodies, load_situations
from storage.drift_values import Kind
from storage.texts.holdings import held_sizes

NAMED = 4  # so many names are given to choose from


@dataclass(frozen=True, slots=True)
class Answer:
    """A chain, what each of its links is, the link by which it was asked for, None where it was by name.

    `others` are the other mandates of the situation, where one was asked for.
    """

    chain: Chain
    kinds: Mapping[str, Kind]
    asked: str | None = None
    others: tuple[str, ...] = ()


def ask_chain(db: sqlite3.Connection, typed: str, body: str | None) -> Answer:
    """The chain that is meant by what a person typed.

    Raises:
        WrongQuestion: nothing has that name, or it gives several mandates, or none, or not that one.
        NothingFound: it is not held.
    """
    names = _mandates()
    if name := _named(typed, (*names, *_long_names())):
        return _whole(db, chain_of(db, names.get(name) or _long_names()[name]), typed)
    if situation := _named(typed, (one.name for one in load_situations())):
        return _in_situation(db, situation, body)
    if not any(sign.isdigit() for sign in typed):
        return _whole(db, chain_of(db, _part_of(typed, names)), typed)
    return _by_symbol(db, typed, body)


def _by_symbol(db: sqlite3.Connection, typed: str, body: str | None) -> Answer:
    symbol = find_symbol(typed, told_symbols(db)) or held_symbol(db, typed)
    plausible, named = bodies_of(db, symbol)
    chosen = _body(symbol, body, plausible, named)
    chain = chain_of(db, chosen)
    if symbol not in {link.symbol for link in chain.links}:
        raise WrongQuestion(f"{symbol} is no link of the chain of {chosen}; {_choice(plausible, named)}")
    return Answer(chain, kinds_of(db, chain), symbol)


def _in_situation(db: sqlite3.Connection, situation: str, body: str | None) -> Answer:
    """The mandate of a situation with most links, or the one that is named; the others by name."""
    chains = {chain.body: chain for chain in chains_in(db, situation)}
    if not chains:
        raise NothingFound(f"no resolution held gives a mandate in {situation}; get some: wpswatch crawl unxml")
    chosen = placed_name(body, chains, "mandate") if body else next(iter(chains))
    others = tuple(name for name in chains if name != chosen)
    return Answer(chains[chosen], kinds_of(db, chains[chosen]), others=others)


def _whole(db: sqlite3.Connection, chain: Chain, typed: str) -> Answer:
    if not chain.links:
        raise NothingFound(f"no resolution held gives the mandate of {typed}; get some: wpswatch crawl unxml")
    return Answer(chain, kinds_of(db, chain))


def kinds_of(db: sqlite3.Connection, chain: Chain) -> dict[str, Kind]:
    """What each link of a chain is."""
    sizes = {name: Size(*size) for name, size in held_sizes(db, [link.symbol for link in chain.links]).items()}
    return {link.symbol: kind_of(link, sizes.get(link.symbol), is_first=at == 0) for at, link in enumerate(chain.links)}


def _mandates() -> dict[str, str]:
    """Every mandate that can have a chain, by its name and those of its bodies; a committee's are its measures."""
    special = load_mandates()
    names = [*(body.name for body in load_bodies()), *(one.name for one in special)]
    committees = {body: one.name for one in special if one.kind == "measures" for body in one.bodies}
    of_committee = {name: committees[name] for name in names if name in committees and name.endswith("Committee")}
    return {name: mandate_of(name).name for name in names} | of_committee


def _long_names() -> dict[str, str]:
    """The bodies by their long names."""
    return {name: body.name for body in load_bodies() for name in body.names if not name.startswith(LIBRARY)}


def _part_of(typed: str, names: Mapping[str, str]) -> str:
    """The mandate of which a part of the name was typed: "jbvmm"."""
    asked = folded(typed)
    found = sorted({full for name, full in names.items() if len(asked) > 2 and asked in folded(name)})
    if len(found) == 1:
        return found[0]
    if found:
        raise WrongQuestion(f"{typed!r} may be {' or '.join(map(repr, found[:NAMED]))}; write more of it")
    near = get_close_matches(typed.casefold(), {folded(name): name for name in names}, n=NAMED)
    nearest = [name for name in names if folded(name) in near]
    known = f"; the nearest are {', '.join(map(repr, nearest))}" if nearest else ""
    raise WrongQuestion(f"expected a symbol such as 2387, a mission or a situation, found {typed!r}{known}")


def _named(typed: str, names: Iterable[str]) -> str | None:
    asked = folded(typed)
    return next((name for name in names if folded(name) == asked), None)


def _body(symbol: str, asked: str | None, plausible: Sequence[str], named: Sequence[str]) -> str:
    if asked is not None:
        if not named and not plausible:
            _no_body(symbol, plausible, named)
        return placed_name(asked, [*plausible, *named], "body", of_document=symbol)
    return plausible[0] if len(plausible) == 1 else _no_body(symbol, plausible, named)


def _no_body(symbol: str, plausible: Sequence[str], named: Sequence[str]) -> str:
    if plausible:
        raise WrongQuestion(f"{symbol} gives more than one mandate; {_choice(plausible, named)}")
    raise WrongQuestion(f"{symbol} gives, extends, changes or ends no mandate known here; {_choice(plausible, named)}")


def _choice(plausible: Sequence[str], named: Sequence[str]) -> str:
    """What to do: the bodies to choose from."""
    if plausible:
        return f"choose one with --body: {', '.join(repr(one) for one in plausible)}"
    return f"it names {', '.join(named)}: ask for a resolution that extends one" if named else "it names no body"
