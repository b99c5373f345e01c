"""Tells the life of a paragraph through the renewals of its mandate: where it came from, what became of it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitor.renewals.comparison import Line, Status
from monitor.renewals.lines import compare_texts
from monitor.renewals.pairing import Edge, pair
from monitor.renewals.wording.weights import prepare
from storage.models import Paragraph


@dataclass(frozen=True, slots=True)
class Step:
    """A paragraph in one text, and how it came there from the text before.

    `line` is None where the words first appear, and where neither the old nor the new paragraph is about women.
    `is_same` says that the words are those of the text before.
    """

    symbol: str
    paragraph: Paragraph
    line: Line | None
    is_same: bool


@dataclass(frozen=True, slots=True)
class Life:
    """The steps of a paragraph, oldest first. `gone_in` is the text that dropped it, None while it stands."""

    steps: tuple[Step, ...]
    gone_in: str | None


def biography(texts: Mapping[str, Sequence[Paragraph]], symbol: str, address: str, language: str = "en") -> Life:
    """Follow a paragraph of one text back to its first appearance and on to its last, through full texts in order.

    Of several paragraphs that it was merged from or split into, the most alike is followed.

    Raises:
        KeyError: the text is not among them, or has no such paragraph.
    """
    symbols = list(texts)
    at = symbols.index(symbol) if symbol in texts else -1
    places = {paragraph.address: n for n, paragraph in enumerate(texts.get(symbol, ()))}
    if at < 0 or address not in places:
        raise KeyError(f"{symbol}, {address}")
    earlier, position = [], places[address]
    for n in range(at, -1, -1):
        before = symbols[n - 1] if n else None
        edge = _edge(texts, before, symbols[n], position, is_back=True) if before else None
        earlier.append(_step(texts, before, symbols[n], position, edge, language))
        if edge is None:
            break
        position = edge.old
    later: list[Step] = []
    position, gone_in = places[address], None
    for before, after in zip(symbols[at:], symbols[at + 1 :], strict=False):
        edge = _edge(texts, before, after, position, is_back=False)
        if edge is None:
            gone_in = after
            break
        position = edge.new
        later.append(_step(texts, before, after, position, edge, language))
    return Life((*reversed(earlier), *later), gone_in)


def _edge(
    texts: Mapping[str, Sequence[Paragraph]], before: str, after: str, position: int, *, is_back: bool
) -> Edge | None:
    """The pair by which a paragraph goes on: of several the most alike."""
    edges = pair(prepare(texts[before]), prepare(texts[after]), before)
    own = [edge for edge in edges if (edge.new if is_back else edge.old) == position and not edge.is_cited]
    return max(own, key=lambda edge: (not edge.is_second, edge.likeness), default=None)


def _step(
    texts: Mapping[str, Sequence[Paragraph]],
    before: str | None,
    symbol: str,
    position: int,
    edge: Edge | None,
    language: str,
) -> Step:
    paragraph = texts[symbol][position]
    if before is None or edge is None:
        return Step(symbol, paragraph, None, is_same=False)
    old = texts[before][edge.old]
    key = old.address, paragraph.address
    lines = compare_texts(texts[before], texts[symbol], before, language).lines
    line = next((one for one in lines if one.key == key), None)
    is_same = prepare([old])[0].key == prepare([paragraph])[0].key if line is None else line.status is Status.KEPT
    return Step(symbol, paragraph, line, is_same)
