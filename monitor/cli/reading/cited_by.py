"""`show SYMBOL --cited-by`: which held paragraphs cite a document, and which of its paragraphs they name."""

from contextlib import closing
from typing import TYPE_CHECKING, Any

from monitor.cli.session import Session

if TYPE_CHECKING:
    from monitor.app.reading.citing import CitingParagraph
    from storage.models import Citation


def show_citing(session: Session, typed: str, address: str | None, language: str, *, as_json: bool) -> None:
    """Print the paragraphs that cite a document, or one paragraph of it; the document need not be held itself."""
    from monitor.app.reading.citing import paragraphs_citing

    with closing(session.open_readonly()) as db:
        symbol, citing = paragraphs_citing(db, typed, address, language)
    if as_json:
        from monitor.cli.pages.render import echo_json_list

        echo_json_list(_record(one) for one in citing)
    elif not citing:
        session.note(f"No held paragraph cites {symbol}.")
    else:
        _print(symbol, citing)


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
