"""Says when a source has had nothing new for far longer than usual. Pure.

The Council publishes in bursts: many resolutions at the end of a month, none for weeks in August. So the measure is the
long gaps that this source has had, not their mean.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil

ENOUGH_GAPS = 10  # from so many gaps on they say what is usual; before, the source's own declaration does
LONG_GAP_SHARE = 0.9
FAR_LONGER = 3  # so many times a long gap
FAR_LONGER_THAN_DECLARED = 2
SHORTEST_SILENCE_DAYS = 14


def longest_usual_days(arrivals: Sequence[datetime], declared_days: int) -> int:
    """The days without anything new that still are no silence.

    `arrivals` are the times new documents came, oldest first; those of one day count once. With ten gaps or more
    between such days: three times the gap that nine in ten do not exceed, and at least 14 days. With fewer: twice
    `declared_days`, within which the source says that something new is usual.
    """
    days = sorted({arrival.date() for arrival in arrivals})
    gaps = sorted((later - earlier).days for earlier, later in pairwise(days))
    if len(gaps) < ENOUGH_GAPS:
        return FAR_LONGER_THAN_DECLARED * declared_days
    long_gap = gaps[ceil(LONG_GAP_SHARE * len(gaps)) - 1]
    return max(FAR_LONGER * long_gap, SHORTEST_SILENCE_DAYS)


def silent_days(newest_at: datetime | None, asked_at: datetime | None, usual_days: int) -> int | None:
    """The days of a silence that is far longer than usual, None when there is none (or nothing ever came)."""
    if newest_at is None or asked_at is None:
        return None
    silence = asked_at - newest_at
    return silence.days if silence > timedelta(days=usual_days) else None
