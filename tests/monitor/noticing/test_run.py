"""From a run that has ended to changes, flags and alerts: what is news."""

import sqlite3
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from monitor.noticing.run import notice_run
from storage.fetched.snapshots import list_snapshots, mark_snapshot
from storage.models import Paragraph
from storage.records import Cause, ChangeKind, Event, Outcome, SnapshotState
from storage.sqlite.database import transaction
from storage.texts.documents import unnoticed_versions

Make = Callable[..., Paragraph]
Newsroom = Any  # the fixture's class lives in conftest.py, which can't be imported

OLD = "S/RES/2700 (2023)"
NEW = "S/RES/2779 (2025)"


def test_the_first_complete_run_is_a_silent_baseline(newsroom: Newsroom, texts: list[Paragraph]) -> None:
    run = newsroom.crawl({NEW: texts})

    assert (run.outcome, run.is_baseline) == (Outcome.COMPLETE, True)
    assert (run.counts.new, run.counts.flags, run.counts.alerts) == (1, 0, 0)
    assert newsroom.changes() == []
    assert newsroom.alerts() == []


@pytest.mark.parametrize(
    ("finish_reason", "counts"),
    [("shutdown", {}), ("blocked", {"fetched": 1, "blocked": 3}), ("listing-failed", {}), ("finished", {"listed": 0})],
)
def test_a_first_run_that_is_not_complete_is_no_baseline_and_its_texts_are_no_news_later(
    newsroom: Newsroom, texts: list[Paragraph], finish_reason: str, counts: dict[str, int]
) -> None:
    first = newsroom.crawl({OLD: texts}, finish_reason=finish_reason, counts=counts)
    second = newsroom.crawl({NEW: texts})

    assert (first.outcome is Outcome.COMPLETE, first.is_baseline) == (False, False)
    assert (second.is_baseline, second.counts.new) == (True, 2)
    assert newsroom.changes() == []
    assert [alert for alert in newsroom.alerts() if alert.event.startswith("extract.")] == []


def test_a_first_run_of_some_years_only_is_no_baseline_and_its_texts_are_no_news_later(
    newsroom: Newsroom, texts: list[Paragraph]
) -> None:
    first = newsroom.crawl({OLD: texts}, may_be_baseline=False)
    second = newsroom.crawl({NEW: texts})

    assert (first.outcome, first.is_baseline, first.counts.new) == (Outcome.COMPLETE, False, 1)
    assert second.is_baseline
    assert (newsroom.changes(), newsroom.alerts()) == ([], [])


def test_a_body_that_gave_no_text_counts_as_failed(newsroom: Newsroom, texts: list[Paragraph]) -> None:
    newsroom.crawl({OLD: texts})
    run = newsroom.open()
    newsroom.publish(run, NEW, texts)
    snapshot = list_snapshots(newsroom.db, NEW)[0]
    with transaction(newsroom.db):
        mark_snapshot(newsroom.db, snapshot.id, SnapshotState.FAILED, "truncated-pdf: ...", "1")
    newsroom.fetched(run)

    assert newsroom.notice(run).counts.failed == 1


def test_a_new_document_is_news(newsroom: Newsroom, texts: list[Paragraph]) -> None:
    newsroom.crawl({OLD: texts})

    run = newsroom.crawl({NEW: texts})

    assert (run.counts.new, run.counts.flags, run.counts.alerts) == (1, 2, 1)
    changes = newsroom.changes(symbol=NEW)
    assert {change.kind for change in changes} == {ChangeKind.ADDED}
    assert len(changes) == len(texts)
    assert sorted(change.address for change in changes if change.reasons) == ["OP 2", "OP 3"]
    (alert,) = newsroom.alerts()
    assert alert.event is Event.EXTRACT_NEW
    assert [extract.address for extract in newsroom.news(alert).extracts] == ["OP 2", "OP 3"]
    assert [delivery.channel for delivery in alert.deliveries] == ["desk"]


