"""Finds the missions, committees and panels that a text names, or that the library files a document under (pure)."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from scraper.council.phrase_pattern import trie_pattern
from scraper.council.resolution_years import year_of
from scraper.situations.vocabulary import Body, folded, load_bodies

#: "the Committee established pursuant to paragraph 3 of resolution 1591 (2005)", "the Security Council Committee
#: concerning ... established by resolution 751 (1992)"
#: It begins with letters, and so is found several times as fast as if it began with a bound; the next one likewise.
COMMITTEE = re.compile(
    r"Committee(?<=\bCommittee)\b[^.;]{0,80}?\b(?:established|created|pursuant|set up|by|under)\b[^.;]{0,60}?"
    r"\bresolutions? (?P<number>\d{3,4})\b"
)
#: "the 1591 Committee", "the 1591 Sanctions Committee", "the 1267/1989 Committee", "the 1267 (1999) Committee"
NUMBERED_COMMITTEE = re.compile(
    r"(?P<number>\d(?<=\b\d)\d{2,3})(?: \(\d{4}\))?(?:/\d{3,4})* (?:Sanctions )?Committee\b"
)
#: "the Panel of Experts established pursuant to resolution 1591 (2005)", "the Group of Experts ... resolution 1533";
#: in titles "Established pursuant to Resolution 2127 (2013)"
PANEL = re.compile(
    r"\b(?:Panel|Group|Committee|Team) of Experts\b[^.;]{0,60}?\b(?:[Ee]stablished|created|pursuant|appointed|by)\b"
    r"[^.;]{0,60}?\b[Rr]esolution (?P<number>\d{4})\b"
)
#: Who is named by the number of a resolution, and a word without which none is: most paragraphs have none.
BY_NUMBER = (
    (COMMITTEE, "committee", "Committee"),
    (NUMBERED_COMMITTEE, "committee", "Committee"),
    (PANEL, "panel", " of Experts"),
)
#: The library's "UN. Security Council Committee Established pursuant to Resolution 1591 (2005) concerning the Sudan"
AUTHORITY_COMMITTEE = re.compile(
    r"UN\. Security Council Committee Established (?:pursuant to|by) Resolutions? (?P<number>\d{3,4})", re.IGNORECASE
)
#: The library's "UN. Panel of Experts Established pursuant to Security Council Resolution 1591 (2005)"
AUTHORITY_PANEL = re.compile(
    r"(?:UN\. )?(?:Security Council\. )?.*(?:Panel|Group|Team|Committee|Mechanism)\b.* Established .*?"
    r"Resolutions? (?P<number>\d{4})",
    re.IGNORECASE,
)
#: Where a text says of its own committee or panel no more than this, it is the one of its situation.
BARE = {
    "committee": re.compile(r"the Committee\b"),
    "panel": re.compile(r"(?P<word>Panel of Experts|Group of Experts|Monitoring Group)\b"),
}
UNITED = "United Nations "
#: A name by which only the library means this body: what texts call "EUFOR" may be in Bosnia, Chad or the Congo.
LIBRARY = "library: "
#: Stands between the paragraphs of a text that is searched in one go; it is in no paragraph.
BETWEEN = "\x1e"


@dataclass(frozen=True, slots=True)
class _Names:
    """What finds names in a text, and whose each name is."""

    pattern: re.Pattern[str]
    owner: dict[str, Body]


def bodies_in(texts: Iterable[str]) -> Counter[str]:
    """The bodies that paragraphs name, and in how many of these paragraphs each is named."""
    plain = [text.replace("’", "'") for text in texts]
    named: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for at, name in chain(_by_their_names(plain), _by_their_resolutions(plain)):
        named[at][name] = None
    return Counter(name for at in sorted(named) for name in named[at])


def unnamed_bodies(
    texts: Sequence[str], situation: str | None, named: Container[str], year: int | None
) -> Iterator[str]:
    """The only committee and panel of a situation, where texts speak of "the Committee" or a "Panel of Experts".

    Not where they name another one, nor in a year when it was not set up yet (None: nobody knows the year).
    """
    for kind, pattern in BARE.items():
        if situation is None or any(body.name in named for body in load_bodies() if body.kind == kind):
            continue
        own = [body for body in load_bodies() if body.kind == kind and body.situation == situation]
        there = [body for body in own if year is None or _year_set_up(body) <= year]
        if not there:
            continue
        words = {match.groupdict().get("word", "") for match in pattern.finditer(BETWEEN.join(texts))}
        fitting = [body.name for body in there if any(body.name.startswith(word) for word in words)]
        if len(fitting) == 1:
            yield fitting[0]


def _year_set_up(body: Body) -> int:
    return year_of(min(body.resolutions)) or 0


def bodies_of_terms(terms: Iterable[str]) -> list[str]:
    """The bodies among the names of the library's authority file, in the order of the terms."""
    return list(dict.fromkeys(name for term in terms if (name := _of_term(term)) is not None))


