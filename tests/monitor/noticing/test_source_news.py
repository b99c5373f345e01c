"""What operators hear of a source, over sequences of runs: each trouble and its end once, nothing that passes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from monitor.alerts.news.payload import SourceNews, news_of
from storage.fetched.runs import has_baseline
from storage.models import Paragraph
from storage.records import Event, Outcome

Make = Callable[..., Paragraph]
Newsroom = Any  # the fixture's class lives in conftest.py, which can't be imported

OLD = "S/RES/2700 (2023)"
NEW = "S/RES/2779 (2025)"
RUNS: dict[str, dict[str, Any]] = {
    "ok": {},
    "failed": {"finish_reason": "listing-failed"},
    "blocked": {"finish_reason": "blocked", "counts": {"listed": 0, "fetched": 0, "blocked": 3}},
    "emptied": {"counts": {"listed": 0}},
    "cut short": {"finish_reason": "shutdown"},
}


def told(newsroom: Newsroom) -> list[str]:
    """The events of sources, in the order they were told."""
    return [alert.event for alert in sorted(newsroom.alerts(), key=lambda one: one.run) if "source" in alert.event]


@pytest.mark.parametrize(
    ("runs", "events"),
    [
        ("ok, failed, ok", []),
        ("ok, failed, failed", ["source.failed"]),
        ("ok, failed, failed, failed, failed", ["source.failed"]),
        ("ok, failed, failed, failed, ok, ok", ["source.failed", "source.recovered"]),
        ("ok, failed, ok, failed, ok, failed, ok", []),
        ("ok, blocked, blocked, ok", ["source.blocked", "source.recovered"]),
        ("ok, emptied, emptied, ok", ["source.suspect", "source.recovered"]),
        ("ok, blocked, failed, emptied, blocked, ok", ["source.failed", "source.recovered"]),
        ("ok, failed, cut short, failed, cut short, ok", ["source.failed", "source.recovered"]),
        ("ok, cut short, cut short, cut short, ok", []),
        ("ok, failed, failed, ok, failed, ok, blocked, blocked", [
            "source.failed", "source.recovered", "source.blocked"]),
        ("failed, failed", ["source.failed"]),
        ("failed, failed, ok", ["source.failed", "source.recovered"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_killed", [False, True])
def test_a_trouble_and_its_end_are_told_once(
    newsroom: Newsroom, texts: list[Paragraph], runs: str, events: list[str], is_killed: bool
) -> None:
    for name in runs.split(", "):
        if is_killed:  # a run whose process died says nothing of its source
            newsroom.open()
            newsroom.kill()
        newsroom.crawl({} if has_baseline(newsroom.db, "unxml") else {OLD: texts}, **RUNS[name])

    assert told(newsroom) == events


def test_another_patience_midway_neither_repeats_nor_loses_a_trouble(
    newsroom: Newsroom, texts: list[Paragraph]
) -> None:
    newsroom.patience = replace(newsroom.patience, failures=4)
    newsroom.crawl({OLD: texts})
    for _ in range(3):
        newsroom.crawl(**RUNS["failed"])
    assert told(newsroom) == []

    for failures in (2, 1, 9):
        newsroom.patience = replace(newsroom.patience, failures=failures)
        newsroom.crawl(**RUNS["failed"])

    assert told(newsroom) == ["source.failed"]


def test_an_alert_about_a_source_says_why_how_often_and_when_it_was_well(
    newsroom: Newsroom, texts: list[Paragraph]
) -> None:
    good = newsroom.crawl({OLD: texts})
    newsroom.crawl(**RUNS["emptied"])
    newsroom.crawl(**RUNS["emptied"])

    (alert,) = newsroom.alerts()
    news = news_of(alert.payload)
    assert isinstance(news, SourceNews)
    assert news.reason == "expected at least 1 listed, found 0 (2 runs in a row)"
    assert (alert.event, news.last_good_at) == (Event.SOURCE_SUSPECT, good.ended_at)


def test_one_sources_trouble_is_not_another_ones(newsroom: Newsroom, texts: list[Paragraph]) -> None:
    newsroom.crawl({OLD: texts})
    newsroom.crawl({OLD: texts}, source="un-resolutions")
    newsroom.crawl(**RUNS["failed"])
    newsroom.crawl(source="un-resolutions", **RUNS["failed"])
    newsroom.crawl(source="un-resolutions")

    assert told(newsroom) == []


def test_readers_hear_of_a_suspect_runs_texts_after_the_next_good_run(
    newsroom: Newsroom, texts: list[Paragraph]
) -> None:
    newsroom.crawl({OLD: texts})

    suspect = newsroom.crawl({NEW: texts}, **RUNS["emptied"])
    assert (suspect.outcome, suspect.counts.new, newsroom.changes(), newsroom.alerts()) == (Outcome.SUSPECT, 1, [], [])
    cut_short = newsroom.crawl(**RUNS["cut short"])
    assert (cut_short.outcome, newsroom.changes(), newsroom.alerts()) == (Outcome.PARTIAL, [], [])
    good = newsroom.crawl()

    assert (good.counts.new, good.counts.flags, good.counts.alerts) == (1, 2, 1)
    assert [alert.event for alert in newsroom.alerts()] == [Event.EXTRACT_NEW]


def test_a_run_that_was_cut_short_after_a_good_one_tells_at_once(newsroom: Newsroom, texts: list[Paragraph]) -> None:
    newsroom.crawl({OLD: texts})

    assert newsroom.crawl({NEW: texts}, **RUNS["cut short"]).counts.alerts == 1


def wait_days(newsroom: Newsroom, days: int) -> None:
    newsroom.now += timedelta(days=days)


def test_a_silence_far_longer_than_usual_is_told_once_and_its_end_once(
    newsroom: Newsroom, texts: list[Paragraph]
) -> None:
    newsroom.patience = replace(newsroom.patience, news_every_days=60)
    newsroom.crawl({OLD: texts})
    wait_days(newsroom, 119)
    newsroom.crawl()
    assert told(newsroom) == []
    wait_days(newsroom, 2)
    for _ in range(3):
        newsroom.crawl()
    assert told(newsroom) == ["source.silent"]

    newsroom.crawl({NEW: texts}, adopted_on=newsroom.now.date())
    newsroom.crawl()

    assert told(newsroom) == ["source.silent", "source.recovered"]


def test_a_trouble_within_a_silence_is_told_and_the_silence_is_not_told_again(
    newsroom: Newsroom, texts: list[Paragraph]
) -> None:
    newsroom.patience = replace(newsroom.patience, news_every_days=60)
    newsroom.crawl({OLD: texts})
    wait_days(newsroom, 130)

    for name in ("ok", "failed", "failed", "ok", "ok"):
        newsroom.crawl(**RUNS[name])

    assert told(newsroom) == ["source.silent", "source.failed", "source.recovered"]


def test_documents_that_were_old_when_they_came_say_nothing_of_the_usual_gaps(
    newsroom: Newsroom, texts: list[Paragraph]
) -> None:
    newsroom.patience = replace(newsroom.patience, news_every_days=60)
    newsroom.crawl({OLD: texts})
    for number in range(15):  # a first backfill in portions, one a day
        wait_days(newsroom, 1)
        newsroom.crawl({f"S/RES/{1300 + number} (2000)": texts}, adopted_on=date(2000, 1, 1))

    wait_days(newsroom, 50)
    newsroom.crawl()

    assert told(newsroom) == []


EMPTY_HANDED = {"finish_reason": "shutdown", "counts": {"fetched": 0}}


def test_three_runs_that_were_cut_short_with_nothing_in_hand_are_a_trouble(
    newsroom: Newsroom, texts: list[Paragraph]
) -> None:
    newsroom.crawl({OLD: texts})
    newsroom.crawl(**EMPTY_HANDED)
    newsroom.crawl(**EMPTY_HANDED)
    assert told(newsroom) == []

    newsroom.crawl(**EMPTY_HANDED)
    newsroom.crawl(**EMPTY_HANDED)
    newsroom.crawl()

    assert told(newsroom) == ["source.failed", "source.recovered"]
    (alert,) = [alert for alert in newsroom.alerts() if alert.event is Event.SOURCE_FAILED]
    reason = newsroom.source_news(alert).reason
    assert reason == "3 runs in a row were cut short and brought nothing: interrupted: shutdown"


def test_runs_that_were_cut_short_and_brought_something_are_none(newsroom: Newsroom, texts: list[Paragraph]) -> None:
    newsroom.crawl({OLD: texts})
    for run in (EMPTY_HANDED, EMPTY_HANDED, RUNS["cut short"], EMPTY_HANDED, EMPTY_HANDED):
        newsroom.crawl(**run)
    assert told(newsroom) == []
