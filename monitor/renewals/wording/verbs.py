"""Finds the verb that governs words of a paragraph, and says on which scale and how strongly it binds. Pure.

The scale and its sources are data (verbs.toml).
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ACTS, TASKS = "acts", "tasks"


@dataclass(frozen=True, slots=True)
class Verb:
    """A governing verb as printed, `text[start:end]`; its plain form, the scale it is on, its class, and its adverbs' steps."""

    printed: str
    start: int
    end: int
    plain: str
    kind: str
    force: int
    adverbs: int = 0


@dataclass(frozen=True, slots=True)
class _Known:
    plain: str
    kind: str
    force: int


_INTRODUCING = r"(?:also|further|again|hereby|once|more|in this regard|particularly|especially)"


def verbs_in(text: str, language: str = "en") -> tuple[Verb, ...]:
    """The verbs of a paragraph that govern what follows them, in their order.

    A verb of the Council counts wherever it opens a clause ("Recalling ... and calling on all actors"); a task where it
    opens the paragraph or one of its clauses: "To monitor, investigate and report" is governed by "To monitor".
    """
    if language == "fr":
        return _french(text)
    pattern, known = _english()
    found = []
    for match in pattern.finditer(text):
        one = known[_plain(match["verb"])]
        if (one.kind == TASKS or _is_bare(match["verb"], one)) and not _opens_task(text, match):
            continue
        behind = _STRONGEST.match(text, match.end())
        printed = " ".join(text[match.start() : behind.end() if behind else match.end()].split())
        steps = _steps(f"{match['adverb'] or ''} {match['verb']}") + (_steps(behind[0]) if behind else 0)
        found.append(Verb(printed, match.start(), match.end(), one.plain, one.kind, one.force, steps))
    return tuple(found)


def governing(verbs: Sequence[Verb], at: int) -> Verb | None:
    """The verb that governs what stands at a place: the last of the Council's before it, else the task before it."""
    before = [verb for verb in verbs if verb.start <= at]
    acts = [verb for verb in before if verb.kind != TASKS]
    return acts[-1] if acts else (before[-1] if before else None)


#: Two ways of writing one verb.
_SAME = {
    "call on": "call upon",
    "express its concern": "express concern",
    "emphasize": "stress",
    "underscore": "underline",
}
_STRONGEST = re.compile(r"\s+in the strongest (?:possible )?terms")


_OPENS = re.compile(r"(?:^|[;:|])[\s()*•–—-]*$")
_GOES_ON = re.compile(r"(?:,|\band)\s+(?:\w+ly\s+)?$")


def _is_bare(printed: str, one: _Known) -> bool:
    """Whether one of the Council's verbs stands as a task: "call on the Government" in a list of a mission's tasks."""
    return (
        one.kind == ACTS and _SAME.get(printed.casefold(), printed.casefold()) == one.plain and one.plain not in _ALONE
    )


def _opens_task(text: str, match: re.Match[str]) -> bool:
    """Whether a task opens the paragraph or a clause of it; of a series ("monitor, verify and report") the first does."""
    before = text[: match.start()]
    if _OPENS.search(before):
        return True
    return match["verb"].casefold() in ("ensure", "ensuring", "call on", "call upon", "urge") and bool(
        _GOES_ON.search(before)
    )


def _steps(words: str) -> int:
    return sum(step for adverb, step in _adverbs().items() if re.search(rf"\b{adverb}\b", words.casefold()))


@cache
def _read() -> dict[str, dict[str, dict[str, object]]]:
    return tomllib.loads(files(__package__).joinpath("verbs.toml").read_text(encoding="utf-8"))


@cache
def _adverbs() -> dict[str, int]:
    return {name: int(str(step)) for name, step in _read()["adverbs"].items()}


