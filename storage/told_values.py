"""What sources tell of documents, as values: facts with their witnesses, and what speaks for a number of a series."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.models import FactField


@dataclass(frozen=True, slots=True)
class Witness:
    """Who tells a fact: a source, and what of it: a `FactOrigin`, `listing`, or a text by its language, `text-en`."""

    source: str
    origin: str


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact as stored. `snapshot` and `url` are those of the body that told it, None where a listing did.

    `seen_at` is when the source was first seen to tell this value; `replaced_at` when it told it no more, None while it
    does.
    """

    symbol: str
    source: str
    origin: str
    field: FactField
    value: Any
    note: str | None
    snapshot: int | None
    url: str | None
    seen_at: datetime
    replaced_at: datetime | None


def agree(one: Any, other: Any) -> bool:
    """Whether two values of a field can both be right.

    A vote that nobody counted here was counted elsewhere; of the days on which something expires one witness tells one,
    another all.
    """
    if isinstance(one, list) and isinstance(other, list) and (ours := _days(one)) and (theirs := _days(other)):
        return ours <= theirs or theirs <= ours
    if isinstance(one, dict) and isinstance(other, dict):
        return all(one[key] == other[key] for key in one.keys() & other.keys())
    return bool(one == other)


def _days(value: list[Any]) -> set[str]:
    return {each["on"] for each in value if isinstance(each, dict) and "on" in each}


@dataclass(frozen=True, slots=True)
class DocumentEvidence:
    """What speaks for one document: who gave its text, in which languages and since when, and who only names it.

    `held_since` is None where no text of it is held. Who tells facts of it names it too: `announced_by` has then the
    source of a listing, and "unxml metadata" for data about many documents.
    """

    symbol: str
    witnesses: tuple[str, ...]
    languages: tuple[str, ...]
    held_since: datetime | None
    announced_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Noted:
    """How a number of a series stood when it was last looked at, and since when. `run` is the one that changed it."""

    series: str
    number: int
    state: str
    since: datetime
    run: int
