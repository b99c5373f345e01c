"""What is known of the mission that a report is about: from the register, else from the report's title."""

from dataclasses import dataclass
from datetime import date
from typing import Any


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


def mission_words(facts: MissionFacts) -> str:
    """The facts in a line: "Mission of 2013-01-27: Yemen; terms of reference S/2013/61"."""
    days = "" if facts.begins_on is None else f" of {facts.begins_on}"
    if facts.ends_on != facts.begins_on:
        days += f" to {facts.ends_on}"
    where = f": {', '.join(facts.places)}" if facts.places else ""
    terms = f"; terms of reference {facts.terms_of_reference}" if facts.terms_of_reference else ""
    return f"Mission{days}{where}{terms}"


def mission_record(symbol: str, title: str | None) -> dict[str, Any]:
    """The facts as JSON."""
    from monitor.cli.records.listings import date_record

    facts = mission_facts(symbol, title)
    return {
        "begins_on": date_record(facts.begins_on),
        "ends_on": date_record(facts.ends_on),
        "places": list(facts.places),
        "terms_of_reference": facts.terms_of_reference,
        "origin": facts.origin,
    }
