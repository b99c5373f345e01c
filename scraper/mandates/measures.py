"""Reads what a resolution did with sanctions or other measures: renewed them, with their panel or without (pure)."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from scraper.mandates.acts_in_titles import Told, title_words
from scraper.mandates.links import (
    RENEWED_MEASURES,
    Link,
    MandateText,
    link_by_text,
    link_by_title,
    link_of,
    number_of,
    plain_link,
)
from scraper.mandates.term import Act, MandateTerm
from scraper.situations.mandates import Mandate, load_mandates

#: "paragraphs 4 and 5 of resolution 2488 (2019)", "resolutions 1493 and 1533"
NUMBERS = re.compile(r"\b(?P<number>\d{3,4})(?= \(\d{4}\))|\bresolutions? (?P<bare>\d{3,4})\b")
#: "on extension of the authorizations on the inspection of vessels on the high seas off the coast of Libya"
RENEWED = re.compile(r"\b(?:renew\w*|exten[sdt]\w*|prolong\w*)\b", re.IGNORECASE)
#: "on lifting of sanctions measures against Côte d'Ivoire"
LIFTED = re.compile(r"\blifting of (?:the )?(?:sanctions|measures)\b", re.IGNORECASE)
#: What a title tells a day of: of measures, not of their panel.
ON_MEASURES = re.compile(r"\b(?:measures|sanctions|embargo|authori[sz]ations?|inspection)\b", re.IGNORECASE)


def measures_link(mandate: Mandate, source: MandateText, numbers: Collection[int]) -> Link | None:
    """What a resolution did with measures, None when it did nothing with them.

    `numbers` are the resolutions that imposed or renewed them before. Their own expiry stands before that of the panel.
    """
    of_panel = [term for term in source.terms if term.body in mandate.bodies]
    of_measures = [term for term in source.terms if _belongs(term, mandate, source, numbers, with_panel=bool(of_panel))]
    mine = sorted(of_measures, key=_weight) + sorted(of_panel, key=_weight)
    dated = [term for term in mine if term.span] or mine
    if dated:
        is_first = bool(mandate.words) and number_of(source.symbol) in mandate.resolutions
        term = replace(dated[0], act=Act.ESTABLISHED) if is_first else _as_link(dated[0], source, mandate)
        return link_by_text(source, term, _told(source.told) if term.body is None else None)
    if not source.is_held and (link := _by_title(mandate, source)) is not None:
        return link
    if not source.is_held and not _is_on(mandate, source, title_words(source.title or "")):
        return None
    by_body = (link_of(body, source) for body in mandate.bodies)
    of_panel_alone = next((link for link in by_body if link is not None and link.act is not Act.CHANGED), None)
    return of_panel_alone or _changed_by_title(mandate, source)


def _as_link(term: MandateTerm, source: MandateText, mandate: Mandate) -> MandateTerm:
    """A term as what it does with all the measures: to end some, or to impose more, is no more than a change."""
    is_more = term.act is Act.ESTABLISHED and number_of(source.symbol) not in mandate.resolutions
    is_part = term.body is None and (term.act is Act.ENDED or is_more)
    return replace(term, act=Act.CHANGED) if is_part else term


def _belongs(
    term: MandateTerm, mandate: Mandate, source: MandateText, numbers: Collection[int], *, with_panel: bool
) -> bool:
    """Whether a term on measures is on these: it cites them, or cites none and their committee or panel is named."""
    if term.body is not None:
        return False
    cited = {int(found["number"] or found["bare"]) for found in NUMBERS.finditer(f"{term.what} {term.quote}")}
    if cited.intersection(numbers):
        return True
    if number_of(source.symbol) in mandate.resolutions:
        return True
    is_named = any(body in source.bodies for body in mandate.bodies)
    is_granted = term.what.startswith("authori")  # to forces, unless it is cited
    return with_panel or (not cited and is_named and not is_granted)


def _by_title(mandate: Mandate, source: MandateText) -> Link | None:
    """What the title says of the measures, None when nothing: renewed, or first imposed."""
    words = title_words(source.title or "")
    is_named = mandate.words in words.lower() if mandate.words else _is_on(mandate, source, words)
    plain = plain_link(source)
    if not is_named or plain is None:
        return None
    if number_of(source.symbol) in mandate.resolutions:
        return link_by_title(plain, Act.ESTABLISHED, False, _told(source.told))
    if not mandate.words:
        is_renewed = RENEWED_MEASURES.search(words)
        return link_by_title(plain, Act.EXTENDED, False, _told(source.told)) if is_renewed else None
    return link_by_title(plain, Act.EXTENDED, False, _told(source.told)) if RENEWED.search(words) else plain


def _changed_by_title(mandate: Mandate, source: MandateText) -> Link | None:
    """What a title says that was done with sanctions besides renewing them: set up, adjusted, lifted."""
    words, plain = title_words(source.title or ""), plain_link(source)
    is_filed = any(body in source.filed_under for body in mandate.bodies)
    if plain is None or not is_filed or not ON_MEASURES.search(words) or not _names(words, mandate.situation):
        return None
    if number_of(source.symbol) in mandate.resolutions:
        return replace(plain, act=Act.ESTABLISHED)
    return replace(plain, act=Act.ENDED if LIFTED.search(words) else Act.CHANGED)


def _is_on(mandate: Mandate, source: MandateText, words: str) -> bool:
    """Whether a title on measures is on these: it names their situation, or it is filed under them and names none."""
    is_filed = any(body in source.filed_under for body in mandate.bodies)
    return _names(words, mandate.situation) or (is_filed and not any(_names(words, one) for one in _places()))


def _names(words: str, place: str | None) -> bool:
    """Whether a title names a situation; "South Sudan" does not name Sudan."""
    return place is not None and re.search(rf"(?<!South ){re.escape(place)}", words) is not None


def _places() -> set[str | None]:
    """The situations in which there are measures."""
    return {one.situation for one in load_mandates() if one.kind == "measures"}


def _told(told: Sequence[Told]) -> Told | None:
    """The day that a title tells of measures."""
    return next((one for one in told if ON_MEASURES.search(one.of)), None)


def _weight(term: MandateTerm) -> tuple[bool, bool]:
    return term.span is None, term.act is not Act.EXTENDED
