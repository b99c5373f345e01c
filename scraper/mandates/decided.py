"""What a resolution's text says of mandates, read once and kept: what it decides, and what it cites there (pure).

A reading holds as long as the rules and the bodies that the text was placed with are the same; `rules_mark` tells rules
apart.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from scraper.mandates.term import Act, MandateTerm, Span
from storage.models import Citation, DocumentKind, Paragraph, ParsedDocument, Part

#: So many paragraphs at the head of a resolution say what it follows: "Recalling its resolutions 1996 (2011), ..."
RECALLS: Final = 3
#: The rooms and files whose rules and vocabularies a reading rests on.
RULES: Final = (("scraper.mandates", ""), ("scraper.situations", ""), ("scraper.council", "dates.py"))


NOTHING: Final = "[[],[],[]]"
"""The reading of a text that decides nothing."""


@dataclass(frozen=True, slots=True)
class CitedThere:
    """A resolution that a paragraph cites, and in which words."""

    address: str
    symbol: str
    words: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What a text decides of mandates, what it cites in the paragraphs that decide, and what it recalls at its head."""

    terms: tuple[MandateTerm, ...] = ()
    cited: tuple[CitedThere, ...] = ()
    recalled: tuple[CitedThere, ...] = ()


def read_decided(paragraphs: Iterable[Paragraph], own_bodies: Callable[[], Sequence[str]]) -> Decided:
    """Read a text; `own_bodies` gives the bodies that it names, most named first."""
    from scraper.mandates.terms import read_terms  # its patterns take a while to compile, and what was kept needs none

    told = list(paragraphs)
    terms = tuple(read_terms(told, own_bodies))
    deciding = {term.address for term in terms}
    head = [one for one in told if one.part is Part.PREAMBLE][:RECALLS]
    return Decided(terms, _cited(one for one in told if one.address in deciding), _cited(head))


def decided_in(document: ParsedDocument, bodies: Sequence[str]) -> Decided | None:
    """What an English resolution decides; None for other texts, which decide no mandates."""
    if document.symbol is None or document.kind is not DocumentKind.RESOLUTION or document.language != "en":
        return None
    return read_decided(document.paragraphs, lambda: bodies)


def reading_of(document: ParsedDocument, bodies: Sequence[str]) -> str | None:
    """The same as JSON text."""
    decided = decided_in(document, bodies)
    return None if decided is None else decided_text(decided)


def decided_text(decided: Decided) -> str:
    """A reading as JSON text; `decided_from` gives it back."""
    record = [
        [_term_record(term) for term in decided.terms],
        *([[one.address, one.symbol, one.words] for one in cited] for cited in (decided.cited, decided.recalled)),
    ]
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def decided_from(text: str) -> Decided:
    """The reading that was written as JSON text."""
    terms, cited, recalled = json.loads(text)
    return Decided(
        tuple(_term_from(*one) for one in terms),
        tuple(CitedThere(*one) for one in cited),
        tuple(CitedThere(*one) for one in recalled),
    )


@cache
def rules_mark() -> str:
    """A short text that is another one where any rule or vocabulary is another by which texts are read."""
    from zlib import crc32

    mark = 0
    for package, name in RULES:
        for one in sorted(files(package).iterdir(), key=lambda each: each.name):
            if one.name.endswith((".py", ".toml")) and name in one.name:
                mark = crc32(one.read_bytes(), crc32(one.name.encode(), mark))
    return f"{mark:08x}"


def _cited(paragraphs: Iterable[Paragraph]) -> tuple[CitedThere, ...]:
    return tuple(_cited_one(one.address, each) for one in paragraphs for each in one.citations)


def _cited_one(address: str, citation: Citation) -> CitedThere:
    return CitedThere(address, citation.symbol, citation.text)


def _term_record(term: MandateTerm) -> list[Any]:
    span = term.span
    goes_on = term.goes_on_until.isoformat() if term.goes_on_until else None
    told = [term.address, term.act.value, term.body, term.what, term.quote, term.is_final, goes_on]
    if span is None:
        return told
    days = [one.isoformat() if one else None for one in (span.day, span.begins_on)]
    return [*told, [span.words, *days, span.months, span.days, span.is_further, span.is_whole]]


def _term_from(
    address: str,
    act: str,
    body: str | None,
    what: str,
    quote: str,
    is_final: bool,
    goes_on: str | None,
    span: list[Any] | None = None,
) -> MandateTerm:
    return MandateTerm(
        address, Act(act), body, what, quote, is_final, _span_from(*span) if span else None, _day(goes_on)
    )


def _span_from(
    words: str, day: str | None, begins_on: str | None, months: int, days: int, is_further: bool, is_whole: bool
) -> Span:
    return Span(words, _day(day), months, days, _day(begins_on), is_further, is_whole)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
