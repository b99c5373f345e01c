"""The command `terms`: terms of art on women, peace and security through the years, in all texts or in one chain."""

from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.app.renewals.wordings import TermHistory
    from storage.texts.search import Wording


@click.command(
    epilog="\b\nExamples:\n  wpswatch terms\n  wpswatch terms 'gender-responsive'\n"
    "  wpswatch terms quotas --chain UNMISS --json"
)
@click.argument("term", required=False)
@click.option("--chain", metavar="C", help="Only the resolutions of one mandate: UNMISS, haiti, 2779.")
@click.option("--lang", "language", default="en", metavar="CODE", help="The language of the texts; en unless given.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of records as JSON.")
@pass_session
def terms(session: Session, term: str | None, chain: str | None, language: str, as_json: bool) -> None:
    """List terms of art by name: how often each is used, by year, first and last; one TERM with all its uses.

    Only paragraphs about women are counted. The ways in which a term is written are counted as one.
    """
    from monitor.app.renewals.wordings import chain_named, term_histories

    wanted = _named(term) if term else None
    with closing(session.open_readonly()) as db:
        symbols = chain_named(db, chain) if chain else None
        found = term_histories(db, symbols, language)
    if wanted:
        found = [one for one in found if one.term == wanted]
    if as_json:
        from monitor.cli.pages.render import echo_json

        echo_json([_record(one, has_uses=wanted is not None) for one in found])
    elif wanted:
        _print_one(found[0])
    else:
        _print(found)


def _named(typed: str) -> str:
    """The term that a person means: its name, the beginning of it, a part of it, or a way in which it is written."""
    from monitor.app.questions import WrongQuestion
    from monitor.renewals.wording.terms import load_terms, term_uses
    from monitor.text.nearest import nearest_of

    names = [term.name for term in load_terms()]
    asked = typed.casefold()
    for found in (
        [name for name in names if name == asked],
        [name for name in names if name.startswith(asked)],
        list(dict.fromkeys(use.name for use in term_uses(typed))),
        [name for name in names if asked in name],
    ):
        if len(found) == 1:
            return found[0]
    raise WrongQuestion(f"no term {typed!r}; {nearest_of(typed, names)}")


def _record(one: "TermHistory", *, has_uses: bool) -> dict[str, Any]:
    from monitor.cli.records.times import date_record

    record: dict[str, Any] = {
        "term": one.term,
        "paragraphs": one.paragraphs,
        "documents": one.documents,
        "by_year": {str(year): count for year, count in one.by_year},
        "first": one.first.symbol if one.first else None,
        "last": one.last.symbol if one.last else None,
    }
    if has_uses:
        record["uses"] = [
            {"symbol": use.symbol, "address": use.address, "adopted_on": date_record(use.adopted_on)}
            for use in one.uses
        ]
    return record


def _print(found: "Sequence[TermHistory]") -> None:
    from monitor.cli.pages.render import Page

    page = Page()
    head = ("term", "para.", "doc.", "first", "last")
    cells = [
        [one.term, f"{one.paragraphs:,}", f"{one.documents:,}", _bare(one.first), _bare(one.last)]
        for one in found
        if one.first and one.last
    ]
    others = sum(2 + max(map(len, column)) for column in list(zip(head, *cells, strict=True))[1:])
    room = max(page.width - others, 20)
    for row in cells:
        row[0] = row[0] if len(row[0]) <= room else f"{row[0][: room - 1].rstrip()}…"
    page.table(head, cells, right="para. doc.")
    missing = [one.term for one in found if not one.first]
    if missing:
        page.line()
        page.wrapped(f"Not used: {', '.join(missing)}")
    page.print()


def _bare(use: "Wording") -> str:
    """The document of a use without what all of them have in common: a line has 80 columns."""
    return use.symbol.removeprefix("S/RES/").removeprefix("S/").partition(" (")[0]


def _print_one(one: "TermHistory") -> None:
    from monitor.cli.pages.render import BOLD, Page, plain

    page = Page()
    page.wrapped(page.style(plain(f"{one.term}: {one.paragraphs:,} paragraphs in {one.documents:,} documents"), BOLD))
    page.wrapped(" · ".join(f"{year} {count}" for year, count in one.by_year), "  ", "  ")
    by_symbol: dict[str, list[str]] = {}
    for use in one.uses:
        by_symbol.setdefault(use.symbol, []).append(use.address)
    if by_symbol:
        page.line()
    for symbol, addresses in by_symbol.items():
        page.wrapped(plain(f"{symbol}: {', '.join(addresses)}"), "  ", "    ")
    page.print()
