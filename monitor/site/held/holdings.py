"""Everything a site shows, read once from one view of the database, so that all pages tell the same moment."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from monitor.app.held.mandates import Chain, all_chains
from monitor.app.held.predecessors import Predecessor, all_predecessors
from monitor.app.source_state import SourceStatus, source_statuses
from monitor.settings.config import Config
from monitor.site.held.document import Doc, KnownDocument, doc_of, known_of
from storage.drift_values import DriftCorrection
from storage.fetched.runs import list_runs
from storage.models import DocumentKind, HeldDocument
from storage.records import Change, CrawlRun
from storage.sqlite.database import one_view
from storage.texts.changes import list_changes
from storage.texts.extracts import ExtractRow, list_extracts
from storage.texts.holdings import held_documents
from storage.told.drift_corrections import all_drift_corrections
from storage.told.facts import all_facts
from storage.told.situations import PlacedDocument, placements
from storage.told_values import KnownFact

#: Of a document that is held in several languages, the one its page without a language is in.
FIRST = "en"


@dataclass(frozen=True, slots=True)
class Holdings:
    """What is held, as a site needs it. `as_of` is the moment from which days are counted.

    `docs` are in all languages asked for, oldest first; `known` are documents of which sources tell and whose text is
    not held; `extracts` those of the English texts, newest first; `cited_by` names by symbol who cites it.
    """

    as_of: datetime
    docs: tuple[Doc, ...]
    known: tuple[KnownDocument, ...]
    facts: Mapping[str, Sequence[KnownFact]]
    extracts: tuple[ExtractRow, ...]
    changes: tuple[Change, ...]
    chains: Mapping[str, Chain]
    predecessors: tuple[Predecessor, ...]
    said_of_renewals: tuple[DriftCorrection, ...]
    statuses: tuple[SourceStatus, ...]
    runs: tuple[CrawlRun, ...]
    by_symbol: Mapping[str, Doc] = field(default_factory=dict)
    by_text: Mapping[tuple[str, str], Doc] = field(default_factory=dict)
    languages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cited_by: Mapping[str, tuple[Doc, ...]] = field(default_factory=dict)

    @property
    def first_docs(self) -> list[Doc]:
        """The documents in English: one of each."""
        return [doc for doc in self.docs if doc.language == FIRST]

    def docs_of(self, symbol: str) -> list[Doc]:
        """A document in each of the languages it is held in."""
        return [self.by_text[symbol, language] for language in self.languages.get(symbol, ())]

    @property
    def today(self) -> date:
        """The day from which days are counted."""
        return self.as_of.date()


def read_holdings(
    db: sqlite3.Connection, config: Config, languages: Sequence[str], as_of: datetime | None = None
) -> Holdings:
    """Read everything held in these languages; English is always among them."""
    wanted = {FIRST, *languages}
    with one_view(db):
        runs = tuple(list_runs(db))
        moment = as_of or _last_moment(runs)
        places = placements(db)
        facts = _current_facts(db)
        helds = [held for held in held_documents(db) if held.document.language in wanted]
        docs = sorted((_doc(held, places, facts) for held in helds), key=_order)
        english = {doc.symbol: doc.document for doc in docs if doc.language == FIRST}
        changes = tuple(change for change in list_changes(db) if change.language in wanted)
        extracts = tuple(list_extracts(db, language=FIRST))
        chains = all_chains(db)
        predecessors = tuple(all_predecessors(db, chains))
        said = tuple(all_drift_corrections(db, FIRST))
        statuses = tuple(source_statuses(db, config, moment, None))
    known = [known_of(symbol, told, places.get(symbol, PlacedDocument())) for symbol, told in facts.items()]
    return Holdings(
        as_of=moment,
        docs=tuple(docs),
        known=tuple(one for one in known if one is not None and one.symbol not in english),
        facts=facts,
        extracts=extracts,
        changes=changes,
        chains=chains,
        predecessors=predecessors,
        said_of_renewals=said,
        statuses=statuses,
        runs=runs,
        by_symbol={doc.symbol: doc for doc in docs if doc.language == FIRST},
        by_text={(doc.symbol, doc.language): doc for doc in docs},
        languages=_languages(docs),
        cited_by=_cited_by(docs),
    )


def _last_moment(runs: Sequence[CrawlRun]) -> datetime:
    """When the last run ended: two builds of one database count days alike."""
    ends = [run.ended_at for run in runs if run.ended_at]
    return max(ends, default=datetime(1970, 1, 1, tzinfo=UTC))


def _doc(held: HeldDocument, places: Mapping[str, PlacedDocument], facts: Mapping[str, Sequence[KnownFact]]) -> Doc:
    symbol = held.document.symbol or ""
    return doc_of(held, places.get(symbol, PlacedDocument()), facts.get(symbol, ()))


def _order(doc: Doc) -> tuple[date, int, str, bool, str]:
    return (doc.day or date.min, doc.number, doc.symbol, doc.language != FIRST, doc.language)


def _current_facts(db: sqlite3.Connection) -> dict[str, list[KnownFact]]:
    found: defaultdict[str, list[KnownFact]] = defaultdict(list)
    for fact in all_facts(db):
        if fact.replaced_at is None:
            found[fact.symbol].append(fact)
    return dict(found)


def _languages(docs: Sequence[Doc]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for doc in docs:
        found[doc.symbol].append(doc.language)
    return {symbol: tuple(sorted(held, key=lambda each: (each != FIRST, each))) for symbol, held in found.items()}


def _cited_by(docs: Sequence[Doc]) -> dict[str, tuple[Doc, ...]]:
    """Who cites each document, newest first. A resolution may be cited with a wrong year, or none: its number tells."""
    found: defaultdict[str, dict[str, Doc]] = defaultdict(dict)
    for doc in docs:
        if doc.language != FIRST:
            continue
        for paragraph in doc.document.paragraphs:
            for citation in paragraph.citations:
                key = citation_key(citation.symbol)
                if key != citation_key(doc.symbol):
                    found[key][doc.symbol] = doc
    return {key: tuple(reversed(list(citing.values()))) for key, citing in found.items()}


def citation_key(symbol: str) -> str:
    """What a symbol is found by: of a resolution the number, whatever year stands behind it."""
    return symbol.partition(" (")[0] if symbol.startswith("S/RES/") else symbol


def is_about(doc: Doc) -> bool:
    """Whether it is a document of the Council that readers look for by year: no letter and no draft."""
    return doc.kind in (DocumentKind.RESOLUTION, DocumentKind.PRESIDENTIAL_STATEMENT, DocumentKind.MISSION_REPORT)
