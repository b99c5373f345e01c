"""The life of a held paragraph through the full texts of its mandate."""

import sqlite3
from collections.abc import Sequence

from monitor.app.held.held_names import find_address
from monitor.app.held.mandates import bodies_of, chain_of
from monitor.app.questions import WrongQuestion
from monitor.renewals.biography import Life, biography
from scraper.mandates.predecessor import Size, kind_of
from storage.drift_values import Kind
from storage.models import Paragraph
from storage.texts.documents import load_document
from storage.texts.holdings import held_sizes


def life_of(db: sqlite3.Connection, symbol: str, typed: str, *, body: str | None = None, language: str = "en") -> Life:
    """Follow a paragraph through the full texts of the mandate that its resolution gives.

    Raises:
        WrongQuestion: the resolution gives no mandate, or several, or sets none out in full.
        NothingFound: it has no such paragraph.
    """
    bodies = [body] if body else bodies_of(db, symbol)[0]
    if len(bodies) != 1:
        told = f"several mandates; choose one with --body: {', '.join(map(repr, bodies))}" if bodies else "no mandate"
        raise WrongQuestion(f"{symbol} gives {told}")
    texts = full_texts(db, bodies[0], language)
    if symbol not in texts:
        raise WrongQuestion(f"{symbol} does not set the mandate of {bodies[0]} out in full, or is not held")
    address = find_address(typed, [one.address for one in texts[symbol]], is_resolution=True)
    return biography(texts, symbol, address, language)


def full_texts(db: sqlite3.Connection, body: str, language: str = "en") -> dict[str, Sequence[Paragraph]]:
    """The held texts that set a body's mandate out in full, oldest first: rollovers and mere changes are left out."""
    chain = chain_of(db, body)
    sizes = {name: Size(*size) for name, size in held_sizes(db, [link.symbol for link in chain.links]).items()}
    texts: dict[str, Sequence[Paragraph]] = {}
    for link in chain.links:
        if not link.is_held or kind_of(link, sizes.get(link.symbol)) in (Kind.ROLLOVER, Kind.CHANGE, Kind.NONE):
            continue
        found = load_document(db, link.symbol, language)
        if found is not None:
            texts[link.symbol] = found.document.paragraphs
    return texts
