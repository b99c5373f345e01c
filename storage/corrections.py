"""What people say of labels, and how it is laid over the labels of the machine. Pure.

A word is said of one paragraph, by its address and its text. It follows that text to another number; where only the
text has changed it still holds, and is marked. Of all that was said of a theme, the last word holds.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from storage.folding import loose_text
from storage.models import THEMES, Evidence, Label, Paragraph, Said


class HumanAction(StrEnum):
    """What a person says of a theme."""

    ADD = "add"
    REMOVE = "remove"
    CONFIRM = "confirm"  # the label is right; with no theme: it is right that there is none


@dataclass(frozen=True, slots=True)
class HumanLabel:
    """One word of one person on one paragraph. `text` is what the paragraph said then.

    `theme` is None only where a person confirms that a paragraph carries none. `id` is 0 until saved.
    """

    symbol: str
    language: str
    address: str
    text: str
    theme: str | None
    action: HumanAction
    author: str
    note: str | None
    made_at: datetime
    id: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A word with the paragraph it is about in one version; `address` is None when it stands nowhere in it.

    `is_text_changed` says that the paragraph's text is another now, and nobody has spoken of the new one yet.
    """

    label: HumanLabel
    address: str | None
    is_text_changed: bool = False


# Letters and digits of a fold from which a text is told from others by itself: "women;" may stand in any list.
_DISTINCT: Final = 40


def place_labels(labels: Sequence[HumanLabel], paragraphs: Iterable[Paragraph]) -> tuple[Placed, ...]:
    """Find the paragraph that each word is about, in the order of the words, oldest first."""
    if not labels:
        return ()
    texts = {paragraph.address: loose_text(paragraph.text) for paragraph in paragraphs}
    by_text: defaultdict[str, list[str]] = defaultdict(list)
    for address, text in texts.items():
        by_text[text].append(address)
    renewed: set[str | None] = set()
    placed = []
    for label in reversed(labels):
        one = _place(label, texts, by_text)
        if not one.is_text_changed:
            renewed.add(one.address)
        elif one.address in renewed:
            one = replace(one, is_text_changed=False)
        placed.append(one)
    return tuple(reversed(placed))


def _place(label: HumanLabel, texts: dict[str, str], by_text: dict[str, list[str]]) -> Placed:
    """By address and text; else by a text that stands in one other place; else by the address alone.

    Where the old number bears other words now, only a text long enough to be no other list's item is followed.
    """
    said_of = loose_text(label.text)
    there = texts.get(label.address)
    if there == said_of:
        return Placed(label, label.address)
    elsewhere = by_text.get(said_of, [])
    if len(elsewhere) == 1 and (there is None or len(said_of) >= _DISTINCT):
        return Placed(label, elsewhere[0])
    return Placed(label, None if there is None else label.address, is_text_changed=there is not None)


def last_words(placed: Iterable[Placed]) -> dict[str, dict[str | None, Placed]]:
    """What holds: for each address the last word on each theme."""
    words: dict[str, dict[str | None, Placed]] = {}
    for one in placed:
        if one.address is not None:
            words.setdefault(one.address, {})[one.label.theme] = one
    return words


def correct(paragraphs: tuple[Paragraph, ...], placed: Iterable[Placed]) -> tuple[Paragraph, ...]:
    """Lay what people said over the labels that the machine gave: a theme they removed is gone, one they added there.

    An added or confirmed theme bears the person's word as evidence, behind the machine's own where it agrees.
    """
    words = last_words(placed)
    if not words:
        return paragraphs
    return tuple(
        _corrected(paragraph, words[paragraph.address]) if paragraph.address in words else paragraph
        for paragraph in paragraphs
    )


def _corrected(paragraph: Paragraph, words: dict[str | None, Placed]) -> Paragraph:
    evidence = {label.theme: label.evidence for label in paragraph.labels}
    for theme, word in words.items():
        if theme is None:
            continue
        if word.label.action is HumanAction.REMOVE:
            evidence.pop(theme, None)
        else:
            evidence[theme] = (*evidence.get(theme, ()), evidence_of(word))
    ordered = sorted(evidence, key=lambda theme: THEMES.index(theme) if theme in THEMES else len(THEMES))
    return replace(paragraph, labels=tuple(Label(theme, evidence[theme]) for theme in ordered))


def evidence_of(word: Placed) -> Evidence:
    """A person's word as evidence: it is about the whole paragraph, so it marks no phrase."""
    label = word.label
    return Evidence(
        "", 0, 0, f"human:{label.author}", said=Said(label.author, label.made_at, label.note, word.is_text_changed)
    )
