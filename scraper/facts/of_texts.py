"""The facts that a document's own text states. Pure."""

import re
from typing import TYPE_CHECKING, Any

from scraper.facts.told import facts_told, vote_value
from storage.models import DocumentKind, Fact, FactField, ParsedDocument

if TYPE_CHECKING:
    from scraper.mandates.decided import Decided

#: "S/2025/278, submitted by the United States of America"
_DRAFT = re.compile(r"S/\d{4}/\d{1,4}(?:/Rev\.\d{1,2})?")


def facts_of_document(document: ParsedDocument, decided: "Decided | None" = None) -> list[Fact]:
    """What a text tells of itself; nothing when it bears no symbol.

    `decided` is what it decides of mandates, where that is read already.
    """
    from scraper.pages.unxml.votes import read_vote

    asides = {aside.kind: aside.text for aside in document.asides if aside.kind in ("draft", "vote")}
    vote = read_vote(asides.get("vote", "")).vote
    draft = _DRAFT.match(asides.get("draft", ""))
    expiries = expiries_of_text(document, decided)
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


def expiries_of_text(document: ParsedDocument, decided: "Decided | None" = None) -> list[dict[str, Any]]:
    """The days on which mandates and measures expire by the operative text of an English resolution.

    A period is reckoned from the day that the paragraph names, else from the adoption: what came before it is not
    known here.
    """
    if document.kind is not DocumentKind.RESOLUTION or document.language != "en":
        return []
    from scraper.mandates.terms import read_terms
    from scraper.situations.placing import place_by_text

    def own_bodies() -> tuple[str, ...]:
        place = place_by_text(document)
        return place.bodies if place else ()

    terms = read_terms(document.paragraphs, own_bodies) if decided is None else decided.terms

    return [
        {
            "on": on.isoformat(),
            "words": term.span.words,
            "of": term.what,
            "computed": term.span.is_computed,
            "address": term.address,
        }
        for term in terms
        if term.span and (on := term.expires_on(document.adopted_on)) is not None
    ]
