"""What is held of the resolutions on mandates: texts, records and places, each read from the database once."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Final

from scraper.council.symbol import year_in_symbol
from scraper.mandates.acts_in_titles import Told
from scraper.mandates.decided import decided_from, rules_mark
from scraper.mandates.links import MandateText
from scraper.situations.bodies import bodies_at
from scraper.situations.mandates import Mandate
from storage.models import FactField
from storage.texts.documents import held_symbols
from storage.texts.holdings import held_texts
from storage.told.facts import symbols_told, values_told
from storage.told.mandate_readings import mandate_readings
from storage.told.situations import PlacedDocument, bodies_by_basis, placements

METADATA: Final = "metadata"
RESOLUTIONS: Final = "S/RES/"
NAMING: Final = (FactField.TITLE, FactField.SUBJECTS)


class MandateTexts:
    """The resolutions of a database, as far as their mandates go. It lives as long as one view of the database."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._known: dict[str, MandateText] = {}

    @cached_property
    def held(self) -> set[str]:
        """The symbols of the documents whose English text is held."""
        return held_symbols(self._db, "en")

    @cached_property
    def unread(self) -> list[MandateText]:
        """The resolutions that are told of, and of which neither text, title nor subjects are held."""
        told = self.held.union(*(symbols_told(self._db, field) for field in NAMING))
        dated = {symbol for symbol in symbols_told(self._db, FactField.ADOPTED_ON) if symbol.startswith(RESOLUTIONS)}
        days = values_told(self._db, FactField.ADOPTED_ON, symbols=dated - told) if dated - told else {}
        return [MandateText(symbol, date.fromisoformat(day)) for symbol, day in days.items()]

    def situation_of(self, symbol: str) -> str | None:
        """The situation that a resolution belongs to."""
        return self._places.get(symbol, PlacedDocument()).situation

    def of(self, symbols: Iterable[str]) -> dict[str, MandateText]:
        """What is known of some resolutions."""
        wanted = list(dict.fromkeys(symbols))
        if missing := [symbol for symbol in wanted if symbol not in self._known]:
            self._known |= self._read(missing)
        return {symbol: self._known[symbol] for symbol in wanted}

    def read_all(self) -> None:
        """Read what is known of all resolutions at once: for all chains that is faster than for each."""
        symbols = {*self.held, *self._titles, *self._places}
        self.of(sorted(symbol for symbol in symbols if symbol.startswith(RESOLUTIONS)))

    def on(self, mandate: Mandate) -> list[MandateText]:
        """What is known of the resolutions that may be links of a mandate's chain, in the order of their symbols."""
        named = {symbol for body in mandate.bodies for symbol in self._naming.get(body, ())}
        if mandate.kind == "measures":
            named |= {symbol for symbol, place in self._places.items() if place.situation == mandate.situation}
            named |= {symbol for symbol, title in self._titles.items() if _is_on_measures(mandate, title)}
        else:
            named |= {symbol for body in mandate.bodies for symbol in self._titled.get(body, ())}
        return list(self.of(sorted(symbol for symbol in named if symbol.startswith(RESOLUTIONS))).values())

    @cached_property
    def _titles(self) -> dict[str, str]:
        return values_told(self._db, FactField.TITLE, METADATA)

    @cached_property
    def _titled(self) -> dict[str, set[str]]:
        """The resolutions whose title names each body."""
        found: dict[str, set[str]] = {}
        for symbol, title in self._titles.items():
            for _, body in bodies_at(title):
                found.setdefault(body, set()).add(symbol)
        return found

    @cached_property
    def _bases(self) -> dict[str, dict[str, tuple[str, ...]]]:
        return bodies_by_basis(self._db)

    @cached_property
    def _naming(self) -> dict[str, set[str]]:
        """The documents that name each body, by either basis."""
        found: dict[str, set[str]] = {}
        for symbol, by_basis in self._bases.items():
            for bodies in by_basis.values():
                for body in bodies:
                    found.setdefault(body, set()).add(symbol)
        return found

    @cached_property
    def _places(self) -> dict[str, PlacedDocument]:
        return placements(self._db)

    def _read(self, symbols: list[str]) -> dict[str, MandateText]:
        named = {symbol: _named(self._bases.get(symbol, {})) for symbol in symbols}
        texts = [symbol for symbol in symbols if symbol in self.held]
        read = {
            one.symbol: one
            for one in mandate_readings(self._db, texts, rules_mark())
            if one.bodies == named[one.symbol]
        }
        unread = held_texts(self._db, [symbol for symbol in texts if symbol not in read])
        days = {symbol: text.adopted_on for symbol, text in unread.items()}
        days |= {symbol: one.adopted_on for symbol, one in read.items()}
        recorded, expiring = (
            values_told(self._db, field, METADATA, symbols) for field in (FactField.ADOPTED_ON, FactField.EXPIRES_ON)
        )
        return {
            symbol: MandateText(
                symbol=symbol,
                adopted_on=_day_of(symbol, recorded.get(symbol), days.get(symbol)),
                title=self._titles.get(symbol),
                told=tuple(map(_told, expiring.get(symbol, ()))),
                filed_under=self._bases.get(symbol, {}).get("metadata", ()),
                bodies=named[symbol],
                paragraphs=unread[symbol].paragraphs if symbol in unread else None,
                reading=decided_from(read[symbol].reading) if symbol in read else None,
            )
            for symbol in symbols
        }


def _is_on_measures(mandate: Mandate, title: str) -> bool:
    return mandate.words in title.lower() if mandate.words else str(mandate.situation) in title


def _named(by_basis: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return by_basis.get("text") or by_basis.get("metadata", ())


def _told(record: Mapping[str, Any]) -> Told:
    return Told(date.fromisoformat(record["on"]), record["of"], record["words"], record["computed"])


def _day_of(symbol: str, recorded: str | None, printed: date | None) -> date | None:
    """The day of adoption. Of two the record's holds, since texts have misprints.

    Not where the symbol's year speaks against it: the record copies the misprint of S/RES/2423 (2018), 29 June 2016.
    """
    days = [day for day in (recorded and date.fromisoformat(recorded), printed) if day]
    fitting = [day for day in days if day.year == year_in_symbol(symbol)]
    return next(iter(fitting or days), None)
