"""Tells a new document that renews a mandate as what it kept, weakened and dropped: for the run that notices it."""

import sqlite3
from datetime import date

from monitor.alerts.news.compose import ToldRenewal, tell_renewal
from monitor.app.held.mandates import chain_of
from monitor.app.held.predecessors import ORDER, predecessors_of
from monitor.app.questions import NothingFound, WrongQuestion
from monitor.app.renewals.drift import drift_of
from monitor.renewals.lines import READ
from scraper.council.symbol import resolution_number
from scraper.situations.mandates import mandate_of
from storage.drift_values import Kind
from storage.texts.documents import load_document


def renewal_news(db: sqlite3.Connection, symbol: str, language: str) -> ToldRenewal | None:
    """A document beside the last full text before it, as news; None where it renews nothing, or there is none.

    A technical rollover is no such news, nor is a text whose predecessor is not held.
    """
    if language not in READ or resolution_number(symbol) is None:
        return None
    given = [one for one in predecessors_of(db, symbol) if one.old is not None and one.kind is not Kind.ROLLOVER]
    # the first is told in which words about women stood or stand: a paragraph alarms once
    for before in sorted(given, key=lambda one: ORDER.index(mandate_of(one.body).kind)):
        if (told := _beside(db, symbol, before.body, language)) is not None:
            return told
    return None


def _beside(db: sqlite3.Connection, symbol: str, body: str, language: str) -> ToldRenewal | None:
    held = load_document(db, symbol, language)
    if held is None:
        return None
    try:
        found = drift_of(db, symbol, body=body, language=language)
    except (WrongQuestion, NothingFound):  # the old text is not held in this language
        return None
    return tell_renewal(found, held.document.paragraphs, _expiry_of(db, symbol, body))


def _expiry_of(db: sqlite3.Connection, symbol: str, body: str) -> date | None:
    return next((link.until for link in chain_of(db, body).links if link.symbol == symbol), None)
