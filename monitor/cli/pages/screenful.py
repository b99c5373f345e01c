"""How much of a long list a terminal is shown, and the word about the rest."""

from typing import TYPE_CHECKING

from monitor.cli.session import Session

if TYPE_CHECKING:
    pass

SCREENFUL = 20


def screenful(session: Session, found: int, noun: str, *, is_limited: bool) -> int:
    """How many of the entries found a person is shown; tells them when that is not all."""
    from monitor.cli.pages.render import is_terminal

    if is_limited or found <= SCREENFUL or not is_terminal():
        return found
    session.note(f"The newest {SCREENFUL} of {found} {noun}; --limit {found} shows all.")
    return SCREENFUL
