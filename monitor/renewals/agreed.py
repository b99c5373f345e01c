"""Ranks earlier wordings by how near they come to a text, and says which verbs go with a phrase. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from monitor.renewals.wording.verbs import ACTS, TASKS, Verb, governing, verbs_in
from monitor.renewals.wording.weights import Prepared, Weights, prepare, shared_runs, shared_words
from storage.models import Paragraph, Part

#: The verbs of a mission's tasks are no measure of what the Council asked for.
_NO_ACTS = (TASKS,)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A wording that the Council used, and how near it comes: 1 for the same words but for dates and numbers."""

    symbol: str
    address: str
    text: str
    adopted_on: date | None
    similarity: float


@dataclass(frozen=True, slots=True)
class PhraseUse:
    """How a phrase was used: how often, first and last, and the verbs that governed it, None where none did."""

    phrase: str
    uses: int
    first: Earlier
    last: Earlier
    strongest: str | None
    most_usual: str | None


def rank_wordings(text: str, held: Sequence[Earlier], limit: int, *, is_phrase: bool = False) -> list[Earlier]:
    """The nearest wordings, best first; of two as near the newer one.

    Of a phrase only how much of it stands in a paragraph counts, not what else the paragraph says.
    """
    (asked,) = prepare([_paragraph(text)])
    others = prepare([_paragraph(one.text) for one in held])
    weights = Weights([asked], others)
    ranked = [
        Earlier(
            one.symbol, one.address, one.text, one.adopted_on, round(_likeness(asked, other, weights, is_phrase), 3)
        )
        for one, other in zip(held, others, strict=True)
    ]
    ranked.sort(key=lambda one: (one.similarity, one.adopted_on or date.min), reverse=True)
    return ranked[:limit]


def phrase_use(phrase: str, held: Sequence[Earlier]) -> PhraseUse | None:
    """How a phrase was used in the paragraphs that hold it; None where none does."""
    if not held:
        return None
    dated = sorted(held, key=lambda one: (one.adopted_on or date.max, one.symbol))
    verbs = [verb for one in held if (verb := _verb_with(phrase, one.text))]
    acts = [verb for verb in verbs if verb.kind == ACTS]
    strongest = max(acts, key=lambda verb: (verb.force, verb.adverbs), default=None)
    usual = Counter(verb.plain for verb in verbs).most_common(1)
    return PhraseUse(
        phrase, len(held), dated[0], dated[-1], strongest.plain if strongest else None, usual[0][0] if usual else None
    )


def _likeness(asked: Prepared, other: Prepared, weights: Weights, is_phrase: bool) -> float:
    from rapidfuzz.distance import Indel

    if asked.key == other.key:
        return 1.0
    if is_phrase:
        runs = sum(run.size for run in shared_runs(asked, other, weights)) / max(len(asked.words), 1)
        return 0.5 * runs + 0.49 * shared_words(asked, other, weights).of_old
    words = Indel.normalized_similarity(weights.coded(asked), weights.coded(other))
    return 0.5 * words + 0.5 * shared_words(asked, other, weights).both


def _verb_with(phrase: str, text: str) -> Verb | None:
    at = " ".join(text.split()).casefold().find(" ".join(phrase.split()).casefold())
    verb = governing(verbs_in(text), at) if at >= 0 else None
    return None if verb is None or verb.kind in _NO_ACTS else verb


def _paragraph(text: str) -> Paragraph:
    return Paragraph("OP 1", Part.OPERATIVE, text)
