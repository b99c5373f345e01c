"""Reads what operative paragraphs decide about mandates: established, extended, ended, and until when (pure).

The Council decides it in set phrases, with the day before or behind the name: "Decides to extend the mandate of UNMISS
until 30 April 2026", "Decides to extend until 15 December 2018 the mandate of MINUSCA". A period without a day runs
from the day that the words name, else from the expiry before it, which one text alone does not tell.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from scraper.mandates.authorizations import authorization_in, imposed_in, own_force
from scraper.mandates.term import FINAL, PANEL, Act, MandateTerm, Span
from scraper.mandates.term_days import day_in, strip_days
from scraper.situations.bodies import bodies_at
from scraper.situations.mandates import load_mandates
from scraper.situations.vocabulary import load_bodies
from storage.models import Paragraph, Part

__all__ = ["Act", "MandateTerm", "read_terms"]

#: Who decides: without one of these words a paragraph only speaks of a mandate.
LEAD = re.compile(
    r"\b(?:(?i:decides)|(?i:authorizes)|(?i:requests) (?:that |to this end )?the Secretary-General|(?i:endorses)"
    r"|(?i:extends|renews)(?! its (?:call|request|appeal|commitment|intention)))\b"
)
#: "extends the mandate of UNAMIS by a further three months until 10 March 2005", not "renews its call to the AU"
OWN = re.compile(r"extends|renews", re.IGNORECASE)
VERB = re.compile(
    r"""
    (?P<established>
        \b(?:to\ (?:re-?)?establish | to\ set\ up | to\ create | (?:shall|will)\ be\ deployed
         | (?<!regard\ to\ )(?:the\ )?(?:re-?)?establishment )\b )
  | (?P<extended>
        \b(?:to|therefore|hereby)\ (?:extend|renew|prolong)\b
      | \b[Tt]o\ (?:continue|maintain)\ the\ (?=\w*\ ?mandate)
      | \b(?:shall|should|will)\ (?:be\ )?(?:further\ )?(?:extended|renewed|prolonged|remain\ in\ force)\b
      | \b[Tt]o\ (?:further\ |again\ |exceptionally\ )?(?:extend|renew|prolong)\b
      | \bto\ authorize\ the\ extension\ of\b
      | \b(?:shall|should|will)\ have\ the\ following\ mandate\b )
  | (?P<ended>
        \b[Tt]o\ (?:terminate|end|close|withdraw|dissolve)\b
      | \b(?:shall|will|is|are)\ (?:be\ )?(?:terminated?|expire|dissolved|withdrawn)\b )
    """,
    re.VERBOSE,
)
#: A paragraph that has none of these has no verb of `VERB` or `OWN`: most have none, and to look for them is cheap.
STEMS = (
    "establish", "set up", "create", "deployed", "exten", "renew", "prolong", "to continue the", "to maintain the",
    "remain in force", "following mandate", "terminate", "to end", "to close", "withdraw", "dissolve", "expire",
)  # fmt: skip
#: Such words decide something only with a day: "shall be deployed until 30 June 2011"
NOUN = re.compile(r"(?:establishment|deployed|mandate)$")
#: "UNOCI shall have the following mandate from the date of adoption of this resolution until 31 December 2010"
FOLLOWING = re.compile(r"have the following mandate$")
#: Before the verb these say that nothing is decided yet.
DOUBT = re.compile(
    r"\b(?:intention|intends|declares|whether|consider\w*|proposal|review|readiness|unless|if"
    r"|options)\b|\brecommendation\s*$"
)
#: Before the lead these say that it is not decided here: "unless it decides to extend the mandate modification"
ELSE = re.compile(r"\b(?:unless|if|whether|until|before|when) (?:it|the Council|the Security Council) $")
#: Behind the verb these begin something else.
END = re.compile(
    r"[;:]|\b(?:expresse?s?(?:ing)?|requests|decides|affirms|reaffirms|underlin\w+|unless|calls|authorizes|stresses)\b"
    r"|\bwith (?:the|a|an) (?:intention|view)\b"
)
MEASURES = re.compile(
    r"\b(?:measures?|embargo|provisions|exemptions?|prohibitions?|authori[sz]ations?|sanctions|obligations)\b"
)
OTHER = re.compile(
    r"\b(?:redeployment|terms? of (?:office|appointment)|appointment|ceiling|suspension|tasks|judges?)\b"
)
MANDATE = re.compile(r"\b(?:mandates?|deployment (?=of )|presence|operations?)\b")
#: A mandate of nobody in particular is that of the document's own mission: "the present mandate", "its mandate"
OWN_MANDATE = re.compile(r"\b(?:the|its) (?:present |current )?mandate\b(?! of)")
#: "the Panel of Experts as set out in paragraph 21 of resolution 2140 (2014)"
NUMBER = re.compile(r"\bresolution (?P<number>\d{4})\b")
#: "Decides to extend, for the period specified in paragraph 1 above, the mandate of the Group of Experts"
SAME_PERIOD = re.compile(r"\bfor the period (?:specified|referred to|mentioned) in paragraph (?P<number>\d+) above")
AUTOMATIC = re.compile(r"\bautomatic(?:ally)?\b")
#: Between "establish" and a name these say that something else is set up.
ELSEWHERE = re.compile(r"\b(?:within|with|from|through|by|between|where|into|for)\b|\bsuccessor to\b")
#: "to extend, for the purpose of aligning the timelines for the renewal of the measures, the mandate of the Panel"
PURPOSE = re.compile(r",? for the purpose of [^,]{0,160},")
TASKS = [one for one in load_mandates() if one.kind == "task"]
HEAD = 100
REACH = 320  # so far behind the lead stands the verb, and behind the verb the name


def read_terms(paragraphs: Iterable[Paragraph], own_bodies: Callable[[], Sequence[str]]) -> list[MandateTerm]:
    """What a resolution's operative paragraphs decide of mandates, in printed order, each body once.

    `own_bodies` gives the bodies that the document names, most named first: asked where a paragraph says no more than
    "the present mandate" or "the Panel of Experts". Of several words on one body those with a day hold.
    """
    found: list[MandateTerm] = []
    spans: dict[str, Span] = {}
    for read in _read(paragraphs, own_bodies):
        like = None if read.span else SAME_PERIOD.search(read.quote)
        term = replace(read, span=spans.get(f"OP {like['number']}")) if like else read
        if term.span:
            spans.setdefault(term.address, term.span)
        same = [at for at, one in enumerate(found) if one.body and _is_one(one, term)]
        if not same:
            found.append(term)
        elif _exactness(term) > _exactness(found[same[0]]):
            found[same[0]] = replace(term, act=found[same[0]].act)
    return found


def _exactness(term: MandateTerm) -> int:
    """A day is better than a period, and a period than nothing."""
    return 0 if term.span is None else 1 if term.span.is_computed else 2


def _is_one(one: MandateTerm, other: MandateTerm) -> bool:
    """Whether two terms say one thing: what is extended is often "re-established" in the same breath."""
    acts = {one.act, other.act}
    return one.body == other.body and (len(acts) == 1 or acts == {Act.EXTENDED, Act.ESTABLISHED})


def _read(paragraphs: Iterable[Paragraph], own_bodies: Callable[[], Sequence[str]]) -> Iterator[MandateTerm]:
    for paragraph in paragraphs:
        if paragraph.part is not Part.OPERATIVE:
            continue
        before = f"{paragraph.chapeau} " if paragraph.chapeau else ""
        words = before + paragraph.text
        lowered = words.lower()
        for one in (authorization_in(paragraph, own_bodies), imposed_in(paragraph)):
            if one is not None:
                yield one
        if not any(stem in lowered for stem in STEMS):
            continue
        leads = list(LEAD.finditer(words))
        for lead, end in zip(leads, [*(lead.start() for lead in leads[1:]), len(words)], strict=False):
            if end > len(before) and not ELSE.search(words[: lead.start()]):
                yield from _terms_of(paragraph, len(before), (lead.start(), end), own_bodies)


def _terms_of(
    paragraph: Paragraph, offset: int, place: tuple[int, int], own_bodies: Callable[[], Sequence[str]]
) -> Iterator[MandateTerm]:
    """What the words between one lead and the next decide; those of the chapeau belong to another paragraph."""
    words = f"{paragraph.chapeau} {paragraph.text}" if offset else paragraph.text
    segment = words[place[0] : place[1]]
    is_own = OWN.match(segment)
    verb = is_own or VERB.search(segment)
    if verb is None or verb.start() > REACH + offset or place[0] + verb.end() <= offset:
        return
    if DOUBT.search(segment[: verb.start()]):
        return
    act = Act.EXTENDED if is_own else Act(next(name for name in Act if verb.groupdict().get(name)))
    cut = END.search(segment, verb.end())
    clause = segment[verb.end() : cut.start() if cut else len(segment)]
    is_passive = re.match(r"(?:shall|should|will|is|are)\b", verb[0]) is not None
    named = PURPOSE.sub(" ", segment[: verb.start()] if is_passive else clause)
    is_end = act is Act.ENDED
    span = day_in(clause, is_end=is_end) or (None if is_own else day_in(segment[: verb.start()], is_end=is_end))
    thing = _last_named(named) if FOLLOWING.search(verb[0]) else _thing(strip_days(named), act, own_bodies)
    if thing is None or (span is None and NOUN.search(verb[0])):
        return
    body, what, is_changed = thing
    end = place[0] + verb.end() + len(clause) - offset
    yield MandateTerm(
        address=paragraph.address,
        act=Act.CHANGED if is_changed else act,
        body=body,
        what=what,
        quote=_quote(paragraph.text, max(place[0] - offset, 0), end),
        is_final=FINAL.search(clause) is not None,
        span=span,
        goes_on_until=_automatic(clause),
    )


def _automatic(clause: str) -> date | None:
    """The day behind "with a further automatic extension of an additional nine months, that is, until ..."."""
    found = AUTOMATIC.search(clause)
    span = day_in(clause[found.start() :]) if found else None
    return span.day if span else None


def _thing(named: str, act: Act, own_bodies: Callable[[], Sequence[str]]) -> tuple[str | None, str, bool] | None:
    """What is extended: its body, its name, and whether it is but a change of the mandate; None for no mandate."""
    head = named[:HEAD]
    mandate = MANDATE.search(head)
    first = next(iter(bodies_at(named)), None)
    if first and (task := next((one for one in TASKS if first[1] in one.bodies and one.words in head), None)):
        return first[1], f"{task.words} of {first[1]}", True
    until_mandate = head[: mandate.start()] if mandate else head[: first[0]] if first else head
    if OTHER.search(until_mandate):
        return None
    if found := MEASURES.search(until_mandate):
        if act is Act.ESTABLISHED:
            return None
        what = _measures(named, found.start())
        force = own_force(named[found.start() :], own_bodies)
        return (force, f"authorization of {_with_article(force)}", False) if force else (None, what, False)
    if act is Act.ESTABLISHED:
        body = _established(named, first, own_bodies)
    elif first and (mandate or first[0] <= HEAD // 2) and first[0] <= REACH:
        body = _nearer(named, first, own_bodies)
    elif PANEL.search(head) or (act is Act.EXTENDED and OWN_MANDATE.search(head)):
        body = _own_body(named, own_bodies())
    else:
        return None
    return (body, f"mandate of {_with_article(body)}", False) if body else None


def _last_named(named: str) -> tuple[str | None, str, bool] | None:
    """The body named last before "shall have the following mandate"."""
    at = bodies_at(named)
    return (at[-1][1], f"mandate of {_with_article(at[-1][1])}", False) if at else None


def _nearer(named: str, first: tuple[int, str], own_bodies: Callable[[], Sequence[str]]) -> str | None:
    """The body first named, but for a "Panel of Experts" without a name that stands before another body."""
    panel = PANEL.search(named[: first[0]])
    if panel and _kind(first[1]) != "panel":
        return _own_body(named, own_bodies())
    return first[1]


def _established(named: str, first: tuple[int, str] | None, own_bodies: Callable[[], Sequence[str]]) -> str | None:
    panel = PANEL.search(named[: first[0] if first else REACH])
    if panel and not (first and _kind(first[1]) == "panel"):
        return _own_body(named, own_bodies())
    if first is None or first[0] > REACH or ELSEWHERE.search(named[: first[0]]) or _kind(first[1]) == "committee":
        return None
    return first[1]


def _own_body(words: str, bodies: Sequence[str]) -> str | None:
    """The document's own panel where the words speak of one, by its resolution or as the only one; else its mission."""
    panel = PANEL.search(words)
    if panel is None:
        return next((body for body in bodies if _kind(body) == "mission"), None)
    kind = panel["monitoring"] or panel["word"]
    places = {one.situation for one in load_bodies() if one.name in bodies}
    fitting = [one for one in load_bodies() if one.kind == "panel" and one.name.startswith(kind)]
    numbers = {int(found["number"]) for found in NUMBER.finditer(words)}
    by_number = [one.name for one in fitting if numbers.intersection(one.resolutions)]
    known = [one.name for one in fitting if one.name in bodies]
    near = [one.name for one in fitting if one.situation in places]
    team = [one.name for one in load_bodies() if one.name == next(iter(bodies), None) and one.kind == "mission"]
    called = [
        name for name in team if any(kind in long for one in load_bodies() if one.name == name for long in one.names)
    ]
    return next((names[0] for names in (by_number, called, known, near) if len(names) == 1), None)


def _quote(text: str, start: int, end: int) -> str:
    """A paragraph's own words from one place to another, with dots where it says more."""
    words = re.sub(r",? and$", "", text[start:end].rstrip(" ,;:"))
    is_whole = not text[end:].strip(" ,;:.") or len(words) >= len(text.rstrip(" ,;:."))
    return ("... " if start else "") + words + ("" if is_whole else " ...")


def _kind(name: str) -> str:
    return next(body.kind for body in load_bodies() if body.name == name)


def _with_article(body: str) -> str:
    """A body as it stands in a sentence: "UNMISS", "the Panel of Experts on Haiti"."""
    return body if body.isupper() else f"the {body}"


def _measures(named: str, start: int) -> str:
    words = re.sub(r"\s+(?=,)|[\s,]*(?:\band)?[\s,]*$", "", " ".join(named[start:].split()))
    return words if len(words) <= HEAD else f"{words[:HEAD].rpartition(' ')[0]} ..."
