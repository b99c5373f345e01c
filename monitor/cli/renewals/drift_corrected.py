"""`drift NEW [OLD] --correct OLD_ADDRESS NEW_ADDRESS STATUS`: a person says what became of a paragraph."""

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from monitor.cli.session import Session

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from monitor.app.renewals.corrections import CorrectionWord
    from monitor.cli.renewals.asked import Asked, Wish
    from monitor.renewals.comparison import Comparison, Line

NONE = "-"


def correct_one(session: Session, asked: "Asked", wish: "Wish") -> None:
    """Keep what a person says of two paragraphs, and print the lines they stand in as they were and as they are."""
    from monitor.app.held.relabelling import open_for
    from monitor.app.renewals.corrections import compared_with, correction, keep_correction
    from monitor.cli.renewals.asked import compare

    with closing(open_for(session, is_dry=wish.is_dry)) as db:
        found = compare(db, asked)
        word = _word(db, found, wish)
        said = correction(db, found, word, datetime.now(UTC))
        lines = compared_with(db, found, said).lines
        is_new = wish.is_dry or keep_correction(db, said)
    before = [line for line in found.lines if _is_of(line, word)]
    after = [line for line in lines if _is_of(line, word)]
    if asked.is_json:
        from monitor.cli.pages.render import echo_json
        from monitor.cli.records.drift import line_record

        record = {"new": found.new, "old": found.old, "kept": is_new, "dry_run": wish.is_dry}
        echo_json({**record, "before": [*map(line_record, before)], "after": [*map(line_record, after)]})
    else:
        _print(found, before, after, is_new=is_new, is_dry=wish.is_dry)


def _word(db: "sqlite3.Connection", found: "Comparison", wish: "Wish") -> "CorrectionWord":
    from monitor.app.renewals.corrections import CorrectionWord
    from monitor.cli.arguments import author_name
    from monitor.cli.renewals.asked import STATUSES
    from monitor.renewals.comparison import Direction, Status

    if wish.status not in STATUSES:
        raise click.UsageError(f"expected a status of {', '.join(STATUSES)}, found {wish.status!r}")
    return CorrectionWord(
        _address(db, found, found.old, wish.old_address),
        _address(db, found, found.new, wish.new_address),
        Status(wish.status),
        Direction(wish.direction) if wish.direction else None,
        author_name(wish.author),
        " ".join(wish.note.split()) or None if wish.note else None,
    )


def _address(db: "sqlite3.Connection", found: "Comparison", symbol: str | None, typed: str) -> str | None:
    """The address in one of the texts that is meant; None for a dash."""
    from monitor.app.renewals.corrections import address_meant

    return address_meant(db, symbol, found.language, typed) if symbol and typed != NONE else None


def _is_of(line: "Line", word: "CorrectionWord") -> bool:
    """Whether a line is about one of the paragraphs."""
    old, new = line.key
    return (old is not None and old == word.old_address) or (new is not None and new == word.new_address)


def _print(
    found: "Comparison", before: "Sequence[Line]", after: "Sequence[Line]", *, is_new: bool, is_dry: bool
) -> None:
    from monitor.cli.pages.render import BOLD, Page, plain

    page = Page()
    page.line(page.style(plain(f"{found.new} beside {found.old}"), BOLD))
    for when, lines in (("is" if is_dry else "was", before), ("would be" if is_dry else "is", after)):
        for line in lines:
            direction = f", {line.direction}" if line.direction else ""
            words = f"{line.key[0] or NONE} → {line.key[1] or NONE} {line.status}{direction}"
            page.wrapped(plain(words), f"  {when:<8}  ")
    if not is_new:
        page.line("  The same was said before; nothing is new.")
    page.print()
