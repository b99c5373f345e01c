"""How the search index is written: numbers of few bytes, deflated, in a script that a page can load anywhere. Pure.

Only scripts open from a folder on a disk, so every part is a call with one string: `S("w12","...")`.
"""

import zlib
from base64 import b64encode
from collections.abc import Iterable
from typing import Final

_RAW: Final = -15


def varints(numbers: Iterable[int]) -> bytes:
    """Numbers from 0 on, seven bits a byte, the lowest first; the last byte of each has no high bit."""
    told = list(numbers)
    if max(told, default=0) < 128:
        return bytes(told)
    out = bytearray()
    for number in told:
        while number > 127:
            out.append(number & 127 | 128)
            number >>= 7
        out.append(number)
    return bytes(out)


def shard(name: str, content: bytes) -> bytes:
    """A part of the index as a script."""
    return _script(name, zlib.compress(content, 9))


class Continued:
    """Parts that all go on from the same words, so that each is shorter by what it repeats of them.

    A reader puts `start` before a part, inflates both, and leaves away the words that all go on from.
    """

    def __init__(self, words: bytes) -> None:
        self._begun = zlib.compressobj(9, zlib.DEFLATED, _RAW)
        self.start = self._begun.compress(words) + self._begun.flush(zlib.Z_SYNC_FLUSH)

    def begin(self, name: str) -> bytes:
        """The start as a script."""
        return _script(name, self.start)

    def shard(self, name: str, content: bytes) -> bytes:
        """A part as a script."""
        going_on = self._begun.copy()
        return _script(name, going_on.compress(content) + going_on.flush())


def _script(name: str, content: bytes) -> bytes:
    return b'S("' + name.encode() + b'","' + b64encode(content) + b'")\n'
