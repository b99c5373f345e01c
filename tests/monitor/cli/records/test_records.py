"""`changes`, `runs`, `alerts`, `sources`: what a person reads, and the records of the contract."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.app.source_state import SourceVerdict, State, judge_silence, judge_source
from storage.records import CrawlRun, Outcome, RunCounts

Ask = Callable[..., Any]
SYMBOL = "S/RES/2387 (2017)"
CHANGE = {
    "kind", "symbol", "address", "before_address", "before", "after", "wps", "themes", "reasons", "run", "detected_at",
    "cause",
}  # fmt: skip
RUN = {
    "run", "source", "outcome", "reason", "started_at", "ended_at", "listed", "fetched", "not_modified", "new",
    "changed", "unchanged", "failed", "blocked", "flags", "alerts",
}  # fmt: skip
SOURCE = {
    "source", "publisher", "description", "state", "reason", "schedule", "last_run_at", "last_good_at", "next_run_at",
    "held", "failing",
}  # fmt: skip
DELIVERY = {"channel", "state", "attempts", "next_attempt_at", "last_error", "sent_at"}
NOW = datetime(2025, 11, 24, 9, 0, tzinfo=UTC)


def test_changes_are_records_of_the_contract(ask: Ask) -> None:
    records = ask("changes", "--json").json

    assert all(record.keys() >= CHANGE for record in records)
    assert [record["kind"] for record in records] == ["modified", "added", "removed", "renumbered"]
    assert records[0]["reasons"] == ["“consider” became “ensure”"]


def test_a_change_is_shown_word_by_word_without_colour(ask: Ask) -> None:
    page = ask("changes", "--symbol", "2387").stdout

    assert "    Requests it to [-consider-] {+ensure+} the role of women;" in page.splitlines()
    assert "    {+Calls for women’s leadership;+}" in page.splitlines()
    assert f"{SYMBOL}, OP 42 (a) (iii) modified (was OP 41 (a))" in page.splitlines()
    assert "  flagged: “consider” became “ensure”" in page.splitlines()
    assert not set(page) & set("\x1b\x07\u202e")


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (("--wps",), 3),
        (("--run", "2"), 4),
        (("--run", "1"), 0),
        (("--since", "2025-11-24"), 4),
        (("--since", "2025-11-24T09:00:01"), 0),
        (("--since", "2025-11-24T10:00:00+02:00"), 4),
        (("--symbol", "1325"), 0),
        (("--limit", "1"), 1),
    ],
)
def test_changes_are_chosen(ask: Ask, options: tuple[str, ...], count: int) -> None:
    assert len(ask("changes", "--json", *options).json) == count


def test_runs_are_records_of_the_contract_newest_first(ask: Ask) -> None:
    records = ask("runs", "--json").json

    assert all(record.keys() >= RUN for record in records)
    assert [(record["run"], record["outcome"]) for record in records] == [(2, "suspect"), (1, "complete")]
    assert len(ask("runs", "--json", "--limit", "1").json) == 1


def test_a_person_sees_runs_in_a_table_with_the_reason_below(ask: Ask) -> None:
    lines = ask("runs").stdout.splitlines()

    assert lines[1].split()[:2] == ["2", "un-resolutions"]
    assert lines[2].strip() == "blocked after 3 documents"
    assert all(len(line) <= 80 for line in lines)


def test_alerts_are_records_of_the_contract(ask: Ask) -> None:
    (record,) = ask("alerts", "--json").json

    assert record.keys() >= {"alert", "event", "created_at", "deliveries"}
    assert all(delivery.keys() >= DELIVERY for delivery in record["deliveries"])
    assert [delivery["state"] for delivery in record["deliveries"]] == ["sent", "pending"]


def test_a_person_sees_how_far_an_alert_has_got(ask: Ask) -> None:
    page = ask("alerts").stdout

    assert "  desk: sent, 2025-11-24 09:00 UTC, 1 attempt" in page.splitlines()
    assert "  hook: pending, 3 attempts, next 2025-11-24 11:00 UTC, last error: HTTP 503" in page.splitlines()


def test_sources_are_records_of_the_contract(ask: Ask) -> None:
    records = {record["source"]: record for record in ask("sources", "--json").json}

    assert all(record.keys() >= SOURCE for record in records.values())
    assert (records["unxml"]["state"], records["unxml"]["held"]) == ("ok", 4)
    assert records["unxml"]["last_good_at"] == "2025-11-24T09:04:00+00:00"
    assert records["un-resolutions"]["state"] == "blocked"
    assert records["un-resolutions"]["reason"] == "blocked after 3 documents"


def test_a_person_sees_what_a_source_holds_and_how_often_it_is_asked(ask: Ask) -> None:
    lines = [" ".join(line.split()) for line in ask("sources").stdout.splitlines()]

    assert "held 4 documents" in lines
    assert "held 0 published entries" in lines
    assert "schedule every hour" in lines
    assert "schedule every 6 hours" in lines


def test_before_the_first_crawl_no_source_has_run(ask: Ask, tmp_path: Path) -> None:
    records = ask("sources", "--json", folder=tmp_path / "none").json

    assert {record["source"]: record["state"] for record in records} == {
        "unxml": "never-run",
        "un-resolutions": "never-run",
        "mission-reports": "never-run",
        "peacewomen": "disabled",
        "un-library": "disabled",
        "sc-meetings": "disabled",
    }
    assert all(record["next_run_at"] for record in records if record["state"] != "disabled")


def test_a_disabled_source_has_no_next_run_and_a_schedule_of_the_settings_holds(ask: Ask) -> None:
    settings = '[sources.unxml]\nenabled = false\n[sources.un-resolutions]\nschedule = "every 2 days"\n'
    Path("wpswatch.toml").write_text(settings, encoding="utf-8")

    records = {record["source"]: record for record in ask("sources", "--json").json}

    assert (records["unxml"]["state"], records["unxml"]["next_run_at"]) == ("disabled", None)
    assert records["un-resolutions"]["schedule"] == "every 2 days"


def test_a_person_sees_each_sources_state_beside_its_name(ask: Ask) -> None:
    lines = ask("sources").stdout.splitlines()

    assert "unxml  ok" in lines
    assert "un-resolutions  blocked" in lines
    assert "  last good  2025-11-24 09:04 UTC" in lines


def made_run(outcome: Outcome | None, reason: str | None = None) -> CrawlRun:
    ended_at = None if outcome is None else NOW + timedelta(minutes=1)
    return CrawlRun(1, "unxml", NOW, ended_at, outcome, reason, RunCounts())


@pytest.mark.parametrize(
    ("runs", "state"),
    [
        ([], State.NEVER_RUN),
        ([made_run(None)], State.NEVER_RUN),
        ([made_run(None), made_run(Outcome.COMPLETE)], State.OK),
        ([made_run(Outcome.FAILED, "blocked: the source refused 3 of 3 requests")], State.BLOCKED),
        ([made_run(Outcome.SUSPECT, "blocked after 3 documents")], State.BLOCKED),
        ([made_run(Outcome.FAILED, "the listing has no table")], State.FAILING),
        ([made_run(Outcome.SUSPECT, "expected 2700 listed, found 3")], State.SUSPECT),
        ([made_run(Outcome.PARTIAL, "interrupted"), made_run(Outcome.COMPLETE)], State.OK),
        ([made_run(Outcome.PARTIAL, "interrupted")], State.NEVER_RUN),
        ([made_run(Outcome.PARTIAL, "interrupted")] * 3 + [made_run(Outcome.COMPLETE)], State.SUSPECT),
    ],
)
def test_a_sources_state_is_that_of_its_newest_run_that_says_something(runs: list[CrawlRun], state: State) -> None:
    assert judge_source(runs).state is state


@pytest.mark.parametrize(
    ("state", "silent_days", "judged"),
    [
        (State.OK, 120, State.OK),
        (State.OK, 121, State.SUSPECT),
        (State.OK, None, State.OK),
        (State.BLOCKED, 500, State.BLOCKED),
    ],
)
def test_a_source_that_is_silent_for_far_longer_than_usual_needs_a_person(
    state: State, silent_days: int | None, judged: State
) -> None:
    newest = None if silent_days is None else NOW - timedelta(days=silent_days)
    assert judge_silence(SourceVerdict(state), newest, 120, NOW).state is judged


def test_changes_are_chosen_by_several_documents_patterns_and_days(ask: Ask) -> None:
    everything = ask("changes", "--json").json

    assert ask("changes", "--symbol", "1325", "--symbol", "2387", "--json").json == everything
    assert ask("changes", "--symbol", "S/RES/23*", "--json").json == everything
    assert ask("changes", "--until", "yesterday", "--json").json == everything
    assert ask("changes", "--until", "2025-11-23", "--json").json == []


def test_an_empty_list_of_changes_says_what_emptied_it(ask: Ask) -> None:
    answer = ask("changes", "--symbol", "1325")

    assert (answer.code, answer.stdout) == (0, "")
    assert answer.stderr.splitlines() == ["No changes. Something is found:", "  without --symbol: 4"]
    assert "without any of them (--run, --symbol): 4" in ask("changes", "--symbol", "1325", "--run", "9").stderr
