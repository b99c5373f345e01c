"""The corrigenda, revisions and addenda of a document, for people and for programs."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from monitor.cli.pages.render import Page
from monitor.app.reading.related_documents import Related


def related_records(related: Collection[Related]) -> list[dict[str, Any]]:
    """For programs: `relation` is `corrects`, `corrected_by`, `revises`, `revised_by`, `adds_to` or `added_to_by`."""
    return [{"symbol": one.symbol, "relation": one.relation.replace(" ", "_"), "held": one.is_held} for one in related]


def add_related(page: "Page", related: Collection[Related]) -> None:
    """Add a line for each: "Corrected by S/PRST/2000/27/Corr.1: wpswatch show S/PRST/2000/27/Corr.1"."""
    from monitor.cli.pages.render import ODD, plain

    for one in related:
        command = f"'{one.symbol}'" if " " in one.symbol else one.symbol
        where = f": wpswatch show {command}" if one.is_held else ", which is not held"
        page.wrapped(page.style(plain(f"{one.relation.capitalize()} {one.symbol}{where}"), ODD))
