"""A single document that fails is said in each run that met it, and told to operators once, after three runs."""

from typing import Any

from storage.fetched.failures import end_failure, load_failures, note_failure
from storage.fetched.resources import save_resource
from storage.records import Event, Outcome, Resource, ResourceState
from storage.sqlite.database import transaction

Newsroom = Any  # the fixture's class lives in conftest.py, which can't be imported

SYMBOL = "S/RES/2817 (2026)"
WHY = "no-symbol: expected the symbol S/RES/2817 (2026) in the document, found none"
RESOURCE = Resource("unxml", "https://example.org/2817.xml", SYMBOL, "en", ResourceState.ANNOUNCED)


def failing_run(newsroom: Newsroom, *resources: Resource, finish_reason: str = "finished", listed: int = 40) -> Any:
    run = newsroom.open()
    with transaction(newsroom.db):
        for resource in resources or (RESOURCE,):
            save_resource(newsroom.db, resource)
            note_failure(newsroom.db, resource, run, WHY, newsroom.now)
    newsroom.fetched(run, finish_reason, listed=listed, fetched=20)
    return newsroom.notice(run, "unxml")


def told(newsroom: Newsroom) -> list[str]:
    return [
        newsroom.source_news(alert).reason for alert in newsroom.alerts() if alert.event is Event.SOURCE_DOCUMENT_FAILED
    ]


def test_a_run_says_which_document_failed_and_is_complete(newsroom: Newsroom, texts: Any) -> None:
    newsroom.crawl({"S/RES/2779 (2025)": texts})
    run = failing_run(newsroom)
    assert run.outcome is Outcome.COMPLETE
    assert run.reason == f"1 document failed: {SYMBOL} (en) in 1 run ({WHY})"


def test_operators_hear_after_three_runs_and_once(newsroom: Newsroom, texts: Any) -> None:
    newsroom.crawl({"S/RES/2779 (2025)": texts})
    for _ in range(2):
        failing_run(newsroom)
    assert told(newsroom) == []
    failing_run(newsroom)
    assert told(newsroom) == [f"1 document failed: {SYMBOL} (en) in 3 runs ({WHY})"]
    failing_run(newsroom)
    assert len(told(newsroom)) == 1


def test_a_document_that_came_and_fails_again_is_told_again(newsroom: Newsroom, texts: Any) -> None:
    newsroom.crawl({"S/RES/2779 (2025)": texts})
    for _ in range(2):
        for _ in range(3):
            failing_run(newsroom)
        with transaction(newsroom.db):
            end_failure(newsroom.db, RESOURCE.source, RESOURCE.url)
    assert len(told(newsroom)) == 2


def test_several_documents_are_one_alert_with_a_few_names(newsroom: Newsroom, texts: Any) -> None:
    newsroom.crawl({"S/RES/2779 (2025)": texts})
    many = [
        Resource("unxml", f"https://example.org/{n}.xml", f"S/RES/{n} (2026)", "en", ResourceState.ANNOUNCED)
        for n in range(2817, 2822)
    ]
    for _ in range(3):
        failing_run(newsroom, *many)
    [reason] = told(newsroom)
    assert reason.startswith("5 documents failed: S/RES/2817 (2026) (en) in 3 runs")
    assert reason.endswith("2 more")


def test_a_source_that_fails_as_a_whole_is_told_as_such_and_not_by_its_documents(
    newsroom: Newsroom, texts: Any
) -> None:
    newsroom.crawl({"S/RES/2779 (2025)": texts})
    for _ in range(4):
        failing_run(newsroom, finish_reason="listing-failed")
    assert told(newsroom) == []
    failing_run(newsroom)
    assert len(told(newsroom)) == 1


def test_the_trouble_of_a_document_hides_neither_that_of_its_source_nor_its_end(newsroom: Newsroom, texts: Any) -> None:
    newsroom.crawl({"S/RES/2779 (2025)": texts})
    for _ in range(2):
        newsroom.crawl(finish_reason="listing-failed")
    for _ in range(3):
        failing_run(newsroom)
    for _ in range(2):
        newsroom.crawl(finish_reason="listing-failed")
    events = [alert.event for alert in newsroom.alerts()]
    assert events.count(Event.SOURCE_FAILED) == 2
    assert events.count(Event.SOURCE_RECOVERED) == 1
    assert events.count(Event.SOURCE_DOCUMENT_FAILED) == 1


def test_a_document_that_is_listed_no_more_fails_no_more(newsroom: Newsroom, texts: Any) -> None:
    newsroom.crawl({"S/RES/2779 (2025)": texts})
    failing_run(newsroom)
    with transaction(newsroom.db):
        save_resource(newsroom.db, Resource("unxml", RESOURCE.url, SYMBOL, "en", ResourceState.MISSING))
    newsroom.crawl({"S/RES/2780 (2025)": texts})
    assert load_failures(newsroom.db) == []
