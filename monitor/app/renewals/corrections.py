"""What people say of the lines of a renewal: how it is kept, and which lines as they stand now it is about."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.app.held.held_names import find_address
from monitor.app.questions import WrongQuestion
from monitor.renewals.comparison import Comparison, Correction, Direction, Said, Status
from monitor.renewals.lines import Compared, compare_texts
from storage.drift_values import DriftCorrection, stands_at
from storage.models import Paragraph
from storage.sqlite.database import transaction
from storage.texts.documents import load_document
from storage.told.drift_corrections import drift_corrections, save_drift_correction


@dataclass(frozen=True, slots=True)
class CorrectionWord:
    """What a person says of two paragraphs, None for no paragraph; `direction` is None where nothing is said of it."""

    old_address: str | None
    new_address: str | None
    status: Status
    direction: Direction | None
    author: str
    note: str | None


def correction(db: sqlite3.Connection, comparison: Comparison, word: CorrectionWord, now: datetime) -> DriftCorrection:
    """A word as it is kept, with the texts it speaks of.

    Raises:
        WrongQuestion: the status does not go with the sides or the direction, or there is nothing to compare with.
    """
    if comparison.old is None:
        raise WrongQuestion(f"{comparison.new} has nothing to be compared with: {comparison.reason}")
    _check(word)
    old, new = (_paragraphs(db, symbol, comparison.language) for symbol in (comparison.old, comparison.new))
    return DriftCorrection(
        new=comparison.new,
        old=comparison.old,
        language=comparison.language,
        old_address=word.old_address,
        old_text=_text_at(old, word.old_address),
        new_address=word.new_address,
        new_text=_text_at(new, word.new_address),
        status=word.status.value,
        direction=word.direction.value if word.direction else None,
        author=word.author,
        note=word.note,
        made_at=now,
    )


def keep_correction(db: sqlite3.Connection, said: DriftCorrection) -> bool:
    """Keep what a person said; False when the same was said before."""
    with transaction(db):
        return save_drift_correction(db, said)


def address_meant(db: sqlite3.Connection, symbol: str, language: str, typed: str) -> str | None:
    """The address in a text that is meant; None where the text is not held."""
    held = load_document(db, symbol, language)
    if held is None:
        return None
    addresses = [paragraph.address for paragraph in held.document.paragraphs]
    return find_address(typed, addresses, is_resolution=held.document.kind == "resolution")


def compared_with(db: sqlite3.Connection, comparison: Comparison, said: DriftCorrection) -> Compared:
    """The two texts with what was said of them before, and with one word more."""
    old, new = (_paragraphs(db, symbol, comparison.language) for symbol in (said.old, said.new))
    words = [*corrections_of(db, comparison, old, new), *placed([said], old, new)]
    return compare_texts(old, new, said.old, comparison.language, words)


def corrections_of(
    db: sqlite3.Connection, comparison: Comparison, old: Sequence[Paragraph], new: Sequence[Paragraph]
) -> list[Correction]:
    """All that was said of two texts and still has its paragraphs, oldest first."""
    said = drift_corrections(db, comparison.new, comparison.old or "", comparison.language)
    return placed(said, old, new)


def _check(word: CorrectionWord) -> None:
    is_one_sided = (word.status is Status.DROPPED, word.status is Status.NEW)
    if is_one_sided != (word.new_address is None, word.old_address is None):
        raise WrongQuestion(
            f"{word.status} does not go with {word.old_address or '-'} and {word.new_address or '-'}: a dropped "
            "paragraph has - for its new address, a new one - for its old address, and no other status has a -"
        )
    if word.direction is not None and not word.status.lives_on:
        raise WrongQuestion(f"a paragraph that is {word.status} has no direction; leave --direction out")


def placed(said: Sequence[DriftCorrection], old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[Correction]:
    """Words on the paragraphs as they stand now; one whose paragraph stands nowhere any more holds no longer."""
    found = []
    for one in said:
        before = stands_at(one.old_address, one.old_text, old)
        after = stands_at(one.new_address, one.new_text, new)
        if (before is None) is (one.old_address is None) and (after is None) is (one.new_address is None):
            direction = Direction(one.direction) if one.direction else None
            found.append(Correction(before, after, Status(one.status), direction, Said(one.author, one.note)))
    return found


def _paragraphs(db: sqlite3.Connection, symbol: str, language: str) -> Sequence[Paragraph]:
    found = load_document(db, symbol, language)
    if found is None:
        raise WrongQuestion(f"{symbol} is not held in {language!r}")
    return found.document.paragraphs


def _text_at(paragraphs: Sequence[Paragraph], address: str | None) -> str | None:
    return next((one.text for one in paragraphs if one.address == address), None)
