"""The command `show`: a document as held, or one paragraph of it, with where the words came from."""

from typing import TYPE_CHECKING, Any

import click

from monitor.cli.arguments import CITING
from monitor.cli.completing import complete_symbols
from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    from monitor.app.reading.documents import About, Passage, Shown, ToldOf
    from monitor.cli.pages.render import Page
    from storage.models import Version


@click.command(
    epilog="\b\nExamples:\n  wpswatch show 2387\n  wpswatch show 'S/RES/2387 (2017)' '43 (d) (ii)'\n"
    "  wpswatch show 2767 '3 (a)' --lang fr\n  wpswatch show 2767 '3 (a)' --around 2\n"
    "  wpswatch show 2767 '3 (a)' --cite oscola\n  wpswatch show 1325 --cited-by\n  wpswatch show 2783 --witnesses\n\n"
    "Exit codes: 0 shown, 1 not held, 2 no such symbol or address."
)
@click.argument("symbol", shell_complete=complete_symbols)
@click.argument("address", required=False)
@click.option(
    "--lang",
    "--language",
    "language",
    metavar="CODE",
    help="The language of the text: ar, en, es, fr, ru, zh. English unless given, or what is held.",
)
@click.option(
    "--around",
    type=click.IntRange(0, 50),
    metavar="N",
    help="With an ADDRESS: also so many paragraphs on each side of it.",
)
@click.option("--citations", "with_citations", is_flag=True, help="List under each paragraph what it cites.")
@click.option("--cited-by", is_flag=True, help="Show which held paragraphs cite the document, or the paragraph.")
@click.option("--witnesses", is_flag=True, help="Compare what each source gave, paragraph by paragraph.")
@CITING
@click.option("--json", "as_json", is_flag=True, help="Print the document, or the paragraph, as JSON.")
@pass_session
def show(
    session: Session,
    symbol: str,
    address: str | None,
    language: str | None,
    around: int | None,
    with_citations: bool,
    cited_by: bool,
    witnesses: bool,
    style: str | None,
    as_json: bool,
) -> None:
    """Show a document as held: fields, facts, paragraphs, themes, versions, and where it came from.

    SYMBOL and ADDRESS are read as people write them: 1325, 'resolution 1325 (2000), para. 8', a link to docs.un.org,
    'prst 2023/1' 'fifth paragraph', 43.d.ii.

    The facts are what the sources tell of it besides its text, such as the vote; each with who tells it. They are
    shown also where the text is not held.

    A * stands before each paragraph about women, peace and security; the words that make it so are listed below it.
    With an ADDRESS ('43 (d) (ii)', 'pp3', 'annex II 3') only that paragraph, with a citation to copy and the proof.
    With --cited-by the other way round: what cites it, the document itself being held or not.
    With --witnesses each source's text beside the one shown: the same words, other words, other addresses.
    """
    symbol, address = _split(session, symbol, address)
    if around is not None and (address is None or cited_by or as_json):
        raise click.UsageError("--around shows what stands beside one paragraph: give an ADDRESS, and no other option")
    if style and (cited_by or witnesses or as_json or around is not None):
        raise click.UsageError("--cite prints a reference to what is shown; leave the other options out")
    if cited_by:
        from monitor.cli.reading.cited_by import show_citing

        show_citing(session, symbol, address, language or "en", as_json=as_json)
        return
    if witnesses:
        if address is not None:
            raise click.UsageError("--witnesses compares whole documents; leave the address out")
        from monitor.cli.reading.witnesses import show_witnesses

        show_witnesses(session, symbol, language, as_json=as_json)
        return
    from contextlib import closing

    from monitor.app.questions import QuestionError
    from monitor.app.reading.documents import show_document, show_paragraph, told_of

    with closing(session.open_readonly()) as db:
        if address is not None:
            shown, passage = show_paragraph(db, symbol, address, language)
        else:
            try:
                shown, about = show_document(db, symbol, language)
            except QuestionError:
                told = told_of(db, symbol)
                if told is None:
                    raise
                _show_told(told, as_json)
                return
    if style:
        from monitor.app.reading.reference import reference_to, write_references

        meant = None if address is None else passage.paragraph.address
        click.echo(write_references(style, [reference_to(shown.held.document, meant)]), nl=False)
    elif address is None:
        _show_document(session, shown, about, as_json, with_citations)
    elif around is None:
        _show_paragraph(shown, passage, as_json)
    else:
        _show_around(shown, passage.paragraph.address, around)


def _split(session: Session, symbol: str, address: str | None) -> tuple[str, str | None]:
    """A document and a place in it that were typed as one: `1325 para 8`."""
    if address is not None:
        return symbol, address
    from contextlib import closing

    from monitor.app.reading.documents import cited_place

    with closing(session.open_readonly()) as db:
        return cited_place(db, symbol)


def _show_told(told: "ToldOf", as_json: bool) -> None:
    """Print what sources tell of a document whose text is not held."""
    from monitor.cli.pages.facts import add_facts
    from monitor.cli.pages.render import BOLD, Page, echo_json, plain
    from monitor.cli.records.facts import fact_record

    if as_json:
        facts = [fact_record(fact) for fact in told.facts]
        echo_json({"symbol": told.symbol, "is_held": False, "facts": facts})
        return
    page = Page()
    page.line(f"{page.style(plain(told.symbol), BOLD)}  its text is not held; this is what is told of it")
    add_facts(page, told.facts, told.place)
    page.print()


