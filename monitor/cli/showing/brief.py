"""The command `brief`: what a document, or a theme since a day, says, as a Word file."""

from typing import TYPE_CHECKING

import click

from monitor.cli.arguments import Day, Theme
from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    from datetime import date


@click.command(
    epilog="\b\nExamples:\n  wpswatch brief 2387 -o 2387.docx\n"
    "  wpswatch brief --theme protection --since 2025-01-01 -o protection.docx"
)
@click.argument("symbol", required=False)
@click.option("--theme", type=Theme(), help="What this theme has brought, instead of one document.")
@click.option("--since", type=Day(), metavar="DATE", help="With --theme: only documents from this day on.")
@click.option("--lang", "language", default="en", show_default=True, help="The language of the document.")
@click.option("-o", "--output", "output", required=True, metavar="FILE", help="The Word file to write.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Say what it would hold; write nothing.")
@pass_session
def brief(
    session: Session,
    symbol: str | None,
    theme: str | None,
    since: "date | None",
    language: str,
    output: str,
    is_dry: bool,
) -> None:
    """Write a Word brief: facts, each paragraph with its address, the telling words in bold, and a citation."""
    from datetime import UTC, datetime
    from pathlib import Path

    from monitor.app.export.brief import docx_of
    from monitor.app.export.briefing import brief_of_document, brief_of_theme
    from monitor.app.export.extras import MissingExtraError
    from monitor.app.held.held_names import held_symbol

    if (symbol is None) == (theme is None):
        raise click.UsageError("expected a SYMBOL or --theme, one of them")
    now = datetime.now(UTC)
    with session.view() as db:
        if symbol is not None:
            made = brief_of_document(db, held_symbol(db, symbol), language, now.date())
        else:
            made = brief_of_theme(db, theme or "", since, now.date())
    if not made.documents:
        raise click.ClickException(f"nothing is held for {symbol or theme}{f' in {language}' if symbol else ''}")
    path = Path(output).expanduser()
    if not is_dry:
        try:
            content = docx_of(made, now.replace(microsecond=0))
            path.write_bytes(content)
        except MissingExtraError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            raise click.ClickException(f"expected to write {path}, found: {error}") from error
    session.note(f"{path}: {made.lede}{' (not written)' if is_dry else ''}")
