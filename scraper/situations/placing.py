"""Says to which situation a document belongs and which bodies it names, from metadata or from its own words (pure)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scraper.situations.bodies import bodies_in, bodies_of_terms, unnamed_bodies
from scraper.situations.vocabulary import Situation, folded, load_bodies, load_situations
from storage.models import Fact, FactField, ParsedDocument

#: One paragraph that names a mission says as much of its situation as so many words that name the place.
WEIGHT_OF_BODY = 3
#: The library names a mission once, among subjects that name many places.
WEIGHT_IN_RECORD = 3
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
    weighted = Counter(dict.fromkeys(bodies, WEIGHT_IN_RECORD))
    words = [told.get(FactField.TITLE, ""), *(term for term, _ in subjects)]
    return Placement(symbol, find_situation(told.get(FactField.AGENDA_ITEM), weighted, words), tuple(bodies))


def place_by_text(document: ParsedDocument) -> Placement | None:
    """The place that an English text gives itself; None for other languages and texts without a symbol.

    Bodies stand in the order of how many paragraphs name them.
    """
    if document.symbol is None or document.language != "en":
        return None
    texts = [paragraph.text for paragraph in document.paragraphs]
    named = bodies_in(texts)
    situation = find_situation(document.subject, named, texts)
    bodies = dict.fromkeys([*(name for name, _ in named.most_common()), *unnamed_bodies(texts, situation)])
    return Placement(document.symbol, situation, tuple(bodies))


def find_situation(agenda_item: str | None, bodies: Counter[str], texts: Sequence[str]) -> str | None:
    """The situation of an agenda item; where several share it, the one of which bodies and words say most.

    An item of no known situation is its own; without an item nothing is said.
    """
    if not agenda_item:
        return None
    sharing = _sharing(agenda_item) or [one for one in load_situations() if one.words.search(agenda_item)]
    if len(sharing) == 1:
        return sharing[0].name
    score: Counter[str] = Counter()
    of_body = {body.name: body.situation for body in load_bodies()}
    for body, paragraphs in bodies.items():
        if situation := of_body[body]:
            score[situation] += WEIGHT_OF_BODY * paragraphs
    for situation_of_item in sharing:
        score[situation_of_item.name] += sum(len(situation_of_item.words.findall(text)) for text in texts)
    best = max(sharing, key=lambda situation: score[situation.name], default=None)
    return best.name if best and score[best.name] else agenda_item


def _sharing(agenda_item: str) -> list[Situation]:
    """The situations of the longest known wording that stands in an agenda item."""
    item = folded(agenda_item)
    known = [(len(words), one) for one in load_situations() for words in one.agenda_items if words in item]
    longest = max((length for length, _ in known), default=0)
    return list(dict.fromkeys(one for length, one in known if length == longest))
