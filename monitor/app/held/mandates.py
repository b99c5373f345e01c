"""Brings what is held of the resolutions on a mandate together, so that its chain can be read."""

import sqlite3
from collections.abc import Container, Mapping
from datetime import date
from typing import Final

from scraper.council.symbol import year_in_symbol
from scraper.mandates.acts_in_titles import Told
from scraper.mandates.acts_in_titles import title_words as title_words
from scraper.mandates.chain import Chain as Chain
from scraper.mandates.chain import Link as Link
from scraper.mandates.chain import Source, build_chain, link_of
from scraper.mandates.terms import Act, read_terms
from scraper.situations.bodies import bodies_at
from storage.models import FactField
from storage.texts.documents import held_symbols, load_document
from storage.told.facts import facts_by_field, facts_of
from storage.told.situations import bodies_by_basis

METADATA: Final = "metadata"
RESOLUTIONS: Final = "S/RES/"


def chain_of(db: sqlite3.Connection, body: str) -> Chain:
    """The chain of a body's mandate, of all resolutions that name the body."""
    held = held_symbols(db, "en")
    titles = {fact.symbol: fact.value for fact in facts_by_field(db, FactField.TITLE) if fact.origin == METADATA}
    named = bodies_by_basis(db, body=body)
    in_title = {symbol for symbol, title in titles.items() if body in {name for _, name in bodies_at(title)}}
    symbols = [symbol for symbol in {*named, *in_title} if symbol.startswith(RESOLUTIONS)]
    told = held | titles.keys() | {fact.symbol for fact in facts_by_field(db, FactField.SUBJECTS)}
    unread = [
        Source(fact.symbol, date.fromisoformat(fact.value))
        for fact in facts_by_field(db, FactField.ADOPTED_ON)
        if fact.symbol.startswith(RESOLUTIONS) and fact.symbol not in told
    ]
    return build_chain(body, [_source(db, one, named.get(one, {}), held) for one in symbols], held, unread)


def bodies_of(db: sqlite3.Connection, symbol: str) -> tuple[list[str], list[str]]:
    """The bodies whose chain a resolution belongs to, those alone whose mandate it gives or ends, and all it names."""
    by_basis = bodies_by_basis(db, symbol=symbol).get(symbol, {})
    source = _source(db, symbol, by_basis, held_symbols(db, "en"))
    decided = [term.body for term in read_terms(source.paragraphs or (), lambda: source.bodies) if term.body]
    in_title = [name for _, name in bodies_at(source.title or "")]
    named = list(dict.fromkeys((*decided, *in_title, *source.filed_under, *source.bodies)))
    links = {body: link for body in named if (link := link_of(body, source)) is not None}
    giving = [body for body, link in links.items() if link.is_renewal or link.act is Act.ENDED]
    return giving or list(links), named


def told_symbols(db: sqlite3.Connection) -> set[str]:
    """The symbols of all documents that a source's record dates, with a text or without."""
    return {fact.symbol for fact in facts_by_field(db, FactField.ADOPTED_ON)}


def _source(
    db: sqlite3.Connection, symbol: str, by_basis: Mapping[str, tuple[str, ...]], held: Container[str]
) -> Source:
    """What is held of a resolution. Of two days of adoption the record's holds, since texts have misprints.

    Not where the symbol's year speaks against it: the record copies the misprint of S/RES/2423 (2018), 29 June 2016.
    """
    facts = {fact.field: fact.value for fact in facts_of(db, symbol) if fact.origin == METADATA}
    loaded = load_document(db, symbol) if symbol in held else None
    document = loaded.document if loaded else None
    days = [date.fromisoformat(day) for day in (facts.get(FactField.ADOPTED_ON),) if day]
    days += [document.adopted_on] if document and document.adopted_on else []
    fitting = [day for day in days if day.year == year_in_symbol(symbol)]
    told = facts.get(FactField.EXPIRES_ON, ())
    return Source(
        symbol=symbol,
        adopted_on=next(iter(fitting or days), None),
        title=facts.get(FactField.TITLE),
        told=tuple(Told(date.fromisoformat(one["on"]), one["of"], one["words"], one["computed"]) for one in told),
        filed_under=by_basis.get("metadata", ()),
        bodies=by_basis.get("text") or by_basis.get("metadata", ()),
        paragraphs=document.paragraphs if document else None,
    )
