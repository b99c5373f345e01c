"""Bars by year, and small multiples of them on one scale. Pure; the labels stand in HTML, where they stay readable."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 680
HEIGHT: Final = 96


@dataclass(frozen=True, slots=True)
class Bars:
    """Drawn bars, one a year, with the numbers behind them. `path` has them all."""

    path: str
    years: tuple[int, ...]
    values: tuple[float, ...]
    peak_year: int
    peak: float
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def total(self) -> float:
        """All of them."""
        return sum(self.values)


def bars_of(counts: Mapping[int, float], years: range, top: float | None = None) -> Bars:
    """Bars for each of the years, also those without any; `top` is the value that fills the height."""
    values = tuple(counts.get(year, 0) for year in years)
    peak = max(values, default=0)
    scale = top or peak or 1
    step = WIDTH / max(len(years), 1)
    drawn = []
    for at, value in enumerate(values):
        if value:
            height = max(HEIGHT * value / scale, 1)
            width = step * 0.82
            drawn.append(f"M{at * step:.1f} {HEIGHT}v-{height:.1f}h{width:.1f}v{height:.1f}z")
    peak_year = years[values.index(peak)] if values else 0
    return Bars("".join(drawn), tuple(years), values, peak_year, peak)