def bodies_at(text: str) -> list[tuple[int, str]]:
    """The bodies that a text names, in its order, and where each name begins."""
    plain = text.replace("’", "'")
    return sorted([*_names_in(plain), *_numbers_in(plain)])


def _by_their_names(texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The bodies that paragraphs call by a name, each with the place of its paragraph."""
    whole = BETWEEN.join(texts)
    at = end = 0
    for start, name in _names_in(whole):
        at, end = at + whole.count(BETWEEN, end, start), start
        yield at, name


def _names_in(text: str) -> Iterator[tuple[int, str]]:
    """The bodies that a text calls by a name, and where the name begins."""
    names = _names()
    for found in names.pattern.finditer(text):
        before = text[found.start() - 1 : found.start()]
        # "EU-UNAMA" names none; a look behind would be tried at each letter
        if not (before.isalnum() or before == "-"):
            yield found.start(), names.owner[folded(found[0])].name


def _by_their_resolutions(texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The committees and panels that paragraphs call by the resolution which set them up, with the same place."""
    for at, text in enumerate(texts):
        for _, name in _numbers_in(text):
            yield at, name


def _numbers_in(text: str) -> Iterator[tuple[int, str]]:
    """The committees and panels that a text calls by a resolution, and where that begins."""
    for pattern, kind, word in BY_NUMBER:
        for found in pattern.finditer(text) if word in text else ():
            if (body := _by_number(kind).get(int(found["number"]))) is not None:
                yield found.start(), body.name


def _of_term(term: str) -> str | None:
    """A part of a body ("UN Mission in Angola. Child Protection Advisor") counts as the body itself."""
    owner = _names().owner
    named = folded(term)
    while named not in owner and ". " in named.removeprefix("un. "):
        named = named.rpartition(". ")[0]
    if named in owner:
        return owner[named].name
    for pattern, kind in ((AUTHORITY_COMMITTEE, "committee"), (AUTHORITY_PANEL, "panel")):
        found = pattern.match(term)
        body = _by_number(kind).get(int(found["number"])) if found else None
        if body is not None:
            return body.name
    return None


@cache
def _by_number(kind: str) -> dict[int, Body]:
    return {number: body for body in load_bodies() if body.kind == kind for number in body.resolutions}


@cache
def _names() -> _Names:
    owner: dict[str, Body] = {}
    names: list[str] = []
    for body in load_bodies():
        for name in (body.name, *body.names):
            owner.setdefault(folded(name.removeprefix(LIBRARY)), body)
            if not name.startswith(LIBRARY):
                names.append(name.replace("’", "'"))
    return _Names(_any_of(names), owner)


def _any_of(names: Sequence[str]) -> re.Pattern[str]:
    """Any of the names as whole words, the longest first; "UN" may stand for "United Nations"."""
    spelled = [*names, *(f"UN {name.removeprefix(UNITED)}" for name in names if name.startswith(UNITED))]
    return re.compile(rf"{trie_pattern(spelled)}(?![\w-])")
