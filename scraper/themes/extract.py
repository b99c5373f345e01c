"""Cuts a labelled document into extracts as PeaceWomen makes them. It labels nothing and changes no word.

One extract for each numbered paragraph: its chapeaus and its WPS sub-paragraphs in printed order, with `[...]` where
something between was left out. All WPS preambular paragraphs of a document are one extract, "Preamble". A report of a
Council mission that holds any has one entry more, for the report itself: how its own introduction begins.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from scraper.council.address import Address, parse
from scraper.council.citation_form import title_of_unnumbered
from storage.models import DocumentKind, Extract, Paragraph, ParsedDocument, Part

LEFT_OUT = "[...]"
SUMMARY_PARAGRAPHS = 2
"""So many paragraphs of the introduction say who went where, and what for."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A paragraph with its address read, and its rank in the document."""

    rank: int
    address: Address
    paragraph: Paragraph


def extracts_of(document: ParsedDocument) -> tuple[Extract, ...]:
    """The extracts of a labelled document, in printed order; a document without WPS content has none."""
    if not any(paragraph.labels for paragraph in document.paragraphs):
        return ()
    placed = [_Placed(rank, parse(own.address), own) for rank, own in enumerate(document.paragraphs)]
    groups = list(_groups(placed))
    extracts = tuple(_extract(group) for group in groups if any(one.paragraph.is_wps for one in group))
    is_mission = document.kind is DocumentKind.MISSION_REPORT and bool(extracts)
    return (_entry(groups, extracts), *extracts) if is_mission else extracts


def _entry(groups: Sequence[Sequence[_Placed]], extracts: Sequence[Extract]) -> Extract:
    """A mission report's own entry, with the themes of all its extracts."""
    heading = groups[0][0].paragraph.heading
    opening = [group for group in groups[:SUMMARY_PARAGRAPHS] if group[0].paragraph.heading == heading]
    themes = {theme: None for extract in extracts for theme in extract.themes}
    placed = [one for group in opening for one in group]
    printed = [_printed(one, before) for before, one in zip([None, *placed], placed, strict=False)]
    return Extract("", tuple(one.paragraph.address for one in placed), tuple(themes), "\n\n".join(printed))


def _groups(placed: Iterable[_Placed]) -> Iterator[list[_Placed]]:
    """The preamble as one group, then a group for each numbered paragraph with all that hangs on it."""
    group: list[_Placed] = []
    for one in placed:
        if group and not _belong_together(group[-1].address, one.address):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _belong_together(before: Address, after: Address) -> bool:
    if before.part is Part.PREAMBLE and after.part is Part.PREAMBLE:
        return True
    return bool(after.degrees) and _root(before) == _root(after)


def _root(address: Address) -> tuple[Part, str | None, str | None, tuple[str, ...]]:
    """What its extract is named for: a printed number, or the count of an unnumbered paragraph (`Annex II +4`)."""
    return address.part, address.attachment, address.number, () if _is_numbered(address) else address.degrees[:1]


def _extract(group: Sequence[_Placed]) -> Extract:
    chosen = [one for one in group if one.paragraph.is_wps]
    kept = sorted({one.rank: one for own in chosen for one in (*_ancestors(own, group), own)}.items())
    pieces = [_printed(kept[0][1], None)]
    for (rank, before), (next_rank, after) in pairwise(kept):
        if next_rank > rank + 1:
            pieces.append(LEFT_OUT)
        pieces.append(_printed(after, before))
    themes = {label.theme: None for one in chosen for label in one.paragraph.labels}
    return Extract(
        title=_title(chosen),
        addresses=tuple(one.paragraph.address for one in chosen),
        themes=tuple(themes),
        text="\n\n".join(pieces),
    )


def _ancestors(own: _Placed, group: Sequence[_Placed]) -> list[_Placed]:
    """The paragraphs whose words introduce this one, as far as they have words of their own."""
    if own.paragraph.chapeau is None:
        return []
    above = [
        one
        for one in group
        if one.rank < own.rank
        and one.address.number == own.address.number
        and len(one.address.degrees) < len(own.address.degrees)
        and own.address.degrees[: len(one.address.degrees)] == one.address.degrees
    ]
    return list({one.address.degrees: one for one in above}.values())


def _title(chosen: Sequence[_Placed]) -> str:
    """`Para. 6 (a)` when exactly one sub-paragraph is in it, else the numbered paragraph: `Para. 42`.

    Flush text that closes a list, `OP 7 +1`, is no sub-paragraph: it belongs to paragraph 7.
    """
    first = chosen[0].address
    if first.part is Part.PREAMBLE:
        return "Preamble"
    if not _is_numbered(first):
        return title_of_unnumbered(first)
    below = [one.address for one in chosen if one.address.degrees]
    is_one = len(below) == 1 and not below[0].degrees[0].startswith("+")
    named = Address(first.part, first.number, below[0].degrees if is_one else (), first.attachment)
    return str(named).replace("OP ", "Para. ") if first.part is not Part.BODY else str(named).replace("para.", "Para.")


def _printed(one: _Placed, before: _Placed | None) -> str:
    """A paragraph's words behind the number and labels that are printed before them.

    Where nothing stands between "42." and "(a)", the labels of both open its first words: "42. (a) To assist ...".
    """
    address = one.address
    marks = [_mark(degree) for degree in address.degrees[_shared(address, before) :] if not degree.startswith("+")]
    follows_number = before is not None and before.address.number == address.number
    is_flush = bool(address.degrees) and address.degrees[0].startswith("+")
    if _is_numbered(address) and not follows_number and not is_flush:
        marks.insert(0, f"{address.number}.")
    return " ".join([*marks, one.paragraph.text])


def _is_numbered(address: Address) -> bool:
    """Whether a number is printed before it; a preambular paragraph is only counted."""
    return address.part is not Part.PREAMBLE and address.number not in (None, "0")


def _shared(address: Address, before: _Placed | None) -> int:
    """How many outer degrees the piece before has printed already; its own last one is always printed."""
    if before is None or before.address.number != address.number:
        return 0
    shared = 0
    for own, other in zip(address.degrees[:-1], before.address.degrees, strict=False):
        if own != other:
            break
        shared += 1
    return shared


def _mark(degree: str) -> str:
    return "•" if degree.startswith("•") else f"({degree})"
