"""Writes the feeds of a data folder: all that is held about women, and the days on which mandates expire."""

from typing import TYPE_CHECKING

from monitor.app.installation import Installation

if TYPE_CHECKING:
    import sqlite3
    from datetime import date

    from monitor.feeds.calendar import Dated
    from monitor.settings.config import Config


def days_to_come(db: "sqlite3.Connection", today: "date | None" = None) -> "list[Dated]":
    """The days from today, or from another day, on which mandates expire, as the sources tell them."""
    from datetime import UTC, datetime
    from itertools import groupby
    from operator import attrgetter

    from monitor.feeds.calendar import days_of, told_once
    from storage.models import FactField
    from storage.told.facts import facts_by_field

    today = today or datetime.now(UTC).date()
    found: list[Dated] = []
    for symbol, facts in groupby(facts_by_field(db, FactField.EXPIRES_ON), key=attrgetter("symbol")):
        by_text: list[Dated] = []
        by_title: list[Dated] = []
        for fact in facts:
            days = by_text if fact.origin.startswith("text-") else by_title
            days.extend(days_of(symbol, fact.value, fact.seen_at))
        found += [day for day in told_once(by_text, by_title) if day.on >= today]
    return found


def write_feeds(installation: Installation, db: "sqlite3.Connection", config: "Config") -> None:
    """Write the feeds after a run, if a folder is set; a run whose feeds can't be written has not failed."""
    if config.feeds is None:
        return
    from pathlib import Path

    from monitor.feeds.publish import publish

    try:
        publish(db, Path(config.feeds.dir).expanduser(), config.feeds, days_to_come(db))
    except OSError as error:
        installation.note(f"the feeds: expected to write into {config.feeds.dir}, found: {error}; then: wpswatch feeds")
