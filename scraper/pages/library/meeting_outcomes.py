"""Reads the outcome cell of the library's tables of meetings: what was adopted or not, how, and who vetoed (pure).

`S/RES/2397 (2017) 15-0-0`, `S/PRST/2017/27`, `Draft resolution S/2026/23 9-2-4 vetoed by China`, `--`. A cell may hold
several. Words of no known form are given back as warnings; nothing is guessed from them.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from scraper.council.symbol import parse_symbol, resolution_number
from scraper.pages.unxml.votes import Vote

#: "S/RES/2397 (2017)", "S/PRST/2017/27", "S/PV.384", "S/2022/431", "S/1340/Rev.2", "S/25859"
SYMBOL = re.compile(
    r"S/RES/ ?\d{1,4} ?\(\d{4}\)|S/PRST/\d{4}/\d{1,3}|S/PV\.\d{1,5}|S/(?:\d{4}/)?\d{1,5}(?:/(?:Rev|Corr|Add)\.\d{1,2})*"
)
#: "15-0-0", and who was not there: "14-0-0 (1 absent)"
FIGURES = re.compile(r"\b(?P<in_favour>\d{1,2})-(?P<against>\d{1,2})-(?P<abstaining>\d{1,2})\b")
ABSENT = re.compile(r"\((?P<absent>\d{1,2}) absent\)")
#: "(The Syrian Arab Republic did not participate in the voting.)"
NOT_VOTING = re.compile(r"\((?P<words>[^()]+ did not participate in the voting)\.?\)")
UNANIMOUS = re.compile(r"\badopted unanimously\b", re.IGNORECASE)
WITHOUT_VOTE = re.compile(r"\bwithout (?:a )?vote\b", re.IGNORECASE)
#: "vetoed by UK, USA and the Russian Federation"
VETO = re.compile(r"\bvetoed by (?P<members>[A-Za-z ,]*[A-Za-z])")
NOT_ADOPTED = re.compile(r"\bnot adopted\b", re.IGNORECASE)
#: Statements before 1994 bear the symbol of a plain document: "S/25859 (PRST)"
STATEMENT = re.compile(r"^ ?\(PRST\)")
#: "Draft resolution S/1340 and S/1341 not adopted": the one has the fate of the other
JOINED = re.compile(r"^(?: and|,)?$")
#: What leads to the next symbol: "Power Four draft resolution", "Communiqué and", "+", "Note (", "Letter ("
LEAD = re.compile(r"(?:(?:Power Four )?draft resolutions?|note|letter|communiqué|and|[+(,]|--|\s)+$", re.IGNORECASE)
#: "Note (S/2000/1)": a paper of the President, no decision
PAPER = re.compile(r"\b(?:note|letter) ?\(?$", re.IGNORECASE)
#: "S/3506 (incorporating amendment offered by Sweden in S/3502) vetoed by USSR"
AMENDMENT = re.compile(r"\(incorporating[^()]*\)")
#: Left out by name beside a symbol: states of a draft, the candidate a draft in the record was about.
ASIDES = re.compile(
    r"\(as (?:amended|corrected)\)|and Corr\.\d|\((?:Transjordan|Ireland|Portugal|preliminary question)\)"
    r"|\b(?:Power Four )?draft resolutions?\b|\bPRST\b|\bcommuniqué\b|\band\b|--|[+(),]",
    re.IGNORECASE,
)
#: Left out by name where there is no symbol: nothing came of the meeting, or nothing that is a document.
NO_DOCUMENT = re.compile(r"(?:--| )*|communiqué|decision|PRST unnumbered|election of .+|referral to .+", re.IGNORECASE)
#: The Council's seats, before and since the amendment of the Charter that took effect on 1 January 1966.
OLD_SEATS, SEATS, ENLARGED = 11, 15, 1966
#: The permanent members as the tables call them, and as this program does.
MEMBERS = {
    "China": "China",
    "France": "France",
    "Russian Federation": "Russian Federation",
    "USSR": "USSR",
    "UK": "United Kingdom",
    "United Kingdom": "United Kingdom",
    "USA": "United States",
    "United States": "United States",
}


class OutcomeKind(StrEnum):
    """What came of a meeting."""

    RESOLUTION = "resolution"
    STATEMENT = "statement"
    NOT_ADOPTED = "not_adopted"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One document that was adopted, or a draft that was not. `vote` is None where the table prints none.

    `note` says who did not take part in the vote.
    """

    symbol: str
    kind: OutcomeKind
    vote: Vote | None = None
    vetoed_by: tuple[str, ...] = ()
    note: str | None = None


