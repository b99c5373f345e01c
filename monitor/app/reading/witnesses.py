"""Each source's text of a document beside the one that is shown, and what others published of it."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.app.held.held_names import held_symbol
from monitor.app.held.published import PUBLISHERS, compare_symbol
from monitor.app.questions import NothingFound
from monitor.changes.agreement import Agreement, agreement
from storage.models import HeldDocument, Version
from storage.sqlite.database import one_view
from storage.texts.documents import load_document, load_parsed
from storage.texts.languages import held_languages

if TYPE_CHECKING:
    from monitor.app.held.published import ExtractMatch


@dataclass(frozen=True, slots=True)
class WitnessText:
    """One witness's newest version; `agreement` is None for the one that is shown."""

    version: Version
    paragraphs: int
    agreement: Agreement | None


@dataclass(frozen=True, slots=True)
class Witnesses:
    """The text that is shown, each witness of it, and the extracts that publishers have of it, in English only."""

    held: HeldDocument
    texts: Sequence[WitnessText]
    published: "Mapping[str, Sequence[ExtractMatch]]"


def witnesses_of(db: sqlite3.Connection, typed: str, language: str | None) -> Witnesses:
    """Compare what each source gave of the document that a person means.

    Raises:
        WrongQuestion: what was typed is no symbol.
        NothingFound: no such document is held, or not in that language.
    """
    with one_view(db):
        symbol = held_symbol(db, typed)
        languages = held_languages(db, symbol)
        held = load_document(db, symbol, language or languages[0])
        if held is None:
            raise NothingFound(f"{symbol} is not held in {language!r}, but in {', '.join(languages)}")
        texts = [_text(db, held, version) for version in _newest_of_each(held.versions)]
        is_english = held.document.language == "en"
        published = {name: compare_symbol(db, name, symbol) if is_english else [] for name in PUBLISHERS}
    return Witnesses(held, texts, published)


def _newest_of_each(versions: Sequence[Version]) -> list[Version]:
    """The newest version of each source and format, the one that is shown first."""
    newest: dict[tuple[str, str], Version] = {}
    for version in versions:  # newest first
        newest.setdefault((version.source, version.reader), version)
    return sorted(newest.values(), key=lambda version: not version.is_current)


def _text(db: sqlite3.Connection, held: HeldDocument, version: Version) -> WitnessText:
    if version.is_current:
        return WitnessText(version, len(held.document.paragraphs), None)
    paragraphs = load_parsed(db, version.id).paragraphs
    return WitnessText(version, len(paragraphs), agreement(held.document.paragraphs, paragraphs))
