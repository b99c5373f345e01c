"""Reads the numbers and letters of paragraphs that scanning misread, where their neighbours leave no doubt.

"4, Demands" between 3 and 5 is paragraph 4, "S. Appeals" between 4 and 6 paragraph 5, "(6)" between (a) and (c) is (b).
What the text has is kept beside the paragraph as furniture; a label without such neighbours stays as it is.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from scraper.readers.block import Block, BlockKind, Furniture

_PRINTED = re.compile(r"(?P<number>\d{1,3})\.(?:\s|(?=[A-Z“])|$)")
# "4, Demands", "l. Decides", "i9. Calls", "2 Requests", "14; Urges", "S. Appeals"
_MISREAD = re.compile(r"(?P<printed>(?P<name>[\dIilSZO!\]|]{1,3})\s?[.,;:]?)\s+(?=[A-Z][a-z])")
# "(6) To observe", "(ad) Assistance", "(c}) The principles", and every sound label in brackets
_BRACKETED = re.compile(r"(?P<printed>\((?P<name>[a-z]{1,2}|[ivx]{1,5}|\d)(?:\)|\}\)?)\.?)\s+(?=\S)")
_LIKE_LETTERS = {"5": "b", "6": "b", "8": "b", "2": "d"}  # as scanning sees the last letter of a list
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_LOOKS = str.maketrans("IilSZO!]|", "111520111")


def mend_labels(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, misread labels as their neighbours show them and the misreadings as furniture."""
    return _mend_letters(_mend_numbers(blocks))


def _mend_numbers(blocks: Sequence[Block]) -> list[Block]:
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


def _mend_letters(blocks: Sequence[Block]) -> list[Block]:
    """The same for labels in brackets."""
    # The labels in their run, "" for a whole number, at which every list of letters ends.
    run = [(place, name) for place, block in enumerate(blocks) if (name := _name(block)) is not None]
    names = ["", *(name for _, name in run), ""]
    due: dict[int, str] = {}
    for at, (place, name) in enumerate(run, 1):
        letter = _letter_due(names[at - 1], name, names[at + 1]) or (name if "}" in blocks[place].text[:5] else None)
        if letter is not None:
            names[at] = due[place] = letter
    mended: list[Block] = []
    for place, block in enumerate(blocks):
        misread = _BRACKETED.match(block.text) if place in due else None
        if misread is not None:
            mended.append(
                Block(misread["printed"], block.page, BlockKind.FURNITURE, furniture=Furniture.MISREAD_NUMBER)
            )
            block = replace(block, text=f"({due[place]}) {block.text[misread.end() :]}")
        mended.append(block)
    return mended


def _name(block: Block) -> str | None:
    if block.kind is not BlockKind.TEXT:
        return None
    found = _BRACKETED.match(block.text)
    if found is not None:
        return found["name"]
    return "" if _PRINTED.match(block.text) else None


def _letter_due(before: str, name: str, after: str) -> str | None:
    """The label that must stand between two others, None when another may, or when it stands there."""
    if name == "" or (name.isdigit() and (before.isdigit() or after.isdigit())):
        return None
    letter = (
        chr(ord(before) + 1) if len(before) == 1 and before.isalpha() and before < "z" else "a" if not before else ""
    )
    if letter and after == chr(ord(letter) + 1):
        return None if name == letter else letter
    if name.isdigit() and after == "ii":
        return "i"
    if before in _ROMAN[:-2] and name not in _ROMAN and after == _ROMAN[_ROMAN.index(before) + 2]:
        return _ROMAN[_ROMAN.index(before) + 1]
    is_last = after in ("", "i")  # a list of roman numerals may begin behind it
    return letter if is_last and letter and before and _LIKE_LETTERS.get(name) == letter else None
