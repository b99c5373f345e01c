"""The words of citations in Arabic, Chinese, Russian and Spanish, as patterns: loaded when such a text is first read.

Three of the languages name paragraphs before the document, as English does; Chinese names them behind it. What is
common to them, how numbers and labels are printed in a list, is here as well.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from scraper.council.printed_label import label_of

# Each entry of a list is read in one way alone (`?>`): see PLACES in `cited_places`.
# "(a)", "c)", "(ج)", "’1‘", "㈣": a label behind the number of its paragraph
_LABEL = r"\ ?(?:\(?[^\W\d_]{1,4}\)|[’‘']\d{1,2}[’‘']|[㈠-㈩])"
# a paragraph's number; no year, no resolution's number, no "3.2.2" of another text
_NUMBER = rf"\d{{1,3}}(?![\d/]|\.\d|\ ?\(\d)(?:{_LABEL})*"
_RESOLUTION_NUMBER = r"\d{3,4}(?!\d)"


@dataclass(frozen=True, slots=True)
class CitationWords:
    """One language's words. `places` finds a list of paragraphs with what it is of, or for Chinese behind what it is.

    `named` finds the word "resolution" that ends before a number. `annexes` are names of annexes that are no figures.
    The stems are in every word for a paragraph or a resolution: a text without them needs no closer look.
    """

    places: re.Pattern[str]
    pieces: re.Pattern[str]
    named: re.Pattern[str]
    yearless: re.Pattern[str]
    yearless_behind: re.Pattern[str]
    links: tuple[str, ...]
    several: tuple[str, ...]
    assembly: tuple[str, ...]
    others: tuple[str, ...]
    annexes: Mapping[str, str]
    paragraph_stem: str
    resolution_stem: str

    def in_english(self, printed: str) -> str:
        """A printed list in the form that `places_of` reads.

        >>> words_of("es").in_english("3 c), d) y 5 a 7")
        '3 (c), (d), 5 to 7'
        """
        said: list[str] = []
        link = ""
        for piece in self.pieces.finditer(printed):
            label = label_of(piece["label"]) if piece["label"] else None
            if piece["range"]:
                link = " to "
            elif piece["number"]:
                said += [link or (", " if said else ""), piece["number"]]
                link = ""
            elif label:
                said += [link or " ", f"({label})"]
                link = ""
            else:
                link = ", "
        return "".join(said).strip()


@cache
def words_of(language: str) -> CitationWords:
    """The words of one language, "es", "ru", "ar" or "zh"."""
    text = files(__package__).joinpath("citation_words.toml").read_text(encoding="utf-8")
    words = tomllib.loads(text)[language]
    return _chinese(words) if language == "zh" else _before(words)


def _before(words: Mapping[str, Any]) -> CitationWords:
    """The patterns of a language that names paragraphs before the document, as English does."""
    attached = f"(?<!\\w){_any(words.get('attached', []))}?"
    of, between, resolution = _any(words["of"]), _any(words["between"]), f"{attached}{_any(words['resolution'])}"
    linked, rng = _any(words["and"]), _any(words["range"])
    join = rf"(?:,?\ (?:{linked}|{rng})\ ?|[,،]\ ?|\ ?[-‒–]\ ?)"
    labels = rf"{_LABEL}(?>{join}(?:{_LABEL}))*"
    annexes = rf"[IVX]+|\d{{1,2}}|{_any(words.get('annexes', []))}"
    report = rf"(?:,?\ {of})" if words["of"] else ""
    lead = rf"(?:\ (?:{of}|{between}|{resolution}))+\ (?={_RESOLUTION_NUMBER})"
    places = rf"""
        (?:{attached}{_any(words["labelled"])}(?P<labels>{labels})\ (?:{of}\ )?)?
        {attached}{_any(words["paragraph"])}\ (?:{_any(words["from"])}\ )?
        (?P<places>{_NUMBER}(?>{join}(?:{_NUMBER}|(?:{_LABEL})+))*)
        (?:
            ,?\ (?P<own>{_any(words["own"])})(?!\w)
          | ,?\ (?P<same>{_any(words["same"])})(?!\w)
          | (?:\ (?P<preamble>{_any(words["preamble"])}))?
            (?:\ (?:{of}\ )?{_any(words["annex"])}\ (?P<annex>{annexes})(?:\ к)?)?
            ,?{lead}
          | {report}\ [^;(),]{{0,140}}?\(?(?=S/\d|S/PRST)
        )
    """
    return CitationWords(
        places=re.compile(places, re.VERBOSE),
        pieces=_pieces(rng, linked),
        named=re.compile(rf"{resolution}(?:\ {between})*\ $", re.VERBOSE),
        yearless=re.compile(
            rf"{resolution}(?:\ {between})*\ (?P<number>{_RESOLUTION_NUMBER})(?!/|\.\d|\ ?\()", re.VERBOSE
        ),
        yearless_behind=re.compile(
            rf"(?:,?\ {linked}\ |[,،]\ )(?P<number>\d{{3,4}})(?=[,،;؛.)]|\ {linked}\ |\ و|$)", re.VERBOSE
        ),
        links=(", ", "، ", *(f" {word} " for word in words["and"])),
        several=tuple(words["several"]),
        assembly=tuple(words["assembly"]),
        others=tuple(words["others"]),
        annexes=words.get("annexes", {}),
        paragraph_stem=words["stems"]["paragraph"],
        resolution_stem=words["stems"]["resolution"],
    )


def _chinese(words: Mapping[str, Any]) -> CitationWords:
    """The patterns of Chinese: 第1970(2011)号决议第9(a)、(b)和(c)段, 本决议第86段和第1(b)段, 第3段(c)和(d)分段."""
    linked, rng = _any(words["and"]), _any(words["range"])
    sign, unit, between = _any(words["paragraph"]), _any(words["labelled"]), _any(words["between"])
    join = rf"(?:{sign}?(?:{linked}|{rng}|[-‒–])第?)"
    below = rf"(?:(?P<labels>{_LABEL}(?>{linked}(?:{_LABEL}))*){unit}|(?P<bare>\([a-z]\)))"
    places = rf"""
        (?:
            (?P<own>{_any(words["own"])}) | (?P<same>{_any(words["same"])})
          | (?<=[\d)])(?P<document>{_any(words["resolution"])}|(?<=\)))
        )
        (?:{between})?(?P<preamble>{_any(words["preamble"])})?
        (?:{_any(words["annex"])}(?P<annex>[IVX]+|\d{{1,2}}|{_any(words["annexes"])}))?
        第(?P<places>{_NUMBER}(?>{join}(?:{_NUMBER}|(?:{_LABEL})+))*)\ ?{sign}(?:{below})?
    """
    return CitationWords(
        places=re.compile(places, re.VERBOSE),
        pieces=_pieces(rng, linked),
        named=re.compile(r"第$"),
        yearless=re.compile(rf"第(?P<number>{_RESOLUTION_NUMBER})(?={_any(words['resolution'])})"),
        yearless_behind=re.compile(r"(?!)"),
        links=tuple(words["and"]),
        several=(),
        assembly=tuple(words["assembly"]),
        others=tuple(words["others"]),
        annexes=words["annexes"],
        paragraph_stem=words["stems"]["paragraph"],
        resolution_stem=words["stems"]["resolution"],
    )


def _pieces(rng: str, linked: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<label>{_LABEL})|(?P<number>\d{{1,3}})|(?P<range>(?<!\w){rng}(?!\w)|{rng}(?=[第\d])|[-‒–])|{linked}|[,،、]",
        re.VERBOSE,
    )


def _any(words: Iterable[str]) -> str:
    """Any of these words, the longest first, the first letter small or capital; no word at all never matches."""
    found = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(map(_either, found))})" if found else "(?!)"


def _either(word: str) -> str:
    first, escaped = word[0], re.escape(word)
    return escaped if first.upper() == first.lower() else f"[{first.upper()}{first.lower()}]{escaped[1:]}"
