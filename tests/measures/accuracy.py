"""Measures the labeller against labelled paragraphs: `python -m tests.measures.accuracy LABELLED.jsonl ... [--show N]`.

One JSON object a line: `symbol`, `address`, `chapeau`, `text`, `wps`, `themes` (what both readers gave) and
`also_accepted` (what one of them gave). A label in either list is right; one in `themes` that is missing is missed.
`source` says the kind of document (a resolution, if it is not there), `heading` what stands above it, `language` its
language; `half` is `random` in a reading that gives figures and `disagree` in what was drawn to teach: `--half` keeps
one of the two.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from scraper.themes.labeller import label_paragraphs
from scraper.themes.vocabulary import Vocabulary
from storage.models import DocumentKind, Label, Paragraph, Part


@dataclass(frozen=True, slots=True)
class Reading:
    """What the readers say of one paragraph, and the paragraph itself."""

    symbol: str
    paragraph: Paragraph
    is_wps: bool
    must: frozenset[str]
    may: frozenset[str]
    source: str = "resolution"
    half: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Miss:
    """One paragraph on which labeller and readers differ."""

    reading: Reading
    labels: tuple[Label, ...]
    missed: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(slots=True)
class Score:
    """The counts of one measurement."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    wps: Counter[tuple[bool, bool]] = field(default_factory=Counter)
    by_source: dict[str, Counter[str]] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def paragraphs(self) -> int:
        """How many paragraphs were measured."""
        return self.wps.total()

    @property
    def recall(self) -> float:
        """The share of WPS paragraphs that were found."""
        return self.wps[True, True] / max(1, self.wps[True, True] + self.wps[True, False])

    @property
    def precision(self) -> float:
        """The share of found paragraphs that are WPS content."""
        return self.wps[True, True] / max(1, self.wps[True, True] + self.wps[False, True])

    @property
    def f1(self) -> dict[str, float]:
        """F1 of each theme that the readers gave at least once."""
        themes = sorted({*self.right, *self.missed})
        return {theme: _f1(self.right[theme], self.wrong[theme], self.missed[theme]) for theme in themes}

    @property
    def micro(self) -> float:
        """F1 over all labels together."""
        return _f1(self.right.total(), self.wrong.total(), self.missed.total())

    @property
    def micro_by_source(self) -> dict[str, float]:
        """The same of each kind of document."""
        counts = sorted(self.by_source.items())
        return {source: _f1(one["right"], one["wrong"], one["missed"]) for source, one in counts}

    @property
    def macro(self) -> float:
        """The mean of the themes' F1."""
        return sum(self.f1.values()) / max(1, len(self.f1))


def _f1(right: int, wrong: int, missed: int) -> float:
    return 2 * right / max(1, 2 * right + wrong + missed)


def read_readings(path: Path) -> list[Reading]:
    """Read a file of labelled paragraphs."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [_reading(row) for row in rows]


def _reading(row: dict[str, object]) -> Reading:
    address = str(row["address"])
    part = Part.PREAMBLE if address.startswith("PP") else Part.OPERATIVE
    heading, chapeau = (str(row.get(key) or "") or None for key in ("heading", "chapeau"))
    paragraph = Paragraph(address, part, str(row["text"]), heading, chapeau)
    must, may = (frozenset(_strings(row.get(key))) for key in ("themes", "also_accepted"))
    source, half, language = (str(row.get(key) or "") for key in ("source", "half", "language"))
    return Reading(
        str(row["symbol"]), paragraph, bool(row["wps"]), must, may, source or "resolution", half, language or "en"
    )


def _strings(value: object) -> Iterable[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


KINDS = {
    "resolution": DocumentKind.RESOLUTION,
    "statement": DocumentKind.PRESIDENTIAL_STATEMENT,
    "report": DocumentKind.REPORT,
    "mission": DocumentKind.REPORT,
    "mission_report": DocumentKind.MISSION_REPORT,
    "letter": DocumentKind.LETTER,
}
"""What the readers call a kind of document."""


def label(reading: Reading, known: Vocabulary | None = None) -> Paragraph:
    """The paragraph of a reading, with the labeller's labels, or those of another vocabulary."""
    kind = KINDS[reading.source]
    (labelled,) = label_paragraphs(
        [reading.paragraph], symbol=reading.symbol, kind=kind, language=reading.language, known=known
    )
    return labelled


