"""The watch over days, on a clock that is moved by hand: what is crawled when, how often, and what follows."""

import signal
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from unittest.mock import patch

import pytest

from monitor.text.slots import Slots, slots_of
from monitor.watch.heartbeat import Heartbeat
from monitor.watch.processes import SECONDS_TO_END
from monitor.watch.timetable import SourcePlan, Try, first_due, next_runs
from monitor.watch.watch import PING_SECONDS, Watch
from scraper.sources.schedule import parse_schedule

START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass
class Child:
    """A process of the fake world: it ends after so many seconds, or, unless it is stubborn, when it is told to."""

    world: "FakeWorld"
    name: str
    ends_at: float
    is_stubborn: bool = False
    code: int | None = None

    def poll(self) -> int | None:
        if self.code is None and self.world.up >= self.ends_at:
            self.code = 0
        return self.code

    def terminate(self) -> None:
        self.world.log.append(f"terminate {self.name}")
        if not self.is_stubborn:
            self.code = -15

    def kill(self) -> None:
        self.world.log.append(f"kill {self.name}")
        self.code = -9


@dataclass
class FakeWorld:
    """Wall clock, time that only goes forward, run records, and a script of what happens when."""

    schedules: dict[str, str]
    channels: dict[str, str] = field(default_factory=dict)
    now: datetime = START
    up: float = 0.0
    crawl_seconds: float = 60.0
    follow_up_seconds: float = 1.0
    records: dict[str, datetime | None] = field(default_factory=dict)
    crawls: list[tuple[str, datetime]] = field(default_factory=list)
    commands: list[tuple[str, datetime]] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)
    beats: list[Heartbeat] = field(default_factory=list)
    pings: list[datetime] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    script: list[tuple[float, Callable[[], Sequence[int] | None]]] = field(default_factory=list)
    is_busy: bool = False
    is_stubborn: bool = False
    is_recording: bool = True
    works_at: float | None = None
    outbox_due_at: datetime | None = None
    reload_problem: str | None = None

    def plan(self) -> Mapping[str, SourcePlan]:
        return {name: SourcePlan(parse_schedule(words), 3600) for name, words in self.schedules.items()}

    def digests(self) -> Mapping[str, Slots]:
        return {name: slots for name, words in self.channels.items() if (slots := slots_of(words, "UTC"))}

    def reload(self) -> str | None:
        return self.reload_problem

    def last_runs(self, sources: Sequence[str]) -> Mapping[str, datetime | None]:
        return {name: self.records.get(name) for name in sources}

    def first_failures(self, sources: Sequence[str]) -> Mapping[str, int]:
        return {} if self.works_at is None or self.up >= self.works_at else Counter(name for name, _ in self.crawls)

    def is_crawling(self) -> bool:
        return self.is_busy

    def is_delivery_due(self, now: datetime) -> bool:
        return self.outbox_due_at is not None and self.outbox_due_at <= now

    def start_crawl(self, source: str) -> Child:
        self.crawls.append((source, self.now))
        if self.is_recording:
            self.records[source] = self.now
        return self._started(f"crawl {source}", self.crawl_seconds)

    def result(self, source: str) -> str:
        return "complete"

    def follow_ups(self) -> Sequence[str]:
        return ("feeds",)

    def start(self, command: str) -> Child:
        self.commands.append((command, self.now))
        return self._started(command, self.follow_up_seconds)

    def beat(self, heartbeat: Heartbeat) -> None:
        self.beats.append(heartbeat)

    def ping(self) -> None:
        self.pings.append(self.now)

    def say(self, words: str) -> None:
        self.log.append(words)

    def at(self, up: float, action: Callable[[], Sequence[int] | None]) -> None:
        """At so many seconds of uptime this happens; what it returns are signals."""
        self.script.append((up, action))
        self.script.sort(key=lambda entry: entry[0])

    def jump(self, by: timedelta) -> None:
        """The machine slept, or the clock was set: the wall clock moves, the other does not."""
        self.now += by

    def wait(self, seconds: float) -> Sequence[int]:
        assert seconds <= 60, "the wall clock has to be looked at each minute"
        ends = [child.ends_at for child in self.children if child.code is None]
        happening = self.script[0][0] if self.script else float("inf")
        until = max(min([self.up + max(seconds, 0.01), happening, *ends]), self.up)
        self.now += timedelta(seconds=until - self.up)
        self.up = until
        if self.script and self.script[0][0] <= self.up:
            return self.script.pop(0)[1]() or ()
        ended = [child for child in self.children if child.poll() is not None]
        self.children = [child for child in self.children if child.code is None]
        return [signal.SIGCHLD] * len(ended)

    def run(self, duration: timedelta) -> bool:
        self.at(self.up + duration.total_seconds(), lambda: [signal.SIGTERM])
        return self.watch()

    def watch(self) -> bool:
        """A watch to its end, with this world's clock as its own and as APScheduler's."""
        with patch("apscheduler.schedulers.base.datetime", clock_of(self)):
            return Watch(self, clock=lambda: self.now, uptime=lambda: self.up, wait=self.wait).run()

    def times(self, source: str) -> list[datetime]:
        return [at for name, at in self.crawls if name == source]

    def _started(self, name: str, seconds: float) -> Child:
        child = Child(self, name, self.up + seconds, self.is_stubborn)
        self.children.append(child)
        return child


