"""When a delivery that could not be made is tried again. Pure: the source of chance comes in."""

from datetime import datetime, timedelta
from random import Random
from typing import Final

RETRY_DELAYS: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=24),
)
"""How long after each failed attempt the next one is made: nine attempts in not quite three days."""

LONGEST_WAIT: Final = timedelta(days=1)
"""No attempt is put off for longer, whatever the receiver asks for."""

_JITTER: Final = 0.1


def next_attempt(
    attempts: int, now: datetime, *, retry_after: timedelta | None = None, chance: Random | None = None
) -> datetime | None:
    """When to try again after so many failed attempts, None when it was the last.

    Up to a tenth earlier than planned by chance, so that what failed together does not come back together, but never
    before the receiver's `retry_after`, up to a day. Without a source of chance exactly as planned.
    """
    if attempts > len(RETRY_DELAYS):
        return None
    planned = RETRY_DELAYS[attempts - 1]
    if chance is not None:
        planned *= 1 - _JITTER * chance.random()
    return now + max(planned, min(retry_after or timedelta(0), LONGEST_WAIT))
