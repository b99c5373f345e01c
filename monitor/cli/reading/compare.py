"""The command `compare`: what others published of the Council's texts, beside the official words."""

from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from monitor.cli.pages.render import Page
    from scraper.published.matching import ExtractMatch, Official, PieceMatch
    from storage.published_values import PublishedEntry

PUBLISHERS = ("peacewomen",)


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
        entries = _entries(db, publisher, symbol)
        matches = list(compare_entries(entries, _official(db)))
    if as_json:
        from monitor.cli.pages.render import echo_json

        echo_json({"summary": summary(matches), "extracts": [_record(match) for match in matches]})
    elif not matches:
        of = f" of {symbol}" if symbol else ""
        session.note(f"Nothing{of} published by {publisher} is held. Get it: wpswatch crawl {publisher}")
    else:
        _print(matches)


def compare_entries(entries: "Iterable[PublishedEntry]", official: "Official") -> "Iterable[ExtractMatch]":
    """Each extract beside the official text; reports of missions are no extracts and are left out."""
    from scraper.published.matching import match_extract
    from scraper.published.printed_places import read_pieces
    from storage.published_values import PublishedKind

    for entry in entries:
        if entry.kind is PublishedKind.EXTRACT:
            is_resolution = entry.symbol is None or entry.symbol.startswith("S/RES/")
            pieces = read_pieces(entry.text, entry.paragraph, resolution=is_resolution)
            yield match_extract(entry, pieces, official)


def compare_symbol(db: "sqlite3.Connection", publisher: str, symbol: str) -> "list[ExtractMatch]":
    """Each extract that a publisher has of one document, beside the official text."""
    entries = _entries(db, publisher, symbol)
    return list(compare_entries(entries, _official(db))) if entries else []


def summary(matches: "Sequence[ExtractMatch]") -> dict[str, Any]:
    """The counts: extracts by outcome, and themes that both gave, only they, and only we."""
    from scraper.published.matching import Match

    outcomes = [match.match for match in matches]
    told = [match for match in matches if match.entry.themes is not None and match.match is not Match.NOT_FOUND]
    pairs = [(set(match.entry.themes or ()), set(match.themes)) for match in told]
    return {
        "extracts": len(matches),
        **{outcome.replace(" ", "_"): outcomes.count(outcome) for outcome in Match},
        "themes_both": sum(len(theirs & ours) for theirs, ours in pairs),
        "themes_theirs_only": sum(len(theirs - ours) for theirs, ours in pairs),
        "themes_ours_only": sum(len(ours - theirs) for theirs, ours in pairs),
    }


def _entries(db: "sqlite3.Connection", publisher: str, typed: str | None) -> "list[PublishedEntry]":
    from monitor.app.held.held_names import find_symbol
    from scraper.council.resolution_years import with_year
    from scraper.council.symbol import read_typed
    from storage.told.published import published_entries

    entries = published_entries(db, publisher)
    if typed is None:
        return entries
    symbol = find_symbol(typed, {entry.symbol for entry in entries if entry.symbol}) or read_typed(typed)
    if symbol is None:
        raise click.UsageError(f"expected a symbol such as 'S/RES/2387 (2017)' or 2387, found {typed!r}")
    return [entry for entry in entries if entry.symbol == with_year(symbol)]


def _official(db: "sqlite3.Connection") -> "Official":
    from scraper.published.matching import Official, OfficialParagraph
    from storage.texts.holdings import held_words

    return Official(OfficialParagraph(*words) for words in held_words(db))


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


def summary_line(matches: "Sequence[ExtractMatch]") -> str:
    """The counts in one sentence, those that are nought left out."""
    from scraper.published.matching import Match

    counts = summary(matches)
    outcomes = [(counts[outcome.replace(" ", "_")], outcome) for outcome in Match]
    told = ", ".join(f"{count} {outcome}" for count, outcome in outcomes if count)
    both, theirs, ours = (counts[f"themes_{whose}"] for whose in ("both", "theirs_only", "ours_only"))
    themes = f"; of {both + theirs} themes they gave {both} are ours, and {ours} more are ours alone"
    noun = "extract" if counts["extracts"] == 1 else "extracts"
    return f"{counts['extracts']} {noun}: {told}{themes if both + theirs + ours else ''}"


def _add_piece(page: "Page", piece: "PieceMatch") -> None:
    from monitor.cli.pages.render import plain
    from scraper.published.matching import Match

    printed = piece.piece.address or "no place"
    page.wrapped(plain(f"{printed}: {piece.match}: {stands_at(piece)}"), "  ", "    ")
    if piece.match is Match.WORDS_DIFFER:
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
