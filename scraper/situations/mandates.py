"""Loads the reviewed register of mandates that are more than one body's; a wrong one is an error at once."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from scraper.situations.vocabulary import SituationVocabularyError, load_bodies

FILE: Final = "mandates.toml"


@dataclass(frozen=True, slots=True)
class Mandate:
    """What a chain of resolutions is on. `kind` is body, succession, task or measures.

    `bodies` are those whose terms are its links: of a succession oldest first, of a task its mission, of measures their
    committees and panels. `resolutions` are those that imposed measures. `words`, in lower case, tell a task's own
    extension, or measures that no body belongs to.
    """

    name: str
    kind: str
    situation: str | None
    bodies: tuple[str, ...]
    resolutions: tuple[int, ...] = ()
    words: str = ""


@cache
def load_mandates() -> tuple[Mandate, ...]:
    """The mandates of the register, in its order: successions under the name of their newest body."""
    read = _read()
    place = {body.name: body.situation for body in load_bodies()}
    found = [Mandate(line[-1], "succession", place.get(line[-1]), tuple(line)) for line in read["successions"]]
    for name, one in read["tasks"].items():
        found.append(Mandate(name, "task", place.get(one["mission"]), (one["mission"],), words=one["words"]))
    for name, one in read["measures"].items():
        numbers, bodies = tuple(one["resolutions"]), tuple(one.get("bodies", ()))
        found.append(Mandate(name, "measures", one["situation"], bodies, numbers, one.get("words", "").lower()))
    unknown = {body for one in found for body in one.bodies}.union(read["forces"]) - place.keys()
    if unknown:
        raise SituationVocabularyError(
            f"expected bodies of the vocabulary in {FILE}, found {', '.join(sorted(unknown))}"
        )
    names = [body for one in found if one.kind == "succession" for body in one.bodies]
    if twice := {name for name in names if names.count(name) > 1}:
        raise SituationVocabularyError(
            f"expected each body in one succession of {FILE}, found in more: {sorted(twice)}"
        )
    return tuple(found)


@cache
def load_forces() -> frozenset[str]:
    """The bodies that are authorized forces, not the UN's."""
    return frozenset(_read()["forces"])


def mandate_of(name: str) -> Mandate:
    """The mandate of a body, with those that it took over from or that took over; or the one of that name."""
    for one in load_mandates():
        if one.name == name or (one.kind == "succession" and name in one.bodies):
            return one
    return only_of(name)


def only_of(body: str) -> Mandate:
    """The mandate of one body alone, whoever took over."""
    place = next((one.situation for one in load_bodies() if one.name == body), None)
    return Mandate(body, "body", place, (body,))


def _read() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
