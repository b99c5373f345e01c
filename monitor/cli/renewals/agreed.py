"""The command `agreed`: the nearest earlier wordings of a text, and how a phrase was used."""

import sys
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.arguments import Day
from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.renewals.agreed import Earlier, PhraseUse


@click.command(
    epilog="\b\nExamples:\n  wpswatch agreed 'full, equal, meaningful and safe participation'\n"
    "  pbpaste | wpswatch agreed - --before 2025-05-01\n  wpswatch agreed 'survivor-centred' --phrase --json\n\n"
    "Exit codes: 0 shown, 1 no wording is near."
)
@click.argument("text")
@click.option("--before", type=Day(), metavar="D", help="Only what was adopted before this day: 2025-05-01.")
@click.option("--limit", type=click.IntRange(min=1), default=10, metavar="N", help="At most so many; 10 unless given.")
@click.option("--phrase", "only_phrase", is_flag=True, help="Only how exactly these words were used.")
@click.option("--lang", "language", default="en", metavar="CODE", help="The language of the texts; en unless given.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of wordings as JSON; with --phrase one record.")
@pass_session
def agreed(
    session: Session, text: str, before: date | None, limit: int, only_phrase: bool, language: str, as_json: bool
) -> None:
    """Show where the Council has said a thing before: the nearest earlier wordings, best first.

    TEXT is a phrase or a whole paragraph, `-` reads it from standard input. Of a phrase it is also told when it was
    first and last used, and with which verbs; dates and numbers do not count as words.
    """
    from monitor.app.renewals.wordings import agreed_language, phrase_history

    asked = sys.stdin.read() if text == "-" else text
    if not any(character.isalnum() for character in asked):
        raise click.UsageError("expected a text with at least one word, found none")
    with closing(session.open_readonly()) as db:
        history = phrase_history(db, asked, before=before, language=language)
        near = [] if only_phrase else agreed_language(db, asked, before=before, limit=limit, language=language)
    if as_json:
        from monitor.cli.pages.render import echo_json

        echo_json((_phrase_record(history) if history else None) if only_phrase else [*map(_record, near)])
    elif history or near:
        _print(history, near)
    if not (history if only_phrase else near) and not as_json:
        raise click.ClickException("no wording held is near; write more of it, or leave --before out")


def _record(one: "Earlier") -> dict[str, Any]:
    from monitor.cli.records.times import date_record
    from scraper.council.citation_form import citation

    return {
        "symbol": one.symbol,
        "address": one.address,
        "text": one.text,
        "similarity": one.similarity,
        "adopted_on": date_record(one.adopted_on),
        "citation": citation(one.symbol, one.address),
    }


def _phrase_record(history: "PhraseUse") -> dict[str, Any]:
    return {
        "phrase": history.phrase,
        "uses": history.uses,
        "first": _record(history.first),
        "last": _record(history.last),
        "strongest_verb": history.strongest,
        "usual_verb": history.most_usual,
    }


def _print(history: "PhraseUse | None", near: "Sequence[Earlier]") -> None:
    from monitor.cli.pages.render import BOLD, Page, plain
    from scraper.council.citation_form import citation

    page = Page()
    if history:
        times = "once" if history.uses == 1 else f"in {history.uses:,} paragraphs"
        page.wrapped(page.style(plain(f"“{' '.join(history.phrase.split())}” stands {times}"), BOLD))
        for when, one in (("first", history.first), ("last", history.last)):
            page.wrapped(plain(f"{when}: {citation(one.symbol, one.address)}{_on(one)}"), "  ", "    ")
        if history.strongest:
            page.wrapped(plain(f"strongest verb: {history.strongest}; most usual: {history.most_usual}"), "  ")
    for one in near:
        page.line() if page.lines else None
        head = f"{one.similarity:.2f}  {citation(one.symbol, one.address)}{_on(one)}"
        page.wrapped(page.style(plain(head), BOLD), "", "      ")
        page.wrapped(plain(one.text), "      ")
    page.print()


def _on(one: "Earlier") -> str:
    return f", {one.adopted_on.isoformat()}" if one.adopted_on else ""
