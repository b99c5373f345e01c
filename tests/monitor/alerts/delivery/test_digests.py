"""Digests and caps: what is told together, when, and once."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from monitor.alerts.delivery.addressing import Addressed, put_into_outbox
from monitor.alerts.delivery.channel import DeliveryError, Receipts
from monitor.alerts.delivery.digest import MOST_CHARACTERS, MOST_ITEMS, digest_alert
from monitor.alerts.delivery.sender import DeliveryReport, deliver_due
from monitor.alerts.news.payload import DigestNews, ExtractNews, news_of, payload_of
from monitor.alerts.news.sample import sample_alert
from storage.fetched.runs import open_run
from storage.outbox.channels import mute
from storage.outbox.outbox import list_alerts, put_back
from storage.records import Alert, DeliveryState, Event, Mute
from storage.sqlite.database import open_memory, transaction

MONDAY = datetime(2026, 3, 23, 12, 0, tzinfo=UTC)  # summer time begins on the next Sunday


@dataclass(frozen=True)
class Settings:
    name: str
    themes: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    schedule: str = "instant"
    timezone: str = "Europe/Zurich"
    cap: int = 10


DAILY, WEEKLY = Settings("daily", schedule="daily 07:00"), Settings("weekly", schedule="weekly mon 07:00")
INSTANT = Settings("instant", cap=2)


@dataclass
class Recorder:
    """A channel that keeps what it was told, and when by its desk's clock."""

    name: str
    desk: "Desk"
    errors: list[DeliveryError] = field(default_factory=list)
    told: list[tuple[datetime, Alert]] = field(default_factory=list)

    def send(self, alert: Alert, receipts: Receipts) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.told.append((self.desk.now, alert))


@dataclass
class Desk:
    """An outbox, a clock, and channels of these settings."""

    db: sqlite3.Connection
    settings: tuple[Settings, ...] = (DAILY, WEEKLY, INSTANT)
    now: datetime = MONDAY
    channels: dict[str, Recorder] = field(default_factory=dict)
    made: int = 0

    def __post_init__(self) -> None:
        self.channels = {one.name: Recorder(one.name, self) for one in self.settings}

    def news(self, count: int = 1, *channels: Settings) -> list[str]:
        """One run that tells of so many documents."""
        alerts = [self.alert() for _ in range(count)]
        with transaction(self.db):
            put_into_outbox(self.db, [Addressed(each, channels or self.settings) for each in alerts], self.now)
        return [alert.id for alert in alerts]

    def alert(self) -> Alert:
        self.made += 1
        sample = sample_alert("desk", self.now)
        news = news_of(sample.payload)
        assert isinstance(news, ExtractNews)
        payload = payload_of(replace(news, event=Event.EXTRACT_NEW, symbol=f"S/RES/{3000 + self.made} (2026)"))
        return Alert(f"wps-{self.made:04}", Event.EXTRACT_NEW, 1, "news", self.now, payload)

    def deliver(self, **passed: float) -> DeliveryReport:
        self.now += timedelta(**passed)
        return deliver_due(self.db, list(self.channels.values()), self.now, addressees=self.settings)

    def sleep_through(self, days: int) -> None:
        """Deliver every half hour for so many days."""
        for _ in range(days * 48):
            self.deliver(minutes=30)

    def told(self, channel: str) -> list[tuple[str, Any]]:
        """When each message came, and the ids in it: one, or those of a digest."""
        found: list[tuple[str, Any]] = []
        for at, alert in self.channels[channel].told:
            news = news_of(alert.payload)
            ids = [item.alert for item in news.items] if isinstance(news, DigestNews) else alert.id
            found.append((f"{at:%m-%d %H:%M}", ids))
        return found


@pytest.fixture
def desk() -> Iterator[Desk]:
    db = open_memory()
    with transaction(db):
        open_run(db, "unxml", MONDAY)
    yield Desk(db)
    db.close()


def test_each_schedule_tells_the_same_news_at_its_own_time_and_once(desk: Desk) -> None:
    first = desk.news()
    desk.sleep_through(3)
    second = desk.news()
    desk.sleep_through(9)

    assert desk.told("instant") == [("03-23 12:30", first[0]), ("03-26 12:30", second[0])]
    assert desk.told("daily") == [("03-24 06:00", first), ("03-27 06:00", second)]
    assert desk.told("weekly") == [("03-30 05:00", [*first, *second])]


def test_news_at_the_very_moment_of_a_slot_is_the_next_ones(desk: Desk) -> None:
    desk.now = datetime(2026, 3, 24, 6, 0, tzinfo=UTC)
    ids = desk.news(1, DAILY)
    assert desk.deliver() == DeliveryReport()
    assert desk.deliver(hours=23, minutes=59) == DeliveryReport()
    assert desk.deliver(minutes=1) == DeliveryReport(sent=1)
    assert desk.told("daily") == [("03-25 06:00", ids)]


