"""The loose fold of a text: what is left when only the words and their punctuation count. Pure.

Two printings of one text (a PDF and an XML, a re-stamped file) differ in white space, in where words are hyphenated,
and in the style of dashes and quotation marks. Those differences are no news, so they are folded away. Case is kept.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from storage.models import Paragraph

# pdfium reports a hyphen at a line's end as U+0002 or U+FFFE; U+200E stands in several of the UN's own XML files.
_IGNORED: Final = (
    "-\x02\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufffe"  # hyphens, soft hyphen, zero-width characters
    "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"  # hyphens and dashes; the minus is used as one
)
_DOUBLE_QUOTES: Final = "“”„‟«»″〝〞"
_SINGLE_QUOTES: Final = "‘’‚‛‹›′`´"

_FOLDS: Final = dict.fromkeys(_IGNORED, "") | dict.fromkeys(_DOUBLE_QUOTES, '"') | dict.fromkeys(_SINGLE_QUOTES, "'")
_FOLDED: Final = re.compile("[" + "".join(map(re.escape, _FOLDS)) + "]")

# Three paragraphs of four are ASCII, and deleting bytes is twice as fast as anything with strings.
_ASCII_IGNORED: Final = b"-\x02" + bytes(code for code in range(128) if chr(code).isspace())
_ASCII_QUOTES: Final = bytes.maketrans(b"`", b"'")


def loose_text(text: str) -> str:
    """Return the text's loose fold: `women‑s  “role”` gives `womens"role"`."""
    if text.isascii():
        return text.encode("ascii").translate(_ASCII_QUOTES, _ASCII_IGNORED).decode("ascii")
    # The acute accent is folded before NFKC, which would make it a space and a combining mark.
    normal = unicodedata.normalize("NFKC", text.replace("´", "'"))
    # Plain spaces go first, so that the split meets hardly any.
    return _FOLDED.sub(_fold, "".join(normal.replace(" ", "").split()))


def _fold(match: re.Match[str]) -> str:
    return _FOLDS[match[0]]


def text_hash(paragraphs: Iterable[Paragraph]) -> str:
    """Return the SHA-256 of the paragraphs' addresses and loosely folded texts, in their order."""
    # Commands that only read must start at once, and they never hash.
    import hashlib

    # U+001E and U+001F are white space to `str.split`, so no folded text holds them.
    lines = "\x1e".join(f"{paragraph.address}\x1f{loose_text(paragraph.text)}" for paragraph in paragraphs)
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()
