"""Keeps what the held texts decide of mandates in step with the texts and with the rules by which they are read.

What a text was read to decide is saved with its version (`scraper.ingest.ingest`). After an upgrade the days that older
rules read are read anew from the held texts: no body is opened, and nothing of it is news.
"""

import sqlite3

from scraper.facts.of_texts import facts_of_document
from scraper.mandates.decided import NOTHING, reading_of, rules_mark
from scraper.situations.placing import place_by_text
from storage.sqlite.database import transaction
from storage.texts.documents import load_parsed
from storage.told.facts import save_facts
from storage.told.mandate_readings import ReadByOthers, read_by_others, save_mandate_reading
from storage.told.situations import save_placement
from storage.told_values import Witness

BATCH = 128  # versions in one transaction


def renew_readings(db: sqlite3.Connection) -> int:
    """Read mandates, days of expiry and places anew where other rules read them, or none; of how many versions."""
    others = read_by_others(db, rules_mark())
    for at in range(0, len(others), BATCH):
        with transaction(db):
            for one in others[at : at + BATCH]:
                _renew(db, one)
    return len(others)


def _renew(db: sqlite3.Connection, one: ReadByOthers) -> None:
    document = load_parsed(db, one.version)
    place = place_by_text(document)
    if place is not None:
        save_placement(db, place.symbol, "text", place.situation, place.bodies)
    witness = Witness(one.source, f"text-{document.language}")
    save_facts(db, witness, facts_of_document(document), one.snapshot, one.fetched_at)
    bodies = place.bodies if place else ()
    save_mandate_reading(db, one.version, rules_mark(), bodies, reading_of(document, bodies) or NOTHING)
