"""What one crawl process is told to do, as a value that travels as JSON. Knows nothing of Scrapy."""

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class CrawlOrder:
    """One crawl: which source, for which run record, how politely, how much of it.

    `run` is the open run record, 0 in a dry run. `contact` and `mirror` are None when there is none. `first_year` and
    `last_year` are both given or both None (no choice of years). `budget` is the most documents to ask for: None leaves
    it to the source, and then `full` or a choice of years lifts it. `expect_min_listed` and `delay_seconds` None leave
    theirs to the source, too. `now` is the time of the order, by which years, delays and attempts are reckoned.
    """

    data_dir: Path
    source: str
    run: int
    now: datetime
    contact: str | None = None
    mirror: str | None = None
    delay_seconds: float | None = None
    first_year: int | None = None
    last_year: int | None = None
    full: bool = False
    dry_run: bool = False
    budget: int | None = None
    languages: tuple[str, ...] = ("en",)
    expect_min_listed: int | None = None

    def __post_init__(self) -> None:
        """Refuses what no order can mean."""
        if self.now.tzinfo is None:
            raise ValueError(f"expected an aware time in 'now', found {self.now.isoformat()}")
        if (self.first_year is None) != (self.last_year is None):
            raise ValueError(f"expected both years or none, found {self.first_year} and {self.last_year}")
        if self.delay_seconds is not None and self.delay_seconds < 0:
            raise ValueError(f"expected a delay of 0 seconds or more, found {self.delay_seconds}")

    def wants_year(self, year: int) -> bool:
        """Whether the order's choice of years, if it makes one, holds this year."""
        return self.first_year is None or self.last_year is None or self.first_year <= year <= self.last_year

    @property
    def chooses_years(self) -> bool:
        """Whether the order asks for some years only."""
        return self.first_year is not None

    def as_dry_run(self) -> "CrawlOrder":
        """The same order, which only looks."""
        return replace(self, dry_run=True)

    def to_json(self) -> str:
        """The order as one JSON object."""
        record = asdict(self)
        record["data_dir"] = str(self.data_dir)
        record["now"] = self.now.astimezone(UTC).isoformat()
        return json.dumps(record)

    @classmethod
    def from_json(cls, text: str) -> "CrawlOrder":
        """The order that `to_json` wrote; an unknown or a missing key is a ValueError."""
        record: Any = json.loads(text)
        if not isinstance(record, dict):
            raise ValueError(f"expected a JSON object, found {text[:40]!r}")
        known = {field.name for field in fields(cls)}
        required = {"data_dir", "source", "run", "now"}
        if unknown := record.keys() - known:
            raise ValueError(f"expected the keys of a crawl order, found also {', '.join(sorted(unknown))}")
        if missing := required - record.keys():
            raise ValueError(f"expected a crawl order, found none of its {', '.join(sorted(missing))}")
        record["data_dir"] = Path(record["data_dir"])
        record["now"] = datetime.fromisoformat(record["now"])
        if "languages" in record:
            record["languages"] = tuple(record["languages"])
        return cls(**record)


def delay_between(own: float, asked: float | None, *, is_mirror: bool) -> float:
    """The seconds between two requests to one host, before robots.txt is read.

    A source's own pace, which the settings can only slow; a mirror is asked as fast as its keeper says.
    """
    if asked is None:
        return float(own)
    return asked if is_mirror else max(asked, float(own))
