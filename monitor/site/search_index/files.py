"""The search index of a site as files under `s/`: what is held, the words by shard, and the paragraphs' own words."""

import json
from base64 import b64encode
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any, Final

from monitor.site.folder import File, digest_of, mark_of
from monitor.site.held.document import Doc
from monitor.site.held.holdings import Holdings
from monitor.site.search_index.codec import Continued, shard, varints
from monitor.site.search_index.kept import Kept, read_stretches, year_of
from monitor.site.search_index.postings import Packed, joined
from monitor.text.harmless import harmless
from monitor.text.page_names import fragment
from scraper.council.spelling.spellings import other_spelling
from storage.models import THEMES, Paragraph

SHARD_BYTES: Final = 24_000
TEXT_CHARACTERS: Final = 18_000
BEGIN_CHARACTERS: Final = 22_000
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


@dataclass(frozen=True, slots=True)
class _Texts:
    """Paragraphs that stand together, from which on of which documents, and the number of the first behind them."""

    paragraphs: tuple[Paragraph, ...]
    marks: tuple[tuple[str, int], ...]
    end: int


def index_files(holdings: Holdings, ground: str, kept: Kept) -> Iterator[File]:
    """Every file of the index; `about` comes last, since it names the others. `ground` is what all of it stands on."""
    docs = holdings.docs
    stretches = read_stretches(docs, ground, kept)
    stems = list(joined(stretches))
    words = {word: stem for each in stretches for word, stem in each.words.items()}
    spelled = {word: other for word in words if (other := other_spelling(word)) is not None}
    stem_of = kept.reader.stems(spelled.values())
    others = {word: (other, stem_of[other]) for word, other in spelled.items()}
    shards = list(_shards(stems))
    refs = _refs(shards)
    firsts = [each.first for each in shards]
    by_shard: list[dict[str, list[int | str]]] = [{} for _ in shards]
    for word, own in _spelled(words, others).items():
        at = max(bisect_right(firsts, word) - 1, 0)
        by_shard[at][word] = [_ref(refs[stem], at) for stem in own]
    for at, each in enumerate(shards):
        yield _file(f"w{at}", _word_shard(each, by_shard[at]), ground, shard)
        yield _file(f"p{at}", _place_shard(each), ground, shard)
    begin = _first_words(docs)
    texts = Continued(begin)
    based = digest_of([ground.encode(), begin])
    yield File("s/d.js", partial(texts.begin, "d"), based)
    ends: list[int] = []
    for at, held in enumerate(_text_shards(docs)):
        ends.append(held.end)
        key = mark_of(based, held.marks, len(held.paragraphs))
        yield File(f"s/t{at}.js", partial(_text_shard, texts, f"t{at}", held.paragraphs), key)
    yield _file("about", _json(_about(docs, firsts, ends) | {"begin": len(begin)}), ground, shard)


def _file(name: str, content: bytes, ground: str, write: Callable[[str, bytes], bytes]) -> File:
    return File(f"s/{name}.js", partial(write, name, content), digest_of([ground.encode(), content]))


def _first_words(docs: Sequence[Doc]) -> bytes:
    """The words that all files of paragraphs go on from: those of the oldest documents, which hardly ever change."""
    found: list[str] = []
    size = 0
    for paragraph in (each for doc in docs for each in doc.document.paragraphs):
        if size > BEGIN_CHARACTERS:
            break
        found.append(harmless(paragraph.text))
        size += len(found[-1])
    return " ".join(found).encode("utf-8", "replace")


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


def _text_shards(docs: Sequence[Doc]) -> Iterator[_Texts]:
    """The paragraphs in files of some kilobytes.

    A year begins a file of its own: a document that comes late moves those of its year, and no others.
    """
    count = 0
    for _, of_year in groupby(docs, key=year_of):
        held: list[Paragraph] = []
        marks: list[tuple[str, int]] = []
        size = 0
        for doc in of_year:
            for at, paragraph in enumerate(doc.document.paragraphs):
                if not held or not at:
                    marks.append((doc.mark, at))
                held.append(paragraph)
                size += len(paragraph.text) + 20
                count += 1
                if size > TEXT_CHARACTERS:
                    yield _Texts(tuple(held), tuple(marks), count)
                    held, marks, size = [], [], 0
        if held:
            yield _Texts(tuple(held), tuple(marks), count)


def _text_shard(texts: Continued, name: str, paragraphs: Sequence[Paragraph]) -> bytes:
    lines = [[each.address, fragment(each.address), harmless(each.text)] for each in paragraphs]
    return texts.shard(name, _json(lines))


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
