"""When a body is asked for again: one that was announced but is not there yet, and a held one (pure).

Most texts follow their announcement within hours, some after days: 1 hour, 3 hours, 12 hours, then once a day for 30
days. What is not there by then is asked for once in 30 days, so that it is never given up in silence.

A document may be reissued under the same symbol: "Reissued for technical reasons on 12 March 2025" stands on resolution
2776, nine days after its adoption; on reports of the Secretary-General it is seen a month after. So a held body is
asked for again after growing times, then no more; and only where its document was new when it was first held: what was
backfilled is taken to be in its last state.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from scraper.council.symbol import year_in_symbol
from storage.records import HeldBody, Resource, ResourceState

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


def ask_soon(resource: Resource, asked_at: datetime, reason: str) -> Resource:
    """A resource of which a text is held, after an answer that is not believed: asked again soon, and for the body."""
    return replace(put_off(resource, asked_at, reason), state=resource.state, etag=None, last_modified=None)


def is_in_vain_due(resource: Resource, now: datetime) -> bool:
    """Whether an address was asked in vain the last time, held or not, and may be asked for again."""
    return resource.attempts > 0 and resource.next_attempt_at is not None and resource.next_attempt_at <= now


def is_due(resource: Resource, now: datetime) -> bool:
    """Whether an announced resource may be asked for again."""
    return resource.next_attempt_at is None or resource.next_attempt_at <= now


#: After a body was first held.
RECHECKED_AFTER = tuple(timedelta(days=days) for days in (1, 3, 7, 14, 30, 60, 120))
#: A document is new when it is first held so long after its date.
NEW = timedelta(days=120)


def next_recheck(held_since: datetime, now: datetime) -> datetime | None:
    """When a body is asked for again after it was asked for now; None when it is no more.

    >>> from datetime import UTC
    >>> held, now = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 5, tzinfo=UTC)
    >>> next_recheck(held, now).isoformat()
    '2026-03-08T00:00:00+00:00'
    """
    return next((held_since + delay for delay in RECHECKED_AFTER if held_since + delay > now), None)


def is_recheck_due(resource: Resource, body: HeldBody, now: datetime) -> bool:
    """Whether a held body is to be asked for again now; one never asked for again has no time, and is a day later."""
    if resource.state is not ResourceState.HELD:
        return False
    if is_in_vain_due(resource, now):
        return True
    if not was_new(body):
        return False
    if resource.next_attempt_at is not None:
        return resource.next_attempt_at <= now
    return RECHECKED_AFTER[0] <= now - body.since < RECHECKED_AFTER[-1]


def was_new(body: HeldBody) -> bool:
    """Whether a document was new when its body came; one without a date is of the last day of its symbol's year."""
    year = year_in_symbol(body.symbol)
    day = body.dated or (date(year, 12, 31) if year else None)
    return day is not None and body.since.date() - day <= NEW
