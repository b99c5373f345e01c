"""Which held paragraphs cite a document, or one paragraph of it; the document need not be held itself."""

import sqlite3

from monitor.app.held.held_names import find_symbol
from monitor.app.questions import WrongQuestion
from scraper.council.resolution_years import with_held_year
from scraper.council.typed.address import read_address
from scraper.council.typed.citation import read_citation
from storage.texts.citations import CitingParagraph as CitingParagraph
from storage.texts.citations import citing_paragraphs
from storage.texts.documents import held_symbols
from storage.told.facts import told_symbols


def paragraphs_citing(
    db: sqlite3.Connection, typed: str, address: str | None, language: str
) -> tuple[str, list[CitingParagraph]]:
    """What is cited, as it is named (`S/RES/1325 (2000), OP 8`), and the paragraphs that cite it or what stands in it.

    A number without its year is a resolution.

    Raises:
        WrongQuestion: what was typed is no symbol, or no address.
    """
    held = held_symbols(db)
    cited = read_citation(typed)
    symbol = find_symbol(typed, held) or (cited.symbol if cited else None)
    if symbol is None:
        raise WrongQuestion(f"expected a symbol such as 'S/RES/2387 (2017)', 2387 or S/2013/173, found {typed!r}")
    symbol = with_held_year(symbol, held.union(told_symbols(db)))
    citing = citing_paragraphs(db, symbol, language)
    if address is None:
        return symbol, citing
    try:
        wanted = str(read_address(address, resolution=symbol.startswith("S/RES/")))
    except ValueError as error:
        raise WrongQuestion(str(error)) from error
    within = [one for one in citing if any(_is_within(cited, wanted) for cited in one.citation.addresses)]
    return f"{symbol}, {wanted}", within


def _is_within(cited: str, wanted: str) -> bool:
    return cited == wanted or cited.startswith(f"{wanted} ")