@cache
def _english() -> tuple[re.Pattern[str], dict[str, _Known]]:
    """The pattern of all forms, and what is known of each form without adverbs."""
    known: dict[str, _Known] = {}
    forms: list[str] = []
    for kind, about in _read()["kinds"].items():
        classes = about["classes"]
        if not isinstance(classes, dict):
            raise TypeError(f"expected classes in verbs.toml at {kind}")
        for force, plains in classes.items():
            for plain in plains:
                for form in _forms(plain, is_bare=kind in (ACTS, TASKS)):
                    if form not in known:
                        known[form] = _Known(_SAME.get(plain, plain), kind, int(force))
                        forms.append(form)
    forms.sort(key=len, reverse=True)
    verbs = "|".join(_written(form) for form in forms)
    adverb = r"(?P<adverb>(?:(?:[A-Z]?\w+ly|[Aa]lso|[Ff]urther|[Aa]gain|[Hh]ereby|[Tt]o|[Oo]nce again)\s+){0,3})"
    return re.compile(rf"\b{adverb}(?P<verb>{verbs})\b", re.IGNORECASE), known


#: Between "expressing" and "concern" may stand what the paragraph thinks of it: "its deep and continued concern".
_BETWEEN = r"(?:\s+(?:its|their|grave|deep|deepest|gravest|serious|continued|continuing|growing|great|utmost|strong|profound|extreme|particular|renewed|and|at|the|full|sincere|unwavering|with)){0,4}\s+"


def _written(form: str) -> str:
    first, _, rest = form.partition(" ")
    if not rest:
        return re.escape(first)
    if first.startswith(("express", "not", "remain")) and rest.split()[-1] in _NOUNS:
        return re.escape(first) + _BETWEEN + re.escape(rest.split()[-1])
    return r"\s+".join(map(re.escape, form.split()))


_NOUNS = frozenset(
    {"concern", "alarm", "outrage", "dismay", "regret", "appreciation", "gratitude", "concerned", "support"}
)


def _plain(printed: str) -> str:
    """A verb as found, as a form that is known: what stands between "expressing" and "concern" is left out."""
    words = printed.casefold().split()
    if words[-1] in _NOUNS and len(words) > 1:
        return _ends()[words[0], words[-1]]
    return " ".join(words)


@cache
def _ends() -> dict[tuple[str, str], str]:
    """The forms that end with what is felt, by their first and last word."""
    forms = [form.split() for form in _english()[1]]
    return {(form[0], form[-1]): " ".join(form) for form in reversed(forms) if form[-1] in _NOUNS and len(form) > 1}


#: These are written in one form only.
_ALONE = frozenset(
    {"shall", "mindful", "convinced", "determined", "alarmed", "concerned", "appalled", "outraged", "acting", "noting"}
)


def _forms(plain: str, *, is_bare: bool) -> list[str]:
    """The forms in which the Council writes a verb: `urge` gives `urges`, `urging`, and as a task `urge`."""
    if plain in _ALONE:
        return [plain]
    first, blank, rest = plain.partition(" ")
    stems = [first, first.replace("ize", "ise")] if "ize" in first else [first]
    forms = []
    for stem in stems:
        forms += [f"{one}{blank}{rest}" for one in (_third(stem), _participle(stem), *((stem,) if is_bare else ()))]
    return forms


def _third(stem: str) -> str:
    if stem.endswith(("s", "sh", "ch", "x")):
        return f"{stem}es"
    return f"{stem[:-1]}ies" if stem[-1] == "y" and stem[-2] not in "aeiou" else f"{stem}s"


def _participle(stem: str) -> str:
    if stem in ("deter", "commit", "plan", "regret", "permit"):
        return f"{stem}{stem[-1]}ing"
    return f"{stem[:-1]}ing" if stem.endswith("e") and not stem.endswith("ee") else f"{stem}ing"


@cache
def _french_pattern() -> tuple[re.Pattern[str], dict[str, int]]:
    known = {str(verb): int(force) for force, verbs in _read()["french"].items() for verb in verbs}
    words = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE), known


def _french(text: str) -> tuple[Verb, ...]:
    pattern, known = _french_pattern()
    return tuple(
        Verb(one[0], one.start(), one.end(), one[0].casefold(), ACTS, known[one[0].casefold()])
        for one in pattern.finditer(text)
    )
