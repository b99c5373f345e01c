"""Draining the outbox."""

import io
import resource
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.alerts.delivery.channel import DeliveryError, FileChannel, Receipts, StdoutChannel
from monitor.alerts.delivery.receipts import PassingReceipts
from monitor.alerts.delivery.retries import RETRY_DELAYS, next_attempt
from monitor.alerts.delivery.sender import DeliveryReport, deliver_due
from monitor.alerts.delivery.wishes import wants_operators_news
from monitor.alerts.news.compose import source_alert
from monitor.alerts.news.payload import SourceNews
from storage.fetched.runs import open_run
from storage.outbox.outbox import enqueue, list_alerts
from storage.records import Alert, Delivery, DeliveryState, Event
from storage.sqlite.database import open_memory, transaction

NOW = datetime(2025, 5, 9, 6, 0, tzinfo=UTC)


@dataclass
class Recorder:
    """A channel that keeps what it was told, and can refuse."""

    name: str
    error: Exception | None = None
    told: list[str] = field(default_factory=list)

    def send(self, alert: Alert, receipts: Receipts) -> None:
        if self.error is not None:
            raise self.error
        self.told.append(alert.id)


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    db = open_memory()
    with transaction(db):
        open_run(db, "unxml", NOW)
    yield db
    db.close()


@pytest.fixture
def put(db: sqlite3.Connection) -> Callable[..., Alert]:
    def put(*channels: str, since: int = 0, payload: str | None = None) -> Alert:
        made = source_alert(SourceNews(Event.SOURCE_FAILED, "unxml", "listing-failed", NOW), since, 1, NOW)
        alert = Alert(made.id, made.event, 1, made.subject, NOW, payload or made.payload)
        with transaction(db):
            enqueue(db, alert, channels)
        return alert

    return put


def delivery(db: sqlite3.Connection) -> Delivery:
    (alert,) = list_alerts(db)
    (found,) = alert.deliveries
    return found


def test_an_alert_is_sent_once(db: sqlite3.Connection, put: Callable[..., Alert]) -> None:
    alert = put("desk")
    desk = Recorder("desk")

    reports = [deliver_due(db, [desk], NOW + timedelta(minutes=n)) for n in (0, 1, 60)]

    assert reports == [DeliveryReport(sent=1), DeliveryReport(), DeliveryReport()]
    assert desk.told == [alert.id]
    assert delivery(db) == Delivery(alert.id, "desk", DeliveryState.SENT, 1, None, None, NOW)


def test_a_failed_attempt_is_made_again_a_minute_later(db: sqlite3.Connection, put: Callable[..., Alert]) -> None:
    put("desk")
    desk = Recorder("desk", DeliveryError("the server is away"))

    assert deliver_due(db, [desk], NOW) == DeliveryReport(retried=1)
    waiting = delivery(db)
    desk.error = None
    too_early = deliver_due(db, [desk], NOW + timedelta(seconds=59))
    again = deliver_due(db, [desk], NOW + timedelta(seconds=60))

    assert (waiting.state, waiting.attempts, waiting.last_error) == (DeliveryState.PENDING, 1, "the server is away")
    assert waiting.next_attempt_at == NOW + timedelta(minutes=1)
    assert (too_early, again) == (DeliveryReport(), DeliveryReport(sent=1))


def test_attempts_go_on_for_almost_three_days_and_the_row_stays(
    db: sqlite3.Connection, put: Callable[..., Alert]
) -> None:
    put("desk")
    desk = Recorder("desk", DeliveryError("the server is away"))
    now = NOW
    while (again := delivery(db).next_attempt_at) is not None:
        now = again
        deliver_due(db, [desk], now)

    assert timedelta(days=2) < now - NOW <= timedelta(days=3)
    last = delivery(db)
    assert (last.state, last.attempts, last.last_error) == (DeliveryState.FAILED, 9, "the server is away")


def test_the_delays_grow() -> None:
    assert list(RETRY_DELAYS) == sorted(RETRY_DELAYS)
    assert next_attempt(1, NOW) == NOW + timedelta(minutes=1)
    assert next_attempt(len(RETRY_DELAYS) + 1, NOW) is None


def test_a_permanent_failure_is_not_tried_again(db: sqlite3.Connection, put: Callable[..., Alert]) -> None:
    put("desk")
    desk = Recorder("desk", DeliveryError("no such address", is_permanent=True))

    assert deliver_due(db, [desk], NOW) == DeliveryReport(failed=1)
    assert delivery(db).next_attempt_at is None


def test_an_alert_that_cannot_be_rendered_stops_nobody_else(
    db: sqlite3.Connection, put: Callable[..., Alert], tmp_path: Path
) -> None:
    put("desk", since=1, payload='{"schema": "other/2"}')
    sound = put("desk", since=2)

    report = deliver_due(db, [FileChannel("desk", tmp_path / "alerts.txt")], NOW)

    assert report == DeliveryReport(sent=1, failed=1)
    assert sound.id in (tmp_path / "alerts.txt").read_text()


