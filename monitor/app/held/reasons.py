"""Why a paragraph has its themes: its labels, the rules that gave them, and what people said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    from scraper.themes.nearest import Nearest as Nearest
    from storage.corrections import Placed
    from storage.models import Evidence, HeldDocument, Label, Paragraph


@dataclass(frozen=True, slots=True)
class Reasons:
    """All that there is to say of one paragraph's labels.

    `overruled` are the machine's labels that a person removed; `nearest` is None where the paragraph has a theme or is
    not in English. `english` is the paragraph that lends its labels, None in English and French and where none is held.
    `vocabulary` is the one that labelled it, `is_stale` whether today's is another.
    """

    held: "HeldDocument"
    paragraph: "Paragraph"
    said: tuple["Placed", ...]
    overruled: tuple["Label", ...]
    nearest: "Nearest | None"
    english: "Paragraph | None"
    vocabulary: str
    is_stale: bool


def reasons_asked(db: "sqlite3.Connection", symbol: str, address: str, language: str) -> Reasons:
    """The reasons of the labels of the paragraph that a person means.

    Raises:
        QuestionError: there is no such document or paragraph, or it is not held in this language.
    """
    from monitor.app.held.held_names import find_address, held_symbol
    from monitor.app.questions import NothingFound
    from storage.texts.documents import load_document
    from storage.texts.human_labels import placed_labels

    known = held_symbol(db, symbol)
    held = load_document(db, known, language)
    if held is None:
        raise NothingFound(f"{known} is not held in {language!r}; leave --language out for English")
    english = load_document(db, known, "en") if has_lent_labels(language) else None
    addresses = [paragraph.address for paragraph in held.document.paragraphs]
    meant = find_address(address, addresses, is_resolution=held.document.kind == "resolution")
    said = tuple(one for one in placed_labels(db, held.document) if one.address == meant)
    return reasons_of(held, meant, said, english.document.paragraphs if english else ())


def reasons_of(
    held: "HeldDocument", address: str, said: tuple["Placed", ...], english: Sequence["Paragraph"]
) -> Reasons:
    """The reasons of one paragraph's labels; `english` are the paragraphs that lend labels, none where none do."""
    from scraper.themes.labeller import VOCABULARY_VERSION
    from storage.texts.labels import vocabulary_of

    document = held.document
    paragraph = next(one for one in document.paragraphs if one.address == address)
    nearest = None
    if not paragraph.labels and document.language == "en":
        from scraper.themes.nearest import nearest as find_nearest

        nearest = find_nearest(paragraph.text, paragraph.chapeau, paragraph.heading)
    vocabulary = vocabulary_of(document.parser_version)
    return Reasons(
        held=held,
        paragraph=paragraph,
        said=said,
        overruled=_overruled(held, paragraph, said, english),
        nearest=nearest,
        english=next((one for one in english if one.address == address), None),
        vocabulary=vocabulary,
        is_stale=vocabulary != VOCABULARY_VERSION,
    )


def _overruled(
    held: "HeldDocument", paragraph: "Paragraph", said: Sequence["Placed"], english: Sequence["Paragraph"]
) -> tuple["Label", ...]:
    """What the machine would say today of the themes that a person removed."""
    if not said:
        return ()
    from scraper.ingest.relabelling import machine_labelled

    machine, _ = machine_labelled(held.document, english)
    own = next(one for one in machine.paragraphs if one.address == paragraph.address)
    spoken = {one.label.theme for one in said}
    return tuple(label for label in own.labels if label.theme in spoken and label.theme not in paragraph.themes)


def by_rule(labels: Iterable["Label"]) -> dict[str, tuple[list[str], list["Evidence"]]]:
    """The themes and the phrases of each rule of the vocabulary, in the order of the labels."""
    rules: dict[str, tuple[list[str], list[Evidence]]] = {}
    for label in labels:
        for evidence in label.evidence:
            if evidence.said is not None:
                continue
            themes, phrases = rules.setdefault(evidence.rule, ([], []))
            if label.theme not in themes:
                themes.append(label.theme)
            if evidence not in phrases:
                phrases.append(evidence)
    return rules


def own_labels(labels: Iterable["Label"]) -> list["Label"]:
    """The labels whose evidence stands in the paragraph itself."""
    return [label for label in labels if not any(evidence.is_lent for evidence in label.evidence)]


def has_lent_labels(language: str) -> bool:
    """Whether texts of a language have the labels of the English text at the same address."""
    from scraper.themes.labels_from_english import is_borrower

    return is_borrower(language)
