"""Where one text renews several mandates: leaves each paragraph to the comparison that tells of it best. Pure.

A paragraph alarms once. What the new text says is told beside the old words that come nearest, whosever mandate they
were; what is gone from two old texts that said the same is told once.
"""

from collections.abc import Sequence
from dataclasses import replace

from monitor.renewals.comparison import Comparison, Line, Status
from monitor.renewals.wording.weights import prepare
from storage.models import Paragraph


def told_once(found: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """The comparisons of one new text with the text before it in each of its mandates, no paragraph in two of them.

    Of two that tell of a paragraph as well, the first does. Lines that say what is gone are never left out for a
    paragraph that stayed; kept paragraphs are no alarm, and stay in each.
    """
    best: dict[str, int] = {}
    for n, one in enumerate(found):
        for line in one.lines:
            address = line.key[1]
            if address is not None and (address not in best or _rank(line) > _told_at(found[best[address]], address)):
                best[address] = n
    gone: set[str] = set()
    told = []
    for n, one in enumerate(found):
        lines = []
        for line in one.lines:
            new = line.key[1]
            if line.status is Status.KEPT:
                lines.append(line)
            elif line.is_silent and line.old is not None:
                words = _words(line.old)
                if words not in gone:
                    lines.append(line)
            elif new is None or best[new] == n:
                lines.append(line)
        gone |= {_words(line.old) for line in one.lines if line.is_silent and line.old is not None}
        told.append(replace(one, lines=tuple(lines)))
    return tuple(told)


def _told_at(found: Comparison, address: str) -> tuple[int, float]:
    return max(_rank(line) for line in found.lines if line.key[1] == address)


def _rank(line: Line) -> tuple[int, float]:
    """How well a line tells of its new paragraph: as it was, in other words, not at all."""
    if line.status is Status.NEW:
        return 0, 0.0
    return (2 if line.status is Status.KEPT else 1), line.confidence


def _words(paragraph: Paragraph) -> str:
    return prepare([paragraph])[0].key
