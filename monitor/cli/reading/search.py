"""The command `search`: full text over all paragraphs."""

from typing import TYPE_CHECKING, Unpack

import click

from monitor.cli.arguments import CITING
from monitor.cli.pages.render import SCREENFUL
from monitor.cli.reading.choices import Choices, choosing, note_cut, note_empty, wanted_of
from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.app.reading.extracts import Found, SearchHit


@click.command(
    epilog="\b\nExamples:\n  wpswatch search 'sexual violence' --theme protection --since 2020\n"
    '  wpswatch search \'"women leaders" OR "female leaders"\' --sort newest\n'
    "  wpswatch search 'NEAR(mediation women, 5) NOT haiti'\n  wpswatch search '\"survivor-centred\"' --first"
)
@click.argument("query", nargs=-1, required=True)
@choosing
@click.option(
    "--sort",
    "order",
    type=click.Choice(["best", "newest", "oldest"]),
    default="best",
    show_default=True,
    help="Best match first, or by the day of adoption.",
)
@click.option("--first", "only_first", is_flag=True, help="Who said it first: the earliest of each kind of document.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"At most so many; {SCREENFUL} unless given; --json and --cite give all.",
)
@CITING
@click.option("--json", "as_json", is_flag=True, help="Print a list of records as JSON.")
@pass_session
def search(
    session: Session,
    query: tuple[str, ...],
    order: str,
    only_first: bool,
    limit: int | None,
    style: str | None,
    as_json: bool,
    **choices: Unpack[Choices],
) -> None:
    """Find the paragraphs that hold all words of the QUERY, best first, with the words marked.

    Words in quotation marks are found together and in that order; a * behind a word finds all that begins with it.
    AND, OR and NOT in capitals join words, brackets group them; NEAR(women peace, 5) finds words at most five words
    apart. British and American spellings find each other. An option given twice adds up: either theme, either document.
    """
    from contextlib import closing
    from dataclasses import replace

    from monitor.app.reading.empty_answer import paragraphs_otherwise
    from monitor.app.reading.extracts import find_paragraphs, first_of_each_kind, order_named

    if only_first and order != "best":
        raise click.UsageError("--first is the oldest of each kind; leave --sort out")
    if as_json and style:
        raise click.UsageError("--json and --cite are several answers; leave one out")
    words = " ".join(query)
    if not any(letter.isalnum() for letter in words):
        raise click.UsageError(f"expected words to look for, found {words!r}")
    marks = ("[", "]") if as_json else (_FOUND, _FOUND_END)
    shown = limit if limit is not None or as_json or style else SCREENFUL
    wanted = replace(wanted_of(choices), order=order_named(order), limit=shown)
    with closing(session.open_readonly()) as db:
        find = first_of_each_kind if only_first else find_paragraphs
        found = find(db, words, wanted, marks)
        ways = [] if found.hits else paragraphs_otherwise(db, words, wanted)
    if as_json:
        from monitor.cli.pages.render import echo_json_list
        from monitor.cli.records.listings import hit_record

        echo_json_list(map(hit_record, found.hits))
    elif style:
        from monitor.app.reading.reference import references_to_hits, write_references

        click.echo(write_references(style, references_to_hits(found.hits)), nl=False)
    elif found.hits:
        _print_hits(found.hits, with_kind=only_first)
    if not found.hits:
        note_empty(session, "Nothing found.", ways)
    _note_found(session, found)


# They can stand in no text: whatever a text holds of them is made harmless before it is printed.
_FOUND, _FOUND_END = "\ue00e", "\ue00f"


def _note_found(session: Session, found: "Found") -> None:
    if found.respelled:
        told = ", ".join(f"{other} for {typed}" for typed, other in found.respelled)
        session.note(f"Found in the other spelling, too: {told}.")
    if found.is_in_part:
        session.note("So many paragraphs match that only the newest were ranked; one more word finds better.")
    note_cut(session, len(found.hits), found.total, "paragraphs")


def _print_hits(hits: "Sequence[SearchHit]", *, with_kind: bool) -> None:
    from monitor.cli.pages.render import BOLD, DIM, Page, Span, plain

    page = Page()
    for hit in hits:
        told = [hit.kind.replace("_", " ")] if with_kind else []
        told += [f"adopted {hit.adopted_on}"] if hit.adopted_on else []
        told += [f"published {hit.published_on}"] if hit.published_on and not hit.adopted_on else []
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