def test_a_new_document_without_words_about_women_is_recorded_and_not_told(
    newsroom: Newsroom, texts: list[Paragraph]
) -> None:
    newsroom.crawl({OLD: texts})

    run = newsroom.crawl({NEW: texts[:2]})

    assert (run.counts.new, run.counts.flags, run.counts.alerts) == (1, 0, 0)
    assert len(newsroom.changes(symbol=NEW)) == 2


def test_a_document_older_than_news_days_is_recorded_without_changes(
    newsroom: Newsroom, texts: list[Paragraph]
) -> None:
    newsroom.crawl({OLD: texts})

    run = newsroom.crawl({"S/RES/2767 (2024)": texts}, adopted_on=date(2024, 12, 31))

    assert (run.counts.new, run.counts.flags) == (1, 0)
    assert newsroom.changes() == []
    assert newsroom.alerts() == []


def test_a_document_exactly_news_days_old_is_news(newsroom: Newsroom, texts: list[Paragraph]) -> None:
    newsroom.crawl({OLD: texts})

    assert newsroom.crawl({NEW: texts}, adopted_on=date(2025, 1, 1)).counts.alerts == 1  # first seen on 1 May


def test_a_document_without_a_date_is_news_and_says_so(newsroom: Newsroom, texts: list[Paragraph]) -> None:
    newsroom.crawl({OLD: texts})

    newsroom.crawl({NEW: texts}, adopted_on=None)

    (alert,) = newsroom.alerts()
    assert "the document's date is not known" in newsroom.news(alert).extracts[0].reasons


def test_one_corrected_word_is_one_change_one_flag_one_alert(
    newsroom: Newsroom, texts: list[Paragraph], paragraph: Make
) -> None:
    newsroom.crawl({OLD: texts, NEW: texts})
    corrected = paragraph("OP 2", "Calls for the safe participation of women in the talks", "Participation")

    run = newsroom.crawl({NEW: newsroom.replaced(texts, texts[2], corrected)})

    (change,) = newsroom.changes()
    assert (change.kind, change.address, change.cause) == (ChangeKind.MODIFIED, "OP 2", Cause.SOURCE)
    assert change.reasons == ("the words about women changed: 'full' became 'safe'",)
    assert (run.counts.changed, run.counts.flags, run.counts.alerts) == (1, 1, 1)
    (alert,) = newsroom.alerts()
    assert alert.event is Event.EXTRACT_CHANGED


def test_a_corrected_word_about_something_else_is_recorded_and_not_told(
    newsroom: Newsroom, texts: list[Paragraph], paragraph: Make
) -> None:
    newsroom.crawl({NEW: texts})

    newsroom.crawl(
        {NEW: newsroom.replaced(texts, texts[1], paragraph("OP 1", "Decides to prolong the mandate of the mission"))}
    )

    (change,) = newsroom.changes()
    assert (change.is_wps, change.reasons) == (False, ())
    assert newsroom.alerts() == []


def test_a_changed_chapeau_counts_as_words_about_women(newsroom: Newsroom, paragraph: Make) -> None:
    women = paragraph("OP 1 (a)", "women;", "Protection")
    newsroom.crawl({NEW: [paragraph("OP 1", "Decides that the mission shall protect:"), women]})

    newsroom.crawl({NEW: [paragraph("OP 1", "Decides that the mission should protect:"), women]})

    (change,) = newsroom.changes(only_wps=True)
    assert (change.address, change.themes) == ("OP 1", ("Protection",))
    assert len(newsroom.alerts()) == 1


def test_the_same_correction_made_twice_is_told_twice(
    newsroom: Newsroom, texts: list[Paragraph], paragraph: Make
) -> None:
    other = newsroom.replaced(
        texts, texts[2], paragraph("OP 2", "Calls for the safe participation of women in the talks", "x")
    )
    newsroom.crawl({NEW: texts})

    for number, version in enumerate((other, texts, other)):
        newsroom.crawl({NEW: version}, stamp=str(number))

    assert len(newsroom.alerts()) == 3


