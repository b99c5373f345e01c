"""Leases on deliveries: what one sender says of a delivery that another has taken over since changes nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.outbox.outbox import enqueue, list_alerts
from storage.outbox.sending import LEASE, claim_next, record_failure
from storage.records import Alert, Delivery, Event

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LATER = NOW + LEASE
AGAIN = LATER + timedelta(hours=1)


@pytest.fixture
def taken_over(shelf) -> Delivery:
    """A delivery that "one" has let its lease run out on, and "other" has claimed."""
    enqueue(shelf.db, Alert("a1", Event.EXTRACT_NEW, shelf.run(), "S/RES/2387 (2017)", NOW, "{}"), ["desk"])
    assert claim_next(shelf.db, "desk", NOW, "one", NOW)
    assert claim_next(shelf.db, "desk", NOW, "other", NOW) is None
    assert claim_next(shelf.db, "desk", LATER, "other", LATER)
    return delivery(shelf)


def delivery(shelf) -> Delivery:
    return list_alerts(shelf.db)[0].deliveries[0]


@pytest.mark.parametrize("again_at", [AGAIN, None])
def test_a_failure_told_by_who_has_lost_the_lease_changes_nothing(shelf, taken_over: Delivery, again_at) -> None:
    assert record_failure(shelf.db, "a1", "desk", "one", 1, again_at, "refused") is False
    assert delivery(shelf) == taken_over
    assert claim_next(shelf.db, "desk", LATER, "third", LATER) is None  # it is still the other's


def test_a_failure_told_by_the_holder_puts_the_delivery_off_and_frees_it(shelf, taken_over: Delivery) -> None:
    assert record_failure(shelf.db, "a1", "desk", "other", 2, AGAIN, "refused") is True
    assert (delivery(shelf).next_attempt_at, delivery(shelf).last_error) == (AGAIN, "refused")
    assert claim_next(shelf.db, "desk", AGAIN, "third", AGAIN)
