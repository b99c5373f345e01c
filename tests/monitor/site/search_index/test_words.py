"""Words and stems read from a table of letters, beside the tokenizer of the search itself."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.site.search_index.codec import Continued
from monitor.site.search_index.kept import packed_stretch, unpacked_stretch
from monitor.site.search_index.postings import joined, stretch_of
from monitor.site.search_index.words import Reader
from storage.sqlite.migrations import _STEPS
from storage.sqlite.word_index import STEMMING, words_of

ODD = "a\u0301 İstanbul ǅ ß ﬁ Côte d’Ivoire naïve Å Ω α\u0345 १२ 中文 شهد\u064e \u200b\u00ad x\ue000y ①²"
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


def test_odd_letters_are_read_as_the_search_reads_them() -> None:
    texts = [ODD, ODD.upper(), *ODD.split(), *ODD]

    assert Reader().words(texts) == words_of(texts)


@given(st.lists(st.text(LETTERS, max_size=40), max_size=5))
def test_any_text_is_read_as_the_search_reads_it(texts: list[str]) -> None:
    assert Reader().words(texts) == words_of(texts)


def test_words_are_stemmed_as_in_the_database() -> None:
    assert STEMMING in repr(_STEPS["0003_full_text"])
    assert Reader().stems(["women", "reparations", "peace"]) == {
        "women": "women", "reparations": "repar", "peace": "peac",
    }  # fmt: skip


WORDS = st.sampled_from(["women", "peace", "lead", "a"])


@given(st.lists(st.lists(WORDS, max_size=6), max_size=12), st.integers(0, 12))
def test_two_stretches_joined_are_as_one(texts: list[list[str]], cut: int) -> None:
    stems = {word: word for words in texts for word in words}
    parts = [stretch_of(texts[:cut], stems), stretch_of(texts[cut:], stems)]

    assert list(joined(parts)) == list(joined([stretch_of(texts, stems)]))
    assert [unpacked_stretch(packed_stretch(part)) for part in parts] == parts


def test_parts_go_on_from_the_same_words() -> None:
    import re
    import zlib
    from base64 import b64decode

    begin = b"Requests the Secretary-General to report to the Council on the implementation of this resolution"
    texts = Continued(begin)
    script = texts.shard("t1", b"report to the Council on the implementation")
    coded = re.search(rb'"([A-Za-z0-9+/=]+)"\)', script)

    assert coded is not None
    read = zlib.decompressobj(-15).decompress(texts.start + b64decode(coded[1]))
    assert read == begin + b"report to the Council on the implementation"
    assert len(b64decode(coded[1])) < 20