def test_two_versions_noticed_together_are_told_in_one_alert(
    newsroom: Newsroom, texts: list[Paragraph], paragraph: Make
) -> None:
    newsroom.crawl({NEW: texts})
    killed = newsroom.open()
    other = newsroom.replaced(
        texts, texts[2], paragraph("OP 2", "Calls for the safe participation of women in the talks", "x")
    )
    newsroom.publish(killed, NEW, other)
    newsroom.kill()
    last = newsroom.replaced(
        other, texts[3], paragraph("OP 3", "Demands protection of women and girls in the camps", "y")
    )

    run = newsroom.crawl({NEW: last})

    assert (run.counts.flags, run.counts.alerts) == (2, 1)
    (alert,) = newsroom.alerts()
    assert [extract.address for extract in newsroom.news(alert).extracts] == ["OP 2", "OP 3"]


def test_what_a_killed_run_archived_is_news_of_the_next_one(newsroom: Newsroom, texts: list[Paragraph]) -> None:
    newsroom.crawl({OLD: texts})
    killed = newsroom.open()
    newsroom.publish(killed, NEW, texts)
    newsroom.kill()

    run = newsroom.crawl()

    assert (run.counts.new, run.counts.flags, run.counts.alerts) == (1, 2, 1)
    assert unnoticed_versions(newsroom.db, "unxml") == []


def test_what_a_failed_run_left_waits_for_the_next_one(newsroom: Newsroom, texts: list[Paragraph]) -> None:
    newsroom.crawl({OLD: texts})
    failed = newsroom.crawl({NEW: texts}, finish_reason="listing-failed")
    assert newsroom.changes() == []

    run = newsroom.crawl()

    assert (failed.counts.flags, run.counts.flags) == (0, 2)


@pytest.mark.parametrize(
    "write",
    [
        "INSERT ON changes",
        "INSERT ON flags",
        "UPDATE ON versions",
        "INSERT ON alerts",
        "INSERT ON deliveries",
        "UPDATE ON runs",
    ],
)
def test_a_crash_while_noticing_leaves_nothing_and_the_next_try_tells_the_same(
    newsroom: Newsroom, texts: list[Paragraph], write: str
) -> None:
    newsroom.crawl({OLD: texts})
    run = newsroom.open()
    newsroom.publish(run, NEW, texts)
    newsroom.fetched(run)
    newsroom.db.execute(f"CREATE TEMP TRIGGER crash BEFORE {write} BEGIN SELECT RAISE(ABORT, 'crash'); END")

    with pytest.raises(sqlite3.IntegrityError, match="crash"):
        newsroom.notice(run)

    assert newsroom.changes() == []
    assert newsroom.alerts() == []
    assert len(unnoticed_versions(newsroom.db, "unxml")) == 1
    newsroom.db.execute("DROP TRIGGER crash")
    closed = newsroom.notice(run)
    assert (closed.counts.flags, closed.counts.alerts) == (2, 1)
    assert len(newsroom.changes(symbol=NEW)) == len(texts)
    assert len(newsroom.alerts()) == 1


def test_a_run_that_is_closed_is_not_noticed_again(newsroom: Newsroom, texts: list[Paragraph]) -> None:
    newsroom.crawl({OLD: texts})
    run = newsroom.crawl({NEW: texts})

    assert newsroom.notice(run.run) == run
    assert len(newsroom.alerts()) == 1


def test_a_run_of_another_source_is_refused(newsroom: Newsroom) -> None:
    run = newsroom.open("unxml")

    with pytest.raises(ValueError, match="expected run 1 to be of source 'un-resolutions', found 'unxml'"):
        notice_run(
            newsroom.db, run, source="un-resolutions", min_listed=1, news_days=120, channels=(), now=newsroom.now
        )
