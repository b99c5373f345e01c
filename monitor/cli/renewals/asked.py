"""What one call of `drift` asks for, and the comparison it asks for."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    from monitor.renewals.comparison import Comparison

STATUSES = ("kept", "reworded", "merged", "split", "dropped", "new")


@dataclass(frozen=True, slots=True)
class Asked:
    """What one call asks for; `old` and `body` are None where they are to be found."""

    new: str
    old: str | None
    body: str | None
    language: str
    has_words: bool
    has_all: bool
    is_json: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person says of two paragraphs; `-` is no paragraph."""

    old_address: str
    new_address: str
    status: str
    direction: str | None
    note: str | None
    author: str | None
    is_dry: bool


def compare(db: "sqlite3.Connection", asked: Asked) -> "Comparison":
    """The comparison that a call asks for."""
    from monitor.app.renewals.drift import drift_asked

    return drift_asked(db, asked.new, asked.old, body=asked.body, language=asked.language)
