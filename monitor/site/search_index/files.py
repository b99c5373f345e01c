"""The search index of a site as files under `s/`: what is held, the words by shard, and the paragraphs' own words."""

import json
from base64 import b64encode
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from monitor.site.held.document import Doc
from monitor.site.held.holdings import Holdings
from monitor.site.places.names import fragment
from monitor.site.search_index.codec import shard, varints
from monitor.site.search_index.postings import Packed, packed
from monitor.text.harmless import harmless
from scraper.council.spelling.spellings import other_spelling
from storage.models import THEMES
from storage.sqlite.word_index import WordIndex

SHARD_BYTES: Final = 24_000
TEXT_CHARACTERS: Final = 18_000
KINDS: Final = {
    "resolution": "Resolutions", "presidential_statement": "Presidential statements",
    "mission_report": "Mission reports", "report": "Reports", "draft": "Drafts", "corrigendum": "Corrigenda",
    "letter": "Letters", "unknown": "Other documents",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Shard:
    """Stems that stand together, and the first of them."""

    first: str
    stems: tuple[Packed, ...]


def index_files(holdings: Holdings) -> Iterator[tuple[str, bytes]]:
    """Every file of the index; `about` comes last, since it names the others."""
    docs = holdings.docs
    texts = [paragraph.text for doc in docs for paragraph in doc.document.paragraphs]
    index = WordIndex(texts)
    try:
        stems = list(packed(index.instances(), index.lengths(len(texts))))
        words = index.printed()
        spelled = {word: other for word in words if (other := other_spelling(word)) is not None}
        others = dict(
            zip(spelled, zip(spelled.values(), index.stems_of(list(spelled.values())), strict=True), strict=True)
        )
    finally:
        index.close()
    shards = list(_shards(stems))
    refs = _refs(shards)
    firsts = [each.first for each in shards]
    by_shard: list[dict[str, list[int | str]]] = [{} for _ in shards]
    for word, own in _spelled(words, others).items():
        at = max(bisect_right(firsts, word) - 1, 0)
        by_shard[at][word] = [_ref(refs[stem], at) for stem in own]
    for at, each in enumerate(shards):
        yield f"s/w{at}.js", shard(f"w{at}", _word_shard(each, by_shard[at]))
        yield f"s/p{at}.js", shard(f"p{at}", _place_shard(each))
    ends: list[int] = []
    for at, (end, lines) in enumerate(_text_shards(docs)):
        ends.append(end)
        yield f"s/t{at}.js", shard(f"t{at}", _json(lines))
    yield "s/about.js", shard("about", _json(_about(docs, firsts, ends)))


def _shards(stems: Sequence[Packed]) -> Iterator[_Shard]:
    """Stems cut where they fill a file; a common word has one of its own."""
    held: list[Packed] = []
    size = 0
    for stem in stems:
        if held and size + len(stem.postings) > SHARD_BYTES:
            yield _Shard(held[0].stem, tuple(held))
            held, size = [], 0
        held.append(stem)
        size += len(stem.postings) + 12
    if held:
        yield _Shard(held[0].stem, tuple(held))


def _refs(shards: Sequence[_Shard]) -> dict[str, tuple[int, int]]:
    return {stem.stem: (at, place) for at, each in enumerate(shards) for place, stem in enumerate(each.stems)}


def _ref(ref: tuple[int, int], here: int) -> int | str:
    return ref[1] if ref[0] == here else f"{ref[0]}.{ref[1]}"


def _spelled(words: Mapping[str, str], others: Mapping[str, tuple[str, str]]) -> dict[str, list[str]]:
    """Each printed word with its stem, and that of its other spelling where that stem stands anywhere too.

    `others` are those spellings with their stems. The other spelling of a printed word is an entry as well, though it
    may stand nowhere itself.
    """
    stems = set(words.values())
    found: dict[str, list[str]] = {}
    for word, stem in words.items():
        spelling, other = others.get(word, (word, stem))
        held = [each for each in dict.fromkeys((stem, other)) if each in stems]
        found[word] = held
        if spelling not in words:
            found[spelling] = held
    return dict(sorted(found.items()))


def _word_shard(each: _Shard, words: Mapping[str, Sequence[int | str]]) -> bytes:
    head = {
        "w": words,
        "n": [stem.paragraphs for stem in each.stems],
        "l": [len(stem.postings) for stem in each.stems],
    }
    return _json(head) + b"\n" + b"".join(stem.postings for stem in each.stems)


def _place_shard(each: _Shard) -> bytes:
    return _json({"l": [len(stem.places) for stem in each.stems]}) + b"\n" + b"".join(s.places for s in each.stems)


def _text_shards(docs: Sequence[Doc]) -> Iterator[tuple[int, list[list[str]]]]:
    """The paragraphs in files of some kilobytes, each with the number of the first paragraph behind it."""
    lines: list[list[str]] = []
    size = count = 0
    for doc in docs:
        for paragraph in doc.document.paragraphs:
            lines.append([paragraph.address, fragment(paragraph.address), harmless(paragraph.text)])
            size += len(paragraph.text) + 20
            count += 1
            if size > TEXT_CHARACTERS:
                yield count, lines
                lines, size = [], 0
    if lines:
        yield count, lines


def _about(docs: Sequence[Doc], firsts: Sequence[str], ends: Sequence[int]) -> dict[str, Any]:
    """What a page has to know before it searches: the documents in order, and which paragraphs carry which themes."""
    situations = sorted({doc.situation for doc in docs if doc.situation})
    languages = sorted({doc.language for doc in docs}, key=lambda each: (each != "en", each))
    kinds = [kind for kind in KINDS if any(doc.kind == kind for doc in docs)]
    masks: list[int] = []
    at = before = 0
    for doc in docs:
        for paragraph in doc.document.paragraphs:
            if paragraph.is_wps:
                masks += [at - before, sum(1 << THEMES.index(theme) for theme in set(paragraph.themes))]
                before = at
            at += 1
    return {
        "themes": THEMES,
        "situations": situations,
        "languages": languages,
        "kinds": [KINDS[kind] for kind in kinds],
        "docs": [
            [
                doc.file,
                doc.name,
                doc.day.isoformat() if doc.day else "",
                kinds.index(doc.kind),
                situations.index(doc.situation) if doc.situation else -1,
                languages.index(doc.language),
                len(doc.document.paragraphs),
            ]
            for doc in docs
        ],
        "first": firsts,
        "ends": ends,
        "wps": b64encode(varints(masks)).decode(),
    }


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
