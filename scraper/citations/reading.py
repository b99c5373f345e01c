"""One reading of one text for the documents it cites; `citations` is the way in.

Lists of paragraphs are read first ("paragraphs 3 and 5 of"), then what they are of: a number with its year, a printed
symbol, a number without year.
"""

import re
from dataclasses import dataclass
from operator import attrgetter

from scraper.citations.places import PLACES, places_of
from scraper.council.resolution_years import is_plausible, with_year
from scraper.council.symbol import parse_symbol
from storage.models import Citation

# A resolution with its year, 1325 (2000), is found by the bracket: many times as fast as by the digits before it.
# Arabic files turn a bracket that a right-to-left word follows: "2140 (2014()".
_YEAR = re.compile(r"\( ?((?:19|20)\d\d) ?[()]")
# as in: "S/2013/173", "S/PRST/ 2014/21", "S/AC.51/2009/1", "A/70/95", "S/RES/1325 (2000)", "A/HRC/RES/19/29"
_SYMBOL = re.compile(
    r"[A-Z]{1,5}/ ?(?:[A-Za-z]+[\w.]*/ ?)*\d+(?:/ ?(?:[A-Z]+\.?)?\d+)*"
    r"(?:/(?:Add|Rev|Corr)\.\d+)*(?: ?\((?:19|20)\d\d\))?"
)
_BODIES = ("S/", "A/", "E/", "ST/")
# the words that lead from a list of paragraphs to the document they are of, or say that it is this one
_PLACES_OF = re.compile(
    rf"""
    (?:aragraphe?s?|\bOPs?)\ (?P<places>{PLACES})(?:,?\ inclusive,?)?
    (?:
        \ (?P<own>above|below|(?:of|to)\ (?:this|the\ present)\ resolution
          |ci-dessus|ci-dessous|plus\ haut|plus\ bas|de\ la\ présente\ résolution)\b
      | \ (?P<same>of\ (?:that|the\ same|the\ said)\ resolution|de\ (?:ladite|cette(?:\ même)?|la\ même)\ résolution)\b
      | (?:,\ )?\ ?(?:of|in|to|under|de|des|du)
        (?:\ (?:the\ |l[’'])?(?P<annex>[Aa]nnexe?(?:\ (?:[IVX]+|[A-Z]|\d{{1,2}}))?)\ (?:of|to|à|de))?
        (?:\ (?:its|his|the|la|sa|ses|les|Security|UNSCR|UNSC|United|Nations|UN|previous|Council|operative))*
        (?:\ [Rr]esolutions?|\ résolutions?)?\ (?=\d{{3,4}}\b)
      | ,?\ (?:of|in|du|de)\ [^;()]{{0,140}}?\(?(?=S/\d|S/PRST)
    )
    """,
    re.VERBOSE,
)
# "resolution 2653 (2022), paragraph 25": not when "of" follows, which belongs to another document
_PLACES_BEHIND = re.compile(
    rf",?\ \(?(?:operative\ )?para(?:graph(?:e?s)?|s?\.)\ (?P<places>{PLACES})"
    r"(?!\d|,?\ (?:of|above|below|in|to|du|de|ci-)\b)",
    re.VERBOSE,
)
# as in: subparagraph (a) of paragraph 3 of; "l’alinéa c) du paragraphe 6 de"
_LABELS_BEFORE = re.compile(
    r"(?:sub-?paragraphs?|alinéas?) (\(?[a-z]{1,4}\)(?:(?:, | and | et )\(?[a-z]{1,4}\))*) (?:of|du) $"
)
# "resolution 1612", but not "resolution 1612 (2005)" and "resolution 46/182"
_YEARLESS = re.compile(r"solutions? (\d{3,4})(?![\d/]|\.\d| ?\()")
_YEARLESS_BEHIND = re.compile(r"(?:,? (?:and|or|et|ou) |, )(\d{3,4})(?=[,;.)]| and | or | of | et |$)")
# as in: General Assembly resolutions 46/182 and 60/1, la résolution 46/182 de l’Assemblée générale
_ASSEMBLY = re.compile(r"solutions? (\d{2}/\d{1,3}(?:(?:, | and | et )\d{2}/\d{1,3})*)")
_SESSION = re.compile(r"\d{2}/\d{1,3}")
_ASSEMBLY_WORDS = ("General Assembly", "Assemblée générale")
_OTHER_BODIES = ("Human Rights", "droits de l’homme", "Governors", "Economic and Social", "Agency")
_NOUNS = ("tatement", "etter", "eport", "ote ", "éclaration", "ettre", "apport")
_APART = re.compile(r"[,;:()]")
_NO_NUMBER_BEHIND = frozenset("/.-–")
_LINKS = (", ", " and ", " or ", ", and ", " et ", " ou ")
# Spanish too, for texts whose language nobody can tell
_WORDS = (
    *("resolution ", "resolutions ", "Resolution ", "Resolutions ", "résolution ", "résolutions "),
    *("resolución ", "resoluciones "),
)
_PLURALS = ("esolutions ", "ésolutions ", "esoluciones ")
_ONE_MORE = re.compile(r"(?:, | and | or | et | ou )\d{3,4}\b")
_BEFORE_PLACES = (", para", " (para", " para", ", operative")
_START = attrgetter("start")
_NOUN_REACH, _BODY_REACH = 110, 70


