"""Reads citations in Arabic, Chinese, Russian and Spanish as `citation_reading` does in English and French.

Digits of other scripts, brackets of full width and marks of direction, which are no words, are read as what they stand
for; the words of a citation are those of the text, with all its marks.
"""

import re
from unicodedata import decimal

from scraper.structure.citation_reading import CitationReading, NamedPlaces
from scraper.structure.citation_words import CitationWords, words_of
from scraper.structure.resolution_years import with_year
from storage.models import Citation

LANGUAGES = frozenset({"ar", "es", "ru", "zh"})
# 76/274, 71/291: a resolution of the General Assembly
_SESSION = re.compile(r"(?<![\d/.])\d{2}/\d{1,3}(?![\d/])")
_RESOLUTION_STEMS = ("esoluc", "езолюц", "قرار", "决议")
_BODY_REACH, _BEHIND_REACH, _NAMED_REACH = 70, 40, 60
_RESOLUTION = ("号决议", "决议")
_ONE_MORE = re.compile(r"\D{1,4}\d{3,4}\b")
# marks of direction and joining, which have no width; digits and signs of other scripts
_MARKED = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u0610-\u061a\u064b-\u065f\u0660-\u0669\u06f0-\u06f9\uff00-\uff5e]")
_FULL_WIDTH = 0xFEE0  # from a sign of full width to the usual one


def find_translated(text: str, own: str | None, language: str) -> tuple[Citation, ...]:
    """All citations in a text of one of `LANGUAGES`, in printed order; `own` is the document's symbol."""
    if not any(character.isdecimal() for character in text):
        return ()
    if _MARKED.search(text) is None:
        return _read(text, own, language)
    plain, origins = unmarked(text)
    found = []
    for one in _read(plain, own, language):
        start, end = origins[one.start], origins[one.end - 1] + 1
        found.append(Citation(one.symbol, one.addresses, start, end, text[start:end]))
    return tuple(found)


def unmarked(text: str) -> tuple[str, list[int]]:
    """A text without marks that are no letters, its digits and brackets the usual ones; and where each sign stood.

    >>> unmarked("٢٠٤٨（2012）")
    ('2048(2012)', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    """
    signs: list[str] = []
    origins: list[int] = []
    for place, sign in enumerate(text):
        digit = decimal(sign, None)
        if digit is not None:
            plain = str(digit)
        elif "\uff00" < sign < "\uff5f":
            plain = chr(ord(sign) - _FULL_WIDTH)
        elif _MARKED.match(sign):
            continue
        else:
            plain = sign
        signs.append(plain)
        origins.append(place)
    return "".join(signs), origins


def _read(text: str, own: str | None, language: str) -> tuple[Citation, ...]:
    reading = (ChineseReading if language == "zh" else TranslatedReading)(text, words_of(language))
    reading.read_places(own)
    reading.read_numbers()
    reading.read_symbols()
    reading.read_yearless()
    reading.read_assembly()
    reading.read_same()
    return reading.citations


class TranslatedReading(CitationReading):
    """A reading of a text in which paragraphs are named before the document: Arabic, Russian, Spanish."""

    def __init__(self, text: str, words: CitationWords) -> None:
        super().__init__(text)
        self._words = words
        self.links = words.links

    def read_places(self, own: str | None) -> None:
        """Read the lists of paragraphs."""
        for found in self._words.places.finditer(self._text):
            self._keep(self._named(found), found, own)

    def read_yearless(self) -> None:
        """Read resolutions named by their number alone."""
        for found in self._words.yearless.finditer(self._text):
            start, end = found.span("number")
            if not self._is_of(self._words.assembly + self._words.others, *found.span()):
                self._add_resolution(with_year(f"S/RES/{found['number']}"), start, end, self._named_from(start))
                if self._is_plural(start):
                    self._read_yearless_behind(end)

    def read_assembly(self) -> None:
        """Read resolutions of the General Assembly: where it is named beside them."""
        text = self._text
        for found in _SESSION.finditer(text):
            start, end = found.span()
            near = text[max(0, start - _BODY_REACH) : end + _BEHIND_REACH]
            is_resolution = any(stem in near for stem in _RESOLUTION_STEMS)
            if is_resolution and self._is_of(self._words.assembly, start, end):
                self._add(f"A/RES/{found[0]}", (), self._named_from(start), end)

    def _named(self, found: re.Match[str]) -> NamedPlaces:
        printed, labels = self._words.in_english(found["places"]), self._labels(found)
        if labels and printed.isdecimal():
            printed = f"{printed} {self._words.in_english(labels)}"
        return NamedPlaces(found.start(), printed, self._sign(found))

    def _labels(self, found: re.Match[str]) -> str | None:
        """The sub-paragraphs that are named apart from their paragraph."""
        return found["labels"]

    def _sign(self, found: re.Match[str]) -> str | None:
        """What stands before the number in an address, where it is not what is usual in the document."""
        if name := found["annex"]:
            return f"Annex {self._words.annexes.get(name, name)}, para."
        return "PP" if found["preamble"] else None

    def _named_from(self, start: int) -> int:
        named = self._words.named.search(self._text, max(0, start - _NAMED_REACH), start)
        return named.start() if named else start

    def _is_plural(self, start: int) -> bool:
        return self._text.endswith(self._words.several, 0, start)

    def _is_shared(self, start: int, end: int) -> bool:
        is_one_more = self._text.startswith(self.links, end) and _ONE_MORE.match(self._text, end) is not None
        return self._is_plural(start) and is_one_more

    def _places_behind(self, start: int, end: int) -> tuple[tuple[str, ...], int]:  # noqa: ARG002
        return (), end

    def _read_yearless_behind(self, end: int) -> None:
        while (found := self._words.yearless_behind.match(self._text, end)) is not None:
            self._add(with_year(f"S/RES/{found['number']}"), (), *found.span("number"))
            end = found.end()


class ChineseReading(TranslatedReading):
    """A reading of Chinese, where the document is named before its paragraphs: 第1970(2011)号决议第9段."""

    def read_places(self, own: str | None) -> None:
        """Read the lists of paragraphs of this document and of that resolution; others are read with the document."""
        for found in self._words.places.finditer(self._text):
            if found["document"] is None:
                self._keep(self._named(found), found, own)

    def _labels(self, found: re.Match[str]) -> str | None:
        return found["labels"] or found["bare"]

    def _places_behind(self, start: int, end: int) -> tuple[tuple[str, ...], int]:
        text = self._text
        found = self._words.places.match(text, end)
        is_shared = text[start - 1 : start] != "第" and text.endswith(self.links, 0, start)
        if found is not None and found["document"] and not is_shared:
            return self._named(found).addresses(), found.end()
        return (), end + next((len(word) for word in _RESOLUTION if text.startswith(word, end)), 0)

    def _places_behind_symbol(self, end: int) -> tuple[tuple[str, ...], int]:
        found = self._words.places.match(self._text, end + self._text.startswith(")", end))
        if found is not None and found["document"] == "":
            return self._named(found).addresses("para."), found.end()
        return (), end
