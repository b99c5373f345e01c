"""Loads the reviewed vocabularies of situations, missions, committees and panels; a wrong one is an error at once."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any
from unicodedata import normalize

NO_SITUATION = "no situation"


@dataclass(frozen=True, slots=True)
class Situation:
    """A situation on the Council's agenda. `words` matches what texts about it say, in lower case."""

    name: str
    agenda_items: tuple[str, ...]
    words: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Body:
    """A mission, committee or panel. `situation` is None where it has none; `kind` is mission, committee or panel."""

    name: str
    kind: str
    situation: str | None
    names: tuple[str, ...] = ()
    resolutions: tuple[int, ...] = ()


class SituationVocabularyError(ValueError):
    """A vocabulary does not say what it must."""


@lru_cache(maxsize=4096)  # texts name the same few bodies again and again
def folded(text: str) -> str:
    """A name as names are compared: one kind of blank, apostrophe and accent, no case, and no United Nations.

    >>> folded("United Nations Operation in Côte d’Ivoire") == folded("UN operation in Co\u0302te d'Ivoire")
    True
    """
    words = " ".join(normalize("NFC", text).replace("’", "'").split())
    return re.sub(r"\bUnited Nations\b", "UN", words, flags=re.IGNORECASE).casefold()


@cache
def load_situations() -> tuple[Situation, ...]:
    """All situations, in the order of the file."""
    found = tuple(
        Situation(
            one["name"],
            tuple(map(folded, one["agenda_items"])),
            re.compile("|".join(one["words"]).lower()),  # several times as fast as to ignore case
        )
        for one in _read("situations.toml")["situations"]
    )
    _check_names([one.name for one in found], "situations.toml")
    return found


@cache
def load_bodies() -> tuple[Body, ...]:
    """All missions, committees and panels, in the order of their files."""
    bodies = [
        Body(name, "mission", None if situation == NO_SITUATION else situation, tuple(names))
        for situation, missions in _read("missions.toml").items()
        for name, names in missions.items()
    ]
    committees = _read("committees.toml")
    for kind in ("committee", "panel"):
        bodies += [
            Body(name, kind, one.get("situation"), tuple(one.get("names", ())), tuple(one["resolutions"]))
            for name, one in committees[f"{kind}s"].items()
        ]
    _check_names([one.name for one in bodies], "missions.toml and committees.toml")
    if unknown := {one.situation for one in bodies} - {None} - {one.name for one in load_situations()}:
        raise SituationVocabularyError(f"expected situations of situations.toml, found {sorted(map(str, unknown))}")
    return tuple(bodies)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _check_names(names: list[str], where: str) -> None:
    if twice := {name for name in names if names.count(name) > 1}:
        raise SituationVocabularyError(
            f"expected each name once in {where}, found more often: {', '.join(sorted(twice))}"
        )
