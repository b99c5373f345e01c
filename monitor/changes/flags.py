"""Judges which changes are news about women, and says why in words. Does not see who caused them or when."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.changes.diff import ParagraphChange, Replacement, parent_address, replacements, word_changes
from storage.models import Paragraph
from storage.records import ChangeKind

# A reason is read in one glance: the change itself stands below it, word by word.
_MOST_REPLACEMENTS = 3
_LONGEST_WORDS = 60


@dataclass(frozen=True, slots=True)
class FlaggedChange:
    """A change that matters, with at least one reason, and the themes it touches."""

    change: ParagraphChange
    reasons: tuple[str, ...]
    themes: tuple[str, ...]


def flag_changes(
    changes: Iterable[ParagraphChange], before: Sequence[Paragraph], after: Sequence[Paragraph]
) -> list[FlaggedChange]:
    """Those of the changes between two texts that are news about women.

    Flagged are words that are WPS content now or were before, when they are added, modified, removed or restored; and
    words that say nothing of women but introduce sub-paragraphs that do. A paragraph that only moved says what it said.
    """
    listed = list(changes)
    new = {change.address for change in listed if change.kind in (ChangeKind.ADDED, ChangeKind.RESTORED)}
    kept = [paragraph for paragraph in after if paragraph.address not in new]
    flagged = [_flagged(change, before, kept) for change in listed]
    return [flag for flag in flagged if flag is not None]


def _flagged(change: ParagraphChange, before: Sequence[Paragraph], kept: Sequence[Paragraph]) -> FlaggedChange | None:
    if change.kind in (ChangeKind.MOVED, ChangeKind.RENUMBERED):
        return None
    if change.is_wps:
        return FlaggedChange(change, _reasons(change), change.themes)
    introduced = _introduced(change.after, kept) or _introduced(change.before if change.after else None, before)
    if not introduced:
        return None
    addresses = ", ".join(paragraph.address for paragraph in introduced)
    themes = tuple(dict.fromkeys(theme for paragraph in introduced for theme in paragraph.themes))
    reason = f"the chapeau of WPS sub-paragraphs changed ({addresses}): {_wording(change)}"
    return FlaggedChange(change, (reason,), themes)


def _reasons(change: ParagraphChange) -> tuple[str, ...]:
    old, new = change.before, change.after
    if change.kind is ChangeKind.RESTORED:
        return (f"WPS content is back after its removal: {_themes(change.themes)}",)
    if change.kind is ChangeKind.REMOVED:
        return (f"WPS content removed: {_themes(change.themes)}",)
    if new is not None and (old is None or not old.is_wps):
        return (f"new WPS content: {_themes(new.themes)}",)
    if new is not None and not new.is_wps:
        return (f"words about women dropped: {_wording(change)}",)
    gained, lost = _less(new, old), _less(old, new)
    reasons = [f"the words about women changed: {_wording(change)}"]
    reasons += [f"now also {_themes(gained)}"] if gained else []
    reasons += [f"no longer {_themes(lost)}"] if lost else []
    return tuple(reasons)


def _less(paragraph: Paragraph | None, other: Paragraph | None) -> tuple[str, ...]:
    """The themes of a paragraph that the other does not carry."""
    others = other.themes if other else ()
    return tuple(theme for theme in paragraph.themes if theme not in others) if paragraph else ()


def _introduced(chapeau: Paragraph | None, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The WPS paragraphs that stand under this one, at any depth."""
    if chapeau is None:
        return []
    return [
        paragraph for paragraph in paragraphs if paragraph.is_wps and chapeau.address in _ancestors(paragraph.address)
    ]


def _ancestors(address: str) -> list[str]:
    found: list[str] = []
    parent = parent_address(address)
    while parent is not None:
        found.append(parent)
        parent = parent_address(parent)
    return found


def _wording(change: ParagraphChange) -> str:
    """What became of the words: "'shall' became 'should'; 'where possible' added; and 2 more places"."""
    if change.before is None or change.after is None:
        return "its words are new" if change.before is None else "its words are gone"
    found = replacements(word_changes(change.before.text, change.after.text))
    counts = Counter(_replaced(one) for one in found)
    told = [words if n == 1 else f"{words} (in {n} places)" for words, n in counts.items()][:_MOST_REPLACEMENTS]
    more = len(found) - sum(list(counts.values())[:_MOST_REPLACEMENTS])
    if more > 0:
        told.append(f"and {more} more {'place' if more == 1 else 'places'}")
    return "; ".join(told)


def _replaced(replacement: Replacement) -> str:
    old, new = _without_stops(replacement)
    old, new = _short(old), _short(new)
    if old and new:
        return f"'{old}' became '{new}'"
    return f"'{new}' added" if new else f"'{old}' dropped"


def _without_stops(replacement: Replacement) -> tuple[str, str]:
    """Both words without the commas behind them, unless the commas are what changed."""
    old, new = (words.rstrip(".,;:") for words in (replacement.before, replacement.after))
    return (replacement.before, replacement.after) if old == new else (old, new)


def _short(words: str) -> str:
    if len(words) <= _LONGEST_WORDS:
        return words
    return words[: _LONGEST_WORDS - 2].rsplit(" ", 1)[0] + " …"


def _themes(themes: Sequence[str]) -> str:
    return ", ".join(themes)
