"""The sender beside others, with receivers that misbehave, and with a clock that was wrong."""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from monitor.alerts.delivery.channel import DeliveryError, Receipts
from monitor.alerts.delivery.retries import LONGEST_WAIT, next_attempt
from monitor.alerts.delivery.sender import FAILURES_TO_PAUSE, DeliveryReport, deliver_due
from monitor.alerts.news.payload import SourceNews, news_of
from monitor.alerts.words.message import render_text
from monitor.alerts.words.message_html import render_html
from storage.fetched.runs import open_run
from storage.outbox.channels import list_mutes, mute, unmute
from storage.outbox.outbox import enqueue, list_alerts, put_back
from storage.outbox.sending import LEASE
from storage.records import Alert, Delivery, DeliveryState, Event, Mute
from storage.sqlite.database import open_database, open_memory, transaction

NOW = datetime(2025, 5, 9, 6, 0, tzinfo=UTC)
AWAY = DeliveryError("the server is away")


@dataclass
class Answers:
    """A channel that answers with what it is given, one after the other, and then takes everything."""

    name: str
    errors: list[Exception] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    tried: int = 0
    on_send: Callable[[], object] = lambda: None

    def send(self, alert: Alert, receipts: Receipts) -> None:
        self.tried += 1
        self.on_send()
        if self.errors:
            raise self.errors.pop(0)
        self.told.append(alert.id)


@dataclass
class ManyHands:
    """A channel with several recipients, each with the error it gives, or None."""

    name: str
    recipients: dict[str, Exception | None]
    served: list[str] = field(default_factory=list)

    def send(self, alert: Alert, receipts: Receipts) -> None:
        later = None
        for recipient, error in self.recipients.items():
            if receipts.is_settled(recipient):
                continue
            if error is None:
                self.served.append(recipient)
                receipts.accept(recipient)
            elif isinstance(error, DeliveryError) and error.is_permanent:
                receipts.refuse(recipient, str(error))
            else:
                later = error
        if later is not None:
            raise later


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    db = open_memory()
    with transaction(db):
        open_run(db, "unxml", NOW)
    yield db
    db.close()


def put(db: sqlite3.Connection, count: int, *channels: str, at: datetime = NOW, payload: str = "{}") -> list[str]:
    held = len(list_alerts(db))
    ids = [f"wps-{number:04}" for number in range(held, held + count)]
    with transaction(db):
        for each in ids:
            enqueue(db, Alert(each, Event.EXTRACT_NEW, 1, each, at, payload), channels)
    return ids


def states(db: sqlite3.Connection, channel: str) -> list[str]:
    return [each.state.value for each in deliveries(db, channel)]


def deliveries(db: sqlite3.Connection, channel: str) -> list[Delivery]:
    found = [each for alert in list_alerts(db) for each in alert.deliveries if each.channel == channel]
    return sorted(found, key=lambda each: each.alert)


def test_two_senders_share_the_work_and_each_alert_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "wpswatch.db"
    with closing(open_database(path)) as one, closing(open_database(path)) as other:
        with transaction(one):
            open_run(one, "unxml", NOW)
        ids = put(one, 6, "desk")
        second = Answers("desk")
        first = Answers("desk", on_send=lambda: first.tried == 3 and deliver_due(other, [second], NOW))

        deliver_due(one, [first], NOW)

    assert sorted(first.told + second.told) == ids
    assert (len(first.told), len(second.told)) == (3, 3)


def test_a_lease_never_runs_out_while_a_long_queue_is_worked_off(tmp_path: Path) -> None:
    path = tmp_path / "wpswatch.db"
    clock = [NOW]
    with closing(open_database(path)) as one, closing(open_database(path)) as other:
        with transaction(one):
            open_run(one, "unxml", NOW)
        put(one, 9, "desk")
        second = Answers("desk")

        def take_nine_minutes() -> None:
            clock[0] += timedelta(minutes=9)
            if first.tried == 8:
                deliver_due(other, [second], clock[0])

        first = Answers("desk", on_send=take_nine_minutes)
        deliver_due(one, [first], NOW, clock=lambda: clock[0])

    assert (len(first.told), len(second.told)) == (8, 1)


