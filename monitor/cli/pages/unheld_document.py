"""Shows what sources tell of a document whose text is not held: that it exists, and when and how it was decided."""

from typing import TYPE_CHECKING

from monitor.cli.pages.facts import add_facts
from monitor.cli.pages.render import BOLD, Page, echo_json, plain
from monitor.cli.records.facts import fact_record

if TYPE_CHECKING:
    import sqlite3


def show_told_of(db: "sqlite3.Connection", typed: str, *, as_json: bool) -> bool:
    """Print the facts of the document that a person means; False, and nothing printed, when nobody tells of it."""
    from scraper.council.symbol import is_same, read_typed
    from storage.told.facts import facts_of, told_symbols
    from storage.told.situations import Placed, placements

    meant = read_typed(typed)
    known = next((symbol for symbol in told_symbols(db) if meant and is_same(symbol, meant)), None)
    if known is None:
        return False
    facts = facts_of(db, known)
    place = placements(db, known).get(known, Placed())
    if as_json:
        told = [fact_record(fact) for fact in facts]
        echo_json({"symbol": known, "is_held": False, "facts": told})
        return True
    page = Page()
    page.line(f"{page.style(plain(known), BOLD)}  its text is not held; this is what is told of it")
    add_facts(page, facts, place)
    page.print()
    return True
