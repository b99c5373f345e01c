"""How a question that a person asks can fail, without a word of where it was asked.

QuestionError
├── WrongQuestion   it can't be meant: no symbol, no theme, or several things at once
└── NothingFound    it is well asked, and nothing of the kind is held
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


class QuestionError(Exception):
    """A question has no answer; the message says what was expected, what was found and what to do."""


class WrongQuestion(QuestionError):  # noqa: N818 - the name says what happened
    """What was typed is none of what could be asked for, or may be several."""


class NothingFound(QuestionError):  # noqa: N818
    """What was asked for is not held."""


def speaks_to_a_person(error: Exception) -> bool:
    """Whether an error's own words say to a person what failed and what to do; one of ours does not."""
    from monitor.watch.lock import AlreadyRunning
    from scraper.errors import ScraperError
    from storage.errors import StorageError

    return isinstance(error, NothingFound | StorageError | ScraperError | AlreadyRunning)


def remedy(error: "sqlite3.DatabaseError") -> str:
    """What a person can do about an error of the database."""
    from storage.sqlite.database import remedy as remedy_of

    return remedy_of(error)
