"""Parts what a text saved from print runs together: one block with several numbered paragraphs, letters or recitals.

It looks only into blocks without a place on a page, where nothing but words could tell paragraphs apart, and cuts only
before the label that is due: "...; 21. Calls upon" after paragraph 20, "...; (b) To designate" after (a).
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import resources

from scraper.council.fixed_phrases import names_person
from scraper.council.ordinals import roman_numeral
from scraper.readers.block import Block, BlockKind
from scraper.structure.numbering.labels import Label, Series, split_label

_OPENERS = tomllib.loads(resources.files(__package__).joinpath("clause_openers.toml").read_text(encoding="utf-8"))
_ADVERBS = r"(?:(?:Also|Further|Having|Being|[A-Z][a-z]+ly) [a-z]|"
# ", 1. Decides", "; 21. Calls upon", ". 3. Requests": a number behind the end of a clause
_NUMBER = re.compile(r"(?<=[;:,.])\s(?:and\s)?(?P<number>\d{1,3})\.\s(?=[A-Z“\"])")
# "funds and financial measures 20. Encourages", "== IV == 13. Requests": behind a heading, before a verb
_BEHIND_HEADING = re.compile(
    r"(?<=[A-Za-z)=])\s(?P<number>\d{1,3})\.\s(?=(?:[A-Z][a-z]+ly |Also |Further )?[A-Z]?[a-z]+s\b)"
)
# as in "; (b) To designate", ": (a) Contributions", "; and (c) The", "peace process (l) To facilitate"; letters before
# words in small letters are printed within the paragraph: "missions to: (a) assist host countries" (S/RES/2086)
_LETTER = re.compile(
    r"(?:(?<=[;:.])|(?<=,)(?=\s\(\w+\)\s[A-Z])|(?<=;\sand)|(?<=[a-z])(?=\s\(\w+\)\sTo\b))"
    r"\s\((?P<name>[a-z]{1,2}|[ivx]{1,5}|\d)\)\s(?![a-z])"
)
# as in "(Malta) – Iain Bonomy", "(Turkey); · Ms. Florence"
_MARKED = {mark: re.compile(rf"(?<=[;:,.)])\s(?={re.escape(mark)}\s)") for mark in "•●▪◦·–—-"}
# rows of persons: "... Tribunal: Mr. Tanvir Bashir Ansari (Pakistan) Mr. Melville Baird (Trinidad and Tobago)"
_ROW = re.compile(r"(?<=[):])\s(?=(?:Mr|Ms|Mrs|Dr|Judge|Sir|Dame)\b\.?\s[A-Z])")
_ROWS = 3  # that many together are rows and no sentence
_ENACTED = re.compile(r"(?:The )?Security Council\s?,\s(?=[A-Z])")
_OPENS_RECITAL = re.compile(rf"(?:{'|'.join(_OPENERS['recitals'])})\b")
_RECITAL = re.compile(rf"(?<=,)\s(?={_ADVERBS}(?:{'|'.join(_OPENERS['recitals'])})\b))")
_DECISION = re.compile(rf"(?<=[,;])\s(?={_ADVERBS}(?:{'|'.join(_OPENERS['decisions'])})\b))")
_MOST_ROMANS = 12  # lists of romans are short


def part_blocks(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same words in more blocks, wherever several paragraphs stood in one."""
    parted: list[Block] = []
    due = _Due()
    for block in blocks:
        if block.kind is not BlockKind.TEXT or block.left is not None:
            parted.append(block)
            continue
        texts = [row for recital in _recitals(block.text) for text in due.cut(recital) for row in _rows(text)]
        # The marks of a block stay with its first part: where in the text they stood is not known here.
        parted += [replace(block, text=text, marks=block.marks if at == 0 else ()) for at, text in enumerate(texts)]
    return tuple(parted)


def _recitals(text: str) -> Iterator[str]:
    """The recitals and decisions of a text that opens with the enacting words and goes on behind them."""
    enacted = _ENACTED.match(text)
    if enacted is None:
        # S/RES/140: "Having examined the application of the Malagasy Republic, Recommends to the General Assembly"
        yield from _DECISION.split(text, maxsplit=1) if _OPENS_RECITAL.match(text) else (text,)
        return
    yield enacted[0].strip()
    rest = text[enacted.end() :]
    numbered = _NUMBER.search(rest)
    before, behind = (rest, "") if numbered is None else (rest[: numbered.start()], rest[numbered.start() :].strip())
    for recital in _RECITAL.split(before):
        yield from _DECISION.split(recital)
    if behind:
        yield behind


def _rows(text: str) -> Iterator[str]:
    """The rows of a list of persons that stands in one text, and what introduces it; or the text."""
    rows = _ROW.split(text)
    persons = sum(names_person(row) for row in rows)
    yield from rows if persons >= _ROWS else (text,)


class _Due:
    """Which label is due next, as the blocks go by."""

    def __init__(self) -> None:
        self._number = 1
        self._letters: tuple[str, ...] = ("a", "1")

    def cut(self, text: str) -> Iterator[str]:
        """A text in parts, each but the first beginning with the label that was due."""
        while True:
            label, words = split_label(text)
            self._passed(label)
            at = len(text) - len(words)
            end = self._next(text, at, label)
            yield text[:end].strip()
            if end == len(text):
                return
            text = text[end:].strip()

    def _passed(self, label: Label | None) -> None:
        if label is None or label.is_bullet:
            return
        if label.is_number:
            self._number = label.readings[0].ordinal + 1
            self._letters = ("a", "i", "1")
        elif label.shape == "(_)" and not label.is_capital:
            self._letters = tuple(_successor(label)) + (("i",) if label.name != "h" else ())

    def _next(self, text: str, start: int, label: Label | None) -> int:
        """Where the next paragraph begins within a text, its end when none does."""
        places = [
            found.start()
            for pattern in (_NUMBER, _BEHIND_HEADING)
            for found in pattern.finditer(text, start)
            if int(found["number"]) == self._number
        ]
        places += [found.start() for found in _LETTER.finditer(text, start) if found["name"] in self._letters]
        places += [found.start() for mark in self._marks(label, text) for found in _MARKED[mark].finditer(text, start)]
        return min((place for place in places if text[:place].strip()), default=len(text))

    @staticmethod
    def _marks(label: Label | None, text: str) -> Iterator[str]:
        """The bullets that may open parts of a text: its own, or one that follows a colon in it."""
        if label is not None and label.printed in _MARKED:
            yield label.printed
        else:
            yield from (mark for mark in _MARKED if f": {mark} " in text)


def _successor(label: Label) -> Iterator[str]:
    """The names that may follow a label in its own list."""
    for reading in label.readings:
        if reading.series is Series.LETTER and reading.ordinal < 26:
            yield chr(ord("a") + reading.ordinal)
        if reading.series is Series.NUMBER:
            yield str(reading.ordinal + 1)
        if reading.series is Series.ROMAN and reading.ordinal < _MOST_ROMANS:
            yield roman_numeral(reading.ordinal + 1)
