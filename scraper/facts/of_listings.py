"""The facts that the rows of a listing state. Pure."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from storage.models import Fact, FactField

if TYPE_CHECKING:
    from scraper.pages.council_site.resolutions_table import ListedResolution
    from scraper.pages.unxml.file_names import NumberedFile
from scraper.facts.told import facts_told


def facts_of_rows(rows: Iterable["ListedResolution"]) -> list[Fact]:
    """What the Council's table tells of its resolutions: date and title, where it prints them."""
    return [
        fact
        for row in rows
        for fact in facts_told(
            row.symbol,
            {
                FactField.ADOPTED_ON: row.adopted_on and row.adopted_on.isoformat(),
                FactField.OUTCOME: "adopted",
                FactField.TITLE: row.title,
            },
        )
    ]


def facts_of_drafts(drafts: Iterable["NumberedFile"]) -> list[Fact]:
    """What the folder of drafts tells of them: that they were not adopted."""
    return [Fact(symbol, FactField.OUTCOME, "not_adopted") for symbol in sorted({draft.symbol for draft in drafts})]
