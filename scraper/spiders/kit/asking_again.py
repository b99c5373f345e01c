"""When a text that was announced but is not there yet is asked for again (pure).

Most texts follow their announcement within hours, some after days: 1 hour, 3 hours, 12 hours, then once a day for 30
days. What is not there by then is asked for once in 30 days, so that it is never given up in silence.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from storage.records import Resource, ResourceState

FIRST_DELAYS = (timedelta(hours=1), timedelta(hours=3), timedelta(hours=12))
DAYS_ASKED_DAILY = 30
LAST_DELAY = timedelta(days=30)


def delay_after(attempts: int) -> timedelta:
    """How long to wait after this many attempts, the first being 1.

    >>> [str(delay_after(attempts)) for attempts in (1, 3, 4, 34)]
    ['1:00:00', '12:00:00', '1 day, 0:00:00', '30 days, 0:00:00']
    """
    if attempts < 1:
        raise ValueError(f"expected at least 1 attempt, found {attempts}")
    if attempts <= len(FIRST_DELAYS):
        return FIRST_DELAYS[attempts - 1]
    return timedelta(days=1) if attempts <= len(FIRST_DELAYS) + DAYS_ASKED_DAILY else LAST_DELAY


def put_off(resource: Resource, asked_at: datetime, reason: str) -> Resource:
    """The resource as announced, after one more attempt in vain, to be asked for again after the growing delay."""
    attempts = resource.attempts + 1
    return replace(
        resource,
        state=ResourceState.ANNOUNCED,
        attempts=attempts,
        next_attempt_at=asked_at + delay_after(attempts),
        reason=reason,
    )


def is_due(resource: Resource, now: datetime) -> bool:
    """Whether an announced resource may be asked for again."""
    return resource.next_attempt_at is None or resource.next_attempt_at <= now