@dataclass(frozen=True, slots=True)
class NamedPlaces:
    """A list of paragraphs before the document that they are of: where it begins, and the list in English.

    `sign` is "OP", "PP" or "Annex II, para."; None where the document's kind decides.
    """

    start: int
    printed: str
    sign: str | None = None

    def addresses(self, sign: str = "OP") -> tuple[str, ...]:
        """The addresses in a document whose paragraphs are usually named with `sign`."""
        return places_of(self.printed, self.sign or sign)


class CitationReading:
    """What is found in one text so far; each `read_` method finds one kind of reference."""

    links: tuple[str, ...] = _LINKS
    """What stands between two resolutions of a list."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: list[Citation] = []
        self._places: dict[int, NamedPlaces] = {}  # by where the document that they are of is printed
        self._same: list[tuple[NamedPlaces, int]] = []  # those of "that resolution", with where these words end

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What was found, in printed order."""
        if len(self._found) > 1:
            self._found.sort(key=_START)
        return tuple(self._found)

    def read_places(self, own: str | None) -> None:
        """Read the lists of paragraphs; those of the document itself are citations of `own` where it is given."""
        for found in _PLACES_OF.finditer(self._text):
            self._keep(self._named(found), found, own)

    def _keep(self, named: NamedPlaces, found: re.Match[str], own: str | None) -> None:
        """Keep a list for the document it leads to, or cite the document itself."""
        if found["same"]:
            self._same.append((named, found.end()))
        elif not found["own"]:
            self._places[found.end()] = named
        elif own is not None:
            self._add(own, named.addresses(), named.start, found.end())

    def read_same(self) -> None:
        """Read paragraphs of "that resolution", which is the last one that was named before."""
        resolutions = [one for one in self._found if one.symbol.startswith("S/RES/")]
        for named, end in self._same:
            before = [one for one in resolutions if one.end <= named.start]
            if before:
                self._add(max(before, key=_START).symbol, named.addresses(), named.start, end)

    def read_numbers(self) -> None:
        """Read resolutions with their year, in lists or alone."""
        text, behind = self._text, -1
        for found in _YEAR.finditer(text):
            end = found.start()
            end -= text[end - 1 : end] == " "
            start = text.rfind(" ", 0, end) + 1
            number = text[start:end]
            if not number.isdecimal():  # "(1325 (2000)", "1325 (2000)/1820 (2008)"
                start, number = _digits_before(text, end)
            if not 0 < len(number) < 5 or text[start - 1 : start] in _NO_NUMBER_BEHIND:
                continue
            named_from = self._named_from(start)
            is_named = named_from < start
            is_listed = not is_named and behind > 0 and text[behind:start] in self.links
            if not (is_named or is_listed or is_plausible(int(number), int(found[1]))):
                continue
            behind = found.end()
            self._add_resolution(f"S/RES/{number} ({found[1]})", start, behind, named_from)
            if text.startswith(self.links, behind) and self._is_plural(start):
                self._read_yearless_behind(behind)

    def read_yearless(self) -> None:
        """Read resolutions named by their number alone: the number tells the year."""
        for found in _YEARLESS.finditer(self._text):
            if not self._is_of(_ASSEMBLY_WORDS + _OTHER_BODIES, found.start(), found.end()):
                start, end = found.span(1)
                self._add_resolution(with_year(f"S/RES/{found[1]}"), start, end, self._named_from(start))
                if self._is_plural(start):
                    self._read_yearless_behind(found.end())

    def read_symbols(self) -> None:
        """Read printed symbols, with the words that say what they stand for: "report of 5 May 2013 (S/2013/173)"."""
        text, end = self._text, 0
        while (slash := text.find("/", end)) >= 0:
            end = slash + 1
            if not text.endswith(_BODIES, 0, end):
                continue
            start = slash - (2 if text[slash - 1] == "T" else 1)
            found = _SYMBOL.match(text, start)
            symbol = None if found is None or _is_within(text, start) else _canonical(found[0])
            if found is not None and symbol is not None:
                end = found.end()
                self._add_symbol(symbol, start, end)

    def _add_symbol(self, symbol: str, start: int, end: int) -> None:
        text = self._text
        places = self._places.pop(start, None) if self._places else None
        addresses: tuple[str, ...] = ()
        if text.startswith(")", end) and text.endswith("(", 0, start):
            noun = max(text.rfind(noun, max(0, start - _NOUN_REACH), start) for noun in _NOUNS)
            if noun > 0 and not _APART.search(text, noun, start - 1):
                start, end = noun - 1, end + 1
        if places is not None:
            addresses = places.addresses("OP" if symbol.startswith("S/RES/") else "para.")
            start = places.start
            end += text.startswith(")", end) and "(" in text[start:end]
        else:
            addresses, end = self._places_behind_symbol(end)
            start -= bool(addresses) and text.endswith("(", 0, start)
        self._add(symbol, addresses, start, end)

    def read_assembly(self) -> None:
        """Read resolutions of the General Assembly: where it is named beside them."""
        for found in _ASSEMBLY.finditer(self._text):
            start, end = found.span()
            if not self._is_of(_ASSEMBLY_WORDS, start, end) or self._is_of(_OTHER_BODIES, start, end):
                continue
            for one in _SESSION.finditer(found[1]):
                place = found.start(1) + one.start()
                self._add(f"A/RES/{one[0]}", (), start - 2 if one.start() == 0 else place, place + len(one[0]))

    def _read_yearless_behind(self, end: int) -> None:
        while (found := _YEARLESS_BEHIND.match(self._text, end)) is not None:
            self._add(with_year(f"S/RES/{found[1]}"), (), *found.span(1))
            end = found.end()

    def _add_resolution(self, symbol: str, start: int, end: int, named_from: int) -> None:
        """Add a resolution with the paragraphs before or behind it; several resolutions share no list of paragraphs."""
        places = self._places.pop(start, None) if self._places else None
        if places is not None and not self._is_shared(start, end):
            self._add(symbol, places.addresses(), places.start, end)
        else:
            addresses, end = self._places_behind(start, end)
            self._add(symbol, addresses, named_from, end)

    def _named_from(self, start: int) -> int:
        """Where the word "resolution" before a number begins; where the number does when there is none."""
        text = self._text
        if not text.endswith(_WORDS, 0, start):
            return start
        # "resolution ", "resolutions ", "resoluciones "
        return start - (11 if text[start - 2] != "s" else 13 if text[start - 3] == "e" else 12)

    def _is_plural(self, start: int) -> bool:
        """Whether the word before a number says that more resolutions than one follow."""
        return self._text.endswith(_PLURALS, 0, start)

    def _is_shared(self, start: int, end: int) -> bool:
        """Whether what is said of a resolution may be said of the next one too."""
        return self._is_plural(start) and _ONE_MORE.match(self._text, end) is not None

    def _places_behind(self, start: int, end: int) -> tuple[tuple[str, ...], int]:
        """The paragraphs named behind a resolution, and where the words that name them end."""
        if self._text.startswith(_BEFORE_PLACES, end):
            behind = _PLACES_BEHIND.match(self._text, end)
            if behind is not None and not self._is_used(behind):
                return places_of(behind["places"]), behind.end()
        return (), end

    def _named(self, found: re.Match[str]) -> NamedPlaces:
        """A list of paragraphs with what says which ones: sub-paragraphs before it, the preamble, an annex."""
        text, printed, sign = self._text, found["places"], None
        start = found.start() - (not text.startswith("OP", found.start()))
        is_preamble = text.endswith("reambular ", 0, start)
        for word in ("sub-", "sub", "operative ", "preambular "):
            if text.endswith(word, 0, start):
                start -= len(word)
        if found["annex"]:
            name = found["annex"].replace("nnexe", "nnex")
            sign = f"{name[0].upper()}{name[1:]}, para."
        elif is_preamble:
            sign = "PP"
        if labels := _LABELS_BEFORE.search(text, max(0, start - 50), start):
            start = labels.start()
            printed = f"{printed} {labels[1]}" if printed.isdecimal() else printed
        return NamedPlaces(start, printed, sign)

    def _places_behind_symbol(self, end: int) -> tuple[tuple[str, ...], int]:
        """The paragraphs named behind a printed symbol, which English and French name before it."""
        return (), end

    def _is_used(self, behind: re.Match[str]) -> bool:
        """Whether a list of paragraphs behind a resolution belongs to the next one."""
        return any(behind.start() <= places.start < behind.end() for places in self._places.values())

    def _is_of(self, bodies: tuple[str, ...], start: int, end: int) -> bool:
        """Whether one of these bodies is named just before or just behind."""
        near = f"{self._text[max(0, start - _BODY_REACH) : start]}|{self._text[end : end + 40]}"
        return any(body in near for body in bodies)

    def _add(self, symbol: str, addresses: tuple[str, ...], start: int, end: int) -> None:
        self._found.append(Citation(symbol, addresses, start, end, self._text[start:end]))


def _digits_before(text: str, end: int) -> tuple[int, str]:
    start = end
    while start and text[start - 1].isdecimal():
        start -= 1
    return start, text[start:end]


def _is_within(text: str, start: int) -> bool:
    """Whether a place is inside a word or a path, where no symbol begins."""
    before = text[start - 1 : start]
    return (before.isalnum() and before.isascii()) or before in ("/", ".", "_")


def _canonical(printed: str) -> str | None:
    """The canonical form of a printed symbol; None for what only looks like one ("A/1")."""
    folded = printed.replace(" ", "")
    known = parse_symbol(folded)
    if known is not None:
        return known if known.startswith("S/") and (known.count("/") > 1 or len(known) > 5) else None
    return folded if folded.count("/") > 1 else None