def clock_of(world: FakeWorld) -> type[datetime]:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return world.now.astimezone(tz)

    return Clock


def test_each_source_is_crawled_when_due_one_at_a_time() -> None:
    world = FakeWorld({"a": "every 6 hours", "b": "0 */6 * * *"})
    assert world.run(DAY + HOUR)
    minute = timedelta(minutes=1)
    assert world.times("a") == [START + HOUR * hours for hours in (0, 6, 12, 18, 24)]
    assert world.times("b") == [START + HOUR * hours + minute for hours in (0, 6, 12, 18, 24)]


def test_a_machine_asleep_for_three_days_makes_up_for_it_once_and_within_a_minute() -> None:
    world = FakeWorld({"a": "every 1 hours", "b": "0 7 * * *"}, records={"a": START, "b": START})
    world.at(1800, lambda: world.jump(3 * DAY))
    world.run(HOUR * 2)
    woken = START + 3 * DAY + HOUR / 2
    assert len(world.times("a")) == 2
    assert woken <= world.times("a")[0] <= woken + timedelta(minutes=1)
    assert world.times("a")[1] == world.times("a")[0] + HOUR
    assert len(world.times("b")) == 1


@pytest.mark.parametrize("words", ["every 1 hours", "0 * * * *"])
def test_a_clock_set_back_makes_no_second_run(words: str) -> None:
    world = FakeWorld({"a": words}, records={"a": START})
    world.at(3700, lambda: world.jump(-HOUR / 2))  # the run of 13:00 has just been made; it is 12:31 again
    world.run(HOUR * 3)
    assert world.times("a") == [START + HOUR, START + HOUR * 2]


@pytest.mark.parametrize("words", ["every 1 hours", "0 * * * *"])
def test_a_clock_put_right_by_a_year_holds_up_nothing(words: str) -> None:
    world = FakeWorld({"a": words}, now=START + 365 * DAY)
    world.at(1800, lambda: world.jump(-365 * DAY))
    world.run(HOUR * 4)
    assert len(world.times("a")) == 5
    assert world.times("a")[1] - START < timedelta(minutes=32)


