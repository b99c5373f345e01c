"""The command `relabel`: a person says which themes a paragraph has, or all labels are made again by the vocabulary."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from monitor.app.held.relabelling import correct_labels, open_for
from monitor.cli.arguments import Theme, author_name
from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    from monitor.app.held.relabelling import Relabelled
    from storage.corrections import HumanLabel
    from storage.models import Paragraph


@dataclass(frozen=True, slots=True)
class LabelWish:
    """What one call asks for. `author` is None for the name of the user; `note` None where none is given."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    is_confirming: bool
    note: str | None
    author: str | None
    language: str
    is_dry: bool


@click.command(
    epilog="\b\nExamples:\n  wpswatch relabel 2387 '43 (d)' --add protection --note 'women are named in (ii)'\n"
    "  wpswatch relabel 2387 pp3 --confirm\n  wpswatch relabel --all --dry-run"
)
@click.argument("symbol", required=False)
@click.argument("address", required=False)
@click.option("--add", "added", type=Theme(), multiple=True, help="A theme that it has; may be given more than once.")
@click.option("--remove", "removed", type=Theme(), multiple=True, help="A theme that it does not have.")
@click.option("--confirm", "is_confirming", is_flag=True, help="Its themes are right as they stand.")
@click.option("--note", help="Why; kept and shown with the label.")
@click.option("--by", "author", metavar="NAME", help="Who says so; the name of the user unless given.")
@click.option("--language", default="en", metavar="CODE", help="The language of the text; en unless given.")
@click.option("--all", "is_all", is_flag=True, help="Label all that another vocabulary labelled with today's.")
@click.option("--force", "is_forced", is_flag=True, help="With --all: also what today's vocabulary labelled.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Print what would change; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one record as JSON.")
@pass_session
def relabel(
    session: Session,
    symbol: str | None,
    address: str | None,
    added: tuple[str, ...],
    removed: tuple[str, ...],
    is_confirming: bool,
    note: str | None,
    author: str | None,
    language: str,
    is_all: bool,
    is_forced: bool,
    is_dry: bool,
    as_json: bool,
) -> None:
    """Correct the themes of one paragraph, or label all stored texts again.

    What a person says is kept with name, time and note; it holds over every later vocabulary and reading, until
    somebody says otherwise. Neither a correction nor a new vocabulary is ever reported as news.
    """
    wish = LabelWish(added, removed, is_confirming, note, author, language, is_dry)
    if is_all:
        if symbol or added or removed or is_confirming or note or author:
            raise click.UsageError("--all takes no SYMBOL and no correction; leave them out, or leave out --all")
        from monitor.cli.keeping.relabel_all import print_relabelling

        print_relabelling(session, is_forced=is_forced, is_dry=is_dry, as_json=as_json)
        return
    if symbol is None or address is None:
        raise click.UsageError("expected SYMBOL and ADDRESS of the paragraph to correct, or --all")
    if is_forced:
        raise click.UsageError("--force belongs to --all; leave it out")
    _check(wish)
    _relabel_one(session, symbol, address, wish, as_json)


def _check(wish: LabelWish) -> None:
    if not (wish.added or wish.removed or wish.is_confirming):
        raise click.UsageError("expected --add, --remove or --confirm, found none of them")
    if wish.is_confirming and (wish.added or wish.removed):
        raise click.UsageError("--confirm says that the themes are right as they stand; leave out --add and --remove")
    both = sorted({*wish.added} & {*wish.removed})
    if both:
        raise click.UsageError(f"{both[0]!r} is both added and removed; leave one out")


def _relabel_one(session: Session, symbol: str, address: str, wish: LabelWish, as_json: bool) -> None:
    from contextlib import closing

    from monitor.app.held.relabelling import paragraph_meant

    with closing(open_for(session, is_dry=wish.is_dry)) as db:
        known, paragraph = paragraph_meant(db, symbol, address, wish.language)
        labels = _labels(known, paragraph, wish, datetime.now(UTC))
        done, kept = correct_labels(db, known, wish.language, labels, is_dry=wish.is_dry)
    shown = next(one for one in done if one.is_current)
    _tell(paragraph.address, shown, labels, kept, wish, as_json)


def _labels(symbol: str, paragraph: "Paragraph", wish: LabelWish, now: datetime) -> list["HumanLabel"]:
    """What is said, as words to keep. A confirmation speaks of each theme, or of there being none."""
    from storage.corrections import HumanAction, HumanLabel

    author = author_name(wish.author)
    words: list[tuple[HumanAction, str | None]]
    if wish.is_confirming:
        words = [(HumanAction.CONFIRM, theme) for theme in paragraph.themes or (None,)]
    else:
        words = [(HumanAction.ADD, theme) for theme in dict.fromkeys(wish.added)]
        words += [(HumanAction.REMOVE, theme) for theme in dict.fromkeys(wish.removed)]
    return [
        HumanLabel(
            symbol=symbol,
            language=wish.language,
            address=paragraph.address,
            text=paragraph.text,
            theme=theme,
            action=action,
            author=author,
            note=" ".join(wish.note.split()) or None if wish.note else None,
            made_at=now,
        )
        for action, theme in words
    ]


def _tell(
    address: str, shown: "Relabelled", labels: Sequence["HumanLabel"], kept: int, wish: LabelWish, as_json: bool
) -> None:
    before = next(paragraph for paragraph in shown.before if paragraph.address == address)
    after = next(paragraph for paragraph in shown.document.paragraphs if paragraph.address == address)
    others = [change for change in shown.changes if change.address != address]
    if as_json:
        from monitor.cli.pages.render import echo_json

        echo_json(_record(before, after, labels, kept, len(others), wish))
        return
    from monitor.cli.pages.render import BOLD, Page, plain

    page = Page()
    page.line(page.style(plain(f"{labels[0].symbol}, {address}"), BOLD))
    for when, paragraph in (("is" if wish.is_dry else "was", before), ("would be" if wish.is_dry else "is", after)):
        page.wrapped(plain("; ".join(paragraph.themes)) or "no theme", f"  {when:<8}  ")
    if not kept:
        page.line("  The same was said before; nothing is new.")
    if others:
        page.wrapped(
            f"{len(others)} other paragraphs of the document have other themes by today's vocabulary: "
            "wpswatch relabel --all labels the rest too.",
            "  ",
        )
    page.print()


def _record(
    before: "Paragraph", after: "Paragraph", labels: Sequence["HumanLabel"], kept: int, others: int, wish: LabelWish
) -> dict[str, Any]:
    from monitor.cli.records.documents import theme_records

    return {
        "symbol": labels[0].symbol,
        "language": wish.language,
        "address": after.address,
        "added": [theme for theme in after.themes if theme not in before.themes],
        "removed": [theme for theme in before.themes if theme not in after.themes],
        "themes": theme_records(after.labels),
        "by": labels[0].author,
        "note": labels[0].note,
        "kept": kept,
        "also_relabelled": others,
        "dry_run": wish.is_dry,
    }
