"""The corrigenda, revisions and addenda of a document, and what such a one is of itself."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    pass

#: What "/Corr.1" at a symbol's end is to the document before it, and that to it.
_RELATIONS: Final = {
    "Corr": ("corrects", "corrected by"),
    "Rev": ("revises", "revised by"),
    "Add": ("adds to", "added to by"),
}


@dataclass(frozen=True, slots=True)
class Related:
    """Another document of the same symbol's family; `relation` is what the one that is shown is to it."""

    symbol: str
    relation: str
    is_held: bool


def related_documents(symbol: str, held: Collection[str]) -> list[Related]:
    """What a document is of, held or not, and what is held of it.

    >>> related_documents("S/PRST/2000/27", ["S/PRST/2000/27/Corr.1"])
    [Related(symbol='S/PRST/2000/27/Corr.1', relation='corrected by', is_held=True)]
    """
    from scraper.council.symbol import base_of

    base = base_of(symbol)
    above = [Related(base, _relation(symbol)[0], base in held)] if base else []
    below = sorted(other for other in held if other.startswith(f"{symbol}/") and base_of(other) == symbol)
    return [*above, *(Related(other, _relation(other)[1], is_held=True) for other in below)]


def _relation(symbol: str) -> tuple[str, str]:
    return _RELATIONS[symbol.rpartition("/")[2].partition(".")[0]]
