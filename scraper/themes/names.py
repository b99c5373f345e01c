r"""Knows names: those of missions, from the reviewed list of the Council's bodies, and those of offices and laws.

The name of a ministry, office or law says nothing by itself: "Ministry for the Promotion of Women, Children and Family"
in a list of ministries is no WPS content. How such names begin and go on is data (`[names]` of a language).

>>> names_of({"begin": ["Ministry"], "link": ["of"]}).findall("to the Ministry of Women's Affairs")
["Ministry of Women's Affairs"]
"""

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence

from scraper.themes.folding import fold
from scraper.themes.rule import insist

LIST = "situations/missions.toml"
"""In the package `scraper`."""
KEYS = frozenset({"begin", "link", "join"})
_NOT_IN_TEXTS = ("library: ", "UN. ")  # how only the library names a body


def mission_phrases(text: str, *, only: Collection[str] = (), without: Collection[str] = ()) -> list[str]:
    r"""Every name in the list's TOML text as a phrase: of the bodies in `only` (all of them, if none) not in `without`.

    >>> mission_phrases('[Mali]\nMINUSMA = ["United Nations Mission in Mali"]')
    ['minusma', 'united nations mission in mali']
    """
    bodies = {body: names for section in tomllib.loads(text).values() for body, names in section.items()}
    unknown = sorted({*only, *without} - set(bodies))
    insist(not unknown, f"bodies of {LIST}", unknown, "a concept of missions")
    chosen = [body for body in bodies if body not in without and (not only or body in only)]
    names = [name for body in chosen for name in (body, *bodies[body]) if not name.startswith(_NOT_IN_TEXTS)]
    return list(dict.fromkeys(" ".join(fold(name).split()) for name in names))


def names_of(table: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    """A pattern for names of offices and laws in the original text: a word that begins one, and capitals after it.

    `begin` holds the first words, `link` what follows them ("of"), `join` the small words between further capitals.
    """

    def either(key: str) -> str:
        return "|".join(sorted(map(re.escape, table.get(key, ())), key=len, reverse=True)) or r"(?!)"

    capital = r"[A-Z\u00c0-\u00dc][\w\u2019'-]*"
    joined = rf"(?:,? (?:(?:{either('join')}) )*{capital})*"
    # No bound before it: a pattern that begins with letters is found several times as fast.
    return re.compile(rf"(?:{either('begin')}) (?:{either('link')}) ?{capital}{joined}")
