"""The sign of life that `watch` leaves in the data folder at least each minute, so that others can tell it has stopped.

`watch.json`: {"pid": 4711, "started_at": "...", "beat_at": "...", "stopped_at": null, "running": ["crawl unxml"],
"next_runs": {"unxml": "..."}, "last_codes": {"unxml": 0}, "trouble": null}. Times are UTC ISO 8601; `last_codes` are
the exit codes of each source's last crawl, null for one that was killed at its time limit.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

FILE_NAME = "watch.json"
STALE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """What `watch` says of itself. `stopped_at` is None until it has ended in order, `trouble` while all is well."""

    pid: int
    started_at: datetime
    beat_at: datetime
    running: tuple[str, ...] = ()
    next_runs: Mapping[str, datetime] = field(default_factory=dict)
    last_codes: Mapping[str, int | None] = field(default_factory=dict)
    trouble: str | None = None
    stopped_at: datetime | None = None

    def is_alive(self, now: datetime) -> bool:
        """Whether the watch that wrote this still beats; a clock that was set back a little is forgiven."""
        return self.stopped_at is None and abs(now - self.beat_at) <= STALE


def write_heartbeat(data: Path, beat: Heartbeat) -> None:
    """Write the sign of life; a reader sees the old one or the new one, never a part."""
    path = data / FILE_NAME
    new = path.with_suffix(".new")
    new.write_text(json.dumps(asdict(beat), default=datetime.isoformat, indent=1) + "\n", encoding="utf-8")
    new.replace(path)


def read_heartbeat(data: Path) -> Heartbeat | None:
    """The last sign of life, None when there is none that can be read."""
    try:
        record: dict[str, Any] = json.loads((data / FILE_NAME).read_text(encoding="utf-8"))
        return Heartbeat(
            pid=record["pid"],
            started_at=datetime.fromisoformat(record["started_at"]),
            beat_at=datetime.fromisoformat(record["beat_at"]),
            running=tuple(record["running"]),
            next_runs={name: datetime.fromisoformat(time) for name, time in record["next_runs"].items()},
            last_codes=record["last_codes"],
            trouble=record["trouble"],
            stopped_at=datetime.fromisoformat(record["stopped_at"]) if record["stopped_at"] else None,
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
