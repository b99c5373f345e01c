"""The JSON record of a renewal beside the text before it: a public contract, version 1."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from monitor.renewals.comparison import Comparison, Line

VERSION = 1


def drift_record(comparison: "Comparison") -> dict[str, Any]:
    """A comparison as a program reads it."""
    counts = comparison.counts
    return {
        "drift": VERSION,
        "new": comparison.new,
        "old": comparison.old,
        "kind": comparison.kind.value,
        "language": comparison.language,
        "body": comparison.body,
        "reason": comparison.reason,
        "skipped": [asdict(one) for one in comparison.skipped],
        "counts": asdict(counts),
        "whole": asdict(comparison.whole) if comparison.whole else None,
        "paired": comparison.paired,
        "taken_over": comparison.is_taken_over,
        "not_repeated": None if comparison.not_repeated is None else [one.address for one in comparison.not_repeated],
        "lines": [line_record(line) for line in comparison.lines],
        "terms": [asdict(term) for term in comparison.terms],
        "references": [
            {
                "address": one.address,
                "cites": one.cites,
                "addresses": list(one.addresses),
                "wps": list(one.wps),
                "in_new": one.is_in_new,
            }
            for one in comparison.references
        ],
    }


def line_record(line: "Line") -> dict[str, Any]:
    """One line."""
    return {
        "old_address": line.key[0],
        "new_address": line.key[1],
        "status": line.status.value,
        "wps": line.wps.value if line.wps else None,
        "direction": line.direction.value if line.direction else None,
        "old_verb": line.old_verb,
        "new_verb": line.new_verb,
        "moved": line.moved,
        "reasons": [asdict(one) for one in line.reasons],
        "changes": [asdict(one) for one in line.changes],
        "old_text": line.old.text if line.old else None,
        "new_text": line.new.text if line.new else None,
        "nearest": asdict(line.nearest) if line.nearest else None,
        "confidence": line.confidence,
        "by": line.said.by if line.said else None,
        "note": line.said.note if line.said else None,
    }