def test_what_another_sender_has_sent_is_not_made_to_fail(tmp_path: Path) -> None:
    path = tmp_path / "wpswatch.db"
    with closing(open_database(path)) as one, closing(open_database(path)) as other:
        with transaction(one):
            open_run(one, "unxml", NOW)
        put(one, 1, "desk")
        sleeper = Answers("desk", [AWAY], on_send=lambda: deliver_due(other, [Answers("desk")], NOW + LEASE))

        report = deliver_due(one, [sleeper], NOW)

        assert report == DeliveryReport()
        assert states(one, "desk") == ["sent"]


def test_a_channel_that_is_away_is_asked_a_few_times_and_the_rest_waits_unspent(db: sqlite3.Connection) -> None:
    put(db, 10, "away", "desk")
    away, desk = Answers("away", [AWAY] * 100), Answers("desk")

    report = deliver_due(db, [away, desk], NOW)

    assert report == DeliveryReport(sent=10, retried=FAILURES_TO_PAUSE, paused=("away",))
    assert [each.attempts for each in deliveries(db, "away")] == [1] * FAILURES_TO_PAUSE + [0] * 7
    away.errors.clear()
    assert deliver_due(db, [away, desk], NOW + timedelta(minutes=1)).sent == 10


def test_a_slow_receiver_holds_up_nobody_else(db: sqlite3.Connection) -> None:
    put(db, 3, "desk", "slow")
    times = [NOW]
    served: list[str] = []

    def take(seconds: int, name: str) -> Callable[[], None]:
        return lambda: (served.append(name), times.append(times[-1] + timedelta(seconds=seconds)))[0]

    channels = [Answers("slow", on_send=take(20, "slow")), Answers("desk", on_send=take(0, "desk"))]
    report = deliver_due(db, channels, NOW, clock=lambda: times[-1])
    assert report.sent == 6
    first = served.index("slow")
    assert served[first + 1 :].index("slow") == served[first + 1 :].count("desk")  # once, then behind all others


def test_a_slow_receiver_that_is_away_is_paused_too(db: sqlite3.Connection) -> None:
    put(db, 10, "away")
    times = [NOW]
    away = Answers("away", [AWAY] * 100, on_send=lambda: times.append(times[-1] + timedelta(seconds=20)))
    assert deliver_due(db, [away], NOW, clock=lambda: times[-1]).paused == ("away",)
    assert away.tried == FAILURES_TO_PAUSE


def test_a_success_in_between_begins_the_count_anew(db: sqlite3.Connection) -> None:
    put(db, 4, "desk")
    desk = Answers("desk", [AWAY, AWAY])
    assert deliver_due(db, [desk], NOW) == DeliveryReport(sent=2, retried=2)


def test_a_receiver_that_asks_for_time_gets_it_for_all_its_alerts(db: sqlite3.Connection) -> None:
    put(db, 3, "hook")
    hook = Answers("hook", [DeliveryError("429", retry_after=timedelta(hours=2))])

    assert deliver_due(db, [hook], NOW) == DeliveryReport(retried=1, paused=("hook",))
    assert deliver_due(db, [hook], NOW + timedelta(minutes=119)) == DeliveryReport(paused=("hook",))
    assert deliver_due(db, [hook], NOW + timedelta(hours=2)) == DeliveryReport(sent=3)
    assert hook.tried == 4


def test_the_longer_wait_holds_and_none_is_longer_than_a_day() -> None:
    assert next_attempt(1, NOW, retry_after=timedelta(seconds=5)) == NOW + timedelta(minutes=1)
    assert next_attempt(1, NOW, retry_after=timedelta(hours=3)) == NOW + timedelta(hours=3)
    assert next_attempt(1, NOW, retry_after=timedelta(days=400)) == NOW + LONGEST_WAIT