def test_a_machine_asleep_for_three_days_makes_up_for_the_slots_once(desk: Desk) -> None:
    ids = desk.news(1, DAILY)
    desk.now += timedelta(days=1)
    ids += desk.news(1, DAILY)
    assert desk.deliver(days=2) == DeliveryReport(sent=1)
    assert desk.deliver(minutes=30) == DeliveryReport()
    desk.sleep_through(2)

    assert desk.told("daily") == [("03-26 12:00", ids)]
    news = news_of(desk.channels["daily"].told[0][1].payload)
    assert isinstance(news, DigestNews)
    assert (news.schedule, news.until) == ("daily 07:00", datetime(2026, 3, 26, 6, 0, tzinfo=UTC))


def test_no_digest_comes_when_there_is_nothing_to_tell(desk: Desk) -> None:
    desk.sleep_through(8)
    assert list_alerts(desk.db) == []


def test_a_digest_that_fails_is_tried_again_with_the_same_members_under_the_same_id(desk: Desk) -> None:
    first = desk.news(2, DAILY)
    desk.channels["daily"].errors = [DeliveryError("away"), DeliveryError("away")]
    desk.deliver(days=1)
    later = desk.news(1, DAILY)
    desk.deliver(minutes=1)
    (digest,) = [alert for alert in list_alerts(desk.db) if alert.event is Event.DIGEST]
    waiting = [alert.deliveries[0] for alert in list_alerts(desk.db, digest=digest.id)]
    desk.deliver(minutes=10)

    assert [(each.state, each.attempts, each.last_error) for each in waiting] == [("pending", 2, "away")] * 2
    assert [(at.day, alert.id) for at, alert in desk.channels["daily"].told] == [(24, digest.id)]
    assert desk.told("daily")[0][1] == first
    members = [alert.deliveries[0] for alert in list_alerts(desk.db, digest=digest.id)]
    assert [(each.state, each.digest, each.sent_at) for each in members] == [("sent", digest.id, desk.now)] * 2
    assert [alert.id for alert in list_alerts(desk.db, state=DeliveryState.PENDING)] == later


def test_a_digest_that_fails_for_good_says_so_of_its_members_and_can_be_replayed(desk: Desk) -> None:
    ids = desk.news(2, DAILY)
    desk.channels["daily"].errors = [DeliveryError("no", is_permanent=True)]
    assert desk.deliver(days=1) == DeliveryReport(failed=1)
    assert [alert.id for alert in list_alerts(desk.db, state=DeliveryState.FAILED)][1:] == ids[::-1]

    (digest,) = [alert for alert in list_alerts(desk.db) if alert.event is Event.DIGEST]
    with transaction(desk.db):
        put_back(desk.db, digest, "daily", desk.now)
    assert desk.deliver() == DeliveryReport(sent=1)
    assert list_alerts(desk.db, state=DeliveryState.FAILED) == []
    assert desk.told("daily")[0][1] == ids


def test_a_crash_between_forming_and_sending_leaves_the_same_digest(desk: Desk) -> None:
    class Killed(BaseException):
        pass

    desk.news(2, DAILY)
    desk.channels["daily"].errors = [Killed()]  # type: ignore[list-item]
    with pytest.raises(Killed):
        desk.deliver(days=1)
    formed = [alert.id for alert in list_alerts(desk.db) if alert.event is Event.DIGEST]
    desk.deliver(minutes=10)

    assert [alert.id for _, alert in desk.channels["daily"].told] == formed


def test_a_members_own_replay_is_sent_alone(desk: Desk) -> None:
    ids = desk.news(2, DAILY)
    desk.deliver(days=1)
    with transaction(desk.db):
        put_back(desk.db, list_alerts(desk.db, digest=list_alerts(desk.db)[0].id)[-1], "daily", desk.now)
    desk.deliver()
    assert [what for _, what in desk.told("daily")] == [ids, ids[0]]


def test_a_schedule_that_was_changed_holds_for_what_waits(desk: Desk) -> None:
    ids = desk.news(1, WEEKLY)
    desk.settings = (replace(WEEKLY, schedule="daily 14:00"),)
    desk.deliver(minutes=1)
    (alert,) = list_alerts(desk.db)
    assert alert.deliveries[0].next_attempt_at == datetime(2026, 3, 23, 13, 0, tzinfo=UTC)
    desk.sleep_through(1)
    assert desk.told("weekly") == [("03-23 13:01", ids)]


def test_on_a_channel_that_became_instant_what_waits_comes_at_once(desk: Desk) -> None:
    ids = desk.news(2, WEEKLY)
    desk.settings = (replace(WEEKLY, schedule="instant"),)
    desk.deliver(minutes=1)
    assert desk.told("weekly") == [("03-23 12:01", ids)]


def test_on_a_channel_that_is_no_longer_set_up_a_digest_waits_for_its_time_and_then_fails(desk: Desk) -> None:
    desk.news(1, DAILY)
    desk.settings = ()
    desk.channels.clear()
    assert desk.deliver(minutes=1) == DeliveryReport()
    assert desk.deliver(days=1) == DeliveryReport(retried=1)


