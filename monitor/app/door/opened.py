"""A data folder opened for Python: the questions that the commands ask, with values for answers. Nothing is written.

It holds no logic of its own: what `wpswatch extracts`, `search` and `show` answer comes from the same functions.
"""

import os
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, TypedDict, Unpack

from monitor.app.door.values import Document, Extract, Hit, WpsYear, document_of, extract_of, hit_of
from monitor.app.installation import Installation
from monitor.app.questions import WrongQuestion
from monitor.app.reading.documents import show_document
from monitor.app.reading.extracts import Wanted, extracts_wanted, find_paragraphs
from monitor.text.days import read_days
from monitor.text.theme_names import find_theme
from storage.sqlite.public_copy import view_rows
from storage.texts.finding.chosen import Order

#: One thing that is asked for, or several of which any will do.
Asked = str | Sequence[str]
#: A day, or words for one: `2025-01-31`, `June 2026`, `2023`, `1y`.
Day = date | str
_MARKS = ("[", "]")


class Conditions(TypedDict, total=False):
    """What chooses documents and paragraphs, as the options of `wpswatch extracts` and `search` do.

    Themes may be given by nicknames (`gbv`), documents by number or pattern (`S/RES/27*`). `since` and `until` are
    about the day of adoption, `seen_since` about the day when it was first seen or changed here.
    """

    theme: Asked
    symbol: Asked
    since: Day
    until: Day
    seen_since: Day | datetime
    situation: Asked
    body: Asked
    kind: Asked
    language: Asked


class Data:
    """What a data folder holds; open it with `open_data`, and close it, or use it in a `with` statement."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Read from an open database; `close` closes it."""
        self._db = db

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the database; what was given out stays."""
        self._db.close()

    def extracts(
        self,
        *,
        only_new: bool = False,
        oldest_first: bool = False,
        limit: int | None = None,
        **choices: Unpack[Conditions],
    ) -> list[Extract]:
        """The extracts about women, peace and security, as `wpswatch extracts` finds them, newest first.

        `only_new` keeps what was flagged as new or changed; `theme`, `symbol`, `since` and the like: see `Conditions`.

        Raises:
            WrongQuestion: a name or a day is none, or may be several.
            NothingFound: a document that was named is not held.
        """
        wanted = _wanted(choices)
        order = Order.OLDEST if oldest_first else Order.NEWEST
        rows = extracts_wanted(self._db, replace(wanted, only_flagged=only_new, order=order, limit=limit))
        return [extract_of(row) for row in rows]

    def search(
        self,
        query: str,
        *,
        order: Literal["best", "newest", "oldest"] = "best",
        limit: int | None = None,
        **choices: Unpack[Conditions],
    ) -> list[Hit]:
        """The paragraphs that a query finds, as `wpswatch search` does; `order` is `best`, `newest` or `oldest`.

        Raises:
            WrongQuestion: a name or a day is none, or a NOT has nothing to take away from.
            NothingFound: a document that was named is not held.
        """
        wanted = _wanted(choices)
        found = find_paragraphs(self._db, query, replace(wanted, order=Order(order), limit=limit), _MARKS)
        return [hit_of(hit) for hit in found.hits]

    def document(self, symbol: str, language: str | None = None) -> Document:
        """A document as held, by whatever a person calls it: `S/RES/1325 (2000)`, `1325`, a link to docs.un.org.

        In English unless another language is asked for, or in what it is held in.

        Raises:
            WrongQuestion: it is no symbol.
            NothingFound: it is not held, or not in that language.
        """
        shown, _ = show_document(self._db, symbol, language)
        return document_of(shown.held.document, shown.held, tuple(shown.languages))

    def by_year(self) -> list[WpsYear]:
        """How many paragraphs are about women, by year, language and kind of document: the view `wps_by_year`."""
        return [WpsYear(*row) for row in view_rows(self._db, "wps_by_year")]


def open_data(folder: str | PathLike[str] | None = None) -> Data:
    """What a data folder holds; without a folder that of the commands: `WPSWATCH_DATA`, or the user's own.

    Raises:
        StorageError: there is no database, or one that cannot be read; the message says what to do.
    """
    named = os.environ.get("WPSWATCH_DATA") if folder is None else str(Path(folder))
    return Data(Installation(data=named or None).open_readonly())


def parse(body: bytes, *, symbol: str | None = None, url: str | None = None, media_type: str | None = None) -> Document:
    """A document from the bytes of a file: PDF, Word, HTML, text or the UN's XML. No database is asked.

    It is read in this process. Files of strangers are read by `wpswatch parse` in processes with limits.

    Raises:
        BodyError: the bytes are no document, or not that of the symbol; `code` and `message` say why.
    """
    from scraper.ingest.extraction import extract

    return document_of(extract(body, url=url, media_type=media_type, symbol=symbol))


def _wanted(choices: Conditions) -> Wanted:
    """The conditions as the questions of the program take them."""
    try:
        return Wanted(
            themes=tuple(find_theme(name) for name in _several(choices.get("theme", ()))),
            symbols=_several(choices.get("symbol", ())),
            since=_day(choices.get("since")),
            until=_day(choices.get("until"), is_last=True),
            seen_since=_moment(choices.get("seen_since")),
            situations=_several(choices.get("situation", ())),
            bodies=_several(choices.get("body", ())),
            kinds=_several(choices.get("kind", ())),
            languages=_several(choices.get("language", ())),
        )
    except ValueError as error:  # no theme, or no day
        raise WrongQuestion(str(error)) from error


def _several(asked: Asked) -> tuple[str, ...]:
    return (asked,) if isinstance(asked, str) else tuple(asked)


def _day(asked: Day | None, *, is_last: bool = False) -> date | None:
    if not isinstance(asked, str):
        return asked
    span = read_days(asked, datetime.now(UTC).date())
    return span.last if is_last else span.first


def _moment(asked: Day | datetime | None) -> datetime | None:
    if isinstance(asked, datetime):
        return asked if asked.tzinfo else asked.replace(tzinfo=UTC)
    day = _day(asked)
    return None if day is None else datetime.combine(day, time(), UTC)
