"""Finds paragraphs about women that a text kept only by citing them, and whether its renewal still does. Pure."""

from collections.abc import Callable, Iterable, Sequence

from monitor.renewals.comparison import Reference
from scraper.council.symbol import resolution_number
from storage.models import Citation, Paragraph


def references(
    symbol: str, old: Sequence[Paragraph], new: Sequence[Paragraph], wps_of: Callable[[str], Sequence[str]]
) -> tuple[Reference, ...]:
    """The old text's citations of paragraphs about women in other texts, in the order of the text; `symbol` is its own.

    `wps_of` gives the addresses about women of a cited document, none for one that is not held. A citation of a whole
    document is none of its paragraphs.
    """
    cited_now = [citation for paragraph in new for citation in paragraph.citations]
    found: dict[tuple[str, tuple[str, ...]], Reference] = {}
    for paragraph in old:
        for citation in paragraph.citations:
            if _identity(citation.symbol) == _identity(symbol):
                continue  # "paragraphs 6 and 7 of this resolution": its lines tell of them
            if not citation.addresses:
                continue
            wps = tuple(one for one in wps_of(citation.symbol) if _is_under(one, citation.addresses))
            key = (citation.symbol, citation.addresses)
            if wps and key not in found:
                is_in_new = any(_cites_same(citation, one, wps) for one in cited_now)
                found[key] = Reference(paragraph.address, citation.symbol, citation.addresses, wps, is_in_new)
    return tuple(found.values())


def _cites_same(before: Citation, after: Citation, wps: Iterable[str]) -> bool:
    """Whether a citation names the same paragraphs about women, or a paragraph they stand under."""
    if _identity(before.symbol) != _identity(after.symbol):
        return False
    return all(_is_under(one, after.addresses) for one in wps)


def _identity(symbol: str) -> int | str:
    """A resolution by its number: the year in a citation may be a slip."""
    found = resolution_number(symbol)
    return found.number if found else symbol


def _is_under(address: str, cited: Iterable[str]) -> bool:
    """Whether an address is one of those cited, or stands under one: OP 20 (a) under OP 20."""
    return any(address == one or address.startswith(f"{one} (") for one in cited)
