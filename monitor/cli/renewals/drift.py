"""The command `drift`: a renewal beside the last full text before it, paragraph by paragraph."""

from contextlib import closing
from typing import TYPE_CHECKING

import click

from monitor.cli.renewals.asked import Asked, Wish, compare
from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    from monitor.renewals.comparison import Comparison

DIRECTIONS = ("stronger", "neutral", "weaker")


@click.command(
    epilog="\b\nExamples:\n  wpswatch drift 2779\n  wpswatch drift 2779 2729 --words\n"
    "  wpswatch drift 2779 --biography 'OP 17'\n"
    "  wpswatch drift 2666 2612 --correct 'OP 9' 'OP 7' merged --note 'law on reparations'\n\n"
    "Exit codes: 0 shown, 1 not held, or nothing to compare with, 2 wrong usage or several mandates, 3 shown, but the "
    "two have hardly a paragraph in common."
)
@click.argument("new")
@click.argument("old", required=False)
@click.option("--body", metavar="B", help="Whose mandate, where the renewal gives several: MINUJUSTH.")
@click.option("--words", "has_words", is_flag=True, help="Show the old and the new words whole.")
@click.option("--all", "has_all", is_flag=True, help="Show the kept paragraphs too.")
@click.option("--lang", "language", default="en", metavar="CODE", help="The language of both texts; en unless given.")
@click.option("--biography", metavar="ADDRESS", help="One paragraph through all renewals of its mandate.")
@click.option("--correct", nargs=3, metavar="OLD NEW STATUS", help="Say what became of a paragraph; - for none.")
@click.option("--direction", type=click.Choice(DIRECTIONS), help="With --correct: how the words read.")
@click.option("--note", help="With --correct: why; kept and shown with the line.")
@click.option("--by", "author", metavar="NAME", help="With --correct: who says so; the name of the user unless given.")
@click.option("--dry-run", "is_dry", is_flag=True, help="With --correct: print the line as it would be; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one record as JSON.")
@pass_session
def drift(
    session: Session,
    new: str,
    old: str | None,
    body: str | None,
    has_words: bool,
    has_all: bool,
    language: str,
    biography: str | None,
    correct: tuple[str, str, str] | None,
    direction: str | None,
    note: str | None,
    author: str | None,
    is_dry: bool,
    as_json: bool,
) -> None:
    """Show what a renewal kept, weakened and dropped of the words about women in the last full text before it.

    Technical rollovers are passed over and named. A direction says how words read beside the old ones, with its
    reasons; it is no claim about law. OLD may be any held text, also of another mandate.
    """
    asked = Asked(new, old, body, language, has_words, has_all, as_json)
    if correct is None and (direction or note or author or is_dry):
        raise click.UsageError("--direction, --note, --by and --dry-run belong to --correct; leave them out")
    if correct is not None:
        from monitor.cli.renewals.drift_corrected import correct_one

        correct_one(session, asked, Wish(*correct, direction, note, author, is_dry))
    elif biography is not None:
        from monitor.cli.renewals.biography import show_biography

        show_biography(session, asked, biography)
    else:
        _show(session, asked)


def _show(session: Session, asked: Asked) -> None:
    with closing(session.open_readonly()) as db:
        found = compare(db, asked)
    if asked.is_json:
        from monitor.cli.pages.render import echo_json
        from monitor.cli.records.drift import drift_record

        echo_json(drift_record(found))
    elif found.old is None:
        raise click.ClickException(f"there is nothing to compare {found.new} with: {found.reason}")
    else:
        from monitor.cli.pages.drift import print_drift

        print_drift(found, has_words=asked.has_words, has_all=asked.has_all)
    if found.whole is not None and is_unrelated(found):
        session.note(f"{found.new} and {found.old} have hardly a paragraph in common: is this the text before it?")
        raise click.exceptions.Exit(3)


def is_unrelated(found: "Comparison") -> bool:
    """Whether two texts have so little in common that they may have nothing to do with each other."""
    from monitor.app.renewals.drift import RELATED

    return found.paired < RELATED
