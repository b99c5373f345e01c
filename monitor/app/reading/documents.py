"""A document as held, and what is known of it besides its text; or what is told of one whose text is not held."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.app.held.held_names import find_address, held_symbol, split_citation
from monitor.app.questions import NothingFound
from monitor.app.reading.related_documents import Related, related_documents
from scraper.council.address import is_below
from scraper.council.symbol import is_same
from scraper.council.typed.citation import read_citation
from storage.corrections import Placed
from storage.models import HeldDocument, Paragraph, ParseWarning
from storage.sqlite.database import one_view
from storage.texts.documents import held_symbols, is_spoken_of, load_document
from storage.texts.human_labels import placed_labels
from storage.texts.languages import LANGUAGES_DISAGREE, addresses_by_language, held_languages, language_warnings
from storage.told.facts import facts_of, told_symbols
from storage.told.situations import PlacedDocument as Place
from storage.told.situations import placements
from storage.told_values import KnownFact


@dataclass(frozen=True, slots=True)
class Shown:
    """A held document, the languages it is held in, and what people said of its labels.

    The document's warnings tell also where its languages disagree.
    """

    held: HeldDocument
    languages: list[str]
    placed: Sequence[Placed]

    @property
    def symbol(self) -> str:
        """The document's symbol; what is held has one."""
        return self.held.document.symbol or ""

    @property
    def paragraph_warnings(self) -> list[ParseWarning]:
        """What a reader of one paragraph must know: in another language its address may name another."""
        return [warning for warning in self.held.document.warnings if warning.code == LANGUAGES_DISAGREE]


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a document besides its text: what sources tell, where it belongs, and its corrigenda."""

    facts: Sequence[KnownFact]
    place: Place
    related: Sequence[Related]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a held document, and all that stands below it in printed order: its sub-paragraphs, and theirs."""

    paragraph: Paragraph
    below: Sequence[Paragraph]

    @property
    def is_themed(self) -> bool:
        """Whether the paragraph or anything below it is about women, peace and security."""
        return any(one.labels for one in (self.paragraph, *self.below))


@dataclass(frozen=True, slots=True)
class ToldOf:
    """What sources tell of a document whose text is not held."""

    symbol: str
    facts: Sequence[KnownFact]
    place: Place


def show_document(db: sqlite3.Connection, typed: str, language: str | None) -> tuple[Shown, About]:
    """The document that a person means, in a language, or in English where it is held in it, else in what there is.

    Raises:
        WrongQuestion: what was typed is no symbol.
        NothingFound: no such document is held, or not in that language.
    """
    with one_view(db):
        symbol = held_symbol(db, typed)
        shown = _shown(db, symbol, language)
        return shown, _about(db, symbol)


def show_paragraph(
    db: sqlite3.Connection, typed: str, typed_address: str, language: str | None
) -> tuple[Shown, Passage]:
    """The paragraph of a held document that a person means; raises as `show_document` and `find_address` do."""
    with one_view(db):
        shown = _shown(db, held_symbol(db, typed), language)
    paragraphs = {paragraph.address: paragraph for paragraph in shown.held.document.paragraphs}
    meant = find_address(typed_address, paragraphs, is_resolution=shown.held.document.kind == "resolution")
    below = [one for address, one in paragraphs.items() if is_below(address, meant)]
    return shown, Passage(paragraphs[meant], below)


def cited_place(db: sqlite3.Connection, typed: str) -> tuple[str, str | None]:
    """The document and, where one is cited with it (`1325 para 8`), the place in it."""
    return split_citation(typed, held_symbols(db))


def told_of(db: sqlite3.Connection, typed: str) -> ToldOf | None:
    """What sources tell of a document whose text is not held; None where nobody tells of it, or it is held."""
    cited = read_citation(typed)
    meant = cited.symbol if cited else None
    with one_view(db):
        known = next((symbol for symbol in told_symbols(db) if meant and is_same(symbol, meant)), None)
        is_unheld = known is not None and known not in held_symbols(db)
        return ToldOf(known, facts_of(db, known), _place(db, known)) if known and is_unheld else None


def _shown(db: sqlite3.Connection, symbol: str, language: str | None) -> Shown:
    languages = held_languages(db, symbol)
    held = load_document(db, symbol, language or languages[0])
    if held is None:
        raise NothingFound(f"{symbol} is not held in {language!r}, but in {', '.join(languages)}")
    warnings = language_warnings(addresses_by_language(db, symbol), held.document.language)
    placed = placed_labels(db, held.document) if is_spoken_of(db, symbol, held.document.language) else ()
    told = replace(held.document, warnings=(*held.document.warnings, *warnings))
    return Shown(replace(held, document=told), languages, placed)


def _about(db: sqlite3.Connection, symbol: str) -> About:
    return About(facts_of(db, symbol), _place(db, symbol), related_documents(symbol, held_symbols(db)))


def _place(db: sqlite3.Connection, symbol: str) -> Place:
    return placements(db, [symbol]).get(symbol, Place())
