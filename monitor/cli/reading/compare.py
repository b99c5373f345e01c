"""The command `compare`: what others published of the Council's texts, beside the official words."""

from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

from monitor.app.held.published import (
    PUBLISHERS,
    compare_entries,
    have_other_words,
    official_words,
    published_by,
    summary,
    summary_line,
)
from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.app.held.published import ExtractMatch, PieceMatch
    from monitor.cli.pages.render import Page


@click.command(
    epilog="\b\nExamples:\n  wpswatch compare peacewomen\n  wpswatch compare peacewomen --symbol 2387 --json"
)
@click.argument("publisher", type=click.Choice(PUBLISHERS))
@click.option("--symbol", metavar="S", help="Only extracts of this document: 'S/RES/2387 (2017)' or 2387.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts and a record for each extract as JSON.")
@pass_session
def compare(session: Session, publisher: str, symbol: str | None, as_json: bool) -> None:
    """Compare published extracts with the official text held: their words, their paragraph numbers, their themes.

    An extract is as bad as its worst piece: the same words at the same place; the same at another address; in another
    resolution; words that differ, official words in [-these-] and published ones in {+these+}; not found, with the
    reason. Themes are theirs beside those of the official paragraphs.
    """
    with closing(session.open_readonly()) as db:
        entries = published_by(db, publisher, symbol)
        matches = list(compare_entries(entries, official_words(db)))
    if as_json:
        from monitor.cli.pages.render import echo_json

        echo_json({"summary": summary(matches), "extracts": [_record(match) for match in matches]})
    elif not matches:
        of = f" of {symbol}" if symbol else ""
        session.note(f"Nothing{of} published by {publisher} is held. Get it: wpswatch crawl {publisher}")
    else:
        _print(matches)


def _record(match: "ExtractMatch") -> dict[str, Any]:
    from monitor.cli.records.times import date_record

    entry = match.entry
    return {
        "title": entry.title,
        "symbol": entry.symbol,
        "paragraph": entry.paragraph,
        "address": entry.address,
        "outcome": match.match,
        "themes_theirs": entry.themes,
        "themes_ours": match.themes,
        "topic": entry.topic,
        "published_on": date_record(entry.published_on),
        "url": entry.url,
        "node": entry.node,
        "pieces": [_piece_record(piece) for piece in match.pieces],
    }


def _piece_record(piece: "PieceMatch") -> dict[str, Any]:
    return {
        "address": piece.piece.address,
        "outcome": piece.match,
        "text": piece.piece.text,
        "official": [{"symbol": one.symbol, "address": one.address, "text": one.text} for one in piece.official],
        "reason": piece.reason,
    }


def _print(matches: "Sequence[ExtractMatch]") -> None:
    from monitor.cli.pages.render import BOLD, Page, plain

    page = Page()
    page.wrapped(page.style(plain(summary_line(matches)), BOLD))
    for match in matches:
        page.line()
        page.wrapped(f"{page.style(plain(match.entry.title), BOLD)}: {match.match}")
        for piece in match.pieces:
            _add_piece(page, piece)
        _add_themes(page, match)
        page.wrapped(plain(match.entry.node or match.entry.url), "  ")
    page.print()


def _add_piece(page: "Page", piece: "PieceMatch") -> None:
    from monitor.cli.pages.render import plain

    printed = piece.piece.address or "no place"
    page.wrapped(plain(f"{printed}: {piece.match}: {stands_at(piece)}"), "  ", "    ")
    if have_other_words(piece):
        page.wrapped(_differences(page, piece), "    ")


def stands_at(piece: "PieceMatch") -> str:
    """Where the official words of a piece stand, and what is to be said of them; or why there are none."""
    places = ", ".join(f"{one.symbol}, {one.address}" for one in piece.official)
    return " - ".join(part for part in (places, piece.reason) if part)


def _differences(page: "Page", piece: "PieceMatch") -> str:
    """The words that differ, with a few that are the same around them."""
    from monitor.changes.diff import word_changes
    from monitor.cli.pages.render import ADDED, REMOVED, plain

    styles = {"removed": REMOVED, "added": ADDED}
    shown = []
    for run in word_changes(piece.official[0].text, piece.piece.text):
        words = run.text.split()
        if run.kind in styles:
            shown.append(page.style(plain(run.text), styles[run.kind]))
        else:
            shown.append(plain(run.text if len(words) <= 12 else f"{' '.join(words[:5])} ... {' '.join(words[-5:])}"))
    return " ".join(shown)


def _add_themes(page: "Page", match: "ExtractMatch") -> None:
    from monitor.cli.pages.render import plain

    if match.entry.themes is None or not any(piece.official for piece in match.pieces):
        return
    theirs, ours = set(match.entry.themes), set(match.themes)
    parts = (("both", theirs & ours), ("theirs", theirs - ours), ("ours", ours - theirs))
    told = ". ".join(f"{who}: {'; '.join(sorted(themes))}" for who, themes in parts if themes)
    page.wrapped(plain(f"themes {told or 'none'}"), "  ", "    ")
