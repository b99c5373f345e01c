"""The command `show`: a document as held, or one paragraph of it, with where the words came from."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import click

from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    import sqlite3

    from monitor.cli.pages.related_documents import Related
    from monitor.cli.pages.render import Page
    from storage.corrections import Placed
    from storage.models import HeldDocument, Paragraph, ParseWarning, Version
    from storage.told.situations import Placed as Place
    from storage.told_values import KnownFact


class Shown(NamedTuple):
    """A held document, the languages it is held in, and what people said of its labels."""

    held: "HeldDocument"
    languages: list[str]
    placed: "Sequence[Placed]"


class About(NamedTuple):
    """What is known of a document besides its text: what sources tell, where it belongs, and its corrigenda."""

    facts: "Sequence[KnownFact]"
    place: "Place"
    related: "Sequence[Related]"


@click.command(
    epilog="\b\nExamples:\n  wpswatch show 2387\n  wpswatch show 'S/RES/2387 (2017)' '43 (d) (ii)'\n"
    "  wpswatch show 2767 '3 (a)' --lang fr\n  wpswatch show 2767 '3 (a)' --around 2\n"
    "  wpswatch show 1325 --cited-by\n  wpswatch show 2783 --witnesses\n\n"
    "Exit codes: 0 shown, 1 not held, 2 no such symbol or address."
)
@click.argument("symbol")
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
    as_json: bool,
) -> None:
    """Show a document as held: fields, facts, paragraphs, themes, versions, and where it came from.

    The facts are what the sources tell of it besides its text, such as the vote; each with who tells it. They are
    shown also where the text is not held.

    A * stands before each paragraph about women, peace and security; the words that make it so are listed below it.
    With an ADDRESS ('43 (d) (ii)', 'pp3', 'annex II 3') only that paragraph, with a citation to copy and the proof.
    With --cited-by the other way round: what cites it, the document itself being held or not.
    With --witnesses each source's text beside the one shown: the same words, other words, other addresses.
    """
    if around is not None and (address is None or cited_by or as_json):
        raise click.UsageError("--around shows what stands beside one paragraph: give an ADDRESS, and no other option")
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

    from monitor.app.held.held_names import find_address, held_symbol
    from monitor.app.questions import QuestionError
    from storage.sqlite.database import one_view
    from storage.texts.documents import is_spoken_of, load_document
    from storage.texts.languages import addresses_by_language, held_languages, language_warnings

    placed: Sequence[Placed] = ()
    with closing(session.open_readonly()) as db, one_view(db):
        try:
            known = held_symbol(db, symbol)
        except QuestionError:
            from monitor.cli.pages.unheld_document import show_told_of

            if address is not None or not show_told_of(db, symbol, as_json=as_json):
                raise
            return
        languages = held_languages(db, known)
        held = load_document(db, known, language or languages[0])
        if held is None:
            raise click.ClickException(f"{known} is not held in {language!r}, but in {', '.join(languages)}")
        warnings = language_warnings(addresses_by_language(db, known), language or languages[0])
        if is_spoken_of(db, known, held.document.language):
            from storage.texts.human_labels import placed_labels

            placed = placed_labels(db, held.document)
        held = replace(held, document=replace(held.document, warnings=(*held.document.warnings, *warnings)))
        shown = Shown(held, languages, placed)
        if address is None:
            _show_document(session, shown, _about(db, known), as_json, with_citations)
            return
    paragraphs = {paragraph.address: paragraph for paragraph in held.document.paragraphs}
    meant = find_address(address, paragraphs, is_resolution=held.document.kind == "resolution")
    if around is None:
        _show_paragraph(shown, paragraphs[meant], as_json)
    else:
        _show_around(shown, meant, around)


def _about(db: "sqlite3.Connection", symbol: str) -> About:
    from monitor.cli.pages.related_documents import related_documents
    from storage.texts.documents import held_symbols
    from storage.told.facts import facts_of
    from storage.told.situations import Placed as Place
    from storage.told.situations import placements

    place = placements(db, [symbol]).get(symbol, Place())
    return About(facts_of(db, symbol), place, related_documents(symbol, held_symbols(db)))


def _show_document(session: Session, shown: "Shown", about: About, as_json: bool, with_citations: bool) -> None:
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


def _show_around(shown: Shown, address: str, around: int) -> None:
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


def _show_paragraph(shown: Shown, paragraph: "Paragraph", as_json: bool) -> None:
    from monitor.text.links import document_url
    from scraper.council.citation_form import citation

    held = shown.held
    symbol, version = held.document.symbol or "", held.current
    said = [one for one in shown.placed if one.address == paragraph.address]
    words = citation(symbol, paragraph.address)  # the one that alerts give
    language = held.document.language
    url = document_url(symbol, language)
    if as_json:
        from monitor.cli.pages.render import echo_json
        from monitor.cli.records.documents import human_record, paragraph_record, version_record, warning_records

        record = {"symbol": symbol, "language": language, "languages": shown.languages, **paragraph_record(paragraph)}
        record |= {"citation": words, "url": url, "warnings": warning_records(_warnings_of(held))}
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
    else:
        page.line("No theme of women, peace and security.")
    pages.add_citations(page, paragraph.citations, "")
    if said:
        from monitor.cli.pages.human_labels import add_said

        add_said(page, said)
    page.line()
    for warning in _warnings_of(held):
        page.wrapped(page.style(plain(f"{warning.message} ({warning.code})"), ODD))
        page.line()
    _add_version(page, version, is_one=True)
    page.print()


def _warnings_of(held: "HeldDocument") -> "list[ParseWarning]":
    """What a reader of one paragraph must know of the document: in another language its address may name another."""
    from storage.texts.languages import LANGUAGES_DISAGREE

    return [warning for warning in held.document.warnings if warning.code == LANGUAGES_DISAGREE]