def measure(readings: Iterable[Reading], known: Vocabulary | None = None) -> Score:
    """Label every paragraph and compare; `known` is another vocabulary than the package's own."""
    score = Score()
    for reading in readings:
        started = time.perf_counter()
        labelled = label(reading, known)
        score.seconds += time.perf_counter() - started
        given = set(labelled.themes)
        score.wps[reading.is_wps, labelled.is_wps] += 1
        score.right.update(given & reading.must)
        missed, wrong = reading.must - given, given - reading.must - reading.may
        score.missed.update(missed)
        score.wrong.update(wrong)
        counts = {"right": len(given & reading.must), "missed": len(missed), "wrong": len(wrong)}
        score.by_source.setdefault(reading.source, Counter()).update(counts)
        if missed or wrong:
            score.misses.append(Miss(reading, labelled.labels, tuple(sorted(missed)), tuple(sorted(wrong))))
    return score


def report(score: Score, show: int) -> str:
    """The figures as text, after the first `show` differences with their evidence."""
    lines = [line for miss in score.misses[:show] for line in _told(miss)]
    lines.append(f"{'theme':50} precision recall    F1  right wrong missed")
    for theme, f1 in score.f1.items():
        right, wrong, missed = score.right[theme], score.wrong[theme], score.missed[theme]
        lines.append(
            f"{theme:50} {right / max(1, right + wrong):9.3f} {right / max(1, right + missed):6.3f} {f1:5.3f}"
            f" {right:6} {wrong:5} {missed:6}"
        )
    lowest = min(score.f1.values(), default=0)
    lines.append(f"themes: micro F1 {score.micro:.3f}, macro F1 {score.macro:.3f}, lowest {lowest:.3f}")
    lines.append("micro F1 by kind: " + ", ".join(f"{kind} {f1:.3f}" for kind, f1 in score.micro_by_source.items()))
    lines.append(f"WPS content: recall {score.recall:.4f}, precision {score.precision:.4f}")
    speed = f", {score.paragraphs / score.seconds:.0f} per second" if score.seconds else ""
    lines.append(f"{score.paragraphs} paragraphs{speed}")
    return "\n".join(lines)


def _told(miss: Miss) -> list[str]:
    reading = miss.reading
    lines = [f"{reading.symbol}, {reading.paragraph.address}: missed {list(miss.missed)}, wrong {list(miss.wrong)}"]
    if reading.paragraph.chapeau:
        lines.append(f"    chapeau: {reading.paragraph.chapeau}")
    lines.append(f"    {reading.paragraph.text}")
    for label in miss.labels:
        sign = "WRONG " if label.theme in miss.wrong else ""
        phrases = "; ".join(f"{one.phrase!r} ({one.rule}, {one.place})" for one in label.evidence)
        lines.append(f"    {sign}{label.theme}: {phrases}")
    return [*lines, ""]


def main(arguments: list[str]) -> int:
    """Print the report; the exit code is 0 whatever the figures are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labelled", type=Path, nargs="+")
    parser.add_argument("--half", choices=["random", "disagree"], help="only what was drawn so")
    parser.add_argument("--show", type=int, default=20, help="how many differences to print")
    asked = parser.parse_args(arguments)
    readings = [reading for path in asked.labelled for reading in read_readings(path)]
    kept = [reading for reading in readings if asked.half in (None, reading.half)]
    sys.stdout.write(report(measure(kept), asked.show) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
