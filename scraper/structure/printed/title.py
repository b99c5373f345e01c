"""Where a document's title ends and its text begins: by size, by the enacting words, or by what titles say."""

import re
from collections import Counter
from collections.abc import Sequence

from scraper.readers.block import Block, BlockKind
from scraper.structure.numbering.labels import split_label
from scraper.structure.printed.block_roles import is_heading
from scraper.structure.printed.head import is_title

_TITLE_BLOCKS = 4
_HEAD_BLOCKS = 16
_BODY_SHARE = 0.1  # of a page's letters: less is not the size of its text
_TITLE_SIZE = 11.5  # points: a page on which nothing is smaller shows a title and no text
_LARGER = 1.0  # points: titles are set in 12 and more, text in 10
# "REPORT OF THE SECRETARY-GENERAL ON ...", "Identical letters dated ...", "Note verbale dated ...", "Security Council
# mission to Western Sahara": how the title opens where it is set like the text
_OPENS = re.compile(
    r"(?:[\w-]+ ){0,4}?(?:reports? (?:of|by|on)\b|letters? dated\b|note verbale\b|note by\b|special mission\b"
    r"|security council (?:\w+ ){0,2}mission\b|(?:summary )?statement by\b)",
    re.IGNORECASE,
)
_LONGEST = 600  # letters: "Letter dated ... from the representatives of ..." names them all


def title_end(blocks: Sequence[Block], enacting: int | None) -> int:
    """Where the text begins: at the first block in its size, or with a number; titles are set larger.

    Where the format has no sizes, or sets nothing larger, titles are what stands before "The Security Council," (the
    place `enacting`), or what reads like them.
    """
    size = _text_size(blocks)
    if size is None:
        return _worded_end(blocks) if enacting is None else enacting
    for place, block in enumerate(blocks):
        is_large = block.size is not None and block.size > size + _LARGER
        if _is_text(block) and (not is_large or split_label(block.text)[0] is not None):
            end = max(place, _small_title_end(blocks, enacting))
            is_untitled = enacting is None and not any(map(_is_text, blocks[:end]))
            return max(end, _typed_title_end(blocks)) if is_untitled else end
    return len(blocks)


def _text_size(blocks: Sequence[Block]) -> float | None:
    """The size of the text, as the page shows that has the title: an annex may be set larger, a table smaller.

    None where the format has no sizes.
    """
    first = next((block.page for block in blocks if _is_text(block)), 1)
    on_page, in_all = (_common_sizes(blocks, page) for page in (first, None))
    if not on_page:
        return None
    return min(in_all) if in_all and min(on_page) >= _TITLE_SIZE else min(on_page)


def _common_sizes(blocks: Sequence[Block], page: int | None) -> list[float]:
    sizes = Counter[float | None]()
    for block in blocks:
        if _is_text(block) and page in (None, block.page):
            sizes[block.size] += len(block.text)
    return [size for size, letters in sizes.items() if size is not None and letters > _BODY_SHARE * sizes.total()]


def _small_title_end(blocks: Sequence[Block], enacting: int | None) -> int:
    """The same where lines of the title are set like the text: at the enacting words, if they stand near the top."""
    is_near = enacting is not None and sum(map(_is_text, blocks[:enacting])) <= _TITLE_BLOCKS
    return enacting if enacting is not None and is_near else 0


def _typed_title_end(blocks: Sequence[Block]) -> int:
    """The same where all is typed in one size, as in the 1990s: behind the first block that opens like a title.

    Nothing but lines without a stop may stand before it.
    """
    first = [place for place, block in enumerate(blocks) if _is_text(block)][:_TITLE_BLOCKS]
    for place in first:
        text = blocks[place].text
        if text.endswith((".", ";", ":")) or split_label(text)[0] is not None:
            return 0
        if len(text) < _LONGEST and _OPENS.match(text):
            return place + 1
    return 0


def _worded_end(blocks: Sequence[Block]) -> int:
    """Behind the last of the first blocks that reads like a resolution's title or adoption line.

    Behind the first heading when none does, and at the beginning when that is no heading.
    """
    first = [place for place, block in enumerate(blocks[:_HEAD_BLOCKS]) if _is_text(block)]
    titles = [place + 1 for place in first if is_title(blocks[place].text)]
    if titles or not first:
        return titles[-1] if titles else 0
    if typed := _typed_title_end(blocks):
        return typed
    label, _ = split_label(blocks[first[0]].text)
    return first[0] + 1 if label is None and is_heading(blocks[first[0]], None, None) else 0


def _is_text(block: Block) -> bool:
    return block.kind is BlockKind.TEXT