def _show_document(session: Session, shown: "Shown", about: "About", as_json: bool, with_citations: bool) -> None:
    from monitor.text.links import document_url

    held, document = shown.held, shown.held.document
    url = document_url(document.symbol or "", document.language)
    from monitor.cli.pages.facts import add_facts
    from monitor.cli.pages.related_documents import add_related, related_records
    from monitor.cli.records.facts import fact_record

    if as_json:
        from monitor.cli.pages.render import echo_json
        from monitor.cli.records.documents import held_record, human_record

        record = held_record(held, url) | {"languages": shown.languages}
        if document.kind == "mission_report":
            from monitor.cli.records.missions import mission_record

            record["mission"] = mission_record(document.symbol or "", document.subject)
        record |= {"human_labels": [human_record(one) for one in shown.placed]}
        record |= {"related": related_records(about.related)}
        record |= {"situation": about.place.situation, "bodies": list(about.place.bodies)}
        echo_json(record | {"facts": [fact_record(fact) for fact in about.facts]})
        return
    from monitor.cli.pages import document as pages
    from monitor.cli.pages.render import BOLD, Page, moment

    page = Page()
    pages.add_head(page, document, url)
    add_related(page, about.related)
    if document.kind == "mission_report":
        from monitor.app.held.missions import mission_facts
        from monitor.cli.pages.missions import mission_words

        page.wrapped(mission_words(mission_facts(document.symbol or "", document.subject)))
    _add_languages(page, document.language, shown.languages)
    add_facts(page, about.facts, about.place)
    pages.add_paragraphs(page, document.paragraphs, with_citations=with_citations)
    pages.add_warnings(page, document)
    if shown.placed:
        from monitor.cli.pages.human_labels import add_said

        add_said(page, shown.placed)
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


def _show_around(shown: "Shown", address: str, around: int) -> None:
    """A paragraph and its neighbours in the order of the document."""
    from monitor.cli.pages import document as pages
    from monitor.cli.pages.render import Page
    from monitor.text.links import document_url

    document = shown.held.document
    position = [paragraph.address for paragraph in document.paragraphs].index(address)
    page = Page()
    pages.add_head(page, document, document_url(document.symbol or "", document.language))
    pages.add_paragraphs(page, document.paragraphs[max(0, position - around) : position + around + 1])
    page.print()


def _add_languages(page: "Page", shown: str, languages: list[str]) -> None:
    """Say in which other languages the document is held, and that the one shown is not English for want of it."""
    if languages == ["en"]:
        return
    from monitor.cli.pages.render import plain

    others = [language for language in languages if language != shown]
    words = f"Held in {', '.join(others)} too; see them with --lang." if others else "Held in no other language."
    page.wrapped(plain(words if "en" in languages else f"Not held in English. {words}"))


def _add_version(page: "Page", version: "Version", *, is_one: bool) -> None:
    from monitor.cli.pages.render import moment, plain

    shown = "" if is_one or not version.is_current else "; the one shown"
    page.wrapped(
        f"fetched {moment(version.fetched_at)} by {plain(version.source)}, read as {version.reader}{shown}",
        "  ",
        "    ",
    )
    page.line(f"  from    {plain(version.url)}")
    page.line(f"  sha256  {plain(version.body_hash)}")


def _show_paragraph(shown: "Shown", passage: "Passage", as_json: bool) -> None:
    from monitor.app.export.works import work_of_document
    from monitor.text.links import document_url
    from scraper.council.forms.styles import cite_as_un

    held, paragraph = shown.held, passage.paragraph
    symbol, version = held.document.symbol or "", held.current
    said = [one for one in shown.placed if one.address == paragraph.address]
    work = work_of_document(held.document)
    words = cite_as_un(work, paragraph.address)
    language = held.document.language
    url = document_url(symbol, language)
    if as_json:
        from monitor.cli.pages.render import echo_json
        from monitor.cli.records.documents import human_record, paragraph_record, version_record, warning_records

        below = [paragraph_record(one, work) for one in passage.below]
        record: dict[str, Any] = {"symbol": symbol, "language": language, "languages": shown.languages}
        record |= paragraph_record(paragraph, work) | {
            "url": url,
            "warnings": warning_records(shown.paragraph_warnings),
        }
        record |= {"below": below, "source_url": version.url}
        echo_json(record | {"version": version_record(version), "human_labels": [human_record(one) for one in said]})
        return
    from monitor.cli.pages import document as pages
    from monitor.cli.pages.render import BOLD, DIM, ODD, Page, plain

    page = Page()
    page.line(page.style(plain(f"{symbol}, {paragraph.address}"), BOLD))
    page.line(plain(words))
    page.line(url)
    _add_languages(page, language, shown.languages)
    for name, text in (("heading", paragraph.heading), ("chapeau", paragraph.chapeau), ("text", paragraph.text)):
        if text is not None:
            page.line()
            page.wrapped(
                page.marked(text, pages.evidence_spans(paragraph.labels, name)), page.style(name.ljust(9), DIM)
            )
    page.line()
    if paragraph.labels:
        pages.add_themes(page, paragraph.labels, "")
    elif not passage.is_themed:
        page.line("No theme of women, peace and security.")
    else:
        page.line("No theme of its own; what stands below it has some.")
    pages.add_citations(page, paragraph.citations, "")
    if passage.below:
        pages.add_below(page, passage.below)
    if said:
        from monitor.cli.pages.human_labels import add_said

        add_said(page, said)
    page.line()
    for warning in shown.paragraph_warnings:
        page.wrapped(page.style(plain(f"{warning.message} ({warning.code})"), ODD))
        page.line()
    _add_version(page, version, is_one=True)
    page.print()
