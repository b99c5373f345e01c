"""What was read, as facts (pure): of the yearly metadata, of a document's own text, of the rows of a listing.

Which bodies hold facts of many documents, and no document, is said here too.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from storage.models import DocumentKind, Fact, FactField, FactOrigin, ParsedDocument

if TYPE_CHECKING:
    from scraper.pages.council_site.resolutions_table import ListedResolution
    from scraper.pages.unxml.file_names import NumberedFile
    from scraper.pages.unxml.metadata import ResolutionData
    from scraper.pages.unxml.votes import Vote
    from scraper.situations.placing import Placement

#: https://raw.githubusercontent.com/UNxml/SCresolutions/main/data_extract/2026.json
_METADATA = re.compile(r"/UNxml/SCresolutions/[^/]+/data_extract/\d{4}\.json")
#: The UN library: https://digitallibrary.un.org/oai2d?verb=..., .../dev/render_meeting/scmeetings_2026/EN, and before
#: 2000 https://research.un.org/en/docs/sc/quick/meetings/1999
_LIBRARY = re.compile(
    r"https://digitallibrary\.un\.org/oai2d\?|\.amazonaws\.com/dev/render_meeting|//research\.un\.org/en/docs/sc/quick/meetings/"
)
#: "S/2025/278, submitted by the United States of America"
_DRAFT = re.compile(r"S/\d{4}/\d{1,4}(?:/Rev\.\d{1,2})?")


@dataclass(frozen=True, slots=True)
class FactReading:
    """What a body without a text of its own tells of many documents, where they belong, and what was odd about it."""

    facts: tuple[Fact, ...]
    placements: "tuple[Placement, ...]"
    warnings: tuple[str, ...]
    origin: FactOrigin = FactOrigin.METADATA


def is_metadata(url: str) -> bool:
    """Whether an address holds facts of many documents instead of one document."""
    return _METADATA.search(url) is not None or _LIBRARY.search(url) is not None


def read_metadata_body(body: bytes, url: str) -> FactReading:
    """The facts in a body of which `is_metadata` holds. Raises Unreadable."""
    from scraper.pages.unxml.metadata import parse_metadata
    from scraper.situations.placing import place_by_facts

    if _LIBRARY.search(url):
        from scraper.facts.of_library import read_library_body

        return read_library_body(body, url)
    metadata = parse_metadata(body, url)
    by_symbol = {data.symbol: facts_of_metadata(data) for data in metadata.resolutions}
    return FactReading(
        facts=tuple(fact for facts in by_symbol.values() for fact in facts),
        placements=tuple(place_by_facts(symbol, facts) for symbol, facts in by_symbol.items()),
        warnings=metadata.warnings,
    )


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


def facts_of_document(document: ParsedDocument) -> list[Fact]:
    """What a text tells of itself; nothing when it bears no symbol."""
    from scraper.pages.unxml.votes import read_vote

    asides = {aside.kind: aside.text for aside in document.asides if aside.kind in ("draft", "vote")}
    vote = read_vote(asides.get("vote", "")).vote
    draft = _DRAFT.match(asides.get("draft", ""))
    expiries = expiries_of_text(document)
    told: dict[FactField, Any] = {
        FactField.ADOPTED_ON: document.adopted_on and document.adopted_on.isoformat(),
        FactField.MEETING: document.meeting,
        FactField.VOTE: vote and vote_value(vote),
        FactField.AGENDA_ITEM: document.subject,
        FactField.EXPIRES_ON: expiries or None,
        FactField.DRAFT_SYMBOL: draft and draft[0],
    }
    where = ", ".join(dict.fromkeys(one["address"] for one in expiries))
    reckoned = "; a period reckoned from the adoption" if any(one["computed"] for one in expiries) else ""
    notes: dict[str, str] = {FactField.EXPIRES_ON: f"operative text, {where}{reckoned}"}
    return list(facts_told(document.symbol, told, notes)) if document.symbol else []


def expiries_of_text(document: ParsedDocument) -> list[dict[str, Any]]:
    """The days on which mandates and measures expire by the operative text of an English resolution.

    A period is reckoned from the day that the paragraph names, else from the adoption: what came before it is not
    known here.
    """
    if document.kind is not DocumentKind.RESOLUTION or document.language != "en":
        return []
    from scraper.mandates.terms import read_terms
    from scraper.situations.placing import place_by_text

    def own_bodies() -> tuple[str, ...]:
        placed = place_by_text(document)
        return placed.bodies if placed else ()

    return [
        {
            "on": on.isoformat(),
            "words": term.span.words,
            "of": term.what,
            "computed": term.span.is_computed,
            "address": term.address,
        }
        for term in read_terms(document.paragraphs, own_bodies)
        if term.span and (on := term.expires_on(document.adopted_on)) is not None
    ]


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


def vote_value(vote: "Vote") -> dict[str, Any]:
    """A vote as the value of a fact."""
    counts = {"for": vote.in_favour, "against": vote.against, "abstaining": vote.abstaining}
    known = {way: count for way, count in counts.items() if count is not None}
    return {"manner": vote.manner, **known, **({"absent": vote.absent} if vote.absent else {})}


def _expiries(data: "ResolutionData") -> tuple[list[dict[str, Any]], bool]:
    from scraper.pages.unxml.mandate_titles import read_expiries

    found = read_expiries(data.title or "", data.adopted_on)
    values: list[dict[str, Any]] = [
        {"on": one.on.isoformat(), "words": one.words, "of": one.of, "computed": one.is_computed} for one in found
    ]
    return values, any(one.is_computed for one in found)


def facts_told(symbol: str, told: dict[FactField, Any], notes: dict[str, str] | None = None) -> Iterator[Fact]:
    """One fact for each field that is told; `notes` by field."""
    for field, value in told.items():
        if value is not None:
            yield Fact(symbol, field, value, (notes or {}).get(field))
