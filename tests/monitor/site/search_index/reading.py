"""Reads the index of a site as browsers do, in another way than they: for tests and measures."""

import json
import re
import zlib
from base64 import b64decode
from collections.abc import Iterator
from typing import Any


class Index:
    """The index of a folder: answers with the numbers of paragraphs."""

    def __init__(self, folder: Any) -> None:
        self.folder = folder
        self.about = json.loads(self.part("about"))

    def part(self, name: str) -> bytes:
        found = re.fullmatch(rb'S\("(\w+)","([A-Za-z0-9+/=]+)"\)\n', (self.folder / f"s/{name}.js").read_bytes())
        assert found is not None
        assert found[1].decode() == name
        return zlib.decompress(b64decode(found[2]))

    def split(self, name: str) -> tuple[dict[str, Any], list[bytes]]:
        head, _, body = self.part(name).partition(b"\n")
        told, at, parts = json.loads(head), 0, []
        for length in told["l"]:
            parts.append(body[at : at + length])
            at += length
        assert at == len(body)
        return told, parts

    def refs(self, word: str) -> list[tuple[int, int]]:
        shard = max(sum(first <= word for first in self.about["first"]) - 1, 0)
        words = self.split(f"w{shard}")[0]["w"]
        return [
            (shard, ref) if isinstance(ref, int) else tuple(map(int, ref.split(".")))  # type: ignore[misc]
            for ref in words.get(word, [])
        ]

    def places(self, word: str) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        for shard, at in self.refs(word):
            paragraph = 0
            places = iter(numbers(self.split(f"p{shard}")[1][at]))
            for posting in numbers(self.split(f"w{shard}")[1][at]):
                paragraph += posting >> 2
                offset = 0
                for _ in range(next(places)):
                    offset += next(places)
                    found.setdefault(paragraph, set()).add(offset)
            assert next(places, None) is None
        return found

    def count(self, words: list[str], *, is_phrase: bool) -> int:
        held = [self.places(word) for word in words]
        common = set.intersection(*(set(each) for each in held))
        if is_phrase:
            common = {
                p for p in common if any(all(start + n in held[n][p] for n in range(len(held))) for start in held[0][p])
            }
        return len(common)


def numbers(content: bytes) -> Iterator[int]:
    value = shift = 0
    for byte in content:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield value
            value = shift = 0
