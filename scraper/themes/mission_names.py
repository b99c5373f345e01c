"""The names of missions, as phrases: from the reviewed list of the Council's bodies, so that there is one such list."""

import tomllib
from collections.abc import Collection

from scraper.themes.folding import fold
from scraper.themes.rule import insist

LIST = "situations/missions.toml"
"""In the package `scraper`."""
_NOT_IN_TEXTS = ("library: ", "UN. ")  # how only the library names a body


def mission_phrases(text: str, *, only: Collection[str] = (), without: Collection[str] = ()) -> list[str]:
    """Every name in the list's TOML text as a phrase: of the bodies in `only` (all of them, if none) not in `without`.

    >>> mission_phrases('[Mali]\nMINUSMA = ["United Nations Mission in Mali"]')
    ['minusma', 'united nations mission in mali']
    """
    bodies = {body: names for section in tomllib.loads(text).values() for body, names in section.items()}
    unknown = sorted({*only, *without} - set(bodies))
    insist(not unknown, f"bodies of {LIST}", unknown, "a concept of missions")
    chosen = [body for body in bodies if body not in without and (not only or body in only)]
    names = [name for body in chosen for name in (body, *bodies[body]) if not name.startswith(_NOT_IN_TEXTS)]
    return list(dict.fromkeys(" ".join(fold(name).split()) for name in names))
