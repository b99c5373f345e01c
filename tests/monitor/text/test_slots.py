"""When a digest is due: local clock time, across clock changes, leap days and weeks."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.text.slots import is_schedule, slots_of


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def slots(schedule: str, zone: str, start: str, count: int) -> list[str]:
    """The next so many slots after a time in UTC, as UTC to the minute."""
    found, moment = [], utc(start)
    timetable = slots_of(schedule, zone)
    assert timetable is not None
    for _ in range(count):
        moment = timetable.next_after(moment)
        found.append(f"{moment:%m-%d %H:%M}")
    return found


@pytest.mark.parametrize(
    ("schedule", "zone", "start", "expected"),
    [
        # seven in the morning, summer time begins on 29 March 2026 and ends on 25 October
        ("daily 07:00", "Europe/Zurich", "2026-03-27T12:00", ["03-28 06:00", "03-29 05:00", "03-30 05:00"]),
        ("daily 07:00", "Europe/Zurich", "2026-10-23T12:00", ["10-24 05:00", "10-25 06:00", "10-26 06:00"]),
        ("daily 07:00", "America/New_York", "2026-03-06T13:00", ["03-07 12:00", "03-08 11:00", "03-09 11:00"]),
        # 02:30 is left out on 29 March: told at 03:30, when as much time has passed; shown twice on 25 October: once
        ("daily 02:30", "Europe/Zurich", "2026-03-27T12:00", ["03-28 01:30", "03-29 01:30", "03-30 00:30"]),
        ("daily 02:30", "Europe/Zurich", "2026-10-23T12:00", ["10-24 00:30", "10-25 00:30", "10-26 01:30"]),
        ("daily 07:00", "UTC", "2028-02-27T12:00", ["02-28 07:00", "02-29 07:00", "03-01 07:00"]),
        ("weekly mon 07:00", "Europe/Zurich", "2026-03-20T00:00", ["03-23 06:00", "03-30 05:00", "04-06 05:00"]),
        ("weekly sun 02:30", "Europe/Zurich", "2026-10-17T00:00", ["10-18 00:30", "10-25 00:30", "11-01 01:30"]),
        # the other day's date in UTC
        ("weekly mon 07:00", "Pacific/Kiritimati", "2026-11-20T00:00", ["11-22 17:00", "11-29 17:00"]),
        # Samoa had no 30 December 2011
        ("daily 07:00", "Pacific/Apia", "2011-12-28T18:00", ["12-29 17:00", "12-30 17:00", "12-31 17:00"]),
    ],
)
def test_a_slot_is_the_time_the_clocks_show(schedule: str, zone: str, start: str, expected: list[str]) -> None:
    assert slots(schedule, zone, start, len(expected)) == expected


@pytest.mark.parametrize("zone", ["UTC", "Europe/Zurich", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"])
def test_each_local_day_of_a_year_has_one_slot(zone: str) -> None:
    timetable = slots_of("daily 02:30", zone)
    assert timetable is not None
    moment, days = utc("2027-12-31T23:59"), []
    while (moment := timetable.next_after(moment)) < utc("2028-12-31T00:00"):
        days.append(moment.astimezone(timetable.zone).date())
        assert timetable.last_until(moment) == moment
        assert timetable.last_until(moment + timedelta(hours=22)) == moment
    assert len(days) == len(set(days))
    assert days[-1] - days[0] == timedelta(days=len(days) - 1)


@pytest.mark.parametrize(
    "text", ["daily 24:00", "daily 7:00", "weekly 07:00", "weekly mo 07:00", "hourly", "", "Daily 07:00"]
)
def test_what_is_no_schedule_is_refused(text: str) -> None:
    assert not is_schedule(text)
    with pytest.raises(ValueError, match="expected 'instant', 'daily 07:00' or 'weekly mon 07:00'"):
        slots_of(text, "UTC")


def test_instant_has_no_slots() -> None:
    assert is_schedule("instant")
    assert slots_of("instant", "UTC") is None
