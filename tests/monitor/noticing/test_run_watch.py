"""News belongs to the document: the watch begins once, and no source swallows what was adopted since."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from storage.fetched.runs import watch_began_at
from storage.models import Fact, FactField, Paragraph
from storage.records import Event, Outcome
from storage.sqlite.database import transaction
from storage.told.facts import Witness, save_facts

Make = Callable[..., Paragraph]
Newsroom = Any  # the fixture's class lives in conftest.py, which can't be imported

OLD = "S/RES/2700 (2023)"
NEW = "S/RES/2779 (2025)"
PDF: dict[str, Any] = {"source": "un-resolutions", "reader": "pdf"}
SINCE = date(2025, 5, 1)  # the newsroom's first day
TROUBLES: dict[str, dict[str, Any]] = {
    "refused": {"finish_reason": "blocked", "counts": {"listed": 0, "fetched": 0, "blocked": 3}},
    "failed": {"finish_reason": "listing-failed"},
    "cut short": {"finish_reason": "shutdown"},
    "suspect": {"counts": {"listed": 0}},
}


def told(newsroom: Newsroom) -> list[tuple[str, str]]:
    alerts = [alert for alert in newsroom.alerts() if alert.event.startswith("extract.")]
    return [(alert.event.value, newsroom.news(alert).symbol) for alert in reversed(alerts)]


def test_the_watch_begins_with_the_first_complete_run_of_any_source(newsroom: Newsroom, texts: list[Paragraph]) -> None:
    newsroom.crawl({OLD: texts}, finish_reason="shutdown")
    assert watch_began_at(newsroom.db) is None
    first = newsroom.crawl({OLD: texts}, **PDF)
    newsroom.crawl()
    assert watch_began_at(newsroom.db) == first.started_at


@pytest.mark.parametrize("trouble", TROUBLES)
def test_what_is_adopted_while_a_source_is_in_trouble_is_told_by_its_first_good_run(
    newsroom: Newsroom, texts: list[Paragraph], trouble: str
) -> None:
    newsroom.crawl({OLD: texts})
    for _ in range(3):
        newsroom.crawl(**PDF, **TROUBLES[trouble])

    run = newsroom.crawl({NEW: texts}, adopted_on=SINCE, **PDF)
    newsroom.crawl({NEW: texts}, adopted_on=SINCE)  # the XML, weeks later: a witness

    assert (run.is_baseline, run.counts.flags) == (True, 2)
    assert told(newsroom) == [("extract.new", NEW)]


def test_what_a_suspect_first_run_brought_is_told_by_the_next_good_one(
    newsroom: Newsroom, texts: list[Paragraph]
) -> None:
    newsroom.crawl({OLD: texts})
    newsroom.crawl({NEW: texts}, adopted_on=SINCE, **PDF, **TROUBLES["suspect"])
    assert told(newsroom) == []
    newsroom.crawl(**PDF)
    assert told(newsroom) == [("extract.new", NEW)]


def test_a_source_that_is_switched_on_later_is_quiet_about_what_was_adopted_before_the_watch(
    newsroom: Newsroom, texts: list[Paragraph]
) -> None:
    newsroom.crawl({OLD: texts})
    newsroom.crawl({NEW: texts}, adopted_on=date(2025, 4, 30), **PDF)
    assert told(newsroom) == []
    newsroom.crawl({"S/RES/2778 (2025)": texts}, adopted_on=date(2025, 4, 30), **PDF)
    assert told(newsroom) == [("extract.new", "S/RES/2778 (2025)")]


def test_a_run_cut_short_before_its_sources_first_complete_one_tells_what_is_surely_new_and_lets_the_rest_wait(
    newsroom: Newsroom, texts: list[Paragraph]
) -> None:
    newsroom.crawl({OLD: texts})
    run = newsroom.open("un-resolutions")
    newsroom.publish(run, NEW, texts, source="un-resolutions", reader="pdf", adopted_on=SINCE)
    newsroom.publish(run, "S/RES/2778 (2025)", texts, source="un-resolutions", reader="pdf")
    newsroom.fetched(run, "shutdown")
    newsroom.notice(run, "un-resolutions")
    assert told(newsroom) == [("extract.new", NEW)]
    newsroom.crawl(**PDF)
    assert told(newsroom) == [("extract.new", NEW)]


def test_a_date_that_the_symbol_denies_makes_nothing_old_and_the_alert_says_so(
    newsroom: Newsroom, texts: list[Paragraph]
) -> None:
    newsroom.crawl({OLD: texts})
    newsroom.crawl({NEW: texts}, adopted_on=date(2024, 4, 30))
    (alert,) = newsroom.alerts()
    assert newsroom.news(alert).extracts[0].reasons[1:] == (
        "the document's date (2024-04-30) is doubted: its symbol is of 2025",
    )


def test_a_date_that_neighbours_or_another_witness_deny_makes_nothing_old(
    newsroom: Newsroom, texts: list[Paragraph]
) -> None:
    before, typed, told_otherwise = "S/RES/2776 (2025)", "S/RES/2777 (2025)", "S/RES/2750 (2025)"
    newsroom.crawl({before: texts}, adopted_on=date(2025, 4, 20))
    with transaction(newsroom.db):
        fact = Fact(told_otherwise, FactField.ADOPTED_ON, "2025-04-28")
        save_facts(newsroom.db, Witness("un-resolutions", "listing"), [fact], None, newsroom.now)
    newsroom.crawl({typed: texts, told_otherwise: texts}, adopted_on=date(2025, 1, 1))
    assert sorted(told(newsroom)) == [("extract.new", told_otherwise), ("extract.new", typed)]


def test_a_listing_whose_every_entry_another_source_holds_is_complete(
    newsroom: Newsroom, texts: list[Paragraph]
) -> None:
    newsroom.crawl({OLD: texts})
    with transaction(newsroom.db):
        fact = Fact(OLD, FactField.OUTCOME, "adopted")
        save_facts(newsroom.db, Witness("un-resolutions", "listing"), [fact], None, newsroom.now)
    first = newsroom.crawl(source="un-resolutions", counts={"fetched": 0})
    assert (first.outcome, first.is_baseline) == (Outcome.COMPLETE, True)
    newsroom.crawl({NEW: texts}, **PDF)
    assert told(newsroom) == [("extract.new", NEW)]


def test_a_listing_of_which_nobody_holds_anything_is_suspect(newsroom: Newsroom) -> None:
    run = newsroom.crawl(counts={"fetched": 0})
    assert (run.outcome, run.reason) == (
        Outcome.SUSPECT, "expected documents, found none to hold among 10 listed",
    )  # fmt: skip


def test_a_removal_is_not_confirmed_by_a_run_that_did_not_look_at_the_document(
    newsroom: Newsroom, texts: list[Paragraph]
) -> None:
    newsroom.crawl({NEW: texts})
    newsroom.crawl({NEW: texts[:2] + texts[3:]})
    assert newsroom.crawl().counts.flags == 0
    assert newsroom.crawl(looks_at=[OLD]).counts.flags == 0
    assert newsroom.crawl(looks_at=[NEW]).counts.flags == 1


def test_words_of_one_printing_that_nobody_was_told_of_are_not_told_to_be_gone(
    newsroom: Newsroom, texts: list[Paragraph], paragraph: Make
) -> None:
    more = [*texts, paragraph("OP 5", "Footnote on women that the PDF alone has", "Participation")]
    newsroom.crawl({OLD: texts})
    newsroom.crawl({OLD: more}, **PDF)
    newsroom.crawl({OLD: texts}, **PDF)
    newsroom.crawl(looks_at=[OLD], source="un-resolutions")
    assert told(newsroom) == []


def test_a_source_that_goes_back_while_the_other_stands_still_is_told(
    newsroom: Newsroom, texts: list[Paragraph], paragraph: Make
) -> None:
    other = newsroom.replaced(
        texts, texts[2], paragraph("OP 2", "Calls for the safe participation of women in the talks", "Participation")
    )
    newsroom.crawl({OLD: texts})
    newsroom.crawl({OLD: texts}, **PDF)
    for number, words in enumerate((other, texts, other)):  # told three times
        newsroom.crawl({OLD: words}, stamp=str(number))
    newsroom.crawl({OLD: other}, **PDF)  # follows
    newsroom.crawl({OLD: texts}, stamp="back", **PDF)  # told
    newsroom.crawl({OLD: texts}, stamp="back")  # follows
    assert told(newsroom) == [(Event.EXTRACT_CHANGED.value, OLD)] * 4
