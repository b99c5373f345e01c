"""Removals are told on the word of two runs; words that come back are told as restored."""

from collections.abc import Callable
from typing import Any

import pytest

from storage.models import Paragraph
from storage.records import ChangeKind, Event
from storage.texts.changes import pending_removals

Make = Callable[..., Paragraph]
Newsroom = Any  # the fixture's class lives in conftest.py, which can't be imported

OLD = "S/RES/2700 (2023)"
NEW = "S/RES/2779 (2025)"


def test_a_removal_is_not_told_on_the_word_of_one_run(newsroom: Newsroom, texts: list[Paragraph]) -> None:
    newsroom.crawl({NEW: texts})

    run = newsroom.crawl({NEW: texts[:2] + texts[3:]})

    assert run.counts.flags == 0
    assert newsroom.changes() == []
    assert newsroom.alerts() == []
    assert len(pending_removals(newsroom.db, "unxml")) == 1


def test_a_removal_that_a_second_complete_run_sees_is_told(newsroom: Newsroom, texts: list[Paragraph]) -> None:
    newsroom.crawl({NEW: texts})
    newsroom.crawl({NEW: [text for text in texts if text.address != "OP 2"]})

    run = newsroom.crawl(looks_at=[NEW])

    assert (run.counts.flags, run.counts.alerts) == (1, 1)
    (change,) = newsroom.changes(run=run.run)
    assert (change.kind, change.before_address) == (ChangeKind.REMOVED, "OP 2")
    assert change.reasons == ("WPS content removed: Participation",)
    (alert,) = newsroom.alerts()
    assert alert.event is Event.EXTRACT_REMOVED
    assert newsroom.crawl().counts.alerts == 0


def test_a_removal_of_other_words_is_confirmed_and_not_told(newsroom: Newsroom, texts: list[Paragraph]) -> None:
    newsroom.crawl({NEW: texts})
    newsroom.crawl({NEW: texts[1:]})

    newsroom.crawl(looks_at=[NEW])

    assert [change.kind for change in newsroom.changes()] == [ChangeKind.REMOVED]
    assert newsroom.alerts() == []


@pytest.mark.parametrize(
    ("finish_reason", "counts"),
    [("shutdown", {}), ("blocked", {"blocked": 2}), ("finished", {"listed": 0}), ("listing-failed", {})],
)
def test_a_removal_is_not_confirmed_by_a_run_that_is_not_complete(
    newsroom: Newsroom, texts: list[Paragraph], finish_reason: str, counts: dict[str, int]
) -> None:
    newsroom.crawl({NEW: texts})
    newsroom.crawl({NEW: texts[:2]})

    newsroom.crawl(looks_at=[NEW], finish_reason=finish_reason, counts=counts)

    assert newsroom.changes() == []
    assert newsroom.crawl(looks_at=[NEW]).counts.flags == 2


def test_a_document_that_is_no_longer_listed_confirms_no_removal(newsroom: Newsroom, texts: list[Paragraph]) -> None:
    newsroom.crawl({NEW: texts})
    newsroom.crawl({NEW: texts[:2]})
    newsroom.withdraw(NEW)

    newsroom.crawl()
    newsroom.crawl()

    assert newsroom.changes() == []
    assert newsroom.alerts() == []


def test_words_that_come_back_before_a_second_run_were_never_gone(newsroom: Newsroom, texts: list[Paragraph]) -> None:
    newsroom.crawl({NEW: texts})
    newsroom.crawl({NEW: texts[:2] + texts[3:]})

    newsroom.crawl({NEW: texts})
    newsroom.crawl()

    assert [change for change in newsroom.changes() if change.kind is not ChangeKind.RENUMBERED] == []
    assert newsroom.alerts() == []
    assert pending_removals(newsroom.db, "unxml") == []


def test_words_that_come_back_after_their_removal_was_told_are_restored_and_told(
    newsroom: Newsroom, texts: list[Paragraph]
) -> None:
    newsroom.crawl({NEW: texts})
    newsroom.crawl({NEW: texts[:2] + texts[3:]})
    newsroom.crawl(looks_at=[NEW])

    run = newsroom.crawl({NEW: texts})

    (change,) = newsroom.changes(run=run.run)
    assert (change.kind, change.address) == (ChangeKind.RESTORED, "OP 2")
    assert change.reasons == ("WPS content is back after its removal: Participation",)
    assert [alert.event for alert in newsroom.alerts()] == [Event.EXTRACT_CHANGED, Event.EXTRACT_REMOVED]


def test_a_removal_that_two_sources_see_at_the_same_time_is_told_once(
    newsroom: Newsroom, texts: list[Paragraph]
) -> None:
    pdf: dict[str, Any] = {"source": "un-resolutions", "reader": "pdf"}
    without = [text for text in texts if text.address != "OP 2"]
    newsroom.crawl({NEW: texts})
    newsroom.crawl({NEW: texts}, **pdf)
    newsroom.crawl({NEW: without}, **pdf)
    newsroom.crawl({NEW: without})

    newsroom.crawl(source="un-resolutions", looks_at=[NEW])
    newsroom.crawl(looks_at=[NEW])

    assert [alert.event for alert in newsroom.alerts()] == [Event.EXTRACT_REMOVED]
    assert pending_removals(newsroom.db, "unxml") == pending_removals(newsroom.db, "un-resolutions") == []
