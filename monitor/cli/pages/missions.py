"""What is known of the mission that a report is about: from the register, else from the report's title."""

from monitor.app.held.missions import MissionFacts


def mission_words(facts: MissionFacts) -> str:
    """The facts in a line: "Mission of 2013-01-27: Yemen; terms of reference S/2013/61"."""
    days = "" if facts.begins_on is None else f" of {facts.begins_on}"
    if facts.ends_on != facts.begins_on:
        days += f" to {facts.ends_on}"
    where = f": {', '.join(facts.places)}" if facts.places else ""
    terms = f"; terms of reference {facts.terms_of_reference}" if facts.terms_of_reference else ""
    return f"Mission{days}{where}{terms}"
