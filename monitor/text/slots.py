"""When a digest is due: the times that "daily 07:00" and "weekly mon 07:00" mean in a time zone. Pure.

The time is the one that the zone's clocks show, on both sides of a clock change. A time that the clocks leave out
(02:30 when they go from 02:00 to 03:00) is told when as much time has passed, at 03:30; one that they show twice is
told the first time. These are the rules of PEP 495 for `fold=0`.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

INSTANT: Final = "instant"
DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# such as "daily 07:00" or "weekly mon 07:00"
_SCHEDULE: Final = re.compile(
    rf"(?:daily|weekly\ (?P<day>{'|'.join(DAYS)}))\ (?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)", re.VERBOSE
)


def is_schedule(text: str) -> bool:
    """Whether a text is a channel's schedule: `instant`, `daily 07:00` or `weekly mon 07:00`."""
    return text == INSTANT or _SCHEDULE.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Slots:
    """The times of one schedule in one zone. `weekday` is 0 for Monday, None for every day."""

    time: time
    weekday: int | None
    zone: "ZoneInfo"

    def next_after(self, moment: datetime) -> datetime:
        """The first slot later than a moment, in UTC."""
        return next(slot for slot in self._around(moment) if slot > moment)

    def last_until(self, moment: datetime) -> datetime:
        """The newest slot that a moment has reached, in UTC."""
        return [slot for slot in self._around(moment) if slot <= moment][-1]

    def _around(self, moment: datetime) -> list[datetime]:
        """The slots from nine days before to nine days after, oldest first: at least one of a week on each side."""
        today = moment.astimezone(self.zone).date()
        days = [today + timedelta(days=shift) for shift in range(-9, 10)]
        slots = {
            datetime.combine(day, self.time, self.zone).astimezone(UTC)
            for day in days
            if self.weekday in (None, day.weekday())
        }
        return sorted(slots)


def slots_of(schedule: str, timezone: str) -> Slots | None:
    """The slots of a schedule, None when it is `instant`; a ValueError when it is none, or there is no such zone."""
    if schedule == INSTANT:
        return None
    match = _SCHEDULE.fullmatch(schedule)
    if match is None:
        raise ValueError(f"expected 'instant', 'daily 07:00' or 'weekly mon 07:00', found {schedule!r}")
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        zone = ZoneInfo(timezone)
    except ZoneInfoNotFoundError as error:
        raise ValueError(f"expected a time zone such as 'Europe/Zurich', found {timezone!r}") from error
    weekday = DAYS.index(match["day"]) if match["day"] else None
    return Slots(time(int(match["hour"]), int(match["minute"])), weekday, zone)