def test_a_muted_channel_gets_no_digest(desk: Desk) -> None:
    desk.news(1, DAILY)
    with transaction(desk.db):
        assert mute(desk.db, Mute("daily", desk.now, None, "by hand")) == 1
    desk.news(1, DAILY)
    desk.sleep_through(2)
    assert desk.told("daily") == []
    assert [alert.deliveries[0].state for alert in list_alerts(desk.db)] == ["suppressed"] * 2


def test_more_than_the_cap_of_one_run_comes_in_one_digest(desk: Desk) -> None:
    ids = desk.news(6, INSTANT)
    assert desk.deliver() == DeliveryReport(sent=3)
    assert sorted(map(str, (what for _, what in desk.told("instant")))) == sorted(map(str, [*ids[:2], ids[2:]]))
    news = next(one for one in (news_of(alert.payload) for _, alert in desk.channels["instant"].told)
                if isinstance(one, DigestNews))  # fmt: skip
    assert (news.schedule, news.channel) == ("instant", "instant")


def test_the_cap_counts_each_run_and_each_channel_by_itself(desk: Desk) -> None:
    other = Settings("other", cap=0)
    desk.settings, desk.channels["other"] = (*desk.settings, other), Recorder("other", desk)
    desk.news(2, INSTANT, other)
    desk.now += timedelta(seconds=1)
    desk.news(2, INSTANT, other)
    assert desk.deliver() == DeliveryReport(sent=6)
    assert [len(what) for _, what in desk.told("other")] == [2, 2]


def test_the_same_news_again_is_neither_told_nor_counted(desk: Desk) -> None:
    with transaction(desk.db):
        alerts = [Addressed(desk.alert(), (INSTANT,)) for _ in range(2)]
        assert put_into_outbox(desk.db, alerts, desk.now) == 2
        again = [*alerts, Addressed(desk.alert(), (INSTANT,))]
        assert put_into_outbox(desk.db, again, desk.now) == 1
    assert desk.deliver() == DeliveryReport(sent=3)


def test_a_digest_is_bounded_and_says_how_many_it_leaves_out(desk: Desk) -> None:
    alerts = [desk.alert() for _ in range(MOST_ITEMS + 12)]
    news = news_of(digest_alert("daily", "daily 07:00", MONDAY, alerts, MONDAY).payload)
    assert isinstance(news, DigestNews)
    assert ([item.alert for item in news.items], news.left_out) == ([each.id for each in alerts[:MOST_ITEMS]], 12)

    wide = [replace(each, payload=each.payload + " " * (MOST_CHARACTERS // 3)) for each in alerts[:4]]
    news = news_of(digest_alert("daily", "daily 07:00", MONDAY, wide, MONDAY).payload)
    assert isinstance(news, DigestNews)
    assert (len(news.items), news.left_out) == (2, 2)


def test_all_that_a_digest_leaves_out_is_listed_with_it_and_counts_as_told(desk: Desk) -> None:
    ids = desk.news(MOST_ITEMS + 3, DAILY)
    desk.deliver(days=1)
    (digest,) = [alert for alert in list_alerts(desk.db) if alert.event is Event.DIGEST]
    members = list_alerts(desk.db, digest=digest.id)
    assert sorted(alert.id for alert in members) == ids
    assert {alert.deliveries[0].state for alert in members} == {"sent"}


def test_a_member_that_cannot_be_read_does_not_stop_the_digest(desk: Desk) -> None:
    sound, broken = desk.alert(), replace(desk.alert(), payload='{"schema": "other/2"}')
    news = news_of(digest_alert("daily", "daily 07:00", MONDAY, [broken, sound], MONDAY).payload)
    assert isinstance(news, DigestNews)
    assert ([item.alert for item in news.items], news.left_out) == ([sound.id], 1)


def test_a_digest_has_another_id_for_other_members_another_time_or_another_channel(desk: Desk) -> None:
    one, two = desk.alert(), desk.alert()
    made = [
        digest_alert("daily", "daily 07:00", MONDAY, [one], MONDAY),
        digest_alert("daily", "daily 07:00", MONDAY, [one, two], MONDAY),
        digest_alert("daily", "daily 07:00", MONDAY + timedelta(days=1), [one], MONDAY),
        digest_alert("other", "daily 07:00", MONDAY, [one], MONDAY),
    ]
    assert len({digest.id for digest in made}) == 4
    assert digest_alert("daily", "daily 07:00", MONDAY, [one], MONDAY + timedelta(hours=5)).id == made[0].id


@pytest.mark.parametrize("wrong", [timedelta(days=-40), timedelta(days=400)])
def test_a_clock_that_was_wrong_keeps_no_member_waiting(desk: Desk, wrong: timedelta) -> None:
    desk.now += wrong
    ids = desk.news(1, DAILY)
    desk.now = MONDAY
    desk.sleep_through(2)
    assert [what for _, what in desk.told("daily")] == [ids]
