"""Tells a new document that renews mandates as what it kept, weakened and dropped: for the run that notices it."""

import sqlite3
from collections.abc import Sequence
from datetime import date

from monitor.alerts.news.compose import ToldRenewal, ToldRollover, tell_by_reference, tell_renewal
from monitor.alerts.news.rollover import Rollover
from monitor.app.held.mandates import Mandates
from monitor.app.held.predecessors import ORDER, Predecessor, predecessors_of
from monitor.app.questions import NothingFound, WrongQuestion
from monitor.app.renewals.drift import drift_of
from monitor.renewals.comparison import Comparison
from monitor.renewals.lines import READ
from monitor.renewals.several import told_once
from scraper.council.symbol import resolution_number
from scraper.situations.mandates import mandate_of
from storage.drift_values import Kind
from storage.folding import loose_text
from storage.models import Paragraph
from storage.texts.documents import load_document


def renewal_news(db: sqlite3.Connection, symbol: str, language: str) -> Sequence[ToldRenewal | ToldRollover]:
    """A document beside the last full text before it in each mandate that it gives, as news; none where it is none.

    Mandates that rest on one text are told once, and so is each paragraph. A technical rollover is told as one where
    nothing else is: nothing is compared. A text whose predecessor is not held is no such news.
    """
    if language not in READ or resolution_number(symbol) is None:
        return ()
    held = load_document(db, symbol, language)
    mandates = Mandates(db)
    given = predecessors_of(db, symbol, mandates=mandates)
    given.sort(key=lambda one: ORDER.index(mandate_of(one.body).kind))
    found = told_once(_comparisons(db, given, language, mandates)) if held is not None else ()
    new = held.document.paragraphs if held is not None else ()
    told = tuple(one for one in (_told(each, new, mandates) for each in found) if one is not None)
    return told or _rolled_over(db, given, new, language, mandates)


def _rolled_over(
    db: sqlite3.Connection,
    given: Sequence[Predecessor],
    new: Sequence[Paragraph],
    language: str,
    mandates: Mandates,
) -> Sequence[ToldRollover]:
    """A technical rollover, with the themes of the last full text, whose words stay in force; none where it is none.

    One that says of women what the last full text does not say word for word is none: its words are news.
    """
    for before in given:
        if before.kind is not Kind.ROLLOVER or before.is_by_reference:
            continue
        held = load_document(db, before.old, language) if before.old else None
        paragraphs = held.document.paragraphs if held else ()
        known = {loose_text(paragraph.text) for paragraph in paragraphs}
        if any(paragraph.labels and loose_text(paragraph.text) not in known for paragraph in new):
            return ()
        themes = dict.fromkeys(label.theme for paragraph in paragraphs for label in paragraph.labels)
        rollover = Rollover(before.body, _expiry_of(mandates, before.new, before.body), before.old)
        return (ToldRollover(rollover, tuple(themes)),)
    return ()


def _comparisons(
    db: sqlite3.Connection, given: Sequence[Predecessor], language: str, mandates: Mandates
) -> list[Comparison]:
    """One for each text that stands before it: that of a body's mandate first."""
    found: dict[str, Comparison] = {}
    for before in given:
        if before.old is not None and before.old not in found and _is_news(before):
            try:
                found[before.old] = drift_of(db, before.new, body=before.body, language=language, mandates=mandates)
            except (WrongQuestion, NothingFound):  # the old text is not held in this language
                continue
    return list(found.values())


def _is_news(before: Predecessor) -> bool:
    return before.kind is not Kind.ROLLOVER or before.is_by_reference


def _told(found: Comparison, new: Sequence[Paragraph], mandates: Mandates) -> ToldRenewal | None:
    expires_on = _expiry_of(mandates, found.new, found.body or "")
    if found.not_repeated is not None:
        return tell_by_reference(found, expires_on)
    return tell_renewal(found, new, expires_on)


def _expiry_of(mandates: Mandates, symbol: str, body: str) -> date | None:
    return next((link.until for link in mandates.chain(body).links if link.symbol == symbol), None)
