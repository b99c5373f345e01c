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
    """A governing verb as printed, `text[start:end]`; its plain form, scale, class, and adverbs' steps."""

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
    written = _english()[1]
    found, end = [], 0
    for word in _WORD.finditer(text):
        first = word[0].casefold()
        if word.start() < end or first not in written:
            continue
        match = _opening(first).match(text, word.start())
        if match is None:
            continue
        one = _known(match[0])
        adverbs = _ADVERBS.search(text, max(0, word.start() - 60), word.start())
        start = adverbs.start() if adverbs else word.start()
        if (one.kind == TASKS or _is_bare(match[0], one)) and not _opens_task(text, start, match[0]):
            continue
        behind = _STRONGEST.match(text, match.end())
        end = behind.end() if behind else match.end()
        found.append(
            Verb(" ".join(text[start:end].split()), start, end, one.plain, one.kind, one.force, _steps(text[start:end]))
        )
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
_WORD = re.compile(r"[^\W\d_]+")
# "Strongly condemns", "also further urges", "To monitor"
_ADVERBS = re.compile(r"(?:\b(?:[A-Za-z]+ly|also|further|again|hereby|to)\s+){1,3}\Z", re.IGNORECASE)
_STRONGEST = re.compile(r"\s+in the strongest (?:possible )?terms")
_OPENS = re.compile(r"(?:^|[;:|])[\s()*•–—-]*\Z")
_GOES_ON = re.compile(r"(?:,|\band)\s+\Z")


def _is_bare(printed: str, one: _Known) -> bool:
    """Whether one of the Council's verbs stands as a task: "call on the Government" in a list of a mission's tasks."""
    form = _SAME.get(printed.casefold(), printed.casefold())
    return one.kind == ACTS and form == one.plain and form not in _ALONE


def _opens_task(text: str, start: int, printed: str) -> bool:
    """Whether a task opens the paragraph or a clause; of a series ("monitor, verify and report") the first does."""
    if _OPENS.search(text, max(0, start - 12), start) and (start <= 12 or _OPENS.search(text[:start])):
        return True
    is_joined = printed.casefold() in ("ensure", "ensuring", "call on", "call upon", "urge")
    return is_joined and bool(_GOES_ON.search(text, max(0, start - 12), start))


def _steps(words: str) -> int:
    return sum(step for adverb, step in _adverbs().items() if re.search(rf"\b{adverb}\b", words.casefold()))


@cache
def _read() -> dict[str, dict[str, dict[str, object]]]:
    return tomllib.loads(files(__package__).joinpath("verbs.toml").read_text(encoding="utf-8"))


@cache
def _adverbs() -> dict[str, int]:
    return {name: int(str(step)) for name, step in _read()["adverbs"].items()}


@cache
def _opening(first: str) -> re.Pattern[str]:
    """The verbs that begin with a word; compiled when a text first has it."""
    return re.compile(rf"(?:{_english()[1][first]})\b", re.IGNORECASE)


@cache
def _english() -> tuple[dict[str, _Known], dict[str, str]]:
    """What is known of each form, and by its first word the pattern of all forms that begin with it."""
    known: dict[str, _Known] = {}
    for kind, about in _read()["kinds"].items():
        classes = about["classes"]
        if not isinstance(classes, dict):
            raise TypeError(f"expected classes in verbs.toml at {kind}")
        for force, plains in classes.items():
            for plain in plains:
                for form in _forms(plain, is_bare=kind in (ACTS, TASKS)):
                    known.setdefault(form, _Known(_SAME.get(plain, plain), kind, int(force)))
    by_first: dict[str, list[str]] = {}
    for form in sorted(known, key=len, reverse=True):
        by_first.setdefault(form.split()[0], []).append(_written(form))
    return known, {first: "|".join(forms) for first, forms in by_first.items()}


#: Between "expressing" and "concern" may stand what the paragraph thinks of it: "its deep and continued concern".
_FELT = (
    "its|their|grave|deep|deepest|gravest|serious|continued|continuing|growing|great|utmost|strong|profound|extreme|"
    "particular|renewed|and|at|the|full|sincere|unwavering|with"
)
_BETWEEN = rf"(?:\s+(?:{_FELT})){{0,4}}\s+"


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


def _known(printed: str) -> _Known:
    """What is known of a verb as found: what stands between "expressing" and "concern" is left out."""
    words = printed.casefold().split()
    form = _ends()[words[0], words[-1]] if words[-1] in _NOUNS and len(words) > 1 else " ".join(words)
    return _english()[0][form]


@cache
def _ends() -> dict[tuple[str, str], str]:
    """The forms that end with what is felt, by their first and last word."""
    forms = [form.split() for form in _english()[0]]
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
