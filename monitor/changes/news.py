"""The rule of news as one table: which run, which witness and which date make a document told, quiet or waiting. Pure.

News belongs to the document, not to a source. `docs/explanation/what-counts-as-news.md` says it for readers; the table
here is what the program follows, and a test goes through every cell of it.
"""

from enum import StrEnum
from typing import Final


class Stage(StrEnum):
    """What a run is to the watch and to its source; the watch begins with the first complete run of any source."""

    DOUBTED = "doubted"  # failed, suspect, or cut short after such a run: what it brought waits for a better one
    BEFORE_WATCH = "before-watch"  # believed, but cut short or of some years only, and the watch has not begun
    BEGINS_WATCH = "begins-watch"  # the first complete run of all
    INCOMPLETE = "incomplete"  # believed, the watch has begun, but its source has had no complete run yet
    FIRST = "first"  # the first complete run of its source, after the watch has begun
    LATER = "later"  # believed, of a source that has had a complete run


class Seen(StrEnum):
    """Who gave this document before."""

    NOBODY = "nobody"
    ANOTHER = "another"  # another source gave it, and the monitor has looked at that: it was told, or was quiet
    ITSELF = "itself"  # the same source, and the monitor has looked at that
    UNTOLD = "untold"  # the same source, and that waits still, or went quietly into its first complete run just now


class Age(StrEnum):
    """What the dates that speak for a document say. One that is doubted makes nothing old."""

    OLD = "old"  # older than news_days by the youngest day that it can be of
    BEFORE = "before"  # adopted within news_days, and surely before the watch began
    SINCE = "since"  # adopted since the day on which the watch began
    UNSURE = "unsure"  # no date, or one that something contradicts, and it may be of these days


class NewsVerdict(StrEnum):
    """What becomes of a version that the monitor looks at."""

    WAIT = "wait"  # for a run that can decide
    QUIET = "quiet"  # it is held, and nobody is told
    TELL = "tell"  # the document is news
    RECORD = "record"  # what it says otherwise than the other witness is recorded, and told to nobody
    COMPARE = "compare"  # what its source has changed since it last gave the document is news


_WAITS: Final = dict.fromkeys(Age, NewsVerdict.WAIT)
_QUIET: Final = dict.fromkeys(Age, NewsVerdict.QUIET)
_RECORD: Final = dict.fromkeys(Age, NewsVerdict.RECORD)
_COMPARE: Final = dict.fromkeys(Age, NewsVerdict.COMPARE)

RULE: Final[dict[Stage, dict[Seen, dict[Age, NewsVerdict]]]] = {
    Stage.DOUBTED: dict.fromkeys(Seen, _WAITS),
    Stage.BEFORE_WATCH: dict.fromkeys(Seen, _WAITS),
    Stage.BEGINS_WATCH: {
        Seen.NOBODY: _QUIET,
        Seen.ANOTHER: _QUIET,
        Seen.ITSELF: _QUIET,  # nothing was told before, and what is here now is what the watch begins with
        Seen.UNTOLD: _QUIET,
    },
    Stage.INCOMPLETE: {
        Seen.NOBODY: {
            Age.OLD: NewsVerdict.WAIT,
            Age.BEFORE: NewsVerdict.WAIT,
            Age.SINCE: NewsVerdict.TELL,
            Age.UNSURE: NewsVerdict.TELL,
        },
        Seen.ANOTHER: _WAITS,
        Seen.ITSELF: _COMPARE,
        Seen.UNTOLD: _WAITS,
    },
    Stage.FIRST: {
        Seen.NOBODY: {
            Age.OLD: NewsVerdict.QUIET,
            Age.BEFORE: NewsVerdict.QUIET,
            Age.SINCE: NewsVerdict.TELL,
            Age.UNSURE: NewsVerdict.TELL,
        },
        Seen.ANOTHER: _QUIET,
        Seen.ITSELF: _COMPARE,
        Seen.UNTOLD: _QUIET,
    },
    Stage.LATER: {
        Seen.NOBODY: {
            Age.OLD: NewsVerdict.QUIET,
            Age.BEFORE: NewsVerdict.TELL,
            Age.SINCE: NewsVerdict.TELL,
            Age.UNSURE: NewsVerdict.TELL,
        },
        Seen.ANOTHER: _RECORD,
        Seen.ITSELF: _COMPARE,
        Seen.UNTOLD: _COMPARE,  # old when it came, and changed before anybody looked: its source changed it since
    },
}
"""Stage × seen × age → verdict."""


def decide(stage: Stage, seen: Seen, age: Age) -> NewsVerdict:
    """What becomes of a version of a document."""
    return RULE[stage][seen][age]


def asks_for_age(stage: Stage, seen: Seen) -> bool:
    """Whether the document's dates decide: else nobody need look for them."""
    return len(set(RULE[stage][seen].values())) > 1


def stage_of(*, is_believed: bool, is_whole: bool, had_complete: bool, is_watching: bool) -> Stage:
    """What a run is.

    `is_whole` says that it was complete and saw all of its source, `had_complete` that an earlier run of its source
    was, `is_watching` that one of any source was.
    """
    if not is_believed:
        return Stage.DOUBTED
    if had_complete:
        return Stage.LATER
    if is_watching:
        return Stage.FIRST if is_whole else Stage.INCOMPLETE
    return Stage.BEGINS_WATCH if is_whole else Stage.BEFORE_WATCH