def test_a_channel_that_is_not_configured_waits(db: sqlite3.Connection, put: Callable[..., Alert]) -> None:
    put("desk")

    assert deliver_due(db, [], NOW) == DeliveryReport(retried=1)
    assert delivery(db).last_error == "expected a channel 'desk', found none in the configuration"


def test_what_is_due_on_a_channel_that_cannot_be_used_now_stays_due(
    db: sqlite3.Connection, put: Callable[..., Alert]
) -> None:
    alert = put("mail", "desk")

    report = deliver_due(db, [Recorder("desk")], NOW, waiting=["mail"])

    assert report == DeliveryReport(sent=1)
    (held,) = list_alerts(db)
    assert [one for one in held.deliveries if one.channel == "mail"] == [
        Delivery(alert.id, "mail", DeliveryState.PENDING, 0, NOW, None, None)
    ]


def test_a_sender_that_dies_leaves_the_delivery_claimed_and_then_due_again(
    db: sqlite3.Connection, put: Callable[..., Alert]
) -> None:
    class Killed(BaseException):
        pass

    alert = put("desk")
    with pytest.raises(Killed):
        deliver_due(db, [Recorder("desk", Killed())], NOW)  # type: ignore[arg-type]
    desk = Recorder("desk")

    meanwhile = deliver_due(db, [desk], NOW + timedelta(minutes=9))
    later = deliver_due(db, [desk], NOW + timedelta(minutes=10))

    assert (meanwhile, later) == (DeliveryReport(), DeliveryReport(sent=1))
    assert (desk.told, delivery(db).attempts) == ([alert.id], 2)


def test_one_channel_that_fails_does_not_hold_up_another(db: sqlite3.Connection, put: Callable[..., Alert]) -> None:
    alert = put("away", "desk")
    desk = Recorder("desk")

    report = deliver_due(db, [Recorder("away", DeliveryError("away")), desk], NOW)

    assert report == DeliveryReport(sent=1, retried=1)
    assert desk.told == [alert.id]


def test_a_file_holds_one_text_after_the_other(put: Callable[..., Alert], tmp_path: Path) -> None:
    channel = FileChannel("desk", tmp_path / "new" / "alerts.txt")

    first, second = put("desk", since=1), put("desk", since=2)
    channel.send(first, PassingReceipts())
    channel.send(second, PassingReceipts())

    text = (tmp_path / "new" / "alerts.txt").read_text()
    assert text.index(first.id) < text.index(second.id)
    assert text.count("A source fails: unxml") == 2


def test_a_file_that_cannot_be_written_is_a_passing_failure(put: Callable[..., Alert], tmp_path: Path) -> None:
    channel = FileChannel("desk", tmp_path)

    with pytest.raises(DeliveryError, match=r"expected to append to .*, found: Is a directory") as caught:
        channel.send(put("desk"), PassingReceipts())

    assert not caught.value.is_permanent


def test_a_full_disk_is_a_passing_failure(put: Callable[..., Alert]) -> None:
    with pytest.raises(DeliveryError, match="No space left on device") as caught:
        FileChannel("desk", Path("/dev/full")).send(put("desk"), PassingReceipts())

    assert not caught.value.is_permanent


def test_an_alert_written_in_part_is_taken_back(put: Callable[..., Alert], tmp_path: Path) -> None:
    path = tmp_path / "alerts.txt"
    channel = FileChannel("desk", path)
    channel.send(put("desk", since=1), PassingReceipts())
    whole = path.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(whole) + 10, hard))  # the disk has room for ten bytes more
    try:
        with pytest.raises(DeliveryError, match="only 10 of"):
            channel.send(put("desk", since=2), PassingReceipts())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert path.read_bytes() == whole


def test_stdout_shows_what_its_encoding_lacks_by_number(put: Callable[..., Alert]) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    alert = put("desk")
    odd = Alert(alert.id, alert.event, 1, "", NOW, alert.payload.replace("listing-failed", "été"))

    StdoutChannel("screen", stream).send(odd, PassingReceipts())

    assert b"\\xe9t\\xe9" in raw.getvalue()


def test_a_closed_stdout_is_a_failure_that_is_recorded(put: Callable[..., Alert]) -> None:
    stream = io.StringIO()
    stream.close()

    with pytest.raises(DeliveryError, match="expected to print"):
        StdoutChannel("screen", stream).send(put("desk"), PassingReceipts())


def test_news_of_documents_are_not_for_operators() -> None:
    with pytest.raises(ValueError, match="expected an event for operators"):
        wants_operators_news(Recorder("desk"), Event.EXTRACT_NEW)  # type: ignore[arg-type]
