"""Finds the footnotes that close a plain text, and takes the marks that point to them out of its sentences.

A mark is a bare number in the text ("San Francisco 12 and at"): it is taken out only when a note of that number is
there, and when only one place in the text can be meant. Otherwise it stays, as printed.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from scraper.readers.block import Block, BlockKind

# as in: "12 See Official Records", "17See", "1/ S/24476, annex.", "[3] Ibid.", "* Paragraph 3 of the English text", and
# with brackets "(1) Ibid., document S/3122."
_NOTE = re.compile(r"\d{1,3}(?:/\s|\s?(?=[A-Z“(]))|\[\d{1,3}\]|\*{1,3}\s?\S|\(\d{1,3}\)\s(?:Ib[il]d|See)\b")
_NUMBER = re.compile(r"[\[(]?(?P<number>\d{1,3}|\*{1,3})(?!\d)")
_NOTES_BEGIN = re.compile(r"Footnotes|Notes")
# "..., 16", "...; 21 22", "... Republic,(19)": what stands behind the last stop of a paragraph, and counts nothing
_LAST_MARK = re.compile(
    r"(?<=[^\W\d_][,;.:])\s?\d{1,3}(?:\s\d{1,3})*$|(?<=[\d)”’\"\]][,;.:])\s\d{1,3}$|(?<=[^\W\d_][,;.:])\s?\(\d{1,3}\)$"
)
# After these a number is what it looks like: "resolution 12", "paragraph 5", "of 22 July", "by 10 votes"
_COUNTS_BEFORE = re.compile(
    r"(?:\b(?:resolutions?|paragraphs?|paras?\.|Articles?|Chapters?|Rules?|items?|annex|No\.|Nos\.|and|or|of|on|to|from|by"
    r"|than|within|least|most|the|for|at|in|its|some|last|next|first|pages?|pp?\.|volume|vol\.|until|between|since|S/\w+"
    r"|January|February|March|April|May|June|July|August|September|October|November|December"
    r")\s?|\d[,.]?\s?)$",
    re.IGNORECASE,
)
# Before these it counts something: "12 hours", "6 June", "3 (1946)"
_COUNTED_BEHIND = re.compile(
    r"\s(?:hours?|days?|weeks?|months?|years?|members?|votes?|abstentions?|States?|per cent|million"
    r"|and \d|to \d|\(\d{4}\)"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)\b"
)


def set_notes_apart(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, the notes that close the document as footnotes and their marks out of the text."""
    blocks = _closing_notes(list(blocks))
    numbers = [
        found["number"] for block in blocks if block.kind is BlockKind.FOOTNOTE and (found := _NUMBER.match(block.text))
    ]
    blocks = [_without_last_mark(block) if block.kind is BlockKind.TEXT else block for block in blocks]
    taken = {mark for block in blocks for mark in block.marks}
    for number in dict.fromkeys(number for number in numbers if number not in taken):
        _take_mark(blocks, number)
    return blocks


def _without_last_mark(block: Block) -> Block:
    """A block without the marks behind its last stop: "Republic of Cameroun, 16" ends in a comma (S/RES/133)."""
    mark = _LAST_MARK.search(block.text)
    if mark is None:
        return block
    return replace(block, text=block.text[: mark.start()], marks=(*block.marks, *mark[0].split()))


def _closing_notes(blocks: list[Block]) -> list[Block]:
    begins = [place for place, block in enumerate(blocks) if _NOTES_BEGIN.fullmatch(block.text)]
    for place in range(begins[-1], len(blocks)) if begins else ():
        if blocks[place].kind is BlockKind.TEXT:
            blocks[place] = replace(blocks[place], kind=BlockKind.FOOTNOTE)
    for place in reversed(range(len(blocks))):
        if blocks[place].kind is not BlockKind.TEXT:
            continue
        if not _NOTE.match(blocks[place].text):
            break
        blocks[place] = replace(blocks[place], kind=BlockKind.FOOTNOTE)
    return blocks


def _take_mark(blocks: list[Block], number: str) -> None:
    """Takes one mark out of the only text it can stand in."""
    mark = re.compile(
        rf"(?<=[\w,;.]){re.escape(number)}(?=[\s,;.]|$)"
        if number[0] == "*"
        else rf"(?<=[a-z)”’\"\],;.:]) ?{number}(?=[\s,;.:)\]”]|$)(?![.,]\d)|\[{number}\]| ?\({number}\)(?=[\s,;.:]|$)"
    )
    found = [
        (place, candidate)
        for place, block in enumerate(blocks)
        if block.kind is BlockKind.TEXT
        for candidate in mark.finditer(block.text)
        if not _COUNTS_BEFORE.search(block.text[: candidate.start()])
        and not _COUNTED_BEHIND.match(block.text[candidate.end() :])
    ]
    if len(found) == 1:
        place, candidate = found[0]
        block = blocks[place]
        text = block.text[: candidate.start()] + block.text[candidate.end() :]
        blocks[place] = replace(block, text=text, marks=(*block.marks, candidate[0].strip()))
