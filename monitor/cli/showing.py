"""The command `show`: a document as held, or one paragraph of it, with where the words came from."""

from typing import TYPE_CHECKING

import click

from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    from monitor.cli.render import Page
    from storage.models import HeldDocument, Paragraph, Version


@click.command(
    epilog="\b\nExamples:\n  wpswatch show 2387\n  wpswatch show 'S/RES/2387 (2017)' '43 (d) (ii)'\n"
    "  wpswatch show 1325 --cited-by\n\n"
    "Exit codes: 0 shown, 1 not held, 2 no such symbol or address."
)
@click.argument("symbol")
@click.argument("address", required=False)
@click.option("--language", default="en", metavar="CODE", help="The language of the text; en unless given.")
@click.option("--citations", "with_citations", is_flag=True, help="List under each paragraph what it cites.")
@click.option("--cited-by", is_flag=True, help="Show which held paragraphs cite the document, or the paragraph.")
@click.option("--json", "as_json", is_flag=True, help="Print the document, or the paragraph, as JSON.")
@pass_session
def show(
    session: Session,
    symbol: str,
    address: str | None,
    language: str,
    with_citations: bool,
    cited_by: bool,
    as_json: bool,
) -> None:
    """Show a document as held: fields, paragraphs, themes, versions, and where it came from.

    A * stands before each paragraph about women, peace and security; the words that make it so are listed below it.
    With an ADDRESS ('43 (d) (ii)', 'pp3', 'annex II 3') only that paragraph, with a citation to copy and the proof.
    With --cited-by the other way round: what cites it, the document itself being held or not.
    """
    if cited_by:
        from monitor.cli.cited_by import show_citing

        show_citing(session, symbol, address, language, as_json=as_json)
        return
    from contextlib import closing

    from monitor.cli.words import find_address, held_symbol
    from storage.documents import load_document

    with closing(session.open_readonly()) as db:
        known = held_symbol(db, symbol)
        held = load_document(db, known, language)
    if held is None:
        raise click.ClickException(f"{known} is not held in {language!r}; leave --language out for English")
    if address is None:
        _show_document(session, held, as_json, with_citations)
        return
    paragraphs = {paragraph.address: paragraph for paragraph in held.document.paragraphs}
    meant = find_address(address, paragraphs, is_resolution=held.document.kind == "resolution")
    _show_paragraph(held, paragraphs[meant], as_json)


def _show_document(session: Session, held: "HeldDocument", as_json: bool, with_citations: bool) -> None:
    from monitor.alerts.citation import document_url

    document = held.document
    url = document_url(document.symbol or "", document.language)
    if as_json:
        from monitor.cli.records_json import held_record
        from monitor.cli.render import echo_json

        echo_json(held_record(held, url))
        return
    from monitor.cli import document_page as pages
    from monitor.cli.render import BOLD, Page, moment

    page = Page()
    pages.add_head(page, document, url)
    pages.add_paragraphs(page, document.paragraphs, with_citations=with_citations)
    pages.add_warnings(page, document)
    if session.is_verbose:
        pages.add_asides(page, document)
    page.line()
    page.line(page.style("Versions", BOLD))
    for version in held.versions:
        page.line()
        _add_version(page, version, is_one=len(held.versions) == 1)
    page.line()
    page.wrapped(f"First seen {moment(held.first_seen_at)}.")
    page.print()


def _add_version(page: "Page", version: "Version", *, is_one: bool) -> None:
    from monitor.cli.render import moment, plain

    shown = "" if is_one or not version.is_current else "; the one shown"
    page.wrapped(
        f"fetched {moment(version.fetched_at)} by {plain(version.source)}, read as {version.reader}{shown}",
        "  ",
        "    ",
    )
    page.line(f"  from    {plain(version.url)}")
    page.line(f"  sha256  {plain(version.body_hash)}")


def _show_paragraph(held: "HeldDocument", paragraph: "Paragraph", as_json: bool) -> None:
    from monitor.alerts.citation import citation, document_url

    symbol, version = held.document.symbol or "", held.current
    words = citation(symbol, paragraph.address)  # the one that alerts give
    url = document_url(symbol, held.document.language)
    if as_json:
        from monitor.cli.records_json import paragraph_record, version_record
        from monitor.cli.render import echo_json

        record = {"symbol": symbol, **paragraph_record(paragraph), "citation": words, "url": url}
        echo_json(record | {"version": version_record(version)})
        return
    from monitor.cli import document_page as pages
    from monitor.cli.render import BOLD, DIM, Page, plain

    page = Page()
    page.line(page.style(plain(f"{symbol}, {paragraph.address}"), BOLD))
    page.line(plain(words))
    page.line(url)
    for name, text in (("heading", paragraph.heading), ("chapeau", paragraph.chapeau), ("text", paragraph.text)):
        if text is not None:
            page.line()
            page.wrapped(
                page.marked(text, pages.evidence_spans(paragraph.labels, name)), page.style(name.ljust(9), DIM)
            )
    page.line()
    if paragraph.labels:
        pages.add_themes(page, paragraph.labels, "")
    else:
        page.line("No theme of women, peace and security.")
    pages.add_citations(page, paragraph.citations, "")
    page.line()
    _add_version(page, version, is_one=True)
    page.print()
