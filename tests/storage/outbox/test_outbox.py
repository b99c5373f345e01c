"""The outbox: an alert is told once on each channel, and its deliveries stay as history."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from storage.errors import UnknownRecord
from storage.outbox.channels import leave_alone
from storage.outbox.outbox import enqueue, is_delivery_due, list_alerts, record_delivery
from storage.outbox.sending import claim_next, due_channels
from storage.records import Alert, Delivery, DeliveryState, Event

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def alert(shelf) -> Alert:
    return Alert("a1", Event.EXTRACT_NEW, shelf.run(), "S/RES/2387 (2017)", NOW, '{"extracts": []}')


def pending(alert_id: str, channel: str) -> Delivery:
    return Delivery(alert_id, channel, DeliveryState.PENDING, 0, NOW, None, None)


def test_an_enqueued_alert_is_due_at_once_on_each_channel(shelf, alert) -> None:
    assert enqueue(shelf.db, alert, ["desk", "hook"]) is True

    whole = replace(alert, deliveries=(pending("a1", "desk"), pending("a1", "hook")))
    assert list_alerts(shelf.db) == [whole]
    assert due_channels(shelf.db, NOW) == ["desk", "hook"]
    due = claim_next(shelf.db, "desk", NOW, "me", NOW)
    assert due is not None
    assert (due.alert.id, due.alert.payload, due.delivery) == ("a1", alert.payload, pending("a1", "desk"))


def test_an_alert_of_a_known_id_writes_nothing(shelf, alert) -> None:
    enqueue(shelf.db, alert, ["desk"])

    assert shelf.writes(lambda: enqueue(shelf.db, replace(alert, payload="{}"), ["desk", "hook"])) == 0
    assert enqueue(shelf.db, alert, ["hook"]) is False
    assert len(list_alerts(shelf.db)[0].deliveries) == 1


def test_nothing_is_due_on_a_channel_that_asked_to_be_left_alone(shelf, alert) -> None:
    enqueue(shelf.db, alert, ["hook"])
    leave_alone(shelf.db, "hook", NOW + timedelta(hours=2))

    assert is_delivery_due(shelf.db, NOW, DAY) is False
    assert is_delivery_due(shelf.db, NOW + timedelta(hours=2), DAY) is True


def test_what_a_wrong_clock_put_off_for_more_than_a_day_is_due(shelf, alert) -> None:
    enqueue(shelf.db, alert, ["desk"])
    record_delivery(shelf.db, "a1", "desk", DeliveryState.PENDING, 1, NOW + timedelta(hours=2), "refused", None)
    leave_alone(shelf.db, "desk", NOW + timedelta(minutes=1))

    assert is_delivery_due(shelf.db, NOW, DAY) is False
    assert is_delivery_due(shelf.db, NOW - timedelta(days=3), DAY) is True


def test_an_alert_without_channels_is_kept(shelf, alert) -> None:
    enqueue(shelf.db, alert, [])

    assert list_alerts(shelf.db) == [alert]
    assert due_channels(shelf.db, NOW) == []


def test_a_delivery_put_off_is_due_later(shelf, alert) -> None:
    enqueue(shelf.db, alert, ["desk"])
    record_delivery(
        shelf.db, "a1", "desk", DeliveryState.PENDING, 1, NOW + timedelta(minutes=5), "connection refused", None
    )

    assert due_channels(shelf.db, NOW + timedelta(minutes=4)) == []
    due = claim_next(shelf.db, "desk", NOW + timedelta(minutes=5), "me", NOW + timedelta(minutes=5))
    assert due is not None
    assert due.delivery.last_error == "connection refused"


@pytest.mark.parametrize("state", [DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.SUPPRESSED])
def test_a_delivery_with_a_last_word_is_never_due_again(shelf, alert, state: DeliveryState) -> None:
    enqueue(shelf.db, alert, ["desk"])
    record_delivery(shelf.db, "a1", "desk", state, 1, None, None, NOW)

    assert due_channels(shelf.db, NOW + timedelta(days=365)) == []
    assert list_alerts(shelf.db)[0].deliveries[0].state is state


def test_recording_the_same_delivery_twice_writes_once(shelf, alert) -> None:
    enqueue(shelf.db, alert, ["desk"])

    def record() -> None:
        record_delivery(shelf.db, "a1", "desk", DeliveryState.SENT, 1, None, None, NOW)

    assert [shelf.writes(record), shelf.writes(record)] == [1, 0]


def test_a_delivery_that_was_never_enqueued_is_an_error(shelf) -> None:
    with pytest.raises(UnknownRecord, match="expected a delivery of alert a1 on channel 'desk'"):
        record_delivery(shelf.db, "a1", "desk", DeliveryState.SENT, 1, None, None, NOW)


def test_alerts_are_listed_newest_first(shelf, alert) -> None:
    later = replace(alert, id="a2", created_at=NOW + timedelta(seconds=1))
    for each in (alert, later):
        enqueue(shelf.db, each, [])

    assert [each.id for each in list_alerts(shelf.db)] == ["a2", "a1"]
    assert [each.id for each in list_alerts(shelf.db, limit=1)] == ["a2"]
