"""A Council mission as a JSON record."""

from typing import Any

from monitor.app.held.missions import mission_facts


def mission_record(symbol: str, title: str | None) -> dict[str, Any]:
    """The facts as JSON."""
    from monitor.cli.records.times import date_record

    facts = mission_facts(symbol, title)
    return {
        "begins_on": date_record(facts.begins_on),
        "ends_on": date_record(facts.ends_on),
        "places": list(facts.places),
        "terms_of_reference": facts.terms_of_reference,
        "origin": facts.origin,
    }
