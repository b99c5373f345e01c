"""Says to which situation a document belongs and which bodies it names, from metadata or from its own words (pure)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from scraper.council.symbol import year_in_symbol
from scraper.situations.bodies import BETWEEN, bodies_in, bodies_of_terms, unnamed_bodies
from scraper.situations.vocabulary import Situation, folded, load_bodies, load_situations
from storage.models import Fact, FactField, ParsedDocument

#: One paragraph that names a mission says as much of its situation as so many words that name the place.
WEIGHT_OF_BODY = 3
#: A mission in the library's title counts as one named in so many paragraphs: the subjects name its neighbours too.
WEIGHT_IN_TITLE = 4
#: So often a text must speak of a situation that shares its agenda item with others, and of one without an item.
LEAST = 2
CLEAR = 5
AUTHORITY_FILE = "DHLAUTH"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a document belongs: its situation, None when nothing tells, and the bodies it names."""

    symbol: str
    situation: str | None
    bodies: tuple[str, ...]


def place_by_facts(symbol: str, facts: Iterable[Fact]) -> Placement:
    """The place that the library's record gives a resolution: by agenda item, subjects and title."""
    told = {fact.field: fact.value for fact in facts}
    subjects = told.get(FactField.SUBJECTS, [])
    terms = [term for term, authority in subjects if authority == AUTHORITY_FILE]
    bodies = bodies_of_terms(terms)
    title = told.get(FactField.TITLE, "")
    weighted = Counter(bodies) + Counter(dict.fromkeys(bodies_in([title]), WEIGHT_IN_TITLE))
    words = [title, *(term for term, _ in subjects)]
    return Placement(symbol, find_situation(told.get(FactField.AGENDA_ITEM), weighted, words, least=1), tuple(bodies))


def place_by_text(document: ParsedDocument) -> Placement | None:
    """The place that an English text gives itself; None for other languages and texts without a symbol.

    Bodies stand in the order of how many paragraphs name them.
    """
    if document.symbol is None or document.language != "en":
        return None
    texts = [paragraph.text for paragraph in document.paragraphs]
    named = bodies_in(texts)
    day = document.adopted_on or document.published_on  # a report is adopted by nobody
    year = day.year if day else year_in_symbol(document.symbol)
    situation = find_situation(document.subject, named, texts)
    bodies = dict.fromkeys([*(name for name, _ in named.most_common()), *unnamed_bodies(texts, situation, named, year)])
    return Placement(document.symbol, situation, tuple(bodies))


def find_situation(
    agenda_item: str | None, bodies: Counter[str], texts: Sequence[str], least: int = LEAST
) -> str | None:
    """The situation of an agenda item; where several share it, the one of which bodies and words say most.

    An item of no known situation is its own. Without an item it is the situation that a text speaks of far more than
    of any other, or None.
    """
    if not agenda_item:
        scores = _scores(load_situations(), bodies, texts).most_common(2)
        is_clear = bool(scores) and scores[0][1] >= CLEAR and scores[0][1] >= 2 * sum(n for _, n in scores[1:])
        return scores[0][0] if is_clear else None
    sharing = _sharing(agenda_item)
    if len(sharing) == 1:
        return sharing[0].name
    best = _scores(sharing, bodies, texts).most_common(1)
    return best[0][0] if best and best[0][1] >= least else agenda_item


def _scores(situations: Sequence[Situation], bodies: Counter[str], texts: Sequence[str]) -> Counter[str]:
    """How much bodies and words say of each of some situations."""
    of_body = {body.name: body.situation for body in load_bodies()}
    scores: Counter[str] = Counter()
    whole = BETWEEN.join(texts).lower()
    for one in situations:
        named = sum(paragraphs for body, paragraphs in bodies.items() if of_body[body] == one.name)
        scores[one.name] = WEIGHT_OF_BODY * named + len(one.words.findall(whole))
    return scores


@lru_cache(maxsize=1024)  # a hundred items stand on the agenda again and again
def _sharing(agenda_item: str) -> tuple[Situation, ...]:
    """The situations of the longest known wording that stands in an agenda item, or else of its words."""
    item = folded(agenda_item)
    known = [(len(words), one) for one in load_situations() for words in one.agenda_items if words in item]
    longest = max((length for length, _ in known), default=0)
    sharing = tuple(dict.fromkeys(one for length, one in known if length == longest))
    return sharing or tuple(one for one in load_situations() if one.words.search(agenda_item.lower()))
