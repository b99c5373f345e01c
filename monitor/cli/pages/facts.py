"""Lays what is told of a document out for a person: each fact with its witnesses, and where those disagree."""

import json
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from monitor.cli.pages.render import BOLD, DIM, ODD, Page, plain
from storage.told_values import agree

if TYPE_CHECKING:
    from storage.told.situations import PlacedDocument
    from storage.told_values import KnownFact

_NAMES = {
    "adopted_on": "adopted",
    "chapter_vii": "Charter",
    "agenda_item": "agenda item",
    "expires_on": "expires",
    "draft_symbol": "draft",
    "additional_sponsors": "more sponsors",
    "voted_by_mail": "by mail",
}
#: What a text tells, and its head doesn't.
_ONLY_HERE = ("expires_on",)
_NAME_WIDTH = 13
_MANNERS = {"unanimous": "unanimously", "without_vote": "without a vote", "acclamation": "by acclamation"}


def add_facts(page: Page, facts: Sequence["KnownFact"], place: "PlacedDocument") -> None:
    """Add where a document belongs and what is told beside its text; what texts alone tell is in the head already."""
    told = [(field, list(group)) for field, group in groupby(facts, key=attrgetter("field"))]
    told = [
        (field, group)
        for field, group in told
        if field in _ONLY_HERE or any(not fact.origin.startswith("text-") for fact in group)
    ]
    where = (("situation", place.situation or ""), ("bodies", ", ".join(place.bodies)))
    if not told and not any(words for _, words in where):
        return
    page.line()
    page.line(page.style("Facts", BOLD))
    for name, words in where:
        if words:
            page.wrapped(plain(words), f"  {page.style(name.ljust(_NAME_WIDTH), DIM)} ", " " * (_NAME_WIDTH + 3))
    for field, group in told:
        voices = _voices(group)
        is_contradicted = len(voices) > 1 and field in ("adopted_on", "meeting", "vote", "outcome")
        for facts_in_voice in voices:
            name = field_name(field).ljust(_NAME_WIDTH)
            notes = dict.fromkeys(fact.note for fact in facts_in_voice if fact.note)
            from_whom = ", ".join(dict.fromkeys(map(_witness, facts_in_voice)))
            value = plain(_shown(facts_in_voice[0]))
            words = page.style(value, ODD) if is_contradicted else value
            source = page.style(plain(f"({'; '.join([from_whom, *notes])})"), DIM)
            page.wrapped(f"{words} {source}", f"  {page.style(name, DIM)} ", " " * (_NAME_WIDTH + 3))


def _voices(facts: Sequence["KnownFact"]) -> list[list["KnownFact"]]:
    """The facts of one field, those together that agree; the one that says most comes first."""
    voices: list[list[KnownFact]] = []
    for fact in sorted(facts, key=lambda fact: len(_as_json(fact.value)), reverse=True):
        voice = next((voice for voice in voices if agree(voice[0].value, fact.value)), None)
        if voice is None:
            voices.append([fact])
        else:
            voice.append(fact)
    return voices


def disputed_words(facts: Sequence["KnownFact"]) -> str:
    """The values of one field and who tells each: "2003-11-13 (unxml metadata), 2003-09-13 (unxml text)"."""
    voices = [(_shown(voice[0]), ", ".join(dict.fromkeys(map(_witness, voice)))) for voice in _voices(facts)]
    return ", ".join(f"{value} ({witnesses})" for value, witnesses in voices)


def field_name(field: str) -> str:
    """What a field is called on a page."""
    return _NAMES.get(field, field.replace("_", " "))


def _witness(fact: "KnownFact") -> str:
    return f"{fact.source} {fact.origin.replace('text-en', 'text').replace('text-', 'text in ')}"


def _shown(fact: "KnownFact") -> str:
    value = fact.value
    match fact.field:
        case "vote":
            return _vote(value)
        case "chapter_vii":
            return "under Chapter VII" if value else "Chapter VII not at issue"
        case "voted_by_mail":
            return "yes" if value else "no"
        case "expires_on":
            return "; ".join(f"{one['on']}{' (reckoned)' if one['computed'] else ''}: {one['of']}" for one in value)
        case "subjects":
            return "; ".join(term for term, _ in value)
        case "sponsors" | "additional_sponsors" | "vetoed_by":
            return ", ".join(value)
        case "outcome":
            return str(value).replace("_", " ")
    return value if isinstance(value, str) else _as_json(value)


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _vote(vote: dict[str, Any]) -> str:
    counts = [vote.get(way) for way in ("for", "against", "abstaining")]
    figures = "-".join(map(str, counts)) if None not in counts else ""
    absent = f"{vote['absent']} absent" if vote.get("absent") else ""
    return ", ".join(filter(None, (figures, absent, _MANNERS.get(vote["manner"], "")))) or "recorded"
