"""Folds text for matching without moving a character: a place in the folded text is the same place in the original.

It does not clean: what is stored and shown is always the original.
"""


def fold(text: str) -> str:
    """Lower-cased text of the same length, with plain apostrophes and with hyphens and odd spaces as spaces.

    >>> fold("Women\u2019s and gender\u2011based")
    "women's and gender based"
    """
    folded = _lowered(text).replace("-", " ")
    if folded.isascii():
        return folded
    for odd, plain in _PLAIN:
        folded = folded.replace(odd, plain)
    return folded


def _lowered(text: str) -> str:
    """`İ` grows when it is lowered, which would shift every offset behind it: such letters stay as they are."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


# A vocabulary is typed with ' and - ; the Council's texts also hold ’ ‘ ´ ‐ ‑ ‒ – and spaces that do not break.
_PLAIN = (
    *((odd, "'") for odd in "\u2019\u2018\u00b4"),
    *((odd, " ") for odd in "\u2010\u2011\u2012\u2013\u00ad\u00a0\u202f"),
)
