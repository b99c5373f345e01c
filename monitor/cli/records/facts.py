"""A fact with its witness as a JSON record."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from storage.told_values import KnownFact


def fact_record(fact: "KnownFact") -> dict[str, Any]:
    """A fact for programs; `url` is null where a listing told it."""
    return {
        "field": fact.field,
        "value": fact.value,
        "note": fact.note,
        "source": fact.source,
        "origin": fact.origin,
        "seen_at": fact.seen_at.isoformat(),
        "url": fact.url,
    }
