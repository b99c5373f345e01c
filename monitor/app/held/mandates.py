"""The chains of resolutions of what is held, and the mandates that each resolution gives or ends."""

import sqlite3
from collections.abc import Collection

from monitor.app.held.mandate_texts import MandateTexts
from scraper.mandates.acts_in_titles import title_words as title_words
from scraper.mandates.chain import Chain as Chain
from scraper.mandates.chain import Link as Link
from scraper.mandates.chain import MandateText, build_chain, link_of
from scraper.mandates.measures import ON_MEASURES
from scraper.mandates.term import Act
from scraper.situations.bodies import bodies_at
from scraper.situations.mandates import Mandate, load_mandates, mandate_of
from scraper.situations.vocabulary import Body as Body
from scraper.situations.vocabulary import load_bodies as load_bodies
from storage.models import FactField
from storage.told.facts import symbols_told


class Mandates:
    """The mandates of a database, each chain built once. It lives as long as one view of the database."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._texts = MandateTexts(db)
        self._chains: dict[str, Chain] = {}

    def chain(self, name: str) -> Chain:
        """The chain of a mandate of that name, or of a body's, with those it took over from or that took over."""
        return self._chain(mandate_of(name))

    def bodies_of(self, symbol: str) -> tuple[list[str], list[str]]:
        """The mandates whose chain a resolution belongs to, those alone that it gives or ends, and all bodies it names.

        A mandate has the name of its body, of the newest where several held it in turn. Where measures are renewed,
        theirs stands for that of their panel.
        """
        source = self._texts.of([symbol])[symbol]
        decided = [term.body for term in source.terms if term.body]
        in_title = [name for _, name in bodies_at(source.title or "")]
        named = list(dict.fromkeys((*decided, *in_title, *source.filed_under, *source.bodies)))
        links = {body: link for body in named if (link := link_of(body, source)) is not None}
        giving = [mandate_of(body).name for body, link in links.items() if link.is_renewal or link.act is Act.ENDED]
        for mandate in self._special(source, named):
            links_of = self._chain(mandate).links
            link = next((one for one in links_of if one.symbol == symbol and one.is_renewal), None)
            if link is None or (link.term and link.term.body in mandate.bodies and mandate.kind == "measures"):
                continue
            panels = mandate.bodies if mandate.kind == "measures" else ()
            giving = [*(name for name in giving if name not in panels), mandate.name]
        return list(dict.fromkeys(giving or (mandate_of(body).name for body in links))), named

    def in_situation(self, situation: str) -> list[Chain]:
        """The chains of all mandates in a situation that have one, that with most links first; of sanctions one."""
        bodies = [body.name for body in load_bodies() if body.situation == situation]
        special = [one.name for one in load_mandates() if one.situation == situation]
        names = dict.fromkeys(mandate_of(name).name for name in (*bodies, *special))
        chains = [chain for name in names if (chain := self.chain(name)).links]
        measures = [one for chain in chains if (one := mandate_of(chain.body)).kind == "measures"]
        panels = {body for one in measures for body in one.bodies}
        return sorted((one for one in chains if one.body not in panels), key=lambda one: -len(one.links))

    def all(self) -> dict[str, Chain]:
        """The chain of every mandate that has one, by its name."""
        mandates = {mandate_of(body.name) for body in load_bodies()} | set(load_mandates())
        self._texts.read_all()
        chains = ((one.name, self._chain(one)) for one in sorted(mandates, key=lambda one: one.name))
        return {name: chain for name, chain in chains if chain.links}

    def _chain(self, mandate: Mandate) -> Chain:
        if mandate.name not in self._chains:
            texts = self._texts
            self._chains[mandate.name] = build_chain(mandate, texts.on(mandate), texts.held, texts.unread)
        return self._chains[mandate.name]

    def _special(self, source: MandateText, named: Collection[str]) -> list[Mandate]:
        """The tasks and measures that a resolution may be on, by what it decides, its title and its situation."""
        situation = self._texts.situation_of(source.symbol)
        is_on_measures = any(term.body is None for term in source.terms)
        if not source.is_held:
            is_on_measures = ON_MEASURES.search(source.title or "") is not None
        found = []
        for one in load_mandates():
            is_named = any(body in named for body in one.bodies)
            is_here = is_named or (is_on_measures and one.situation == situation)
            if is_here and (one.kind == "task" or (one.kind == "measures" and is_on_measures)):
                found.append(one)
        return found


def chain_of(db: sqlite3.Connection, name: str) -> Chain:
    """The chain of a mandate of that name, or of a body's: `Mandates.chain`."""
    return Mandates(db).chain(name)


def bodies_of(db: sqlite3.Connection, symbol: str) -> tuple[list[str], list[str]]:
    """The mandates that a resolution gives or ends, and all bodies that it names: `Mandates.bodies_of`."""
    return Mandates(db).bodies_of(symbol)


def chains_in(db: sqlite3.Connection, situation: str) -> list[Chain]:
    """The chains of all mandates in a situation: `Mandates.in_situation`."""
    return Mandates(db).in_situation(situation)


def all_chains(db: sqlite3.Connection) -> dict[str, Chain]:
    """The chain of every mandate that has one, by its name: `Mandates.all`."""
    return Mandates(db).all()


def told_symbols(db: sqlite3.Connection) -> set[str]:
    """The symbols of all documents that a source's record dates, with a text or without."""
    return symbols_told(db, FactField.ADOPTED_ON)
