"""What is known of a Council mission beside its report."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class MissionFacts:
    """A mission's days and places. None for what neither the register nor the title says; `origin` says which did."""

    begins_on: date | None
    ends_on: date | None
    places: tuple[str, ...]
    terms_of_reference: str | None
    origin: str


def mission_facts(symbol: str, title: str | None) -> MissionFacts:
    """What is known of the mission that the report of this symbol and title is about."""
    from scraper.missions.register import load_missions
    from scraper.missions.title import read_mission_title

    for one in load_missions():
        if one.report == symbol:
            return MissionFacts(one.begins_on, one.ends_on, one.countries, one.terms_of_reference, "register")
    said = read_mission_title(title or "")
    return MissionFacts(said.begins_on, said.ends_on, (said.places,) if said.places else (), None, "title")
