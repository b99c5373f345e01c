"""Tells a person what people said of the labels of a document's paragraphs."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from monitor.cli.pages.render import BOLD, ODD, Page, plain

if TYPE_CHECKING:
    from storage.corrections import Placed

_DID = {"add": "added", "remove": "removed", "confirm": "confirmed"}


def add_said(page: Page, placed: Iterable["Placed"]) -> None:
    """Add each word, oldest first, under a heading of its own; nothing when nobody said anything."""
    words = list(placed)
    if not words:
        return
    page.line()
    page.line(page.style("What people said", BOLD))
    for word in words:
        page.wrapped(sentence(word), "  ", "    ")
        if word.address is None:
            page.wrapped(page.style("the paragraph stands nowhere in the text now", ODD), "    ")
        elif word.is_text_changed:
            page.wrapped(page.style(plain(changed_since(word)), ODD), "    ")


def sentence(word: "Placed") -> str:
    """One word of one person: `OP 4: anna added Participation on 2026-11-24: “women lead it”`."""
    label = word.label
    theme = label.theme or "that there is no theme"
    note = f": “{label.note}”" if label.note else ""
    where = word.address or f"{label.address} (as it was)"
    if word.address not in (None, label.address):
        where += f" ({label.address} then)"
    return plain(f"{where}: {label.author} {_DID[label.action]} {theme} on {label.made_at:%Y-%m-%d}{note}")


def changed_since(word: "Placed") -> str:
    """What is said of a word whose paragraph has other words now."""
    return f"the text has changed since this was said on {word.label.made_at:%Y-%m-%d}"
