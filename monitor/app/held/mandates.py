"""Brings what is held of the resolutions on a mandate together, so that its chain can be read."""

import sqlite3
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

from scraper.council.symbol import year_in_symbol
from scraper.mandates.acts_in_titles import Told
from scraper.mandates.acts_in_titles import title_words as title_words
from scraper.mandates.chain import Chain as Chain
from scraper.mandates.chain import Link as Link
from scraper.mandates.chain import MandateText, build_chain, link_of
from scraper.mandates.measures import ON_MEASURES
from scraper.mandates.term import Act
from scraper.situations.bodies import bodies_at
from scraper.situations.mandates import Mandate, load_mandates, mandate_of
from scraper.situations.vocabulary import Body as Body
from scraper.situations.vocabulary import load_bodies as load_bodies
from storage.models import FactField
from storage.texts.documents import held_symbols
from storage.texts.holdings import HeldText, held_texts
from storage.told.facts import symbols_told, values_told
from storage.told.situations import PlacedDocument, bodies_by_basis, placements, symbols_placed

METADATA: Final = "metadata"
RESOLUTIONS: Final = "S/RES/"
NAMING: Final = (FactField.TITLE, FactField.SUBJECTS)


def chain_of(db: sqlite3.Connection, name: str) -> Chain:
    """The chain of a mandate of that name, or of a body's, with the bodies that it took over from or that took over."""
    mandate = mandate_of(name)
    sources, held = _known(db, mandate)
    told = held.union(*(symbols_told(db, field) for field in NAMING))
    unread = [
        MandateText(symbol, date.fromisoformat(day))
        for symbol, day in values_told(db, FactField.ADOPTED_ON).items()
        if symbol.startswith(RESOLUTIONS) and symbol not in told
    ]
    return build_chain(mandate, sources, held, unread)


def bodies_of(db: sqlite3.Connection, symbol: str) -> tuple[list[str], list[str]]:
    """The mandates whose chain a resolution belongs to, those alone that it gives or ends, and all bodies it names.

    A mandate has the name of its body, of the newest where several held it in turn. Where measures are renewed, theirs
    stands for that of their panel.
    """
    source = _sources(db, [symbol], held_symbols(db, "en"))[symbol]
    decided = [term.body for term in source.terms if term.body]
    in_title = [name for _, name in bodies_at(source.title or "")]
    named = list(dict.fromkeys((*decided, *in_title, *source.filed_under, *source.bodies)))
    links = {body: link for body in named if (link := link_of(body, source)) is not None}
    giving = [mandate_of(body).name for body, link in links.items() if link.is_renewal or link.act is Act.ENDED]
    for mandate in _special(db, source, named):
        chain = build_chain(mandate, *_known(db, mandate))
        link = next((one for one in chain.links if one.symbol == symbol and one.is_renewal), None)
        if link is None or (link.term and link.term.body in mandate.bodies and mandate.kind == "measures"):
            continue
        panels = mandate.bodies if mandate.kind == "measures" else ()
        giving = [*(name for name in giving if name not in panels), mandate.name]
    return list(dict.fromkeys(giving or (mandate_of(body).name for body in links))), named


def chains_in(db: sqlite3.Connection, situation: str) -> list[Chain]:
    """The chains of all mandates in a situation that have one, that with most links first; of sanctions one."""
    bodies = [body.name for body in load_bodies() if body.situation == situation]
    special = [one.name for one in load_mandates() if one.situation == situation]
    names = dict.fromkeys(mandate_of(name).name for name in (*bodies, *special))
    chains = [chain for name in names if (chain := chain_of(db, name)).links]
    measures = [one for chain in chains if (one := mandate_of(chain.body)).kind == "measures"]
    panels = {body for one in measures for body in one.bodies}
    return sorted((one for one in chains if one.body not in panels), key=lambda one: -len(one.links))


