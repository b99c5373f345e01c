"""What the Council has said before: the nearest earlier wordings of a text, and terms of art through the years."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.renewals.agreed import Earlier, PhraseUse, phrase_use, rank_wordings
from monitor.renewals.wording.terms import load_terms, term_uses
from monitor.renewals.wording.words import words_of
from storage.texts.search import Wording, count_matches, find_wordings, wps_wordings

#: So many of the rarest words of a text are looked for.
RAREST = 14
#: So many paragraphs that hold some of them are compared.
COMPARED = 120
#: A word that stands in more paragraphs finds too many, and tells none from another: "and", "the".
OFTEN = 8_000
#: A longer text is no phrase.
PHRASE_WORDS = 14


def agreed_language(
    db: sqlite3.Connection, text: str, *, before: date | None = None, limit: int = 10, language: str = "en"
) -> list[Earlier]:
    """The nearest wordings that the Council adopted, before a day where one is given; best first."""
    counts = {word: count_matches(db, word) for word in _words(text)}
    found = sorted((word for word, count in counts.items() if count), key=lambda word: (counts[word], word))[:RAREST]
    rarest = [word for word in found if counts[word] <= OFTEN] or found
    held = find_wordings(db, rarest, language=language, before=before, limit=COMPARED)
    is_phrase = _is_phrase(text)
    if is_phrase:
        held += find_wordings(db, [_spoken(text)], is_phrase=True, language=language, before=before, limit=COMPARED)
    return rank_wordings(text, [_earlier(one) for one in dict.fromkeys(held)], limit, is_phrase=is_phrase)


def phrase_history(
    db: sqlite3.Connection, text: str, *, before: date | None = None, language: str = "en"
) -> PhraseUse | None:
    """How a phrase was used, letter case aside; None where it never was, or where the text is longer than a phrase."""
    if not _is_phrase(text):
        return None
    held = find_wordings(db, [_spoken(text)], is_phrase=True, language=language, before=before)
    return phrase_use(text, [_earlier(one) for one in held])


@dataclass(frozen=True, slots=True)
class TermHistory:
    """A term of art in the texts: in how many paragraphs and documents, by year, and its first and last use."""

    term: str
    paragraphs: int
    documents: int
    by_year: tuple[tuple[int, int], ...]
    first: Wording | None
    last: Wording | None
    uses: tuple[Wording, ...]


def term_histories(
    db: sqlite3.Connection, symbols: Iterable[str] | None = None, language: str = "en"
) -> list[TermHistory]:
    """Every term of art in all paragraphs held about women, or in those of some documents."""
    wanted = set(symbols) if symbols is not None else None
    uses: defaultdict[str, list[Wording]] = defaultdict(list)
    for one in wps_wordings(db, language):
        if wanted is None or one.symbol in wanted:
            for name in {use.name for use in term_uses(one.text)}:
                uses[name].append(one)
    return [_history(term.name, uses[term.name]) for term in load_terms()]


def chain_named(db: sqlite3.Connection, typed: str) -> list[str]:
    """The resolutions of the mandate that a person means by a body, a situation or a resolution, oldest first.

    Raises:
        WrongQuestion: it is none, or may be several.
    """
    from monitor.app.held.chain_asked import ask_chain  # brings all that chains need, and `agreed` needs none of it

    return [link.symbol for link in ask_chain(db, typed, None).chain.links]


def _history(term: str, uses: Sequence[Wording]) -> TermHistory:
    years = Counter(one.adopted_on.year for one in uses if one.adopted_on)
    first, last = (uses[0], uses[-1]) if uses else (None, None)
    return TermHistory(
        term, len(uses), len({one.symbol for one in uses}), tuple(sorted(years.items())), first, last, tuple(uses)
    )


def _words(text: str) -> list[str]:
    """The words of a text by which it can be looked for: as printed, each once, short ones left out."""
    printed = (text[word.start : word.end].replace("’", "'") for word in words_of(text))
    parts = (part.casefold() for word in printed for part in word.replace("'", " ").split())
    return list(dict.fromkeys(part for part in parts if len(part) > 2 and part.isalnum()))


def _is_phrase(text: str) -> bool:
    return bool(_words(text)) and len(text.split()) <= PHRASE_WORDS


def _spoken(text: str) -> str:
    return " ".join("".join(each if each.isalnum() else " " for each in text).split())


def _earlier(one: Wording) -> Earlier:
    return Earlier(one.symbol, one.address, one.text, one.adopted_on, 0.0)
