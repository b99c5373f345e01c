"""Every question is put in one way, and each answer leads to one of three consequences."""

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from scrapy.http import Request, TextResponse
from twisted.python.failure import Failure

from scraper.errors import FalseAnswer, SourceError, UnexpectedPage
from scraper.pages.challenge import Expected
from scraper.sources.loader import load_sources
from scraper.spiders.kit.asking import AskingSpider, Question, Yield
from scraper.spiders.kit.memory import Known
from scraper.spiders.kit.order import CrawlOrder
from storage.records import Resource, ResourceState
from tests.paths import ROOT
from tests.scraper.conftest import NOW

URL = "https://example.org/page"
HELD = Resource("unxml", URL, None, None, ResourceState.HELD, etag='"1"', whole_at=NOW - timedelta(hours=1))
SPIDERS = sorted((ROOT / "scraper" / "spiders").rglob("*.py"))


class Consequences:
    """What followed from an answer, in order."""

    def __init__(self, *, raises: SourceError | None = None) -> None:
        self.raises = raises
        self.met: list[object] = []

    def taken(self, response: TextResponse) -> Iterator[Yield]:
        if self.raises:
            raise self.raises
        self.met.append(response.body)
        yield from ()

    def refused(self, error: SourceError) -> Iterator[Yield]:
        self.met.append(error)
        yield from ()

    def as_held(self, held: Resource) -> Iterator[Yield]:
        self.met.append(held)
        yield from ()

    def question(self, *, held: Resource | None = None, is_listing: bool = False) -> Question:
        return Question(
            URL, Expected.XML, self.taken, self.refused, as_held=self.as_held, held=held, is_listing=is_listing
        )


@pytest.fixture
def spider(tmp_path: Path) -> AskingSpider:
    order = CrawlOrder(run=1, source="unxml", data_dir=tmp_path, now=NOW, contact="desk@example.org")
    return AskingSpider(order, load_sources()["unxml"], Known())


def answered(spider: AskingSpider, question: Question, status: int, body: bytes = b"") -> None:
    request = spider.put(question)
    list(spider.answered(TextResponse(URL, status=status, body=body, request=request), question))


def test_a_body_is_taken(spider: AskingSpider) -> None:
    follows = Consequences()
    answered(spider, follows.question(held=HELD), 200, b"<a/>")
    assert follows.met == [b"<a/>"]


def test_what_cannot_be_taken_is_refused_for_that_reason(spider: AskingSpider) -> None:
    error = FalseAnswer("wrong-format", "expected XML, found none")
    follows = Consequences(raises=error)
    answered(spider, follows.question(), 200, b"none")
    assert follows.met == [error]


def test_not_modified_gives_what_is_held(spider: AskingSpider) -> None:
    follows = Consequences()
    answered(spider, follows.question(held=HELD), 304)
    assert follows.met == [HELD]


@pytest.mark.parametrize(("is_listing", "kind"), [(True, UnexpectedPage), (False, FalseAnswer)])
def test_not_modified_is_refused_where_nobody_asked_whether_it_is(
    spider: AskingSpider, is_listing: bool, kind: type[SourceError]
) -> None:
    follows = Consequences()
    answered(spider, follows.question(is_listing=is_listing), 304)
    assert [(type(each), getattr(each, "code", None)) for each in follows.met] == [(kind, "unasked-304")]


def test_a_request_without_an_answer_is_refused(spider: AskingSpider) -> None:
    follows = Consequences()
    failure = Failure(TimeoutError("too slow"))
    failure.request = spider.put(follows.question())  # type: ignore[attr-defined]
    list(spider.unanswered(failure))
    assert [getattr(each, "code", None) for each in follows.met] == ["no-answer"]


def test_a_question_names_what_is_held_to_the_server(spider: AskingSpider) -> None:
    request = spider.put(Consequences().question(held=HELD))
    assert request.headers["If-None-Match"] == b'"1"'


@pytest.mark.parametrize("path", SPIDERS, ids=lambda path: path.stem)
def test_no_spider_makes_a_request_of_its_own(path: Path) -> None:
    made = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == Request.__name__
    ]
    assert len(made) == (path.name == "asking.py")
