"""Finds PeaceWomen's extracts in the official text.

`python -m tests.measures.themes.compare_peacewomen EXTRACTS.jsonl XML-FOLDER`.

EXTRACTS holds what their pages show, one JSON object a line: `resolution`, `para_label` as printed, `themes`, `text`
where the page's words are at hand, else `text_opens_with` and a `gist`. `--page FILE` adds a theme page saved as text.
XML-FOLDER holds the UN's XML of the resolutions in English. For every extract that names a paragraph it prints where
its official words stand, or why they were not found; then a table of the outcomes. Of an extract whose words are not at
hand only the place can be judged: whether the official paragraph there is about women, and shares words with the gist.
"""

import argparse
import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from monitor.app.held.published import compare_entries
from monitor.cli.reading.compare import stands_at
from scraper.council.resolution_years import with_year
from scraper.ingest.extraction import extract
from scraper.pages.peacewomen.labels import RESOLUTION_PART
from scraper.pages.peacewomen.page import read_saved_text
from scraper.published.matching import ExtractMatch, Match, Official, OfficialParagraph, is_at
from scraper.published.printed_places import ANNEX, printed_address
from storage.published_values import PublishedEntry, PublishedKind

MISTAKES = Path(__file__).with_name("peacewomen_mistakes.toml")
PAGE = "https://www.peacewomen.org/taxonomy/term/32?page=0"
FILE = re.compile(r"(?:SC|RES)[_-](\d{4})")  # "S_RES-2779-2507317E.xml", "SC_2561_2021-E.xml"
PRINTED = re.compile(r"(?:PP|Paragraph) ?\d+(?=:)")  # "PP1:", "Paragraph 6: / Paragraph 25:"


class Place(StrEnum):
    """What stands at the place of an extract whose words are not at hand."""

    THERE = "words not at hand: official words about women at the printed place"
    ELSEWHERE = "words not at hand: official words on its subject at another place"
    NOT_WPS = "words not at hand: the paragraph printed says nothing of women"
    NONE = "words not at hand: not found"


@dataclass(frozen=True, slots=True)
class Told:
    """One extract, its outcome, and the lines that say where its words are or why they are not."""

    name: str
    outcome: str
    lines: tuple[str, ...]


def compare(extracts: Path, folder: Path, page: Path | None) -> Iterator[Told]:
    """Every extract that names a paragraph, with its outcome."""
    rows = [json.loads(line) for line in extracts.read_text(encoding="utf-8").splitlines() if line.strip()]
    named = [row for row in rows if row["para_norm"]]
    entries = [_entry_of(row) for row in named if row["text"]]
    saved = read_saved_text(page.read_text(encoding="utf-8"), PAGE).entries if page else ()
    known = {entry.title for entry in entries}
    entries += [entry for entry in saved if entry.kind is PublishedKind.EXTRACT and entry.title not in known]
    numbers = {row["resolution"] for row in named} | {int(entry.symbol[6:10]) for entry in entries if entry.symbol}
    official = Official(_official(folder, numbers))
    yield from (_by_words(match) for match in compare_entries(entries, official))
    yield from (_by_place(row, official) for row in named if not row["text"])


def _official(folder: Path, numbers: Iterable[int | None]) -> Iterator[OfficialParagraph]:
    files = {int(found[1]): path for path in sorted(folder.glob("*.xml")) if (found := FILE.search(path.name))}
    for number in numbers:
        if number not in files:
            continue
        document = extract(files[number].read_bytes())
        for paragraph in document.paragraphs:
            yield OfficialParagraph(str(document.symbol), paragraph.address, paragraph.text, paragraph.themes)


def _entry_of(row: dict[str, object]) -> PublishedEntry:
    themes, label = row["themes"], str(row["para_label"])
    return PublishedEntry(
        kind=PublishedKind.EXTRACT,
        title=str(row["source_title"]),
        text=str(row["text"]),
        url=str(row["url"]),
        symbol=with_year(f"S/RES/{row['resolution']}"),
        paragraph=label,
        address=printed_address(label),
        themes=tuple(map(str, themes)) if isinstance(themes, list) else None,
    )


def _by_words(match: ExtractMatch) -> Told:
    lines = [f"{piece.piece.address}: {piece.match}: {stands_at(piece)}" for piece in match.pieces]
    theirs, ours = set(match.entry.themes or ()), set(match.themes)
    if match.match is not Match.NOT_FOUND:
        lines.append(
            f"themes: both {sorted(theirs & ours)}, theirs {sorted(theirs - ours)}, ours {sorted(ours - theirs)}"
        )
    return Told(f"{match.entry.symbol}, {match.entry.paragraph}", match.match, tuple(lines))


