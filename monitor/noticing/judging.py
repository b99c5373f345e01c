"""Says what becomes of each version that waits to be noticed, by the rule of `monitor.changes.news`. Reads only."""

import sqlite3
from dataclasses import dataclass, field
from datetime import date

from monitor.changes.dating import Dates, age_of
from monitor.changes.news import Age, NewsVerdict, Seen, Stage, asks_for_age, decide
from storage.models import Version
from storage.texts.documents import first_seen_at, previous_version
from storage.texts.versions import noticed_others, noticed_run_of
from storage.told.dates import dates_of


@dataclass(slots=True)
class Judge:
    """Judges the versions of one run in fetch order, and remembers what it let go by quietly.

    `watch_began_on` is the day of the first complete run of any source, None before it.
    """

    db: sqlite3.Connection
    stage: Stage
    watch_began_on: date | None
    news_days: int
    _quiet: set[tuple[str, str]] = field(default_factory=set)

    def judge(self, version: Version) -> NewsVerdict:
        """The verdict on a version; those before it in the run must have been marked as noticed, or wait."""
        if self.stage in (Stage.DOUBTED, Stage.BEFORE_WATCH, Stage.BEGINS_WATCH):
            return decide(self.stage, Seen.NOBODY, Age.UNSURE)  # whatever it is
        seen = self._seen(version)
        age = Age.UNSURE
        if asks_for_age(self.stage, seen):
            age = age_of(known_dates(self.db, version), self.watch_began_on, self.news_days)
        verdict = decide(self.stage, seen, age)
        if verdict is NewsVerdict.QUIET:
            self._quiet.add((version.symbol, version.language))
        return verdict

    def _seen(self, version: Version) -> Seen:
        previous = previous_version(self.db, version)
        if previous is not None:
            is_untold = (version.symbol, version.language) in self._quiet or noticed_run_of(
                self.db, previous.id
            ) is None
            return Seen.UNTOLD if is_untold else Seen.ITSELF
        return Seen.ANOTHER if noticed_others(self.db, version) else Seen.NOBODY


def known_dates(db: sqlite3.Connection, version: Version) -> Dates:
    """All that is held of the date of a version's document."""
    held = dates_of(db, version.id)
    seen_at = first_seen_at(db, version.symbol, version.language) or version.fetched_at
    return Dates(
        symbol=held.symbol,
        printed=held.printed,
        seen_on=min(seen_at, version.fetched_at).date(),
        others=held.others,
        not_before=held.not_before,
        not_after=held.not_after,
        warnings=held.warnings,
    )
