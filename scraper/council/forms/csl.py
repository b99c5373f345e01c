"""Documents as CSL-JSON, which citation processors read. Pure."""

import json
from collections.abc import Iterable
from typing import Any

from scraper.council.forms.ris import title_of
from scraper.council.forms.work import Work


def csl_of(works: Iterable[Work]) -> str:
    """A JSON list with one item for each document, each in a line."""
    items = [json.dumps(csl_item(work), ensure_ascii=False, separators=(",", ":")) for work in works]
    return "[\n" + ",\n".join(items) + "\n]\n"


def csl_item(work: Work) -> dict[str, Any]:
    """One document as an item of type `report`, as citation styles have no type for resolutions."""
    item: dict[str, Any] = {
        "id": work.symbol,
        "type": "report",
        "author": [{"literal": "United Nations Security Council"}],
        "title": title_of(work),
        "number": work.symbol,
        "publisher": "United Nations",
        "language": work.language,
        "URL": work.url,
    }
    if work.day:
        item["issued"] = {"date-parts": [[work.day.year, work.day.month, work.day.day]]}
    return item
