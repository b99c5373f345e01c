"""Reads citations in Arabic, Chinese, Russian and Spanish as `citation_reading` does in English and French.

Digits of other scripts, brackets of full width and marks of direction, which are no words, are read as what they stand
for; the words of a citation are those of the text, with all its marks.
"""

import re
from unicodedata import decimal, normalize

from scraper.citations.reading import CitationReading, NamedPlaces
from scraper.citations.words import CitationWords, words_of
from scraper.council.resolution_years import with_year
from storage.models import Citation

# 76/274, 71/291: a resolution of the General Assembly
_SESSION = re.compile(r"(?<![\d/.])\d{2}/\d{1,3}(?![\d/])")
_BODY_REACH, _BEHIND_REACH, _NAMED_REACH = 70, 40, 60
_RESOLUTION = ("号决议", "决议")
_ONE_MORE = re.compile(r"\D{1,4}\d{3,4}\b")
# Marks of direction, of joining and of vowels, which stand between the signs that count; digits of other scripts, and
# digits, letters and brackets of full width.
_MARKED = re.compile(
    r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u0610-\u061a\u064b-\u065f\u0660-\u0669\u06f0-\u06f9"
    r"\uff08\uff09\uff0d-\uff19\uff21-\uff3a\uff41-\uff5a]"
)
_DIGIT = re.compile(r"\d")


def find_translated(text: str, own: str | None, language: str) -> tuple[Citation, ...]:
    """All citations in a text of one of these languages, in printed order; `own` is the document's symbol."""
    if _DIGIT.search(text) is None:
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
    pieces: list[str] = []
    origins: list[int] = []
    end = 0
    for found in _MARKED.finditer(text):
        start = found.start()
        pieces += [text[end:start], _plain(found[0])]
        origins += range(end, found.end() if pieces[-1] else start)
        end = found.end()
    pieces.append(text[end:])
    origins += range(end, len(text))
    return "".join(pieces), origins


def _plain(sign: str) -> str:
    """The usual sign for a digit, letter or bracket; nothing for a mark."""
    digit = decimal(sign, None)
    return str(digit) if digit is not None else normalize("NFKC", sign) if sign > "\uff00" else ""


def _read(text: str, own: str | None, language: str) -> tuple[Citation, ...]:
    words = words_of(language)
    reading = (ChineseReading if language == "zh" else TranslatedReading)(text, words)
    has_places, has_resolution = words.paragraph_stem in text, words.resolution_stem in text
    if has_places:
        reading.read_places(own)
    reading.read_numbers()
    if "/" in text:
        reading.read_symbols()
    if has_resolution:
        reading.read_yearless()
        if "/" in text:
            reading.read_assembly()
    if has_places:
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
            if self._words.resolution_stem in near and self._is_of(self._words.assembly, start, end):
                self._add(f"A/RES/{found[0]}", (), self._named_from(start), self._behind_number(end))

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

    def _behind_number(self, end: int) -> int:
        """Where the words behind a number end that belong to it."""
        return end

    def _is_plural(self, start: int) -> bool:
        named = self._text[self._named_from(start) : start]
        return any(word in named for word in self._words.several)

    def _is_shared(self, start: int, end: int) -> bool:
        is_one_more = self._text.startswith(self.links, end) and _ONE_MORE.match(self._text, end) is not None
        return self._is_plural(start) and is_one_more

    def _places_behind(self, start: int, end: int) -> tuple[tuple[str, ...], int]:
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
        return (), self._behind_number(end)

    def _behind_number(self, end: int) -> int:
        return end + next((len(word) for word in _RESOLUTION if self._text.startswith(word, end)), 0)

    def _places_behind_symbol(self, end: int) -> tuple[tuple[str, ...], int]:
        found = self._words.places.match(self._text, end + self._text.startswith(")", end))
        if found is not None and found["document"] == "":
            return self._named(found).addresses("para."), found.end()
        return (), end