def test_chance_moves_an_attempt_by_up_to_a_tenth_and_never_before_the_receivers_word() -> None:
    chance = Random(1325)  # noqa: S311 - no secrets
    waits = {(next_attempt(4, NOW, chance=chance) or NOW) - NOW for _ in range(100)}
    assert len(waits) > 90
    assert timedelta(minutes=108) <= min(waits) < max(waits) <= timedelta(hours=2)
    asked = timedelta(hours=2)
    assert {next_attempt(4, NOW, retry_after=asked, chance=chance) for _ in range(20)} == {NOW + asked}
    first, second = (next_attempt(4, NOW, chance=Random(7)) for _ in range(2))  # noqa: S311
    assert first == second


@pytest.mark.parametrize("broken", [RuntimeError("odd"), ZeroDivisionError(), AssertionError(), KeyError("event")])
def test_a_row_that_breaks_its_channel_stops_nobody_else_and_is_logged(
    db: sqlite3.Connection, broken: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    put(db, 3, "desk")
    with caplog.at_level(logging.ERROR):
        report = deliver_due(db, [Answers("desk", [broken])], NOW)

    assert report == DeliveryReport(sent=2, failed=1)
    assert states(db, "desk") == ["failed", "sent", "sent"]
    words = deliveries(db, "desk")[0].last_error or ""
    assert type(broken).__name__ in words
    assert str(broken) in words
    assert repr(broken) not in words
    assert "delivery broke" in caplog.text


def test_an_error_of_the_system_is_a_passing_failure(db: sqlite3.Connection) -> None:
    put(db, 1, "desk")
    assert deliver_due(db, [Answers("desk", [ConnectionResetError()])], NOW) == DeliveryReport(retried=1)


def test_an_error_of_our_own_database_is_not_blamed_on_the_receiver(db: sqlite3.Connection) -> None:
    put(db, 1, "desk")
    with pytest.raises(sqlite3.OperationalError):
        deliver_due(db, [Answers("desk", [sqlite3.OperationalError("disk I/O error")])], NOW)
    desk = Answers("desk")
    assert deliver_due(db, [desk], NOW + LEASE) == DeliveryReport(sent=1)


def test_who_has_an_alert_is_not_sent_it_again_because_another_has_not(db: sqlite3.Connection) -> None:
    put(db, 1, "mail")
    full = DeliveryError("552 mailbox full", is_permanent=True)
    mail = ManyHands("mail", {"a@x.test": None, "b@x.test": full, "c@x.test": DeliveryError("451 later")})

    first = deliver_due(db, [mail], NOW)
    mail.recipients["c@x.test"] = None
    second = deliver_due(db, [mail], NOW + timedelta(minutes=1))

    assert (first, second) == (DeliveryReport(retried=1), DeliveryReport(sent=1))
    assert mail.served == ["a@x.test", "c@x.test"]
    (delivery,) = deliveries(db, "mail")
    assert [(each.recipient, each.error) for each in delivery.receipts] == [
        ("a@x.test", None), ("b@x.test", "552 mailbox full"), ("c@x.test", None)
    ]  # fmt: skip


def test_a_receipt_is_on_disk_before_the_next_recipient_is_served(tmp_path: Path) -> None:
    class Killed(BaseException):
        pass

    path = tmp_path / "wpswatch.db"
    with closing(open_database(path)) as db:
        with transaction(db):
            open_run(db, "unxml", NOW)
        put(db, 1, "mail")
        mail = ManyHands("mail", {"a@x.test": None, "b@x.test": Killed()})  # type: ignore[dict-item]
        with pytest.raises(Killed):
            deliver_due(db, [mail], NOW)
    with closing(open_database(path)) as db:
        mail.recipients["b@x.test"] = None
        assert deliver_due(db, [mail], NOW + LEASE) == DeliveryReport(sent=1)
    assert mail.served == ["a@x.test", "b@x.test"]


@dataclass(frozen=True)
class Settings:
    name: str
    themes: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    query: str = ""
    schedule: str = "instant"
    timezone: str = "UTC"
    cap: int = 10


def test_a_receiver_that_is_gone_mutes_its_channel_and_operators_hear_of_it_once(db: sqlite3.Connection) -> None:
    put(db, 3, "hook")
    settings = [Settings("hook"), Settings("ops", events=("source.*",)), Settings("reader", themes=("Protection",))]
    hook, ops, reader = Answers("hook", [DeliveryError("410 gone", is_gone=True)]), Answers("ops"), Answers("reader")

    report = deliver_due(db, [hook, ops, reader], NOW, addressees=settings)
    again = deliver_due(db, [hook, ops, reader], NOW + timedelta(days=1), addressees=settings)

    assert (report, again) == (DeliveryReport(sent=1, failed=1), DeliveryReport())
    assert (hook.tried, reader.told) == (1, [])
    assert states(db, "hook") == ["failed", "suppressed", "suppressed"]
    (told,) = [alert for alert in list_alerts(db) if alert.id in ops.told]
    assert told.event is Event.CHANNEL_MUTED
    assert news_of(told.payload) == SourceNews(Event.CHANNEL_MUTED, "hook", "410 gone", None)
    assert "wpswatch unmute hook --send" in " ".join(render_text(told).split())
    assert "Last told: never" in render_text(told)
    assert "wpswatch unmute hook --send" in render_html(told)
    assert [(each.channel, each.until) for each in list_mutes(db, NOW + timedelta(days=30))] == [("hook", None)]


SETTINGS = [
    Settings("hook", events=("extract.new", "channel.*")),
    Settings("ops", events=("source.*",)),
    Settings("asks", events=("channel.failing",)),
    Settings("all"),
]


def failing_told(db: sqlite3.Connection) -> list[Alert]:
    return [alert for alert in list_alerts(db) if alert.event is Event.CHANNEL_FAILING]


def test_a_channel_that_stays_broken_is_told_on_the_others_that_ask_and_once(db: sqlite3.Connection) -> None:
    put(db, 2, "hook")
    hook, ops, asks, everything = (
        Answers("hook", [AWAY] * 40), Answers("ops"), Answers("asks"), Answers("all")
    )  # fmt: skip
    for days in range(4):
        deliver_due(db, [hook, ops, asks, everything], NOW + timedelta(days=days), addressees=SETTINGS)
        assert len(failing_told(db)) == (days == 3)
    for days in range(4, 9):
        deliver_due(db, [hook, ops, asks, everything], NOW + timedelta(days=days), addressees=SETTINGS)

    (alert,) = failing_told(db)
    assert (ops.told, asks.told, everything.told) == ([alert.id], [alert.id], [])
    assert {each.alert for each in deliveries(db, "hook")} == {"wps-0000", "wps-0001"}  # it can't hear of itself
    assert news_of(alert.payload) == SourceNews(Event.CHANNEL_FAILING, "hook", str(AWAY), None)
    assert "wpswatch test-alert hook" in render_text(alert)


def test_a_channel_that_worked_again_and_breaks_again_is_told_again(db: sqlite3.Connection) -> None:
    hook, ops = Answers("hook", [AWAY] * 4), Answers("ops")
    for week in range(2):
        put(db, 1, "hook", at=NOW + timedelta(days=week * 7))
        for days in range(6):
            deliver_due(db, [hook, ops], NOW + timedelta(days=week * 7 + days), addressees=SETTINGS[:2])
        hook.errors = [AWAY] * 4
    assert len(failing_told(db)) == len(ops.told) == 2


def test_a_channel_that_gave_up_three_alerts_is_told(db: sqlite3.Connection) -> None:
    put(db, 3, "hook")
    refused = DeliveryError("nobody there", is_permanent=True)
    hook, ops = Answers("hook", [refused] * 3), Answers("ops")
    deliver_due(db, [hook, ops], NOW, addressees=SETTINGS)
    assert len(ops.told) == 1


def test_one_alert_that_fails_while_others_are_sent_is_no_broken_channel(db: sqlite3.Connection) -> None:
    put(db, 1, "hook")
    hook, ops = Answers("hook", [AWAY]), Answers("ops")
    deliver_due(db, [hook, ops], NOW, addressees=SETTINGS)
    put(db, 1, "hook", at=NOW + timedelta(minutes=1))
    deliver_due(db, [hook, ops], NOW + timedelta(minutes=1), addressees=SETTINGS)
    assert (len(hook.told), failing_told(db)) == (2, [])


def test_what_comes_while_muted_is_suppressed_with_the_reason_and_can_be_put_back(db: sqlite3.Connection) -> None:
    with transaction(db):
        mute(db, Mute("desk", NOW, NOW + timedelta(days=1), "holidays"))
    put(db, 1, "desk")
    put(db, 1, "desk", at=NOW + timedelta(days=1))
    desk = Answers("desk")

    assert deliver_due(db, [desk], NOW + timedelta(days=2)) == DeliveryReport(sent=1)
    suppressed = deliveries(db, "desk")[0]
    assert (suppressed.state, suppressed.last_error) == (DeliveryState.SUPPRESSED, "muted: holidays")
    with transaction(db):
        unmute(db, "desk")
        put_back(db, list_alerts(db)[-1], "desk", NOW)
    assert deliver_due(db, [desk], NOW + timedelta(days=2)) == DeliveryReport(sent=1)
    assert desk.told == ["wps-0001", "wps-0000"]


@pytest.mark.parametrize(
    "wrong", [timedelta(days=-400), timedelta(days=400), timedelta(minutes=-30), timedelta(hours=30)]
)
def test_a_clock_that_was_wrong_neither_loses_nor_repeats(db: sqlite3.Connection, wrong: timedelta) -> None:
    ids = put(db, 4, "desk", at=NOW + wrong)
    desk = Answers("desk", [AWAY])
    deliver_due(db, [desk], NOW + wrong)

    # The clock is set right; within the longest wait of a retry all is told, and nothing twice.
    for hours in range(50):
        deliver_due(db, [desk], NOW + timedelta(hours=hours))

    assert sorted(desk.told) == ids


def test_a_lease_taken_by_a_clock_that_was_wrong_does_not_hold_for_ever(db: sqlite3.Connection) -> None:
    class Killed(BaseException):
        pass

    put(db, 1, "desk")
    with pytest.raises(Killed):
        deliver_due(db, [Answers("desk", [Killed()])], NOW + timedelta(days=400))  # type: ignore[list-item]
    desk = Answers("desk")
    assert deliver_due(db, [desk], NOW) == DeliveryReport(sent=1)


def test_an_alert_on_which_every_sender_dies_is_given_up_in_the_end_and_stops_nobody(db: sqlite3.Connection) -> None:
    class Killed(BaseException):
        pass

    @dataclass
    class Deadly(Answers):
        def send(self, alert: Alert, receipts: Receipts) -> None:
            super().send(alert, receipts)
            if alert.id == "wps-0000":
                self.told.pop()
                raise Killed

    put(db, 3, "desk")
    desk, deaths = Deadly("desk"), 0
    for hours in range(80):
        try:
            deliver_due(db, [desk], NOW + timedelta(hours=hours))
        except Killed:
            deaths += 1

    assert (sorted(desk.told), states(db, "desk")) == (["wps-0001", "wps-0002"], ["failed", "sent", "sent"])
    assert deaths == 9


def test_nothing_is_written_when_nothing_is_due(db: sqlite3.Connection) -> None:
    put(db, 2, "desk")
    deliver_due(db, [Answers("desk")], NOW)
    before = db.total_changes
    deliver_due(db, [Answers("desk")], NOW + timedelta(hours=1), addressees=[Settings("desk", schedule="daily 07:00")])
    assert db.total_changes == before
