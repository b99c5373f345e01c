"""Labels stored paragraphs again with today's vocabulary and what people said: no body is read, nothing is news.

The monitor compares words, never labels, so a new label is told to nobody; what changed is returned to the caller.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from scraper.ingest.human_words import correct_by
from scraper.themes.extract import extracts_of
from scraper.themes.labeller import VOCABULARY_VERSION, label_paragraphs
from scraper.themes.labels_from_english import LENDER, is_borrower, lend_labels
from storage.corrections import HumanLabel, place_labels
from storage.models import Extract, Paragraph, ParsedDocument
from storage.texts.documents import load_document
from storage.texts.human_labels import human_labels_of
from storage.texts.labels import LabelState, label_states, replace_labels, with_vocabulary
from storage.texts.version_rows import load_extracts, load_parsed
from storage.texts.versions import load_version


@dataclass(frozen=True, slots=True)
class LabelChange:
    """The themes that a paragraph got and lost. `is_reviewed`: a person had spoken of it."""

    symbol: str
    language: str
    address: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    is_reviewed: bool


@dataclass(frozen=True, slots=True)
class Relabelled:
    """A version as it would be labelled now, and what differs from how it stands.

    `before` is the paragraphs as stored; `is_same` says that nothing would be written, not even a vocabulary's name.
    """

    version: int
    is_current: bool
    before: tuple[Paragraph, ...]
    document: ParsedDocument
    extracts: tuple[Extract, ...]
    changes: tuple[LabelChange, ...]
    is_same: bool


def stale_versions(db: sqlite3.Connection, *, is_forced: bool = False) -> list[LabelState]:
    """The versions labelled by another vocabulary than today's; all when it is forced."""
    return [state for state in label_states(db) if is_forced or state.vocabulary != VOCABULARY_VERSION]


def relabel_version(db: sqlite3.Connection, version: int, said: Sequence[HumanLabel] = ()) -> Relabelled:
    """Label a stored version again and write nothing; `said` is what people said beside what is kept already."""
    held = load_parsed(db, version)
    words = (*human_labels_of(db, held.symbol, held.language), *said)
    document, extracts = machine_labelled(held, _english_of(db, held))
    document, extracts = correct_by(words, document, extracts)
    reviewed = {word.address for word in place_labels(words, held.paragraphs)}
    is_same = document == held and extracts == load_extracts(db, version)
    return Relabelled(
        version=version,
        is_current=load_version(db, version).is_current,
        before=held.paragraphs,
        document=document,
        extracts=extracts,
        changes=tuple(_changes(held, document, reviewed)),
        is_same=is_same,
    )


def machine_labelled(
    held: ParsedDocument, english: Sequence[Paragraph] = ()
) -> tuple[ParsedDocument, tuple[Extract, ...]]:
    """The document as the machine alone labels it today, and its extracts.

    `english` is the labelled English text, for one of a language that borrows its labels.
    """
    bare = tuple(replace(paragraph, labels=()) if paragraph.labels else paragraph for paragraph in held.paragraphs)
    paragraphs = label_paragraphs(bare, symbol=held.symbol, kind=held.kind, language=held.language)
    if is_borrower(held.language):
        paragraphs = lend_labels(paragraphs, english)
    parser_version = with_vocabulary(held.parser_version, VOCABULARY_VERSION)
    document = replace(held, paragraphs=paragraphs, parser_version=parser_version)
    return document, extracts_of(document)


def store(db: sqlite3.Connection, relabelled: Iterable[Relabelled]) -> None:
    """Write the labels, also where only a person's agreement is new.

    The transaction is the caller's: it begins before the versions are labelled, so that no other process comes between.
    """
    for one in relabelled:
        replace_labels(db, one.version, one.document, one.extracts)
        if one.document.language == LENDER and one.is_current and one.document.symbol:
            relabel_translations(db, one.document.symbol)


def relabel_translations(db: sqlite3.Connection, symbol: str) -> None:
    """Lend the labels of an English text again to its held translations: after it came, or its labels changed."""
    for state in label_states(db, symbol):
        if is_borrower(state.language):
            one = relabel_version(db, state.version)
            if not one.is_same:
                replace_labels(db, one.version, one.document, one.extracts)


def _english_of(db: sqlite3.Connection, held: ParsedDocument) -> tuple[Paragraph, ...]:
    """The English text as it would be labelled now, for one that borrows; nothing where it is not held."""
    if not is_borrower(held.language) or held.symbol is None:
        return ()
    english = load_document(db, held.symbol, LENDER)
    return relabel_version(db, english.current.id).document.paragraphs if english else ()


def _changes(before: ParsedDocument, after: ParsedDocument, reviewed: set[str | None]) -> Iterator[LabelChange]:
    for old, new in zip(before.paragraphs, after.paragraphs, strict=True):
        if set(old.themes) != set(new.themes):
            yield LabelChange(
                symbol=after.symbol or "",
                language=after.language,
                address=new.address,
                added=tuple(theme for theme in new.themes if theme not in old.themes),
                removed=tuple(theme for theme in old.themes if theme not in new.themes),
                is_reviewed=new.address in reviewed,
            )
