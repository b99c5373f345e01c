"""The index that browsers read, read here in another way, beside the search of the command line."""

import random
import re
from base64 import b64decode
from collections.abc import Callable
from typing import Any

import pytest

from monitor.site.search_index.codec import varints
from scraper.council.spelling.spellings import other_spelling
from scraper.ingest.extraction import extract
from storage.texts.search import search
from tests.monitor.site.search_index.reading import Index, numbers
from tests.paths import TESTS

SYMBOL = "S/RES/2779 (2025)"


@pytest.fixture
def texts(paragraph: Callable[..., Any]) -> list[Any]:
    """Real paragraphs, among them words in both spellings."""
    document = extract((TESTS / "cases/akoma_ntoso/women-peace-and-security-1325/input.xml").read_bytes())
    words = [each.text for each in document.paragraphs if each.text]
    words += [
        "Programmes of women's organisations for gender-based defence",
        "The organization of a program of defense",
    ]
    return [paragraph(f"OP {n}", text, *(["Participation"] * ("women" in text))) for n, text in enumerate(words, 1)]


def test_random_words_and_phrases_are_found_as_often_as_by_the_command_line(desk: Any, texts: list[Any]) -> None:
    desk.newsroom.crawl({SYMBOL: texts})
    desk.build()
    index, chance = Index(desk.folder), random.Random(1325)  # noqa: S311 - a choice of words, no secret
    tokens = [re.findall(r"[a-z0-9]+", each.text.lower()) for each in texts]
    for number in range(200):
        is_phrase = number % 2 == 1
        of = chance.choice([each for each in tokens if len(each) > 4])
        at = chance.randrange(len(of) - 2)
        words = of[at : at + chance.choice([1, 2, 3])] if is_phrase else chance.sample(of, 2)
        query = f'"{" ".join(words)}"' if is_phrase else " ".join(words)
        found = search(desk.newsroom.db, query, limit=10_000, other_spelling=other_spelling)

        assert index.count(words, is_phrase=is_phrase) == len(found), query


@pytest.mark.parametrize(
    ("one", "other"), [("organisations", "organizations"), ("programme", "program"), ("defence", "defense")]
)
def test_two_spellings_find_the_same(desk: Any, texts: list[Any], one: str, other: str) -> None:
    desk.newsroom.crawl({SYMBOL: texts})
    desk.build()
    index = Index(desk.folder)

    assert index.count([one], is_phrase=False) == index.count([other], is_phrase=False) > 0


def test_the_index_tells_which_paragraphs_are_on_women(desk: Any, texts: list[Any]) -> None:
    desk.newsroom.crawl({SYMBOL: texts})
    desk.build()
    about = Index(desk.folder).about
    gaps = list(numbers(b64decode(about["wps"])))
    themes = [about["themes"][mask.bit_length() - 1] for mask in gaps[1::2]]

    assert len(themes) == sum("women" in each.text for each in texts)
    assert set(themes) == {"Participation"}


def test_numbers_of_any_size_come_back() -> None:
    told = [0, 1, 127, 128, 300, 16_383, 16_384, 2**40]

    assert list(numbers(varints(told))) == told