@dataclass(slots=True)
class OutcomeReading:
    """What a cell says, in its order; what it says of papers without a symbol of their own; and oddities."""

    outcomes: list[Outcome] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read_outcome(words: str) -> OutcomeReading:
    """Read a cell's words, single blanks between them.

    >>> [outcome.symbol for outcome in read_outcome("S/RES/2397 (2017) 15-0-0 + S/PRST/2017/27").outcomes]
    ['S/RES/2397 (2017)', 'S/PRST/2017/27']
    """
    reading = OutcomeReading()
    words = AMENDMENT.sub("", words)
    found = list(SYMBOL.finditer(words))
    if not found:
        (reading.ignored if NO_DOCUMENT.fullmatch(words) else reading.warnings).append(words)
        return reading
    waiting: list[str] = []
    ends = [*(match.start() for match in found[1:]), len(words)]
    lead = words[: found[0].start()]
    for match, end in zip(found, ends, strict=True):
        after = words[match.end() : end]
        tail = after if end == len(words) else LEAD.sub("", after)
        _read_one(match[0], lead, tail, waiting, reading)
        lead = after
    reading.warnings += [f"{symbol}: nothing says what became of it" for symbol in waiting]
    return reading


def read_members(words: str) -> tuple[tuple[str, ...], list[str]]:
    """The permanent members that are named, and the names that are none.

    >>> read_members("UK, USA and the Russian Federation")
    (('United Kingdom', 'United States', 'Russian Federation'), [])
    """
    names = [name.strip().removeprefix("the ") for name in re.split(r",| and ", words) if name.strip()]
    return tuple(MEMBERS[name] for name in names if name in MEMBERS), [name for name in names if name not in MEMBERS]


def _read_one(printed: str, lead: str, tail: str, waiting: list[str], reading: OutcomeReading) -> None:
    symbol = parse_symbol(printed) or printed
    veto = VETO.search(tail)
    is_lost = veto is not None or NOT_ADOPTED.search(tail) is not None
    if symbol.startswith("S/PV."):  # a draft that stands in the record only
        reading.ignored.append(f"{printed}{tail}")
    elif symbol.startswith(("S/RES/", "S/PRST/")) or STATEMENT.match(tail):
        kind = OutcomeKind.RESOLUTION if symbol.startswith("S/RES/") else OutcomeKind.STATEMENT
        reading.outcomes.append(_outcome(symbol, kind, tail, (), reading))
    elif is_lost:
        members, strange = read_members(veto["members"]) if veto else ((), [])
        reading.warnings += [f"{symbol}: unknown member {name!r}" for name in strange]
        reading.outcomes += [Outcome(one, OutcomeKind.NOT_ADOPTED, None, members) for one in waiting]
        waiting.clear()
        reading.outcomes.append(_outcome(symbol, OutcomeKind.NOT_ADOPTED, tail, members, reading))
    elif PAPER.search(lead.rstrip()):
        reading.ignored.append(printed)
    elif JOINED.match(tail.rstrip()):
        waiting.append(symbol)
    else:
        reading.warnings.append(f"{symbol}: unknown outcome {tail.strip()!r}")


def _outcome(symbol: str, kind: OutcomeKind, tail: str, members: tuple[str, ...], reading: OutcomeReading) -> Outcome:
    rest = tail
    for known in (STATEMENT, FIGURES, ABSENT, NOT_VOTING, UNANIMOUS, WITHOUT_VOTE, VETO, NOT_ADOPTED, ASIDES):
        rest = known.sub(" ", rest)
    if rest.strip():
        reading.warnings.append(f"{symbol}: unknown words {rest.strip()!r}")
    not_voting = NOT_VOTING.search(tail)
    return Outcome(symbol, kind, _vote(tail, _seats(symbol)), members, not_voting and not_voting["words"])


def _seats(symbol: str) -> int:
    """How many members the Council had: 11 until 1965, 15 since."""
    number = resolution_number(symbol)
    return OLD_SEATS if number and number.year and number.year < ENLARGED else SEATS


def _vote(tail: str, seats: int) -> Vote | None:
    """The vote; unanimous only where as many voted in favour as the Council has members."""
    figures, absent = FIGURES.search(tail), ABSENT.search(tail)
    if figures is None:
        manner = "unanimous" if UNANIMOUS.search(tail) else "without_vote" if WITHOUT_VOTE.search(tail) else None
        return None if manner is None else Vote(manner)
    counts = [int(figures[way]) for way in ("in_favour", "against", "abstaining")]
    missing = int(absent["absent"]) if absent else 0
    manner = "unanimous" if counts == [seats, 0, 0] else "recorded"
    return Vote(manner, counts[0], counts[1], counts[2], missing)
