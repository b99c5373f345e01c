"""The facts in the yearly metadata of the UN's XML. Pure."""

from typing import TYPE_CHECKING, Any

from storage.models import Fact, FactField

if TYPE_CHECKING:
    from scraper.pages.unxml.metadata import ResolutionData
from scraper.facts.told import facts_told, vote_value


def facts_of_metadata(data: "ResolutionData") -> list[Fact]:
    """What the library's record tells of a resolution.

    A vote's `manner` is `recorded`, `unanimous`, `without_vote` or `acclamation`; `for`, `against` and `abstaining`
    stand where they are known, `absent` where somebody was.
    """
    expiries, is_computed = _expiries(data)
    told: dict[FactField, Any] = {
        FactField.ADOPTED_ON: data.adopted_on and data.adopted_on.isoformat(),
        FactField.MEETING: data.meeting,
        FactField.RECORD: data.record,
        FactField.OUTCOME: "adopted",  # the library lists none that was not
        FactField.VOTE: data.vote and vote_value(data.vote),
        FactField.VOTED_BY_MAIL: data.is_by_mail or None,
        FactField.CHAPTER_VII: data.chapter_vii,
        FactField.AGENDA_ITEM: data.agenda_item,
        FactField.SUBJECTS: [[subject.term, subject.authority] for subject in data.subjects] or None,
        FactField.TITLE: data.title,
        FactField.EXPIRES_ON: expiries or None,
        FactField.DRAFT_SYMBOL: data.draft,
        FactField.SPONSORS: list(data.sponsors) or None,
        FactField.ADDITIONAL_SPONSORS: list(data.additional_sponsors) or None,
    }
    notes = dict(data.notes)
    if is_computed:
        notes[FactField.EXPIRES_ON] = "reckoned from the day of adoption: the title gives a period"
    return list(facts_told(data.symbol, told, notes))


def _expiries(data: "ResolutionData") -> tuple[list[dict[str, Any]], bool]:
    from scraper.pages.unxml.mandate_titles import read_expiries

    found = read_expiries(data.title or "", data.adopted_on)
    values: list[dict[str, Any]] = [
        {"on": one.on.isoformat(), "words": one.words, "of": one.of, "computed": one.is_computed} for one in found
    ]
    return values, any(one.is_computed for one in found)
