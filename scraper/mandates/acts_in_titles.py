"""Reads what the library's title of a resolution says that it did with a body's mandate (pure).

`[on final extension of the mandate of the UN Stabilization Mission in Haiti (MINUSTAH) until 15 Oct. 2017 and
establishment of the UN Mission for Justice Support in Haiti (MINUJUSTH)]`: the last such word before the name counts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scraper.mandates.term import FINAL, PANEL, Act
from scraper.situations.bodies import bodies_at
from scraper.situations.mandates import load_forces
from scraper.situations.vocabulary import load_bodies

ACTS = re.compile(
    r"""
    (?P<established> \b(?:re-?)?establish\w* | \bauthori[sz]ation\ to\ Member\ States\ to\ (?:form|establish)\b )
  | (?P<extended>    \bauthori[sz]ation\b[^.;]{0,80}\ to\ (?:maintain|continue)\ the\ deployment
                     |\b(?:exten[sdt]\w*|renew\w*)(?:\ of)?\ (?:the\ )?authori[sz]ations?\b
                      (?:[^.;]{0,80}\ to\ maintain\ the(?:\ deployment)?)?
                     |\b(?:exten[sdt]\w*|renew\w*|continuation|prolong\w*) )
  | (?P<ended>       \b(?:terminat\w*|dissol\w*|withdrawal\ of\ the\ (?=UN\ Mission)) )
  | (?P<changed>     \b(?:expan\w*|increas\w*|reduc\w*|adjust\w*|addition\w*|draw-?down|downsiz\w*|redeploy\w*|deploy\w*
                     |relocat\w*|transfer|number|composition|maintain\w*|modif\w*|authoriz\w*|withdrawal|strategies) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: A force that is not the UN's is authorized for a time: "on deployment of AMISOM until 31 Oct. 2014"
UNTIL = re.compile(r"[^.;]{0,80}\buntil\b")
#: "[on ...]", and what a misprint joined to it behind the bracket
_OTHER = re.compile(rf"{PANEL.pattern}|\b(?:sanctions|measures|embargo)\b")
_BRACKETS = re.compile(r"\[(?P<words>on [^\]]*)")


@dataclass(frozen=True, slots=True)
class Told:
    """A day in a title, of what it speaks, and its words; `is_computed` where they give only a period."""

    on: date
    of: str
    words: str
    is_computed: bool


def title_words(title: str) -> str:
    """What a title says in its brackets.

    >>> title_words("Security Council resolution 2425 (2018) [on renewal until 15 Nov. 2018]")
    'on renewal until 15 Nov. 2018'
    """
    bracket = _BRACKETS.search(title)
    return bracket["words"] if bracket else title


def act_in_title(title: str, body: str) -> tuple[Act, bool] | None:
    """What a title says that was done with a body's mandate, and whether for the last time; None when nothing.

    A title calls a panel "the Panel of Experts" without its name: whose it is the subjects say.
    """
    words = title_words(title)
    at = _place_of(words, body)
    before = list(ACTS.finditer(words[:at])) if at is not None else []
    if not before:
        return None
    if body in load_forces() and before[-1][0].startswith("deploy") and UNTIL.match(words, at or 0):
        return Act.EXTENDED, False
    is_final = FINAL.search(words[:at], max(before[-1].start() - len("final "), 0)) is not None
    return Act(before[-1].lastgroup or ""), is_final


def told_for(body: str, told: Sequence[Told]) -> Told | None:
    """The day that a title tells for a body: of days and what expires on them, the one that speaks of it."""
    for one in told:
        if _place_of(one.of, body) is not None:
            return one
    is_plain = len(told) == 1 and _kind(body) == "mission" and not _OTHER.search(told[0].of)
    return told[0] if is_plain and not bodies_at(told[0].of) else None


def _place_of(words: str, body: str) -> int | None:
    """Where a title names a body: by its name, or by its kind where it is a panel."""
    named = [at for at, name in bodies_at(words) if name == body]
    if named:
        return named[0]
    if _kind(body) != "panel":
        return None
    panel = PANEL.search(words)
    return panel.start() if panel and not named_panels(words) else None


def named_panels(words: str) -> list[str]:
    """The panels that a title calls by their names."""
    return [name for _, name in bodies_at(words) if _kind(name) == "panel"]


def _kind(body: str) -> str:
    return next((one.kind for one in load_bodies() if one.name == body), "mission")
