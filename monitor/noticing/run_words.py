"""What runs came to, for a person and for the shell."""

from collections.abc import Iterable

from storage.records import CrawlRun, Outcome

FAILED, SUSPECT = 1, 3


def words_of(run: CrawlRun) -> str:
    """What a run came to: its outcome, with its counts and the reason."""
    counts = run.counts
    words = f"{run.outcome or 'ended without a verdict'}, {counts.listed} listed, {counts.new} new"
    words += f", {counts.changed} changed, {counts.flags} flagged"
    return f"{words}: {run.reason}" if run.reason else words


def exit_code(runs: Iterable[CrawlRun]) -> int:
    """The exit code that some runs add up to: a failure weighs more than a doubt; a block is a doubt."""
    worst = 0
    for run in runs:
        if run.outcome is Outcome.FAILED and not (run.reason or "").startswith("blocked"):
            return FAILED
        if run.outcome is not Outcome.COMPLETE:
            worst = SUSPECT
    return worst
