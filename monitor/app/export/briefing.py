"""Gathers what a brief says from what is held: a document, or what a theme has brought since a day."""

import sqlite3
from collections.abc import Iterable
from datetime import date

from monitor.app.export.accuracy import measures
from monitor.app.export.brief import Brief, BriefDocument, BriefParagraph, BriefPiece, pieces_of
from monitor.app.export.works import work_of_document
from monitor.text.harmless import harmless, harmless_piece
from monitor.text.links import document_url
from scraper.council.forms.styles import cite_as_un
from scraper.council.forms.work import Work, day_first
from scraper.council.symbol import resolution_number
from storage.models import Paragraph, ParsedDocument, Place
from storage.texts.documents import load_document
from storage.texts.extracts import list_extracts

LEFT_OUT = "…"


def brief_of_document(db: sqlite3.Connection, symbol: str, language: str, today: date) -> Brief:
    """What one document says of women, peace and security."""
    held = load_document(db, symbol, language)
    documents = () if held is None else (_document(held.document, held.document.paragraphs),)
    count = sum(len(document.paragraphs) for document in documents)
    return Brief(harmless(symbol), f"{_paragraphs(count)} on women, peace and security", documents, _about(today))


def brief_of_theme(db: sqlite3.Connection, theme: str, since: date | None, today: date) -> Brief:
    """What a theme has brought since a day, newest first."""
    rows = list_extracts(db, themes=[theme], since=since, language="en")
    symbols = list(dict.fromkeys(row.symbol for row in rows))
    documents = []
    for symbol in symbols:
        held = load_document(db, symbol)
        if held is not None:
            chosen = [each for each in held.document.paragraphs if theme in each.themes]
            documents.append(_document(held.document, chosen))
    count = sum(len(document.paragraphs) for document in documents)
    span = f" since {day_first(since)}" if since else ""
    return Brief(theme, f"{_paragraphs(count)} in {len(documents)} documents{span}", tuple(documents), _about(today))


def _document(document: ParsedDocument, paragraphs: Iterable[Paragraph]) -> BriefDocument:
    symbol = document.symbol or ""
    day = document.adopted_on or document.published_on
    title = harmless(document.subject) if document.subject else ""
    work = work_of_document(document)
    number = resolution_number(symbol)
    facts = [title, f"{'Adopted' if document.adopted_on else 'Published'} {day_first(day)}" if day else ""]
    facts.append(document_url(symbol, document.language))
    return BriefDocument(
        name=f"Resolution {symbol.removeprefix('S/RES/')}" if number else harmless(symbol),
        facts=tuple(fact for fact in facts if fact),
        paragraphs=tuple(_paragraph(work, each) for each in paragraphs if each.is_wps),
    )


def _paragraph(work: Work, paragraph: Paragraph) -> BriefParagraph:
    marks = [
        (each.start, each.end)
        for label in paragraph.labels
        for each in label.evidence
        if each.place is Place.TEXT and not each.is_lent and each.said is None
    ]
    pieces = pieces_of(paragraph.text, marks)
    return BriefParagraph(
        address=paragraph.address,
        themes="; ".join(paragraph.themes),
        chapeau=f"{harmless(paragraph.chapeau)} {LEFT_OUT}" if paragraph.chapeau else "",
        pieces=tuple(BriefPiece(harmless_piece(piece.text), piece.is_bold) for piece in pieces),
        citation=harmless(cite_as_un(work, paragraph.address)),
        language=work.language,
    )


def _paragraphs(count: int) -> str:
    return "1 paragraph" if count == 1 else f"{count} paragraphs"


def _about(today: date) -> tuple[str, ...]:
    lines = [
        f"As held on {day_first(today)}. The words are the Council’s; which paragraphs are about women, peace and "
        "security, and their themes, wpswatch decides by rules. The words in bold gave the themes."
    ]
    return (*lines, *(f"{each.what}: {each.result}; measured on {each.sample}." for each in measures()))
