"""What a crawl may be told, and what exit code its runs add up to."""

from datetime import UTC, datetime

import click
import pytest

from monitor.app.crawling import CrawlWishes
from monitor.cli.running.crawl import read_years
from monitor.noticing.run_words import exit_code
from storage.records import CrawlRun, Outcome, RunCounts

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def run(outcome: Outcome, reason: str | None = None) -> CrawlRun:
    return CrawlRun(1, "unxml", NOW, NOW, outcome, reason, RunCounts())


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ([run(Outcome.COMPLETE)], 0),
        ([run(Outcome.COMPLETE), run(Outcome.PARTIAL)], 3),
        ([run(Outcome.SUSPECT)], 3),
        ([run(Outcome.FAILED, "blocked: the source refused 3 of 3 requests")], 3),
        ([run(Outcome.SUSPECT), run(Outcome.FAILED, "listing-failed")], 1),
    ],
)
def test_a_failure_weighs_more_than_a_doubt_and_a_block_is_a_doubt(outcomes: list[CrawlRun], code: int) -> None:
    assert exit_code(outcomes) == code


@pytest.mark.parametrize(("words", "years"), [("2025", (2025, 2025)), ("2000-2005", (2000, 2005)), (None, None)])
def test_years_are_one_or_a_first_and_a_last(words: str | None, years: tuple[int, int] | None) -> None:
    assert read_years(click.Context(click.Command("crawl")), click.Option(["--year"]), words) == years


@pytest.mark.parametrize("words", ["", "25", "2005-2000", "1945", "year", "2000-2005-2010"])
def test_other_words_are_no_years(words: str) -> None:
    with pytest.raises(click.BadParameter, match="expected a year"):
        read_years(click.Context(click.Command("crawl")), click.Option(["--year"]), words)


@pytest.mark.parametrize(
    ("years", "sees_all"), [(None, True), ((2025, 2026), False), ((1946, 2026), True), ((1946, 2020), False)]
)
def test_a_crawl_of_some_years_does_not_see_all(years: tuple[int, int] | None, sees_all: bool) -> None:
    assert CrawlWishes(years=years).sees_all(2026) is sees_all
