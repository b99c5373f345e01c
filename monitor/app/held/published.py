"""What others published of the Council's texts, beside the official words held."""

from typing import TYPE_CHECKING, Any

from monitor.app.questions import WrongQuestion

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from scraper.published.matching import ExtractMatch as ExtractMatch
    from scraper.published.matching import Official
    from scraper.published.matching import PieceMatch as PieceMatch
    from storage.published_values import PublishedEntry

PUBLISHERS = ("peacewomen",)


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
    entries = published_by(db, publisher, symbol)
    return list(compare_entries(entries, official_words(db))) if entries else []


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


def published_by(db: "sqlite3.Connection", publisher: str, typed: str | None) -> "list[PublishedEntry]":
    """What a publisher has, of one document where one is typed.

    Raises:
        WrongQuestion: what was typed is no symbol.
    """
    from monitor.app.held.held_names import find_symbol
    from scraper.council.resolution_years import with_held_year
    from scraper.council.symbol import read_typed
    from storage.told.published import published_entries

    entries = published_entries(db, publisher)
    if typed is None:
        return entries
    symbol = find_symbol(typed, {entry.symbol for entry in entries if entry.symbol}) or read_typed(typed)
    if symbol is None:
        raise WrongQuestion(f"expected a symbol such as 'S/RES/2387 (2017)' or 2387, found {typed!r}")
    meant = with_held_year(symbol, {entry.symbol for entry in entries if entry.symbol})
    return [entry for entry in entries if entry.symbol == meant]


def official_words(db: "sqlite3.Connection") -> "Official":
    """The words of all current texts held, to find published ones among."""
    from scraper.published.matching import Official, OfficialParagraph
    from storage.texts.holdings import held_words

    return Official(OfficialParagraph(*words) for words in held_words(db))


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


def have_other_words(piece: "PieceMatch") -> bool:
    """Whether a published piece was found, with other words than the official ones."""
    from scraper.published.matching import Match

    return piece.match is Match.WORDS_DIFFER