@pytest.mark.parametrize("around", [datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC)])
def test_both_clock_changes_leave_schedules_alone(around: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Zurich")
    world = FakeWorld({"a": "30 1 * * *", "b": "every day"}, now=around, records={"a": around, "b": around})
    world.run(4 * DAY)
    assert world.times("a") == [around + timedelta(days=days, minutes=90) for days in range(4)]
    assert world.times("b") == [around + timedelta(days=days) for days in range(1, 4)]


def test_a_leap_day_is_a_day_as_any() -> None:
    start = datetime(2028, 2, 27, 7, tzinfo=UTC)
    world = FakeWorld({"a": "0 7 * * *", "b": "0 8 29 * *"}, now=start, records={"a": start, "b": start})
    world.run(4 * DAY)
    assert [f"{at:%d.%m.}" for at in world.times("a")] == ["28.02.", "29.02.", "01.03."]
    assert world.times("b") == [datetime(2028, 2, 29, 8, tzinfo=UTC)]


def test_after_downtime_the_records_tell_what_is_due() -> None:
    world = FakeWorld(
        {"a": "every 6 hours", "b": "every 6 hours"}, records={"a": START - 5 * HOUR, "b": START - 9 * DAY}
    )
    world.run(timedelta(minutes=90))
    assert world.crawls == [("b", START), ("a", START + HOUR)]


def test_a_crawl_by_hand_counts() -> None:
    world = FakeWorld({"a": "every 6 hours"}, records={"a": START - 5 * HOUR})
    world.at(600, lambda: world.records.update(a=world.now))
    world.run(HOUR * 7)
    assert world.times("a") == [START + timedelta(hours=6, seconds=600)]


def test_while_another_process_crawls_nothing_is_started() -> None:
    world = FakeWorld({"a": "every 6 hours"}, is_busy=True)
    world.at(1000, lambda: setattr(world, "is_busy", False))
    world.run(HOUR)
    assert world.times("a")[0] - START <= timedelta(seconds=1015)
    assert len(world.crawls) == 1


def test_a_source_that_is_always_due_does_not_starve_another() -> None:
    world = FakeWorld({"a": "every 1 minutes", "b": "every 1 minutes"}, crawl_seconds=300)
    world.run(HOUR / 2)
    assert "".join(name for name, _ in world.crawls) == "ababab"


def test_a_crawl_that_leaves_no_record_is_tried_again_after_ten_minutes_and_no_ping_says_all_is_well() -> None:
    world = FakeWorld({"a": "every 6 hours"}, is_recording=False)
    world.run(timedelta(minutes=35))
    assert world.times("a") == [START + timedelta(minutes=minutes) for minutes in (0, 10, 20, 30)]
    assert world.pings == [START]
    assert world.beats[-1].trouble == "the last crawl of a left no record"


def test_a_crawl_beyond_its_limit_is_told_to_end_and_killed_when_it_does_not() -> None:
    world = FakeWorld({"a": "every 1 days"}, crawl_seconds=1e6, is_stubborn=True)
    world.run(2 * HOUR)
    assert [words for words in world.log if "crawl a" in words] == ["terminate crawl a", "kill crawl a"]
    assert world.beats[-1].last_codes == {"a": None}


def test_each_crawl_is_followed_by_the_delivery_of_what_it_has_to_tell_and_the_feeds() -> None:
    world = FakeWorld({"a": "every 6 hours"}, outbox_due_at=START + timedelta(seconds=60))
    world.at(61, lambda: setattr(world, "outbox_due_at", None))
    world.run(HOUR)
    assert sorted(world.commands) == [(name, START + timedelta(minutes=1)) for name in ("deliver", "feeds")]


def test_a_delivery_that_hangs_keeps_no_crawl_waiting() -> None:
    world = FakeWorld({"a": "every 1 hours"}, outbox_due_at=START, follow_up_seconds=1e6)
    world.run(3 * HOUR + HOUR / 2)
    assert world.times("a") == [START + HOUR * hours for hours in range(4)]
    assert "terminate deliver" in world.log


def test_what_is_due_in_the_outbox_is_sent_within_a_minute_and_tried_no_more_than_once_in_one() -> None:
    world = FakeWorld({}, outbox_due_at=START + HOUR)
    world.run(HOUR + timedelta(minutes=5, seconds=30))
    sent = [at for _, at in world.commands]
    assert START + HOUR <= sent[0] <= START + HOUR + timedelta(minutes=1)
    assert len(sent) in (5, 6)
    assert all(later - earlier >= timedelta(minutes=1) for earlier, later in pairwise(sent))


@pytest.mark.parametrize("wrong_by", [timedelta(0), 365 * DAY])
def test_a_digest_is_sent_at_its_time_to_the_second_also_behind_a_clock_that_was_put_right(wrong_by: timedelta) -> None:
    begin = START + timedelta(seconds=7.5)  # no whole minute, at which the outbox is looked into anyway
    world = FakeWorld({}, {"desk": "daily 12:30", "log": "instant"}, now=begin + wrong_by)
    world.at(0.1, lambda: world.jump(-wrong_by))
    world.at(200, lambda: setattr(world, "outbox_due_at", START + HOUR / 2))
    world.run(HOUR / 2)
    assert [name for name, _ in world.commands] == ["deliver"]
    assert abs(world.commands[0][1] - (START + HOUR / 2)) < timedelta(seconds=0.1)


def test_a_job_that_fails_as_nobody_foresaw_ends_nothing_and_silences_the_ping(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Odd(FakeWorld):
        def is_delivery_due(self, now: datetime) -> bool:
            if self.up < 630:
                raise ZeroDivisionError("nobody thought of this")
            return False

    world = Odd({"a": "every 1 hours"})
    world.run(HOUR)
    assert world.times("a") == [START]
    assert "nobody thought of this" in caplog.text
    assert world.beats[1].trouble == "deliver met an error of its own (ZeroDivisionError: nobody thought of this)"
    assert all(at >= START + timedelta(seconds=630) for at in world.pings)
    assert world.pings[0] <= START + timedelta(seconds=780)


def test_a_sign_of_life_and_a_ping_come_regularly() -> None:
    world = FakeWorld({"a": "every 6 hours"})
    world.run(2 * HOUR)
    beats = [beat.beat_at for beat in world.beats]
    assert max(later - earlier for earlier, later in pairwise(beats)) <= timedelta(minutes=1)
    assert len(world.pings) == 2 * 3600 / PING_SECONDS
    assert world.beats[-2].next_runs == {"a": START + 6 * HOUR}
    assert world.beats[-1].stopped_at == START + 2 * HOUR


def test_new_settings_hold_from_the_signal_on() -> None:
    world = FakeWorld({"a": "every 6 hours"})
    world.at(1800, lambda: world.schedules.update(a="every 1 hours", b="every 1 hours") or [signal.SIGHUP])
    world.run(timedelta(hours=1, minutes=30))
    assert [name for name, _ in world.crawls] == ["a", "b", "a"]


def test_settings_that_cannot_be_used_change_nothing_and_are_told(caplog: pytest.LogCaptureFixture) -> None:
    world = FakeWorld({"a": "every 6 hours"}, reload_problem="wpswatch.toml, line 3: no such key")
    world.at(1800, lambda: world.schedules.update(a="every 1 hours") or [signal.SIGHUP])
    world.run(timedelta(hours=3))
    assert len(world.crawls) == 1
    assert "NOT read again" in caplog.text
    assert "line 3" in caplog.text
    assert world.beats[-1].trouble == "wpswatch.toml, line 3: no such key"
    assert max(world.pings) < START + HOUR / 2  # silence tells it too


def test_a_database_that_cannot_be_read_for_a_while_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(FakeWorld):
        def last_runs(self, sources: Sequence[str]) -> Mapping[str, datetime | None]:
            if self.up < 600:
                raise OSError("disk I/O error")
            return super().last_runs(sources)

    world = Broken({"a": "every 6 hours"})
    world.run(HOUR)
    assert len(world.crawls) == 1
    assert "disk I/O error" in caplog.text


@pytest.mark.parametrize(
    ("signals", "is_stubborn", "is_clean", "done"),
    [
        ([signal.SIGTERM], False, True, ["terminate crawl a"]),
        ([signal.SIGINT], False, True, ["terminate crawl a"]),
        ([signal.SIGTERM, signal.SIGTERM], True, False, ["terminate crawl a", "kill crawl a"]),
        ([signal.SIGTERM], True, False, ["terminate crawl a", "kill crawl a"]),
    ],
)
def test_a_signal_ends_what_runs_and_a_second_one_ends_it_harder(
    signals: list[int], is_stubborn: bool, is_clean: bool, done: list[str]
) -> None:
    world = FakeWorld({"a": "every 6 hours"}, crawl_seconds=600, is_stubborn=is_stubborn)
    world.at(60, lambda: signals)
    assert world.watch() is is_clean
    assert [words for words in world.log if words.endswith("e crawl a") or words.startswith("kill")] == done
    assert world.up < 60 + (2 if len(signals) > 1 or not is_stubborn else SECONDS_TO_END + 2)


def test_of_sources_that_never_ran_the_first_in_precedence_is_first() -> None:
    assert first_due({"b": START, "a": START}, {"a": None, "b": None}, START) == "b"
    assert first_due({"b": START + HOUR}, {}, START) is None


def test_a_running_crawl_counts_from_its_start() -> None:
    plan = {"a": SourcePlan(parse_schedule("every 1 hours"), 60)}
    assert next_runs(plan, {"a": None}, {"a": Try(START)}, START) == {"a": START + HOUR}


def test_a_first_run_that_failed_is_tried_again_after_minutes_then_less_and_less_often() -> None:
    world = FakeWorld({"a": "every 6 hours"}, works_at=3 * 3600)
    world.run(12 * HOUR)
    assert [at - START for _, at in world.crawls][:4] == [
        timedelta(),
        timedelta(minutes=10),
        timedelta(minutes=30),
        timedelta(minutes=70),
    ]
    later = [at for _, at in world.crawls if at - START > 3 * HOUR]
    assert all(after - before >= 6 * HOUR for before, after in pairwise(later))


def test_a_schedule_that_is_sooner_than_the_next_try_holds() -> None:
    plan = {"a": SourcePlan(parse_schedule("every 15 minutes"), 60)}
    due = next_runs(plan, {"a": START}, {}, START, {"a": 5})
    assert due == {"a": START + timedelta(minutes=15)}
