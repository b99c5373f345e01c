"""Reads what a person searches for, and writes it in FTS5's language. Pure.

    women peace              both words, wherever they stand
    "sexual violence"        the phrase; “curly” marks too; the closing one may be missing
    peacebuild*              every word that begins so
    a AND b, a OR b, a NOT b in capitals; NOT binds as AND does, both before OR; brackets group
    NEAR(a b, 5), a NEAR/5 b the words at most so many words apart, 10 unless said

Everything else is a plain word: nothing that is typed is a syntax error of FTS5, and nothing of its own grammar comes
through.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Final

Spelling = Callable[[str], str | None]
"""The other spelling of a word in small letters, None where it has none."""

_TOKEN: Final = re.compile(
    r"""
    "(?P<phrase>[^"]*)(?:"(?P<star>\*?)|$)
  | NEAR\((?P<near>[^()]*)\)
  | (?P<operator>(?:AND|OR|NOT|NEAR(?:/(?P<reach>\d{1,3}))?)(?=[\s()"]|$))
  | (?P<bracket>[()])
  | (?P<word>[^\s"()]+(?:\([^\s"()]*\)[^\s"()]*)*)
    """,
    re.VERBOSE,
)
_REACH: Final = re.compile(r",\s*(\d{1,3})\s*$")  # of "women peace, 5"
_QUOTES: Final = str.maketrans({"“": '"', "”": '"', "„": '"', "\0": " "})
#: Splits a term into its words and what stands between them, losing nothing.
_WORD: Final = re.compile(r"(\W+)")
_MOST_SPELLINGS: Final = 16
_DEEPEST: Final = 20
_NEAR: Final = 10


class LoneNot(ValueError):  # noqa: N818 - the name says what happened
    """A NOT has nothing to take away from."""

    def __init__(self) -> None:
        super().__init__("NOT takes away from what stands before it: write 'women NOT girls'")


@dataclass(frozen=True, slots=True)
class Query:
    """A query in FTS5's language, empty where it has no word; and what other spelling each word is looked for in."""

    expression: str
    respelled: tuple[tuple[str, str], ...] = ()


def read_query(typed: str, other_spelling: Spelling = lambda word: None) -> Query:
    """The query that is meant.

    Raises:
        LoneNot: a NOT has nothing before it.

    >>> read_query('women AND "armed conflict" NOT girl*').expression
    '("women" AND "armed conflict") NOT ("girl"*)'
    """
    # A command line may hand over bytes that are no UTF-8 as lone surrogates, which SQLite refuses.
    plain = typed.encode("utf-8", "replace").decode().translate(_QUOTES)
    reader = _Reader(list(_TOKEN.finditer(plain)), other_spelling)
    parts: list[str] = []
    while reader.has_more:
        if part := reader.alternatives(0):
            parts.append(part)
        reader.skip_bracket()
    return Query(" AND ".join(f"({part})" for part in parts) if len(parts) > 1 else "".join(parts), reader.respelled)


class _Reader:
    def __init__(self, tokens: list[re.Match[str]], other_spelling: Spelling) -> None:
        self._tokens = tokens
        self._at = 0
        self._other = other_spelling
        self._respelled: dict[str, str] = {}

    @property
    def has_more(self) -> bool:
        return self._at < len(self._tokens)

    @property
    def respelled(self) -> tuple[tuple[str, str], ...]:
        return tuple(self._respelled.items())

    def skip_bracket(self) -> None:
        """Go past a closing bracket that closes nothing."""
        if self.has_more and self._tokens[self._at]["bracket"] == ")":
            self._at += 1

    def alternatives(self, depth: int) -> str:
        """`a b OR c`: what is joined by OR."""
        found: list[str] = []
        while self.has_more and self._tokens[self._at]["bracket"] != ")":
            if part := self._together(depth):
                found.append(part)
            if self.has_more and self._tokens[self._at]["operator"] == "OR":
                self._at += 1
        return found[0] if len(found) == 1 else " OR ".join(f"({part})" for part in found)

    def _together(self, depth: int) -> str:
        """`a AND b NOT c`: what must all stand in a paragraph, and what must not."""
        wanted: list[str] = []
        unwanted: list[str] = []
        chosen = wanted
        while self.has_more:
            token = self._tokens[self._at]
            if token["operator"] == "OR" or token["bracket"] == ")":
                break
            if token["operator"]:
                chosen = unwanted if token["operator"] == "NOT" else chosen
                self._at += 1
                continue
            if part := self._item(depth):
                chosen.append(part)
            chosen = wanted
        if unwanted and not wanted:
            raise LoneNot
        words = " AND ".join(wanted)
        if not unwanted:
            return words
        return f"({words}) NOT ({' OR '.join(unwanted)})"

    def _item(self, depth: int) -> str:
        """A term, words near each other, or what stands in brackets."""
        token = self._tokens[self._at]
        self._at += 1
        if token["bracket"]:
            if depth >= _DEEPEST:
                return ""
            inner = self.alternatives(depth + 1)
            self.skip_bracket()
            return f"({inner})" if inner else ""
        if token["near"] is not None:
            return self._near_in_brackets(token["near"])
        ways = [self._ways(token)]
        reach = 0
        while self._is_near():
            reach = max(reach, int(self._tokens[self._at]["reach"] or _NEAR))
            ways.append(self._ways(self._tokens[self._at + 1]))
            self._at += 2
        return _nearby(ways, reach)

    def _is_near(self) -> bool:
        """Whether `NEAR` and a term come next."""
        following = self._tokens[self._at : self._at + 2]
        return (
            len(following) == 2
            and (following[0]["operator"] or "").startswith("NEAR")
            and not (following[1]["operator"] or following[1]["bracket"] or following[1]["near"] is not None)
        )

    def _near_in_brackets(self, inside: str) -> str:
        reach = _REACH.search(inside)
        words = inside[: reach.start()] if reach else inside
        terms = [token for token in _TOKEN.finditer(words) if token["phrase"] is not None or token["word"]]
        return _nearby([self._ways(term) for term in terms], int(reach[1]) if reach else _NEAR)

    def _ways(self, token: re.Match[str]) -> list[str]:
        """A term as a quoted string in each of its spellings; none where it has no letter and no digit."""
        is_phrase = token["phrase"] is not None
        words = token["phrase"] if is_phrase else token["word"]
        is_prefix = bool(token["star"]) if is_phrase else words.endswith("*")
        if not any(character.isalnum() for character in words):
            return []
        return [f'"{each}"' + ("*" if is_prefix else "") for each in self._spellings(words.rstrip("*"))]

    def _spellings(self, words: str) -> list[str]:
        """A term in every way in which its words are spelled, as it was typed first."""
        found = [""]
        for piece in _WORD.split(words):
            other = self._other(piece.lower()) if piece else None
            if other is not None:
                self._respelled[piece.lower()] = other
            ways = [piece] if other is None else [piece, other]
            found = [start + way for start in found for way in ways][:_MOST_SPELLINGS]
        return found


def _nearby(ways: list[list[str]], reach: int) -> str:
    """Terms near each other, each in any of its spellings; one alone is just that."""
    ways = [each for each in ways if each]
    if not ways:
        return ""
    if len(ways) == 1:
        return ways[0][0] if len(ways[0]) == 1 else f"({' OR '.join(ways[0])})"
    near = [f"NEAR({' '.join(each)}, {reach})" for each in list(product(*ways))[:_MOST_SPELLINGS]]
    return near[0] if len(near) == 1 else f"({' OR '.join(near)})"
