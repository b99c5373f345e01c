"""Reads what a resolution did with a task that runs for a time of its own inside a mission's mandate (pure).

"Decides to extend until 15 April 2018 UNISFA's mandate modification set forth in resolution 2024 (2011) and paragraph 1
of resolution 2075 (2012), which provides support to the Joint Border Verification and Monitoring Mechanism".
"""

import re
from dataclasses import replace
from typing import Final

from scraper.mandates.acts_in_titles import told_for
from scraper.mandates.links import Link, MandateText, link_by_text, link_of, number_of
from scraper.mandates.term import Act, MandateTerm
from scraper.situations.mandates import Mandate

#: So many days around an expiry a resolution of which no more is known may be the renewal.
AROUND: Final = 31
#: "the mandate of UNISFA as set out in paragraphs 1 and 2 of resolution 2575 (2021)"
SET_OUT = re.compile(
    r"\bparagraphs? (?P<paragraphs>\d+(?:(?:, | and |, and )\d+)*) of resolution (?P<number>\d{3,4})\b"
)


def task_link(mandate: Mandate, source: MandateText, last: Link | None) -> Link | None:
    """What a resolution did with a task, None when it did nothing with it. `last` extended it before.

    It is extended by its own words; by its mission's, where these cite the paragraph that extended it last; and where
    only the title is held, by its mission's extension about the day on which it expires.
    """
    (mission,) = mandate.bodies
    own = [term for term in source.terms if term.body == mission and term.what.startswith(mandate.words)]
    if own:
        term = replace(own[0], act=Act.EXTENDED)
        return link_by_text(source, term, None)
    if last is None:
        return None
    citing = [term for term in source.terms if term.body == mission and term.act is Act.EXTENDED and _cites(term, last)]
    if citing:
        return link_by_text(source, citing[0], told_for(mission, source.told))
    is_due = bool(last.expires_on and source.adopted_on and abs((source.adopted_on - last.expires_on).days) <= AROUND)
    link = link_of(mission, source) if is_due and not source.is_held else None
    return link if link and link.act is not Act.CHANGED else None


def _cites(term: MandateTerm, last: Link) -> bool:
    """Whether a mandate is extended as set out in the paragraph by which a link extended the task."""
    if last.term is None:
        return False
    for found in SET_OUT.finditer(term.quote):
        is_same = int(found["number"]) == number_of(last.symbol)
        if is_same and last.term.address.removeprefix("OP ") in re.findall(r"\d+", found["paragraphs"]):
            return True
    return False
