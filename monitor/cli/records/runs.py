"""Crawl runs as JSON records."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from storage.records import CrawlRun
from monitor.cli.records.times import time_record


def run_record(run: "CrawlRun") -> dict[str, Any]:
    """A crawl run; `outcome` and `ended_at` are null while it goes on."""
    counts = run.counts
    return {
        "run": run.run,
        "source": run.source,
        "outcome": run.outcome,
        "reason": run.reason,
        "started_at": time_record(run.started_at),
        "ended_at": time_record(run.ended_at),
        "listed": counts.listed,
        "fetched": counts.fetched,
        "not_modified": counts.not_modified,
        "new": counts.new,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "failed": counts.failed,
        "blocked": counts.blocked,
        "flags": counts.flags,
        "alerts": counts.alerts,
        "baseline": run.is_baseline,
    }
