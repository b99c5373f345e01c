"""How well lines of renewals agree with lines aligned by hand; and the renewals that are kept as cases.

A line by hand: old_address, new_address (null for none), status, direction, `what` in words; `or` has other readings of
the same paragraphs, `direction_also` other directions that a second reader gave.
"""

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor.renewals.comparison import Line, Status, Wps
from storage.models import Citation, Evidence, Label, Paragraph, Part
from tests.paths import TESTS

CASES = TESTS / "cases" / "renewals"
Key = tuple[str | None, str | None]


@dataclass(frozen=True)
class Case:
    """Two texts of one mandate, the names of both, and how a person aligned them, where one did.

    `is_fresh` says that this was after the rules were made, so that none was read off them.
    """

    name: str
    old_symbol: str
    new_symbol: str
    old: tuple[Paragraph, ...]
    new: tuple[Paragraph, ...]
    by_hand: tuple[Mapping[str, Any], ...]
    is_fresh: bool = False

    @property
    def golden(self) -> Path:
        """Where the expected record is."""
        return CASES / self.name / "expected.json"


def read_cases() -> list[Case]:
    """All renewals that are kept."""
    return [_read_case(folder) for folder in sorted(CASES.iterdir())]


def figures(labelled: Iterable[tuple[Sequence[Mapping[str, Any]], Sequence[Line]]]) -> dict[str, float | int | None]:
    """The figures over pairs of texts: the lines by hand of each, and what the program says."""
    counts: Counter[str] = Counter()
    for rows, lines in labelled:
        _count(rows, {line.key: line for line in lines}, counts)

    def share(part: str, whole: str) -> float | None:
        return round(counts[part] / counts[whole], 4) if counts[whole] else None

    return {
        "lines": counts["rows"],
        "pairing_recall": share("paired", "rows"),
        "pairing_precision": share("said_right", "said"),
        "status": share("status", "rows"),
        "status_lenient": share("lenient", "rows"),
        "dropped_recall": share("dropped_found", "dropped"),
        "silence_recall": share("silent_found", "silent"),
        "silence_precision": share("silent_right", "silent_said"),
        "direction": share("direction_right", "direction"),
        "opposite_direction": counts["opposite"],
    }


def readings(row: Mapping[str, Any]) -> list[tuple[Key, str]]:
    """The readings of a line by hand, the first one first."""
    return [((one["old_address"], one["new_address"]), one["status"]) for one in (row, *row.get("or", ()))]


def _count(rows: Sequence[Mapping[str, Any]], lines: Mapping[Key, Line], counts: Counter[str]) -> None:
    for row in rows:
        ways = readings(row)
        hits = [way for way in ways if way[0] in lines]
        same = [way for way in hits if lines[way[0]].status == way[1]]
        said, want = way = (same or hits or ways)[0]
        is_first = way == ways[0]
        line = lines.get(said)
        counts["rows"] += 1
        counts["paired"] += line is not None
        counts["status"] += line is not None and line.status == want
        counts["lenient"] += line is not None and (
            line.status == want or (line.status.lives_on and Status(want).lives_on)
        )
        is_silent = want == "dropped" or (is_first and _is_removed(row))
        counts["dropped"] += want == "dropped"
        counts["dropped_found"] += want == "dropped" and line is not None and line.status is Status.DROPPED
        counts["silent"] += is_silent
        counts["silent_found"] += is_silent and line is not None and line.is_silent
        if row["direction"] and is_first:
            given = line.direction if line else None
            counts["direction"] += 1
            counts["direction_right"] += given in (row["direction"], *row.get("direction_also", ()))
            counts["opposite"] += {str(given), row["direction"]} == {"stronger", "weaker"}
    allowed = {key for row in rows for key, _ in readings(row)}
    silent = {
        key
        for row in rows
        if _is_removed(row) or "dropped" in {status for _, status in readings(row)}
        for key, _ in readings(row)
    }
    counts["said"] += len(lines)
    counts["said_right"] += sum(key in allowed for key in lines)
    counts["silent_said"] += sum(line.is_silent for line in lines.values())
    counts["silent_right"] += sum(line.is_silent and key in silent for key, line in lines.items())


def _is_removed(row: Mapping[str, Any]) -> bool:
    is_said = row["status"] != "dropped" and str(row.get("what", "")).startswith(f"WPS words {Wps.REMOVED}")
    return is_said and row.get("new_verb") is None


def _read_case(folder: Path) -> Case:
    meta = tomllib.loads((folder / "meta.toml").read_text())
    hand = folder / "by_hand.jsonl"
    rows = [json.loads(line) for line in hand.read_text().splitlines()] if hand.exists() else []
    texts = [
        tuple(_paragraph(json.loads(line)) for line in (folder / f"{side}.jsonl").read_text().splitlines())
        for side in ("old", "new")
    ]
    return Case(folder.name, meta["old"], meta["new"], texts[0], texts[1], tuple(rows), "aligned" in meta)


def _paragraph(read: Mapping[str, Any]) -> Paragraph:
    labels = (Label("Participation", (Evidence("", 0, 0, "case"),)),) if read.get("wps") else ()
    cites = tuple(Citation(symbol, tuple(addresses), 0, 0, "") for symbol, addresses in read.get("cites", ()))
    return Paragraph(read["address"], Part(read["part"]), read["text"], None, read.get("chapeau"), labels, cites)
