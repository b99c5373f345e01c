"""Gives the verdict on a crawl run from what it recorded. Trusts no exit code, and never takes nothing for success."""

from dataclasses import dataclass

from storage.records import CrawlRun, Outcome

# Spiders' words for an end that saw the whole listing. `budget` left documents for the next run: nothing is wrong.
_FINISHED = frozenset({"finished", "budget"})

# Words for an end that came too early, the spider's own and Scrapy's.
_CUT_SHORT = frozenset(
    {
        "interrupted",
        "shutdown",
        "cancelled",
        "disk-full",
        "timeout",
        "closespider-timeout",
        "closespider-errorcount",
        "closespider-itemcount",
        "closespider-pagecount",
        "memusage-exceeded",
    }
)

# A source of several listings went on with the others, but one of them has a shape that nobody has read yet.
_ONE_LISTING_LOST = "listing-lost"

# It was read, but it has fewer rows than before, or some that cannot be read: what it lacks proves nothing.
_LISTING_DOUBTED = "listing-doubted"

# One broken file fails alone; from three on, a fifth of all that was asked for is more than bad luck.
_FEW_FAILED = 2
_FAILED_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a run and, unless it is complete without remark, the reason in words."""

    outcome: Outcome
    reason: str | None


def judge_run(run: CrawlRun, min_listed: int, held: int) -> Verdict:
    """Judge a run by how its fetching ended and by its counts.

    `min_listed` is what the source declares its listing to have at least; `held` how many documents of the source are
    held after the run. A reason that starts with "blocked" means that the source refused us.
    """
    ended = (run.finish_reason or "").replace("_", "-")
    return (
        _blocked(run, ended)
        or _not_finished(run, ended)
        or _too_little(run, min_listed, held)
        or _too_many_failed(run)
        or Verdict(Outcome.COMPLETE, run.reason)
    )


def _blocked(run: CrawlRun, ended: str) -> Verdict | None:
    counts = run.counts
    got = counts.fetched + counts.not_modified
    if ended != "blocked" and not counts.blocked:
        return None
    if not got:
        asked = f"{counts.blocked} of {counts.blocked} requests" if counts.blocked else "the listing"
        return Verdict(Outcome.FAILED, _with(run, f"blocked: the source refused {asked}"))
    if ended == "blocked":
        return Verdict(Outcome.SUSPECT, _with(run, f"blocked after {got} documents"))
    return Verdict(Outcome.SUSPECT, _with(run, f"{counts.blocked} of {counts.blocked + got} requests were blocked"))


def _not_finished(run: CrawlRun, ended: str) -> Verdict | None:
    if ended in _FINISHED:
        return None
    if not ended:
        return Verdict(Outcome.PARTIAL, _with(run, "interrupted"))
    if ended == _ONE_LISTING_LOST:
        return Verdict(Outcome.SUSPECT, _with(run, "one of the listings has another shape"))
    if ended == _LISTING_DOUBTED:
        return Verdict(Outcome.SUSPECT, _with(run, "the listing cannot be relied on"))
    if ended in _CUT_SHORT:
        return Verdict(
            Outcome.PARTIAL, _with(run, "interrupted" if ended == "interrupted" else f"interrupted: {ended}")
        )
    return Verdict(Outcome.FAILED, run.reason or ended)


def _too_little(run: CrawlRun, min_listed: int, held: int) -> Verdict | None:
    listed = run.counts.listed
    if listed < max(min_listed, 1):
        return Verdict(Outcome.SUSPECT, _with(run, f"expected at least {max(min_listed, 1)} listed, found {listed}"))
    if held == 0:
        return Verdict(Outcome.SUSPECT, _with(run, f"expected documents, found none to hold among {listed} listed"))
    return None


def _too_many_failed(run: CrawlRun) -> Verdict | None:
    counts = run.counts
    asked = counts.fetched + counts.not_modified + counts.failed
    if counts.failed <= _FEW_FAILED or counts.failed <= _FAILED_SHARE * asked:
        return None
    return Verdict(
        Outcome.SUSPECT, _with(run, f"expected few failures, found {counts.failed} of {asked} documents failed")
    )


def _with(run: CrawlRun, reason: str) -> str:
    """The reason, with what the fetching itself said."""
    return f"{reason} ({run.reason})" if run.reason and run.reason != reason else reason
