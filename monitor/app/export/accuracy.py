"""What was measured of reading and labelling: the figures that pages and files quote."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Measure:
    """What was measured, what came out, and on what."""

    what: str
    result: str
    sample: str


@cache
def measures() -> tuple[Measure, ...]:
    """All figures, in the order of the file."""
    told = tomllib.loads(files("monitor.app.export").joinpath("accuracy.toml").read_text(encoding="utf-8"))
    return tuple(Measure(one["what"], one["result"], one["sample"]) for one in told["measures"])