def all_chains(db: sqlite3.Connection) -> dict[str, Chain]:
    """The chain of every mandate that has one, by its name; each text is read once for all of them."""
    held = held_symbols(db, "en")
    told = held.union(*(symbols_told(db, field) for field in NAMING))
    days, titles = values_told(db, FactField.ADOPTED_ON), values_told(db, FactField.TITLE, METADATA)
    unread = [
        MandateText(symbol, date.fromisoformat(day))
        for symbol, day in days.items()
        if symbol.startswith(RESOLUTIONS) and symbol not in told
    ]
    mandates = {mandate_of(body.name) for body in load_bodies()} | set(load_mandates())
    symbols = {symbol for symbol in {*held, *titles, *placements(db)} if symbol.startswith(RESOLUTIONS)}
    sources = _sources(db, symbols, held)
    found = {}
    for mandate in sorted(mandates, key=lambda one: one.name):
        in_title = {symbol for symbol, title in titles.items() if _is_titled(mandate, title)}
        named = symbols_placed(db, mandate.bodies, mandate.situation if mandate.kind == "measures" else None)
        chain = build_chain(
            mandate, [sources[each] for each in sorted((named | in_title) & sources.keys())], held, unread
        )
        if chain.links:
            found[mandate.name] = chain
    return found


def told_symbols(db: sqlite3.Connection) -> set[str]:
    """The symbols of all documents that a source's record dates, with a text or without."""
    return symbols_told(db, FactField.ADOPTED_ON)


def _special(db: sqlite3.Connection, source: MandateText, named: Collection[str]) -> list[Mandate]:
    """The tasks and measures that a resolution may be on, by what it decides, its title and its situation."""
    situation = placements(db, [source.symbol]).get(source.symbol, PlacedDocument()).situation
    is_on_measures = any(term.body is None for term in source.terms)
    if source.paragraphs is None:
        is_on_measures = ON_MEASURES.search(source.title or "") is not None
    found = []
    for one in load_mandates():
        is_named = any(body in named for body in one.bodies)
        is_here = is_named or (is_on_measures and one.situation == situation)
        if is_here and (one.kind == "task" or (one.kind == "measures" and is_on_measures)):
            found.append(one)
    return found


def _known(db: sqlite3.Connection, mandate: Mandate) -> tuple[list[MandateText], set[str]]:
    """What is known of the resolutions that may be links of a chain, and which texts are held."""
    held = held_symbols(db, "en")
    titles = values_told(db, FactField.TITLE, METADATA)
    in_title = {symbol for symbol, title in titles.items() if _is_titled(mandate, title)}
    named = symbols_placed(db, mandate.bodies, mandate.situation if mandate.kind == "measures" else None)
    symbols = {symbol for symbol in named | in_title if symbol.startswith(RESOLUTIONS)}
    return list(_sources(db, symbols, held).values()), held


def _is_titled(mandate: Mandate, title: str) -> bool:
    """Whether a title may be on a mandate."""
    if mandate.kind == "measures":
        return mandate.words in title.lower() if mandate.words else str(mandate.situation) in title
    return any(name in mandate.bodies for _, name in bodies_at(title))


def _sources(db: sqlite3.Connection, symbols: Collection[str], held: Collection[str]) -> dict[str, MandateText]:
    """What is held of some resolutions."""
    told: dict[str, dict[FactField, Any]] = {symbol: {} for symbol in symbols}
    for field in (FactField.TITLE, FactField.ADOPTED_ON, FactField.EXPIRES_ON):
        for symbol, value in values_told(db, field, METADATA, symbols).items():
            told[symbol][field] = value
    texts = held_texts(db, [symbol for symbol in symbols if symbol in held])
    by_basis = bodies_by_basis(db, symbols=symbols)
    return {symbol: _source(symbol, told[symbol], by_basis.get(symbol, {}), texts.get(symbol)) for symbol in symbols}


def _source(
    symbol: str, facts: Mapping[FactField, Any], by_basis: Mapping[str, tuple[str, ...]], text: HeldText | None
) -> MandateText:
    """What is held of a resolution. Of two days of adoption the record's holds, since texts have misprints.

    Not where the symbol's year speaks against it: the record copies the misprint of S/RES/2423 (2018), 29 June 2016.
    """
    days = [date.fromisoformat(day) for day in (facts.get(FactField.ADOPTED_ON),) if day]
    days += [text.adopted_on] if text and text.adopted_on else []
    fitting = [day for day in days if day.year == year_in_symbol(symbol)]
    told = facts.get(FactField.EXPIRES_ON, ())
    return MandateText(
        symbol=symbol,
        adopted_on=next(iter(fitting or days), None),
        title=facts.get(FactField.TITLE),
        told=tuple(Told(date.fromisoformat(one["on"]), one["of"], one["words"], one["computed"]) for one in told),
        filed_under=by_basis.get("metadata", ()),
        bodies=by_basis.get("text") or by_basis.get("metadata", ()),
        paragraphs=text.paragraphs if text else None,
    )
