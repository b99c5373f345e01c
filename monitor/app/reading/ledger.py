"""Which numbers of each series are held, announced or missing, and what the sources contradict each other about."""

import sqlite3
from datetime import datetime

from monitor.app.questions import WrongQuestion
from monitor.ledger.contradictions import DISPUTABLE, Contradiction, find_contradictions
from monitor.ledger.series import Series, build_ledger
from monitor.text.nearest import nearest_of
from storage.sqlite.database import one_view
from storage.told.facts import disputed_facts
from storage.told.ledger import document_evidence, noted_numbers


def read_ledger(db: sqlite3.Connection, now: datetime, wanted: str | None) -> tuple[list[Series], list[Contradiction]]:
    """The series, or the one that is wanted, with what is disputed in them.

    Raises:
        WrongQuestion: there is no such series.
    """
    with one_view(db):
        series = build_ledger(document_evidence(db), noted_numbers(db), now)
        disputed = find_contradictions(disputed_facts(db, DISPUTABLE))
    if wanted is None:
        return list(series), list(disputed)
    chosen = [one for one in series if one.name.casefold() == wanted.casefold()]
    if not chosen:
        names = [one.name for one in series]
        raise WrongQuestion(f"there is no series {wanted!r}; {nearest_of(wanted, names) if names else 'none is held'}")
    return chosen, [one for one in disputed if one.symbol.startswith(f"{chosen[0].name}/")]
