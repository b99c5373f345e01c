"""`show SYMBOL --cited-by`: which held paragraphs cite a document, and which of its paragraphs they name."""

from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.session import Session

if TYPE_CHECKING:
    import sqlite3

    from storage.models import Citation
    from storage.texts.citations import CitingParagraph


def show_citing(session: Session, typed: str, address: str | None, language: str, *, as_json: bool) -> None:
    """Print the paragraphs that cite a document, or one paragraph of it; the document need not be held itself."""
    from storage.texts.citations import citing_paragraphs

    with closing(session.open_readonly()) as db:
        symbol = _cited_symbol(db, typed)
        citing = citing_paragraphs(db, symbol, language)
    if address is not None:
        wanted = _cited_address(symbol, address)
        citing = [one for one in citing if any(_is_within(cited, wanted) for cited in one.citation.addresses)]
        symbol = f"{symbol}, {wanted}"
    if as_json:
        from monitor.cli.pages.render import echo_json_list

        echo_json_list(_record(one) for one in citing)
    elif not citing:
        session.note(f"No held paragraph cites {symbol}.")
    else:
        _print(symbol, citing)


def _cited_symbol(db: "sqlite3.Connection", typed: str) -> str:
    """The symbol that is meant: a held document, or any other symbol; a number without its year is a resolution."""
    from monitor.app.held.held_names import find_symbol
    from scraper.council.resolution_years import with_year
    from scraper.council.symbol import read_typed
    from storage.texts.documents import held_symbols

    meant = find_symbol(typed, held_symbols(db)) or read_typed(typed)
    if meant is None:
        raise click.UsageError(f"expected a symbol such as 'S/RES/2387 (2017)', 2387 or S/2013/173, found {typed!r}")
    return with_year(meant)


def _cited_address(symbol: str, typed: str) -> str:
    from scraper.council.typed_address import read_address

    try:
        return str(read_address(typed, resolution=symbol.startswith("S/RES/")))
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _is_within(cited: str, wanted: str) -> bool:
    return cited == wanted or cited.startswith(f"{wanted} ")


def _record(citing: "CitingParagraph") -> dict[str, Any]:
    from monitor.cli.records.documents import citation_record
    from monitor.cli.records.times import date_record

    return {
        "symbol": citing.symbol,
        "address": citing.address,
        "language": citing.language,
        "adopted_on": date_record(citing.adopted_on),
        "citation": citation_record(citing.citation),
        "text": citing.text,
    }


def _print(symbol: str, citing: "list[CitingParagraph]") -> None:
    from monitor.cli.pages.render import BOLD, DIM, Page, Span, plain

    documents = dict.fromkeys(one.symbol for one in citing)
    page = Page()
    page.wrapped(page.style(plain(f"{symbol} is cited {_times(len(citing))} in {_documents(len(documents))}"), BOLD))
    before = None
    for one in citing:
        if one.symbol != before:
            page.line()
            when = f", adopted {one.adopted_on}" if one.adopted_on else ""
            page.line(page.style(plain(one.symbol), BOLD) + page.style(plain(when), DIM))
            before = one.symbol
        start, end, text = _around(one.citation, one.text)
        words = page.marked(text, [Span(start, end)])
        page.wrapped(f"{plain(one.address)}: {words}", "  ", "    ")
        if one.citation.addresses:
            page.wrapped(page.style(plain(f"cites {', '.join(one.citation.addresses)}"), DIM), "    ")
    page.print()


def _around(citation: "Citation", text: str, reach: int = 90) -> tuple[int, int, str]:
    """The cited words with what stands around them: where they stand in it, and the piece itself."""
    first = 0 if citation.start <= reach else text.find(" ", citation.start - reach) + 1
    last = text.rfind(" ", citation.end, citation.end + reach) if len(text) > citation.end + reach else len(text)
    last = last if last > citation.end else len(text)
    before, behind = "… " if first else "", " …" if last < len(text) else ""
    shift = len(before) - first
    return citation.start + shift, citation.end + shift, f"{before}{text[first:last]}{behind}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _documents(count: int) -> str:
    return "one document" if count == 1 else f"{count} documents"
