"""Says how a schedule is spelled that is none: what was taken once, and what people write instead (pure)."""

import re
from collections.abc import Sequence
from typing import Final

from scraper.council.dates import NUMBERS

USUAL: Final = ("every 6 hours", "0 */6 * * *")
"""What stands for schedules in general."""

_UNITS: Final = {"m": "minute", "h": "hour", "d": "day", "w": "week"}
#: "hourly", "@daily"
_ADVERBS: Final = {"hourly": "every hour", "daily": "every day", "midnight": "every day", "weekly": "every week"}
#: "6h", "6 hours", "every six hours", "each 6 hrs"
_PERIOD: Final = re.compile(r"(?:(?:every|each)\s+)?(\w+?)\s*(m|h|d|w)(?:in|r|ay|our|inute|eek)?s?", re.IGNORECASE)
#: "daily 07:00", "weekly mon 7:00": how channels are scheduled
_CHANNEL: Final = re.compile(r"(?:daily|weekly (?P<day>[a-z]{3}))[a-z]* (?:at )?(?P<hour>\d{1,2}):(?P<minute>\d{2})")
_SECONDS: Final = re.compile(r".*\bsec", re.IGNORECASE)
#: The fields of a cron line, each with the least and the most that it may be.
_FIELDS: Final = (("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12), ("weekday", 0, 7))


def right_spellings(words: str) -> Sequence[str]:
    """Schedules that may be meant, the likeliest first.

    >>> right_spellings("0 6 1 * 1")
    ['0 6 1 * *', '0 6 * * 1']
    >>> right_spellings("6h")
    ['every 6 hours']
    """
    plain = " ".join(words.split()).lower()
    fields = plain.split()
    if len(fields) == len(_FIELDS) and fields[2] != "*" and fields[4] != "*":
        return [" ".join([*fields[:4], "*"]), " ".join([*fields[:2], "*", *fields[3:]])]
    if adverb := _ADVERBS.get(plain.lstrip("@")):
        return [adverb]
    if channel := _CHANNEL.fullmatch(plain):
        return [f"{int(channel['minute'])} {int(channel['hour'])} * * {channel['day'] or '*'}"]
    if _SECONDS.match(plain):
        return ["every minute"]
    if (period := _PERIOD.fullmatch(plain)) and (count := _count(period[1])):
        unit = _UNITS[period[2].lower()]
        return [f"every {unit}" if count == 1 else f"every {count} {unit}s"]
    return USUAL


def wrong_field(words: str) -> str | None:
    """What is out of range in a cron line, in words; None where nothing is.

    >>> wrong_field("61 * * * *")
    'the minute from 0 to 59, not 61'
    """
    fields = words.split()
    if len(fields) != len(_FIELDS):
        return None
    for field, (name, least, most) in zip(fields, _FIELDS, strict=True):
        for number in map(int, re.findall(r"(?<![/\d])\d+", field)):
            if not least <= number <= most:
                return f"the {name} from {least} to {most}, not {number}"
    return None


def _count(word: str) -> int | None:
    """6 of "6" and of "six"; None of anything else."""
    if word.isdecimal():
        return int(word) or None
    return NUMBERS.index(word) or None if word in NUMBERS else None
