"""What became of a published place that a document has no more: where it went, or its last words. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.text.harmless import harmless
from monitor.text.page_names import fragment
from storage.records import Change, ChangeKind

_WENT = (ChangeKind.MOVED, ChangeKind.RENUMBERED)


@dataclass(frozen=True, slots=True)
class AddressFate:
    """A place that is no paragraph of today's text. `to` is the place of the paragraph it named, "" when it is gone.

    `words` are its last ones, "" where they are not known; `day` is when that was seen, None where it was not.
    """

    id: str
    to: str
    to_address: str
    words: str
    day: date | None


def fates_of(lost: Iterable[str], standing: Collection[str], changes: Sequence[Change]) -> list[AddressFate]:
    """The fate of each lost place, by its id. `changes` are the document's, oldest first; `standing` its ids now."""
    return [_fate(place, standing, changes) for place in sorted(lost)]


def earlier_owners(standing: Collection[str], changes: Sequence[Change]) -> dict[str, list[AddressFate]]:
    """Of each standing place, the paragraphs that once had its number and now have another, with where they are."""
    found: dict[str, list[AddressFate]] = {}
    for at, change in enumerate(changes):
        before = fragment(change.before_address) if change.before_address else ""
        if change.kind not in _WENT or before not in standing or before == fragment(change.address):
            continue
        fate = _fate(before, standing, changes[at:])
        if fate.to and fate.to != before:
            found.setdefault(before, []).append(fate)
    return found


def _fate(place: str, standing: Collection[str], changes: Sequence[Change]) -> AddressFate:
    """Follow a place through the changes, oldest first, from each change that speaks of it on."""
    at, address, day = place, "", None
    for change in changes:
        before = fragment(change.before_address) if change.before_address else ""
        if change.kind in _WENT and before == at:
            at, address, day = fragment(change.address), change.address, change.detected_at.date()
        elif change.kind is ChangeKind.REMOVED and (before or fragment(change.address)) == at and at not in standing:
            return AddressFate(place, "", "", harmless(change.before or ""), change.detected_at.date())
    if at != place and at in standing:
        return AddressFate(place, at, address, "", day)
    return AddressFate(place, "", "", "", day)
