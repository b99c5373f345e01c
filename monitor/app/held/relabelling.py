"""Labels stored texts again: one document with what a person says of a paragraph, or all with today's vocabulary."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monitor.app.installation import Installation

if TYPE_CHECKING:
    import sqlite3

    from scraper.ingest.relabelling import LabelChange
    from scraper.ingest.relabelling import Relabelled as Relabelled
    from storage.corrections import HumanLabel
    from storage.models import Paragraph
    from storage.texts.labels import LabelState


BATCH = 64  # versions labelled in one transaction: others may write in between


@dataclass(slots=True)
class Difference:
    """What a relabelling changes: in the versions that are shown, paragraph by paragraph; in the others, a count.

    `vocabulary` is today's.
    """

    vocabulary: str
    versions: int = 0
    relabelled: int = 0
    in_other_versions: int = 0
    changes: list["LabelChange"] = field(default_factory=list)

    def by_theme(self) -> dict[str, tuple[int, int]]:
        """How many paragraphs each theme came to and left, in the order of the themes."""
        from storage.models import THEMES

        added = Counter(theme for change in self.changes for theme in change.added)
        removed = Counter(theme for change in self.changes for theme in change.removed)
        return {theme: (added[theme], removed[theme]) for theme in THEMES if added[theme] or removed[theme]}


def open_for(installation: Installation, *, is_dry: bool) -> "sqlite3.Connection":
    """The database, for reading or for writing; one that does not exist is never made."""
    from storage.sqlite.database import open_database

    if is_dry or not installation.database.exists():
        return installation.open_readonly()
    return open_database(installation.database)


def paragraph_meant(db: "sqlite3.Connection", symbol: str, address: str, language: str) -> "tuple[str, Paragraph]":
    """The paragraph that a person means, and the symbol of its document.

    Raises:
        QuestionError: there is no such document or paragraph, or it is not held in this language.
    """
    from monitor.app.held.held_names import find_address, held_symbol
    from monitor.app.questions import NothingFound
    from storage.texts.documents import load_document

    known = held_symbol(db, symbol)
    held = load_document(db, known, language)
    if held is None:
        raise NothingFound(f"{known} is not held in {language!r}; leave --language out for English")
    paragraphs = {paragraph.address: paragraph for paragraph in held.document.paragraphs}
    return known, paragraphs[find_address(address, paragraphs, is_resolution=held.document.kind == "resolution")]


def correct_labels(
    db: "sqlite3.Connection", symbol: str, language: str, labels: Sequence["HumanLabel"], *, is_dry: bool
) -> "tuple[list[Relabelled], int]":
    """Keep what a person says of a document's labels, and label its versions anew; a dry run writes nothing.

    Also says how many of the words were new: what was said before is not kept twice.
    """
    from scraper.ingest.relabelling import relabel_version, store
    from storage.sqlite.database import transaction
    from storage.texts.human_labels import save_human_label
    from storage.texts.labels import label_states

    versions = [state.version for state in label_states(db, symbol, language)]
    if is_dry:
        return [relabel_version(db, version, labels) for version in versions], len(labels)
    with transaction(db):
        kept = sum(save_human_label(db, label) for label in labels)
        done = [relabel_version(db, version) for version in versions]
        store(db, done)
    return done, kept


def stale_versions(db: "sqlite3.Connection", *, is_forced: bool) -> "list[LabelState]":
    """The versions that another vocabulary than today's labelled; all when it is forced."""
    from scraper.ingest.relabelling import stale_versions as stale

    return stale(db, is_forced=is_forced)


def relabel_all(
    db: "sqlite3.Connection", states: Sequence["LabelState"], on_step: Callable[[], None], *, is_dry: bool
) -> Difference:
    """Label versions again in short transactions; `on_step` is called after each. A dry run writes nothing."""
    from scraper.ingest.relabelling import relabel_version, store
    from scraper.themes.labeller import VOCABULARY_VERSION
    from storage.sqlite.database import transaction

    difference = Difference(VOCABULARY_VERSION, versions=len(states))
    for batch in _batches(states):
        with nullcontext() if is_dry else transaction(db):
            for state in batch:
                one = relabel_version(db, state.version)
                if not (one.is_same or is_dry):
                    store(db, [one])
                difference.relabelled += not one.is_same
                if one.is_current:
                    difference.changes += one.changes
                else:
                    difference.in_other_versions += len(one.changes)
                on_step()
    return difference


def _batches(states: Sequence["LabelState"]) -> Iterator[Sequence["LabelState"]]:
    for start in range(0, len(states), BATCH):
        yield states[start : start + BATCH]
