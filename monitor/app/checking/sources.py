"""What the doctor looks at of the sources, and of the watch that crawls them."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime

from monitor.app.checking.health import Finding, Health
from monitor.app.source_state import SourceStatus, State, source_statuses
from monitor.settings.config import Config
from monitor.watch.heartbeat import Heartbeat


def judge_watch(beat: Heartbeat | None, now: datetime) -> Finding:
    """Whether the watch is alive: by its sign of life, which it leaves each minute."""
    advice = "start it, and let the system keep it running (docs/explanation/watch.md)"
    if beat is None:
        return Finding("watch", Health.OK, "none has run here", "wpswatch watch, or a crawl by cron, keeps all current")
    if beat.stopped_at is not None:
        return Finding("watch", Health.OK, f"stopped in order at {beat.stopped_at:%Y-%m-%d %H:%M} UTC", advice)
    if not beat.is_alive(now):
        last = f"{beat.beat_at:%Y-%m-%d %H:%M} UTC"
        return Finding("watch", Health.WARN, f"no sign of life of process {beat.pid} since {last}", advice)
    if beat.trouble:
        return Finding("watch", Health.WARN, beat.trouble, "read its log; wrong settings: correct them, then kill -HUP")
    doing = f", {' and '.join(beat.running)}" if beat.running else ""
    return Finding("watch", Health.OK, f"alive, process {beat.pid}{doing}")


def judge_sources(
    db: sqlite3.Connection | None, config: Config, now: datetime, beat: Heartbeat | None
) -> Iterator[Finding]:
    """The state of each source, and what to do about it."""
    advice = {
        State.BLOCKED: "set [network] contact, crawl less often, or crawl a mirror: wpswatch crawl --mirror URL",
        State.FAILING: "read the reason with wpswatch runs; try wpswatch -v crawl",
        State.SUSPECT: "read the reason with wpswatch runs; removals are not believed until a run is complete",
        State.NEVER_RUN: "wpswatch crawl",
    }
    for status in source_statuses(db, config, now, beat):
        state, reason = status.verdict.state, status.verdict.reason
        health = Health.OK if state in (State.OK, State.NEVER_RUN, State.DISABLED) else Health.WARN
        found = reason if reason and reason.startswith(state) else f"{state}: {reason}" if reason else f"{state}"
        yield Finding(status.source.name, health, found, advice.get(state))
        if status.failing:
            yield _failing(status)


def _failing(status: SourceStatus) -> Finding:
    """The documents that a source does not give; one that failed once may come by itself."""
    from monitor.noticing.failure_words import words_of
    from monitor.noticing.failures import RUNS_BORNE

    is_lasting = any(one.runs >= RUNS_BORNE for one in status.failing)
    advice = "wpswatch sources --json names each with its reason; it is asked for again by itself"
    health = Health.WARN if is_lasting else Health.OK
    return Finding(f"{status.source.name}, documents", health, words_of(status.failing), advice)
