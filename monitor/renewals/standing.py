"""Tells since which text each paragraph of a mandate has stood, followed back through the full texts. Pure."""

from collections.abc import Mapping, Sequence

from monitor.renewals.pairing import Edge, pair
from monitor.renewals.wording.weights import prepare
from storage.models import Paragraph


def standing_since(texts: Mapping[str, Sequence[Paragraph]]) -> dict[str, str]:
    """By the address of each paragraph of the last text, the text in which its words first appeared.

    `texts` are in order, oldest first. Of several paragraphs that one was merged from, the most alike is followed.
    """
    symbols = list(texts)
    if not symbols:
        return {}
    last = texts[symbols[-1]]
    since = {paragraph.address: symbols[-1] for paragraph in last}
    followed = {position: paragraph.address for position, paragraph in enumerate(last)}
    prepared = prepare(last)
    for symbol in reversed(symbols[:-1]):
        older = prepare(texts[symbol])
        best: dict[int, Edge] = {}
        for edge in pair(older, prepared, symbol):
            if not edge.is_cited and (edge.new not in best or _rank(edge) > _rank(best[edge.new])):
                best[edge.new] = edge
        moved: dict[int, str] = {}
        for position, address in followed.items():
            if position in best:
                since[address] = symbol
                moved.setdefault(best[position].old, address)
        followed, prepared = moved, older
        if not followed:
            break
    return since


def _rank(edge: Edge) -> tuple[bool, float]:
    return not edge.is_second, edge.likeness
