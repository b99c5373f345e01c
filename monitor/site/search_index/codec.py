"""How the search index is written: numbers of few bytes, deflated, in a script that a page can load anywhere. Pure.

Only scripts open from a folder on a disk, so every part is a call with one string: `S("w12","...")`.
"""

import zlib
from base64 import b64encode
from collections.abc import Iterable


def varints(numbers: Iterable[int]) -> bytes:
    """Numbers from 0 on, seven bits a byte, the lowest first; the last byte of each has no high bit."""
    out = bytearray()
    for number in numbers:
        while number > 127:
            out.append(number & 127 | 128)
            number >>= 7
        out.append(number)
    return bytes(out)


def shard(name: str, content: bytes) -> bytes:
    """A part of the index as a script."""
    return b'S("' + name.encode() + b'","' + b64encode(zlib.compress(content, 9)) + b'")\n'
