"""Draws how figures grow, as one SVG: both scales are logarithmic, so linear growth has the slope 1.

It draws words and lines and knows nothing of what was measured.
"""

import math
from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT, LEFT, BOTTOM, RIGHT, TOP = 720, 420, 64, 48, 190, 24
COLOURS = ("#1b6ca8", "#c0392b", "#27864f", "#8e44ad", "#b9770e", "#148f8f", "#566573", "#d35487", "#2c3e50", "#7d6608")
LEAST_GAP = 13


def plot(title: str, lines: Mapping[str, Sequence[tuple[int, float]]]) -> str:
    """The lines, each a name with its points, in one picture."""
    points = [point for line in lines.values() for point in line if point[1] > 0]
    across = _scale([x for x, _ in points], LEFT, WIDTH - RIGHT)
    up = _scale([y for _, y in points], HEIGHT - BOTTOM, TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"',
        ' font-family="sans-serif" font-size="11">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for power in range(math.floor(math.log10(min(x for x, _ in points))), 7):
        if (x := across(10**power)) is not None:
            parts.append(f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>')
            parts.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{10**power:,}</text>')
    for power in range(-3, 6):
        if (y := up(10.0**power)) is not None:
            parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
            parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g} s</text>')
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 10}" text-anchor="middle">documents</text>')
    parts += _lines(lines, across, up)
    return "\n".join([*parts, "</svg>\n"])


def _lines(lines, across, up) -> list[str]:  # type: ignore[no-untyped-def]
    drawn, last = [], -math.inf
    by_end = sorted(lines.items(), key=lambda item: up(max(item[1][-1][1], 1e-9), clip=True))
    for at, (name, line) in enumerate(by_end):
        seen = [(across(x, clip=True), up(y, clip=True)) for x, y in line if y > 0]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in seen)
        colour = COLOURS[at % len(COLOURS)]
        drawn.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        drawn += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in seen]
        last = max(seen[-1][1], last + LEAST_GAP)  # names of lines that end together stand below each other
        drawn.append(f'<text x="{WIDTH - RIGHT + 8}" y="{last + 4:.1f}" fill="{colour}">{escape(name)}</text>')
    return drawn


def _scale(values: Sequence[float], start: float, end: float):  # type: ignore[no-untyped-def]
    low, high = math.log10(min(values)), math.log10(max(values))
    low, high = low - 0.1, high + 0.1

    def place(value: float, *, clip: bool = False) -> float | None:
        at = (math.log10(value) - low) / (high - low)
        return start + at * (end - start) if clip or 0 <= at <= 1 else None

    return place
