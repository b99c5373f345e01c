"""The commands that list what is held: `extracts` and `search`."""

from datetime import date
from typing import TYPE_CHECKING

import click

from monitor.cli.arguments import Day, Theme
from monitor.cli.pages.render import SCREENFUL, screenful
from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.app.reading.extracts import ExtractRow, SearchHit

"""How many entries a terminal is shown unless `--limit` says otherwise; a pipe is given all."""


@click.command(
    epilog="\b\nExamples:\n  wpswatch extracts --theme participation --since 2025-01-01\n"
    "  wpswatch extracts --situation haiti --body binuh\n  wpswatch extracts --csv > wps.csv"
)
@click.option("--theme", "themes", type=Theme(), multiple=True, help="Only this theme; more than one: any of them.")
@click.option("--symbol", metavar="S", help="Only this document: 'S/RES/2387 (2017)' or 2387.")
@click.option(
    "--since", type=Day(), metavar="D", help="Adopted on this day or later: 2025-01-31, or 7d for a week ago."
)
@click.option("--until", type=Day(), metavar="D", help="Adopted on this day or before.")
@click.option(
    "--situation", metavar="X", help="Only documents on this situation: haiti, 'south sudan', 'women and peace'."
)
@click.option("--body", metavar="B", help="Only documents that name this mission, committee or panel: unmiss, '1591'.")
@click.option(
    "--lang", "--language", "language", metavar="CODE", help="Only texts in this language: en; all held unless given."
)
@click.option("--new", "only_new", is_flag=True, help="Only what was flagged as new or changed.")
@click.option("--reviewed/--unreviewed", default=None, help="Only what a person has, or has not, spoken of (relabel).")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of records as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a table for a spreadsheet.")
@pass_session
def extracts(
    session: Session,
    themes: tuple[str, ...],
    symbol: str | None,
    since: date | None,
    until: date | None,
    situation: str | None,
    body: str | None,
    language: str | None,
    only_new: bool,
    reviewed: bool | None,
    limit: int | None,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List the extracts about women, peace and security, newest first.

    On a terminal the newest 20 are shown unless --limit says otherwise; a pipe or a file gets all. In a spreadsheet's
    cell ' stands before text that begins with = + - or @, so that it is not taken for a formula.
    """
    from contextlib import closing

    from monitor.app.reading.extracts import Wanted, extracts_wanted
    from monitor.cli.arguments import check_span

    check_span(since, until)
    if as_json and as_csv:
        raise click.UsageError("--json and --csv are two answers; leave one out")
    wanted = Wanted(themes, symbol, since, until, situation, body, language, only_new, reviewed, limit)
    with closing(session.open_readonly()) as db:
        found = extracts_wanted(db, wanted)
    if as_json:
        from monitor.cli.pages.render import echo_json_list
        from monitor.cli.records.listings import extract_record

        echo_json_list(map(extract_record, found))
    elif as_csv:
        _print_csv(found)
    else:
        _print_extracts(session, found, is_limited=limit is not None)


@click.command(
    epilog="\b\nExamples:\n  wpswatch search 'sexual violence' --theme protection\n"
    "  wpswatch search '\"women leaders\"'\n  wpswatch search 'peacebuild*'"
)
@click.argument("query", nargs=-1, required=True)
@click.option("--theme", type=Theme(), help="Only paragraphs with this theme.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=SCREENFUL, show_default=True, metavar="N", help="At most so many."
)
@click.option("--json", "as_json", is_flag=True, help="Print a list of records as JSON.")
@pass_session
def search(session: Session, query: tuple[str, ...], theme: str | None, limit: int, as_json: bool) -> None:
    """Find the paragraphs that hold all words of the QUERY, best first, with the words marked.

    Words in quotation marks are found together and in that order; a * behind a word finds all that begins with it.
    British and American spellings find each other.
    """
    from contextlib import closing

    from monitor.app.reading.extracts import paragraphs_found

    marks = ("[", "]") if as_json else (_FOUND, _FOUND_END)
    words = " ".join(query)
    with closing(session.open_readonly()) as db:
        hits = paragraphs_found(db, words, theme=theme, limit=limit, marks=marks)
    if as_json:
        from monitor.cli.pages.render import echo_json_list
        from monitor.cli.records.listings import hit_record

        echo_json_list(map(hit_record, hits))
    else:
        _print_hits(session, hits)


# They can stand in no text: whatever a text holds of them is made harmless before it is printed.
_FOUND, _FOUND_END = "\ue00e", "\ue00f"


def _print_extracts(session: Session, found: "Sequence[ExtractRow]", *, is_limited: bool) -> None:
    from monitor.cli.pages.render import BOLD, DIM, GOOD, ODD, Page, plain

    if not found:
        session.note("No extracts.")
        return
    page = Page()
    for extract in found[: screenful(session, len(found), "extracts", is_limited=is_limited)]:
        title = page.style(plain(extract.title), BOLD)
        title += f" {page.style('[new]', GOOD)}" if extract.flagged else ""
        page.wrapped(f"{title} {page.style('[reviewed]', DIM)}" if extract.reviewed else title)
        adopted = f", adopted {extract.adopted_on}" if extract.adopted_on else ""
        published = f", published {extract.published_on}" if extract.published_on and not adopted else ""
        tongue = "" if extract.language == "en" else f", in {extract.language}"
        place = f"{extract.symbol}{adopted}{published}{tongue}: {', '.join(extract.addresses)}"
        page.wrapped(page.style(plain(place), DIM), "  ")
        page.wrapped(plain("; ".join(extract.themes)), "  ")
        if extract.is_entry:
            from monitor.app.held.missions import mission_facts
            from monitor.cli.pages.missions import mission_words

            page.wrapped(plain(mission_words(mission_facts(extract.symbol, extract.title))), "  ")
        if extract.changed_since:
            since = (
                f"A person spoke of it: the text has changed since this was said on {extract.changed_since:%Y-%m-%d}."
            )
            page.wrapped(page.style(since, ODD), "  ")
        page.line()
        for piece in extract.text.split("\n"):
            page.wrapped(plain(piece), "    ")
        page.line()
        page.line(f"  {plain(extract.url)}")
        page.line()
    page.lines.pop()
    page.print()


def _print_csv(found: "Sequence[ExtractRow]") -> None:
    import csv
    import io

    from monitor.app.export.csv_cells import cell
    from monitor.cli.records.listings import extract_record

    names = (
        "symbol",
        "title",
        "addresses",
        "themes",
        "text",
        "adopted_on",
        "url",
        "first_seen_at",
        "flagged",
        "language",
        "reviewed",
        "text_changed_since",
        "published_on",
        "mission",
        "situation",
        "bodies",
    )
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(names)
    for extract in found:
        record = extract_record(extract)
        writer.writerow([cell(record[name]) for name in names])
    click.echo(table.getvalue().encode("utf-8", "replace"), nl=False)


def _print_hits(session: Session, hits: "Sequence[SearchHit]") -> None:
    from monitor.cli.pages.render import BOLD, DIM, Page, Span, plain

    if not hits:
        session.note("Nothing found.")
        return
    page = Page()
    for hit in hits:
        told = [f"adopted {hit.adopted_on}"] if hit.adopted_on else []
        told += [f"in {hit.language}"] if hit.language != "en" else []
        heading = page.style(plain(f"{hit.symbol}, {hit.address}"), BOLD)
        page.wrapped(heading + page.style("".join(f", {one}" for one in told), DIM))
        if hit.themes:
            page.wrapped(plain("; ".join(hit.themes)), "  ")
        text, spans = "", []
        for piece in hit.snippet.split(_FOUND):
            matched, is_match, rest = piece.partition(_FOUND_END)
            if is_match:
                spans.append(Span(len(text), len(text) + len(matched)))
            text += matched + rest
        page.wrapped(page.marked(text, spans, brackets=("[", "]")), "    ")
        page.line()
    page.lines.pop()
    page.print()