def _by_place(row: dict[str, object], official: Official) -> Told:
    label, gist = str(row["para_label"]), str(row["gist"])
    if row["resolution"] is None:
        return Told(label, Place.NONE, ("the page names no resolution",))
    symbol = with_year(f"S/RES/{row['resolution']}")
    name, held = f"{symbol}, {label}", [official.paragraphs[n] for n in official.of(symbol)]
    if not held:
        return Told(name, Place.NONE, (f"{symbol} is not held",))
    found = RESOLUTION_PART.fullmatch(label)
    titled = printed_address(found["part"] if found else label)
    printed = [printed_address(each) for each in PRINTED.findall(str(row["text_opens_with"]))] or [titled]
    told = [_place(held, each, gist) for each in printed]
    outcome = max((outcome for outcome, _ in told), key=list(Place).index)
    return Told(name, outcome, (*(line for _, line in told), *_notes(row)))


def _notes(row: dict[str, object]) -> list[str]:
    """What is known of their mistakes in this extract."""
    known = tomllib.loads(MISTAKES.read_text(encoding="utf-8"))["mistake"]
    asked = (row["resolution"], row["para_label"])
    return [f"known: {one['says']}" for one in known if (one["resolution"], one["label"]) == asked]


def _place(held: Sequence[OfficialParagraph], printed: str | None, gist: str) -> tuple[Place, str]:
    """What stands at one printed place, sub-paragraphs included; else which paragraph the gist is of."""
    at = [one for one in held if printed and (is_at(one.address, printed) or one.address.startswith(f"{printed} "))]
    about = _best([one for one in at if one.themes], gist)
    if about is not None and (shared := _shared(about, gist)):
        return Place.THERE, f"{printed}: {_quoted(about)} (with the gist: {', '.join(sorted(shared))})"
    if about is not None:
        return Place.THERE, f"{printed}: {_quoted(about)} (no word of the gist)"
    why = f"no paragraph {printed}" if not at else f"{printed} says nothing of women: {_quoted(at[0])}"
    if printed == ANNEX and (inside := [one for one in _behind_annex(held) if one.themes]):
        return (
            Place.ELSEWHERE,
            f"{why}; printed as more text of a paragraph: {_quoted(_best(inside, gist) or inside[0])}",
        )
    if counted := _counted_through(held, printed):
        why += f"; counted through from the preamble on it is {_quoted(counted)}"
        if counted.themes:
            return Place.ELSEWHERE, why
    other = _best(held, gist)
    if other and len(_shared(other, gist)) > max([1, *(len(_shared(one, gist)) for one in at)]):
        return Place.ELSEWHERE, f"{why}; the gist is of {_quoted(other)}"
    return (Place.NOT_WPS if at else Place.NONE), why


def _behind_annex(held: Sequence[OfficialParagraph]) -> Sequence[OfficialParagraph]:
    """The paragraphs from one that opens with "Annex" on."""
    return held[next((n for n, one in enumerate(held) if one.text.startswith("Annex")), len(held)) :]


def _counted_through(held: Sequence[OfficialParagraph], printed: str | None) -> OfficialParagraph | None:
    """The paragraph that a number means where preamble and operative part are counted as one."""
    number = int(printed[3:]) if printed and re.fullmatch(r"OP \d+", printed) else 0
    counted = [one for one in held if re.fullmatch(r"(?:PP|OP) \d+", one.address)]
    return counted[number - 1] if 0 < number <= len(counted) else None


def _best(paragraphs: Iterable[OfficialParagraph], gist: str) -> OfficialParagraph | None:
    return max(paragraphs, key=lambda one: len(_shared(one, gist)), default=None)


def _shared(paragraph: OfficialParagraph, gist: str) -> set[str]:
    """The gist's longer words, cut to five letters, that stand in the paragraph."""
    text = paragraph.text.casefold()
    return {word[:5] for word in re.findall(r"[a-z]{5,}", gist.casefold()) if word[:5] in text}


def _quoted(paragraph: OfficialParagraph) -> str:
    return f'{paragraph.address} "{" ".join(paragraph.text.split()[:9])} ..."'


def report(told: Sequence[Told]) -> str:
    """Each extract, then the table of outcomes as the README quotes it."""
    lines = []
    for one in told:
        lines += [f"{one.name}: {one.outcome}", *(f"    {line}" for line in one.lines)]
    counts = Counter(one.outcome for one in told)
    rows = [(outcome, counts[outcome]) for outcome in (*Match, *Place) if counts[outcome]]
    table = ["| outcome | extracts |", "|---|---|", *(f"| {outcome} | {count} |" for outcome, count in rows)]
    return "\n".join([*lines, "", *table, f"| all | {len(told)} |"])


def main(arguments: list[str]) -> int:
    """Print the report; the exit code is 0 whatever the figures are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("extracts", type=Path)
    parser.add_argument("folder", type=Path, help="the UN's XML of the resolutions in English")
    parser.add_argument("--page", type=Path, help="a theme page of theirs, saved as text")
    asked = parser.parse_args(arguments)
    sys.stdout.write(report(list(compare(asked.extracts, asked.folder, asked.page))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
