"""Reads the paragraph numbers that scanning misread, where their neighbours leave no doubt.

"4, Demands" between 3 and 5 is paragraph 4, and so is "S. Appeals" between 4 and 6 paragraph 5. What was printed is
kept beside the paragraph as furniture; a number without such neighbours stays as it is.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from scraper.readers.block import Block, BlockKind, Furniture

_PRINTED = re.compile(r"(?P<number>\d{1,3})\.(?:\s|(?=[A-Z“])|$)")
# "4, Demands", "l. Decides", "i9. Calls", "2 Requests", "14; Urges", "S. Appeals"
_MISREAD = re.compile(r"(?P<printed>(?P<name>[\dIilSZO!\]|]{1,3})\s?[.,;:]?)\s+(?=[A-Z][a-z])")
_LOOKS = str.maketrans("IilSZO!]|", "111520111")


def mend_numbers(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, misread numbers as their neighbours show them and the misreadings as furniture."""
    mended: list[Block] = []
    expected = 1
    for place, block in enumerate(blocks):
        printed = _number(block)
        misread = _MISREAD.match(block.text) if block.kind is BlockKind.TEXT and printed is None else None
        if misread and _value(misread) == expected and _is_followed(blocks[place + 1 :], misread, expected):
            mark = Block(misread["printed"], block.page, BlockKind.FURNITURE, furniture=Furniture.MISREAD_NUMBER)
            mended += [mark, replace(block, text=f"{expected}. {block.text[misread.end() :]}")]
            expected += 1
            continue
        mended.append(block)
        if printed is not None:
            expected = printed + 1
    return mended


def _number(block: Block) -> int | None:
    found = _PRINTED.match(block.text) if block.kind is BlockKind.TEXT else None
    return int(found["number"]) if found else None


def _value(misread: re.Match[str]) -> int | None:
    digits = misread["name"].translate(_LOOKS)
    return int(digits) if digits.isdigit() else None


def _is_followed(later: Sequence[Block], misread: re.Match[str], expected: int) -> bool:
    """Whether the next number, read the same way, goes on; a digit may be the last of all, a letter may not."""
    for block in later:
        if block.kind is not BlockKind.TEXT:
            continue
        number = _number(block)
        if number is not None:
            return number == expected + 1
        next_one = _MISREAD.match(block.text)
        if next_one is not None and _value(next_one) == expected + 1:
            return True
    return misread["name"].isdigit() and expected > 1
