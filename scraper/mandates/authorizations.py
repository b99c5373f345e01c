"""Reads what is given for a time without a mandate of the UN's own: forces authorized, and measures imposed (pure).

Both are decided in other words than mandates: "Decides to authorise the Member States of the African Union to maintain
the deployment of AMISOM until 31 May 2018", "Decides that, until 31 January 2018, all Member States shall continue to
take the necessary measures to prevent the direct or indirect supply, sale or transfer to the CAR ... of arms".
"""

import re
from collections.abc import Callable, Sequence

from scraper.mandates.term import Act, MandateTerm
from scraper.mandates.term_days import day_in
from scraper.situations.bodies import bodies_at
from scraper.situations.mandates import load_forces, mandate_of
from storage.models import Paragraph

#: "Decides, with a view to saving the threatened lives of migrants, to authorise", "and authorises, consistent with"
AUTHORIZES = re.compile(r"\b(?:(?:[Dd]ecides|[Rr]equests)\b[^;]{0,160}?\bto authori[sz]e|(?<!to )[Aa]uthori[sz]es)\b")
#: Before it these say that it is not decided here: "expresses its intention to authorise".
INTENDS = re.compile(r"\b(?:intention|readiness|consider\w*|unless|whether)\b[^;]{0,60}$")
#: To whom: others are given tasks, not a time.
STATES = re.compile(r"\b[Mm]ember States\b|\bmultinational (?:stabilization )?force\b|\bdeployment of\b")
#: What they may do: "to maintain the deployment of", "to establish for a further period"; how strong they may be is
#: another matter: "to deploy up to 17,626 uniformed personnel to ATMIS until 30 September 2023"
MAY = re.compile(
    r"\bto (?:(?:continue to )?maintain|establish|form and deploy|transition|take all necessary measures|inspect)\b"
    r"|\bdeployment (?:until|for)\b|\bthe deployment of\b"
)
#: What is begun here; all else goes on.
INITIAL = re.compile(r"\binitial\b|\bto establish\b(?! for a further)|\bto (?:form and deploy|transition)\b")
#: "a multinational stabilization force (EUFOR) as a legal successor to SFOR"
SUCCESSOR = re.compile(r"\bsuccessor to (?:the )?$")
#: "Decides that, for an initial period of one year from the date of adoption, all Member States shall immediately take"
IMPOSED = re.compile(
    r"\b[Dd]ecides that,? (?P<time>(?:until|for (?:an?|the) )[^;]{0,120}?),? (?P<what>(?:all )?(?:Member )?States shall"
    r"[^;]{0,40}? (?P<goes_on>continue to )?(?:take|freeze|prevent|ensure)\b[^;,]*)"
)
GRANTED = re.compile(r"authori[sz]ations?\b")
REACH = 900  # so much of a paragraph says whom it authorizes and until when
WHAT = 100


def authorization_in(paragraph: Paragraph, own_bodies: Callable[[], Sequence[str]]) -> MandateTerm | None:
    """The authorization of a force, or of States to act, that a paragraph gives for a time; None when it gives none."""
    text = paragraph.text
    lead = AUTHORIZES.search(text) if "uthori" in text else None
    if lead is None or INTENDS.search(text[: lead.end()]):
        return None
    clause = text[lead.start() : lead.start() + REACH].partition(";")[0]
    may = MAY.search(clause)
    span = day_in(clause)
    if span is None or may is None or not STATES.search(clause):
        return None
    force = _force_in(clause) or _force_in(text[: lead.start()], is_last=True)
    if force is None and "a mission" in clause:
        force = _first_force(own_bodies())
    what = f"authorization of {force}" if force else _short(f"authorization {clause[may.start() :]}")
    end = clause.find(span.words) + len(span.words)
    quote = text[lead.start() : lead.start() + max(end, may.end())].rstrip(" ,;:")
    dots = ("... " if lead.start() else "", " ..." if len(quote) < len(text.rstrip(" ,;:.")) else "")
    act = Act.ESTABLISHED if INITIAL.search(clause) else Act.EXTENDED
    return MandateTerm(paragraph.address, act, force, what, f"{dots[0]}{quote}{dots[1]}", span=span)


def imposed_in(paragraph: Paragraph) -> MandateTerm | None:
    """The measures that a paragraph has all States take for a time, None when it has not."""
    found = IMPOSED.search(paragraph.text) if "States shall" in paragraph.text else None
    span = day_in(found["time"]) if found else None
    if found is None or span is None:
        return None
    act = Act.EXTENDED if found["goes_on"] else Act.ESTABLISHED
    what = found["what"][found["what"].find(" to ") + 1 :] if " to " in found["what"] else found["what"]
    what = _short(re.sub(r"^to take (?:the )?(?=necessary measures)", "", what))
    return MandateTerm(paragraph.address, act, None, what, f"{_short(found[0], 2 * WHAT)}", span=span)


def own_force(named: str, own_bodies: Callable[[], Sequence[str]]) -> str | None:
    """The force whose authorization is extended: the one named, or the document's own where no paragraph is cited.

    "the authorization of ISAF, as defined in resolution 1386 (2001)"; "extends its authorisations". What is set out in
    another resolution is given to others: "authorizations as set out in paragraph 10 of resolution 1846 (2008)".
    """
    if not GRANTED.match(named):
        return None
    of_others = re.search(r"\d", named.partition(",")[0])
    return _force_in(named) or (None if of_others else _first_force(own_bodies()))


def _force_in(words: str, *, is_last: bool = False) -> str | None:
    """The force that words name first, or last; where they call it successor to another, the one that took over."""
    found = [(at, name) for at, name in bodies_at(words) if name in load_forces()]
    named = [name for at, name in found if not SUCCESSOR.search(words[:at])]
    if named:
        return named[-1 if is_last else 0]
    return next((mandate_of(name).bodies[-1] for _, name in found), None)


def _first_force(bodies: Sequence[str]) -> str | None:
    return next((name for name in bodies if name in load_forces()), None)


def _short(words: str, length: int = WHAT) -> str:
    words = " ".join(words.split()).rstrip(" ,;:")
    return words if len(words) <= length else f"{words[:length].rpartition(' ')[0]} ..."
