"""One document that a crawl may ask for, and why."""

import json
import sys
from dataclasses import dataclass

from storage.records import Resource

#: Why a held document is asked for: it may have been reissued. Left over, it leaves no run incomplete.
RECHECK = "recheck"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One document to ask for, as it is remembered so far, and why it is asked for."""

    resource: Resource
    why: str


def print_wanted(wanted: Wanted) -> None:
    """One line for a program: what a crawl would ask for. The only thing a dry run leaves."""
    resource = wanted.resource
    record = {
        "source": resource.source,
        "url": resource.url,
        "symbol": resource.symbol,
        "language": resource.language,
        "why": wanted.why,
    }
    sys.stdout.write(json.dumps(record) + "\n")
