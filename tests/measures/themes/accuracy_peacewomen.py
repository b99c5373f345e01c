"""Measures the extracts against PeaceWomen's own.

`python -m tests.measures.themes.accuracy_peacewomen EXTRACTS.jsonl XML-FOLDER`.

EXTRACTS holds what their pages show, one JSON object a line: `resolution`, `para_label` as printed, `para_norm` as
read, `themes` (null where the page shows none). XML-FOLDER holds the UN's XML of the resolutions in English. Each
entry that names a resolution and a paragraph must be one of our extracts; of the themes they gave, ours has a share.
Their coding holds mistakes: those we know are in `peacewomen_mistakes.toml`, each with its reason, and are printed.
Their numbers are read as corrected there; the share of themes is told with and without what the words do not bear.
"""

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scraper.ingest.extraction import extract
from scraper.themes.extract import extracts_of
from storage.models import Extract

MISTAKES = Path(__file__).with_name("peacewomen_mistakes.toml")


@dataclass(frozen=True, slots=True)
class Entry:
    """One extract as PeaceWomen published it. `places` are beginnings of our addresses, any of which it may be."""

    resolution: int
    label: str
    places: tuple[str, ...]
    themes: frozenset[str]
    not_borne: frozenset[str]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """An entry beside our extracts of the same place."""

    entry: Entry
    extracts: tuple[Extract, ...]

    @property
    def themes(self) -> frozenset[str]:
        """All themes of our extracts there."""
        return frozenset(theme for one in self.extracts for theme in one.themes)

    @property
    def missed(self) -> frozenset[str]:
        """Themes that they gave and we did not."""
        return self.entry.themes - self.themes


def read_entries(path: Path, mistakes: Path = MISTAKES) -> list[Entry]:
    """Read the entries that name a resolution and a paragraph."""
    known = tomllib.loads(mistakes.read_text(encoding="utf-8"))["mistake"]
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [_entry(row, known) for row in rows if row["resolution"] and row["para_norm"]]


def _entry(row: dict[str, object], known: Iterable[dict[str, object]]) -> Entry:
    own = [one for one in known if (one["resolution"], one["label"]) == (row["resolution"], row["para_label"])]
    themes, norm = row["themes"], row["para_norm"]
    assert isinstance(norm, dict)
    return Entry(
        resolution=int(str(row["resolution"])),
        label=str(row["para_label"]),
        places=(*_places(norm["part"], norm["numbers"]), *(str(one["stands_at"]) for one in own if "stands_at" in one)),
        themes=frozenset(themes if isinstance(themes, list) else ()),
        not_borne=frozenset(theme for one in own for theme in _strings(one.get("not_borne"))),
        notes=tuple(str(one["says"]) for one in own),
    )


def _strings(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _places(part: str, numbers: Sequence[str]) -> tuple[str, ...]:
    """`op 14` is `OP 14`; a combined count may be either part; a preamble is one extract, whatever is in it."""
    match part:
        case "op":
            return tuple(f"OP {number}" for number in numbers)
        case "combined_count":
            return tuple(f"{kind} {number}" for number in numbers for kind in ("PP", "OP"))
        case "preamble":
            return ("PP",)
        case "annex":
            return ("Annex",)
    raise ValueError(f"expected a known part of a resolution, found {part!r}")


def compare(entries: Iterable[Entry], folder: Path) -> Iterator[Found]:
    """Find each entry among the extracts of its resolution."""
    files = {int(found[1]): path for path in sorted(folder.glob("*.xml")) if (found := _NUMBER.search(path.name))}
    held: dict[int, tuple[Extract, ...]] = {}
    for entry in entries:
        if entry.resolution not in held:
            held[entry.resolution] = extracts_of(extract(files[entry.resolution].read_bytes()))
        yield Found(entry, tuple(one for one in held[entry.resolution] if _is_at(one, entry.places)))


_NUMBER = re.compile(r"(?:SC|RES)[_-](\d{4})")  # "S_RES-2779-2507317E.xml", "SC_2561_2021-E.xml"


def _is_at(one: Extract, places: Iterable[str]) -> bool:
    return any(re.match(rf"{re.escape(place)}\b", address) for place in places for address in one.addresses)


def report(found: Sequence[Found]) -> str:
    """The differences with what is known of them, then the figures."""
    lines: list[str] = []
    for one in found:
        entry = one.entry
        if one.extracts and not one.missed:
            continue
        lines.append(f"S/RES/{entry.resolution}, {entry.label}: {'' if one.extracts else 'no such extract; '}")
        lines[-1] += f"missed {sorted(one.missed)}, given {sorted(one.themes)}"
        lines += [f"    {note}" for note in entry.notes]
        lines += [f"    not explained: {theme}" for theme in sorted(one.missed - entry.not_borne)]
    is_found = sum(bool(one.extracts) for one in found)
    given = sum(len(one.entry.themes) for one in found)
    ours = sum(len(one.entry.themes & one.themes) for one in found)
    borne = sum(len(one.entry.themes - one.entry.not_borne) for one in found)
    ours_borne = sum(len((one.entry.themes - one.entry.not_borne) & one.themes) for one in found)
    lines.append(f"extracts: {is_found} of {len(found)} found")
    lines.append(f"themes they gave: {ours} of {given}, share {ours / max(1, given):.3f}")
    lines.append(f"themes that the words bear: {ours_borne} of {borne}, share {ours_borne / max(1, borne):.3f}")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Print the report; the exit code is 0 whatever the figures are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("extracts", type=Path)
    parser.add_argument("folder", type=Path, help="the UN's XML of the resolutions in English")
    asked = parser.parse_args(arguments)
    sys.stdout.write(report(list(compare(read_entries(asked.extracts), asked.folder))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
