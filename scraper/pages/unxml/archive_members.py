"""Reads files out of the repository's archive, a gzipped tar as git writes it, without unpacking it to the disk (pure).

An archive is not believed: nothing in it is written anywhere by its name, only what the caller names is taken, and
each read has a limit. The headers are read here and not by Python's `tarfile`, which takes the size that a hostile
header claims for the size of a path into memory.
"""

import re
import zlib
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from scraper.errors import TooLarge, Unreadable

_BLOCK: Final = 512
_PIECE: Final = 1 << 16
_LONGEST_HEADER: Final = 1 << 16
"""A path is a line; no header of a sound archive that extends another is longer."""
_GZIP: Final = 31  # zlib's word for a gzip header and trailer

_FILE: Final = frozenset({b"0", b"\0", b"7"})
_FOLDER: Final = b"5"
_PAX, _PAX_OF_ALL, _LONG_NAME, _LONG_LINK = b"x", b"g", b"L", b"K"
_PAX_RECORD: Final = re.compile(rb"(\d{1,9}) ([^=]+)=")  # "30 path=2026/English/S_RES_…"


@dataclass(frozen=True, slots=True)
class MemberLimits:
    """How much of an archive is read: entries, bytes of all that is in it, and bytes of one file."""

    entries: int
    unpacked_bytes: int
    member_bytes: int


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive that was asked for. `name` is its path with the folder that the archive puts over all."""

    path: str
    name: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that no honest archive has, or a file that was asked for and can't be taken, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class _Header:
    kind: bytes
    name: str
    size: int


def read_members(file: BinaryIO, wanted: Container[str], limits: MemberLimits) -> Iterator[Member | Refused]:
    """The files of an archive whose paths are wanted, in its order, and the entries that are refused.

    Raises:
        Unreadable: the archive is cut off, damaged, or none.
        TooLarge: it holds more entries or bytes than it may; what came before stands.
    """
    stream = _Unpacked(file, limits.unpacked_bytes)
    for number, header in enumerate(_headers(stream)):
        if number >= limits.entries:
            raise TooLarge("archive-too-large", f"expected at most {limits.entries} entries in the archive, found more")
        path = header.name.partition("/")[2]
        if header.kind == _FOLDER:
            stream.skip(header.size)
        elif _leads_elsewhere(header.name):
            stream.skip(header.size)
            yield Refused(header.name, "it leads elsewhere")
        elif header.kind not in _FILE:
            stream.skip(header.size)
            yield Refused(header.name, "it is no file")
        elif path not in wanted:
            stream.skip(header.size)
        elif header.size > limits.member_bytes:
            stream.skip(header.size)
            yield Refused(header.name, f"it has {header.size} bytes")
        else:
            yield Member(path, header.name, stream.read(header.size))
        stream.skip(-header.size % _BLOCK)


def _headers(stream: "_Unpacked") -> Iterator[_Header]:
    """The entries' headers; the caller passes over what each announces before it asks for the next."""
    longer: dict[bytes, bytes] = {}
    while True:
        block = stream.read(_BLOCK)
        if not any(block):  # two blocks of zeros end it
            return
        kind, size = block[156:157], _number(block[124:136])
        if _number(block[148:156]) != sum(block[:148]) + 8 * 32 + sum(block[156:]):
            raise Unreadable("archive-damaged", "expected a header of tar, found one with another checksum")
        if kind in (_PAX, _PAX_OF_ALL, _LONG_NAME, _LONG_LINK):
            if size > _LONGEST_HEADER:
                raise TooLarge("archive-too-large", f"expected a header below {_LONGEST_HEADER} bytes, found {size}")
            content = stream.read(size)
            stream.skip(-size % _BLOCK)
            if kind == _PAX:
                longer |= _pax_records(content)
            elif kind == _LONG_NAME:
                longer[b"path"] = content.rstrip(b"\0")
            continue
        prefix = block[345:500].rstrip(b"\0") if block[257:262] == b"ustar" and block[262:263] == b"\0" else b""
        name = block[:100].partition(b"\0")[0]
        name = longer.pop(b"path", prefix + b"/" + name if prefix else name)
        told = longer.pop(b"size", b"")
        longer.clear()
        is_bare = kind not in _FILE  # links, devices and folders have no content, whatever their header says
        yield _Header(kind, name.decode("utf-8", "replace"), 0 if is_bare else int(told) if told.isdigit() else size)


def _pax_records(content: bytes) -> dict[bytes, bytes]:
    records = {}
    at = 0
    while match := _PAX_RECORD.match(content, at):
        end = at + int(match[1])
        if end <= match.end() or end > len(content):
            raise Unreadable("archive-damaged", "expected a record of its own length in a header, found another")
        records[match[2]] = content[match.end() : end - 1]
        at = end
    return records


def _number(field: bytes) -> int:
    """A number of a header: octal digits, or where the first bit is set the bytes themselves."""
    if field[0] & 0x80:
        return int.from_bytes(bytes([field[0] & 0x7F]) + field[1:], "big")
    digits = field.strip(b" \0")
    if not digits:
        return 0
    try:
        return int(digits, 8)
    except ValueError as error:
        raise Unreadable("archive-damaged", f"expected an octal number in a header, found {field!r}") from error


def _leads_elsewhere(name: str) -> bool:
    """Whether a name would leave the folder it is unpacked in.

    >>> [_leads_elsewhere(name) for name in ("top/2026/a.xml", "../a.xml", "/etc/passwd", "top/../../a")]
    [False, True, True, True]
    """
    return name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/")


class _Unpacked:
    """The bytes of a gzip file in their order, no more of them than allowed."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file = file
        self._most = most
        self._left = most
        self._gzip = zlib.decompressobj(_GZIP)
        self._ready = b""

    def read(self, size: int) -> bytes:
        """So many bytes; raises Unreadable where the archive ends before."""
        pieces = []
        while size:
            piece = self._some(size)
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def skip(self, size: int) -> None:
        """Pass over so many bytes."""
        while size:
            size -= len(self._some(size))

    def _some(self, most: int) -> bytes:
        if not self._ready:
            self._ready = self._next()
        piece, self._ready = self._ready[:most], self._ready[most:]
        return piece

    def _next(self) -> bytes:
        while True:
            packed = self._gzip.unconsumed_tail or self._file.read(_PIECE)
            if self._gzip.eof or not packed:
                raise Unreadable("archive-cut-off", "expected a whole archive, found that it ends in the middle")
            try:
                piece = self._gzip.decompress(packed, _PIECE)
            except zlib.error as error:
                raise Unreadable("archive-damaged", f"expected a gzip file, found: {error}") from error
            if piece:
                self._left -= len(piece)
                if self._left < 0:
                    raise TooLarge(
                        "archive-too-large", f"expected at most {self._most} bytes in the archive, found more"
                    )
                return piece
