"""Stretches of the search index kept between builds, so that only what changed is read again.

The file can be thrown away at any time: what is not in it is made again. It stands beside the database and is no part
of the site.
"""

import json
import os
import zlib
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from monitor.site.folder import digest_of
from monitor.site.held.document import Doc
from monitor.site.search_index.postings import StemRun, Stretch, stretch_of
from monitor.site.search_index.words import Reader

NAME: Final = "site-index.cache"
_FAST: Final = 1


class Kept:
    """The stretches of the last build, and those of this one; `path` is their file, None where nothing is kept."""

    def __init__(self, path: Path | None = None) -> None:
        self.reader = Reader()
        self._path = path
        self._before = read_kept(path) if path else {}
        self._now: dict[str, bytes] = {}

    def stretch(self, texts: Sequence[str], ground: str) -> Stretch:
        """The stretch of some paragraphs, read only if it was not read before by the same program."""
        key = digest_of(part.encode("utf-8", "replace") for part in (ground, *texts))
        held = unpacked_stretch(self._before[key]) if key in self._before else None
        if held is not None:
            self._now[key] = self._before[key]
            return held
        read = self.reader.words(texts)
        made = stretch_of(read, self.reader.stems(word for words in read for word in words))
        if self._path is not None:
            self._now[key] = packed_stretch(made)
        return made

    def save(self) -> None:
        """Keep the stretches that were asked for; the others are forgotten."""
        if self._path is not None and self._now.keys() != self._before.keys():
            write_kept(self._path, self._now)


def read_stretches(docs: Sequence[Doc], ground: str, kept: Kept) -> list[Stretch]:
    """The paragraphs of documents, oldest first, a stretch for each year."""
    years = groupby(docs, key=year_of)
    return [
        kept.stretch([paragraph.text for doc in of_year for paragraph in doc.document.paragraphs], ground)
        for _, of_year in years
    ]


def year_of(doc: Doc) -> int:
    """The year by which documents stand in order, 0 for those without a day."""
    return doc.day.year if doc.day else 0


def read_kept(path: Path) -> dict[str, bytes]:
    """Packed stretches by their key; none where there is no such file or it can't be read."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        told: Any = json.loads(head)
        found: dict[str, bytes] = {}
        at = 0
        for key, length in told:
            found[str(key)] = body[at : at + length]
            at += length
    except (OSError, ValueError, TypeError):
        return {}
    return found if at == len(body) else {}


def write_kept(path: Path, kept: Mapping[str, bytes]) -> None:
    """Write the file, whole or not at all."""
    head = json.dumps([[key, len(content)] for key, content in kept.items()]).encode()
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(b"\n".join((head, b"".join(kept.values()))))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def packed_stretch(stretch: Stretch) -> bytes:
    """A stretch as bytes."""
    words = [[word, stem] if stem != word else word for word, stem in stretch.words.items()]
    runs = [[stem, *run[:4], len(run.rest), len(run.places)] for stem, run in stretch.runs.items()]
    head = json.dumps([stretch.paragraphs, words, runs], separators=(",", ":")).encode()
    body = b"".join(part for run in stretch.runs.values() for part in (run.rest, run.places))
    return zlib.compress(head + b"\n" + body, _FAST)


def unpacked_stretch(content: bytes) -> Stretch | None:
    """A stretch from its bytes, None where they are no stretch."""
    try:
        head, _, body = zlib.decompress(content).partition(b"\n")
        paragraphs, words, told = json.loads(head)
        runs: dict[str, StemRun] = {}
        at = 0
        for stem, first, last, count, weight, rest, places in told:
            middle, end = at + rest, at + rest + places
            runs[stem] = StemRun(first, last, count, weight, body[at:middle], body[middle:end])
            at = end
        stems = dict((each, each) if isinstance(each, str) else each for each in words)
    except (zlib.error, ValueError, TypeError):
        return None
    return Stretch(paragraphs, stems, runs) if at == len(body) else None
