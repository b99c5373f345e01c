"""Makes as many documents as are wanted out of real ones: each has the frame and the length of a real resolution, and
in it paragraphs drawn from all of them, the preamble's among the preambles'.

So a word is as frequent as in the corpus, a document as long, and no two are the same. Numbers, dates and symbols are
made up. The same count gives the same documents.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FIRST_NUMBER, LAST_NUMBER = 100, 9999
FIRST_YEAR = 2020
SEED = 1325
LEAST_DECIDED = 3
"""With fewer paragraphs a frame may draw none by which a resolution is known."""

# <p xml:space="preserve">	<span class="italic">Recalling</span> its resolutions ...</p>; who speaks stays in its frame
_PARAGRAPH = re.compile(
    rb'(?<=<p xml:space="preserve">)(?!\s*<span class="italic">\s*The Security Council)(.*?)(?=</p>)', re.DOTALL
)
_BODY = re.compile(rb"<mainBody\b")
_PREAMBLE = re.compile(rb"<preamble\b")
# <docNumber refersTo="#symbol">S/RES/1411 (2002)</docNumber>
_SYMBOL = re.compile(rb"S/RES/\d+ ?\(\d{4}\)(?=</docNumber>)")
# date="2002-05-17"; the 29th of February would be no day of most years
_DATE = re.compile(rb'(?<=date=")\d{4}-(\d\d)-(\d\d)(?=")')


@dataclass(frozen=True, slots=True)
class SyntheticFile:
    """One document: its path as the UN's repository would have it, its symbol, its XML."""

    path: str
    symbol: str
    body: bytes


@dataclass(frozen=True, slots=True)
class _Frame:
    """A real document, cut at its paragraphs: what stands between them, and how many belong to the preamble."""

    between: list[bytes]
    recitals: int


class SyntheticCorpus:
    """Documents made of the XML resolutions in a folder."""

    def __init__(self, folder: Path) -> None:
        self._frames: list[_Frame] = []
        self._recitals: list[bytes] = []
        self._others: list[bytes] = []
        for path in sorted(folder.glob("*.xml")):
            self._cut(path.read_bytes())
        if not self._frames:
            raise SystemExit(f"expected resolutions in XML, found none in {folder}")

    def files(self, count: int, start: int = 0) -> Iterator[SyntheticFile]:
        """So many documents from the one at `start` on."""
        for at in range(start, start + count):
            yield self._made(at)

    def _cut(self, body: bytes) -> None:
        begin, middle = _PREAMBLE.search(body), _BODY.search(body)
        if begin is None or middle is None or not _SYMBOL.search(body):
            return
        pieces = _PARAGRAPH.split(body[begin.start() :])
        recitals = len(_PARAGRAPH.findall(body[begin.start() : middle.start()]))
        if len(pieces) // 2 - recitals < LEAST_DECIDED:
            return
        self._recitals += pieces[1::2][:recitals]
        self._others += pieces[1::2][recitals:]
        self._frames.append(_Frame([body[: begin.start()] + pieces[0], *pieces[2::2]], recitals))

    def _made(self, at: int) -> SyntheticFile:
        chance = random.Random(SEED + at)  # noqa: S311 - the same documents again, not secrets
        frame = chance.choice(self._frames)
        years, place = divmod(at, LAST_NUMBER + 1 - FIRST_NUMBER)
        number, year = FIRST_NUMBER + place, FIRST_YEAR + years
        parts = [frame.between[0]]
        for position, between in enumerate(frame.between[1:]):
            parts += [chance.choice(self._recitals if position < frame.recitals else self._others), between]
        symbol = f"S/RES/{number} ({year})"
        body = _SYMBOL.sub(symbol.encode(), b"".join(parts))
        body = _DATE.sub(lambda day: b"%d-%s-%s" % (year, day[1], min(day[2], b"28")), body)
        return SyntheticFile(f"{year}/English/S_RES_{number}-{at:07d}E.xml", symbol, body)
