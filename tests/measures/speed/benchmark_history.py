"""The last ten runs of the benchmark, in a file that is committed, so that a slower commit shows."""

import json
import os
import statistics
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

FILE = Path(__file__).with_name("benchmark_runs.json")
MOST_RUNS = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """The least of ours and of its floor, and the ratio of the seconds of processor; None for memory."""

    ours: float
    floor: float
    processor: float | None

    @property
    def ratio(self) -> float:
        """Ours beside its floor, by the clock or in MB."""
        return self.ours / self.floor

    @property
    def steadiest(self) -> float:
        """The smaller of both ratios: what else runs can only stretch them."""
        return self.ratio if self.processor is None else min(self.ratio, self.processor)


@dataclass(frozen=True, slots=True)
class History:
    """Runs as they stand in the file, oldest first."""

    runs: tuple[dict[str, Any], ...]

    @classmethod
    def load(cls, file: Path = FILE) -> Self:
        """What the file holds; nothing when there is none."""
        return cls(tuple(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else ())

    def ratio_of(self, row: str) -> float | None:
        """The median ratio of a row in the runs that measured it; None when none did."""
        ratios = [run["rows"][row]["steadiest"] for run in self.runs if row in run["rows"]]
        return statistics.median(ratios) if ratios else None

    def with_run(self, figures: Mapping[str, Figure]) -> Self:
        """The same with one run more, without the oldest beyond ten."""
        run = {
            "commit": _commit(),
            "day": datetime.now(UTC).date().isoformat(),
            "load": round(os.getloadavg()[0], 1),
            "rows": {
                name: {
                    "ours": round(one.ours, 3),
                    "floor": round(one.floor, 3),
                    "ratio": round(one.ratio, 3),
                    "processor": one.processor,
                    "steadiest": round(one.steadiest, 3),
                }
                for name, one in figures.items()
            },
        }
        return type(self)((*self.runs, run)[-MOST_RUNS:])

    def save(self, file: Path = FILE) -> None:
        """Write the file: a row in a line, so that a difference reads well."""
        text = json.dumps(self.runs, indent=1)
        file.write_text(text + "\n", encoding="utf-8")


def _commit() -> str:
    """The commit that is measured, with a + where files differ from it; "" in a copy without its history."""
    described = ["git", "describe", "--always", "--dirty=+"]
    return subprocess.run(described, capture_output=True, text=True, check=False).stdout.strip()
