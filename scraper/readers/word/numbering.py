"""The numbers that Word generates and no file holds: counts lists as Word does, with levels, starts and restarts.

Lists that share a definition go on counting together, as in Word; a list that overrides a start begins again with it.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from lxml import etree

from scraper.readers.word.number_formats import written
from scraper.readers.word.package import W
from scraper.readers.word.styles import Styles, is_on, number_in

_VAL = W + "val"
_LEVELS = 9
# "%1." or "(%2)" in the text of a level
_COUNT = re.compile(r"%([1-9])")
# the bullets of the fonts Symbol and Wingdings lie in the private area
_BULLET = "•"
_SIGNS = frozenset("•●▪◦·‣–—-")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how it is written, and how it is indented."""

    start: int
    number_format: str
    text: str
    restarts_behind: int | None
    is_legal: bool
    indent: etree._Element | None


class Numbering:
    """The lists of one file and how far each has got; asked once for each paragraph, in printed order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._definitions = {} if root is None else {_id(one, "abstractNumId"): one for one in root.iter(_ABSTRACT)}
        self._lists = {} if root is None else {_id(one, "numId"): one for one in root.iter(W + "num")}
        self._counts: dict[str, list[int | None]] = defaultdict(lambda: [None] * _LEVELS)
        self._begun: set[tuple[str, int]] = set()

    def label(self, settings: etree._Element | None) -> tuple[str, Level] | None:
        """The label that Word prints before the paragraph with these settings, and its level; None when none is."""
        place = self._place(settings)
        if place is None:
            return None
        number, depth = place
        definition = self._definition(number)
        level = None if definition is None else self._level(number, definition, depth)
        if definition is None or level is None:
            return None
        counts = self._counts[_id(definition, "abstractNumId")]
        self._count(counts, number, definition, depth, level)
        return self._written(counts, number, definition, depth, level), level

    def _place(self, settings: etree._Element | None) -> tuple[str, int] | None:
        """The list and level of a paragraph: its own, or those that its style gives."""
        number = depth = None
        for found in self._styles.paragraph_settings(settings, "numPr"):
            number = found.find(W + "numId")
            depth = found.find(W + "ilvl") if depth is None else depth
            if number is not None:
                break
        if number is None or number.get(_VAL) in (None, "0"):  # 0 takes a paragraph out of its style's list
            return None
        name = number.get(_VAL) or ""
        if depth is None:
            return name, self._depth_of_style(name, self._styles.style_of(settings))
        return name, min(max(number_in(depth) or 0, 0), _LEVELS - 1)

    def _depth_of_style(self, number: str, style: str | None) -> int:
        definition = self._definition(number)
        for level in [] if definition is None else definition.iter(W + "lvl"):
            named = level.find(W + "pStyle")
            if named is not None and named.get(_VAL) == style:
                return min(max(number_in(level, "ilvl") or 0, 0), _LEVELS - 1)
        return 0

    def _definition(self, number: str) -> etree._Element | None:
        found = self._lists.get(number)
        named = None if found is None else found.find(_ABSTRACT_ID)
        definition = None if named is None else self._definitions.get(named.get(_VAL) or "")
        link = None if definition is None else definition.find(W + "numStyleLink")
        if link is None:
            return definition
        linked = self._lists.get(self._styles.list_of(link.get(_VAL) or "") or "")
        named = None if linked is None else linked.find(_ABSTRACT_ID)
        return None if named is None else self._definitions.get(named.get(_VAL) or "")

    def _override(self, number: str, depth: int) -> etree._Element | None:
        found = self._lists.get(number)
        overrides = [] if found is None else found.findall(W + "lvlOverride")
        return next((one for one in overrides if number_in(one, "ilvl") == depth), None)

    def _level(self, number: str, definition: etree._Element, depth: int) -> Level | None:
        override = self._override(number, depth)
        own = None if override is None else override.find(W + "lvl")
        shared = (one for one in definition.findall(W + "lvl") if number_in(one, "ilvl") == depth)
        level = own if own is not None else next(shared, None)
        if level is None:
            return None
        text = level.find(W + "lvlText")
        number_format = level.find(W + "numFmt")
        return Level(
            start=_or_else(number_in(level.find(W + "start")), 0),
            number_format="decimal" if number_format is None else number_format.get(_VAL) or "decimal",
            text="" if text is None else text.get(_VAL) or "",
            restarts_behind=number_in(level.find(W + "lvlRestart")),
            is_legal=is_on(level.find(W + "isLgl")),
            indent=level.find(f"{W}pPr/{W}ind"),
        )

    def _count(
        self, counts: list[int | None], number: str, definition: etree._Element, depth: int, level: Level
    ) -> None:
        override = self._override(number, depth)
        restart = None if override is None else number_in(override.find(W + "startOverride"))
        if restart is not None and (number, depth) not in self._begun:
            counts[depth] = restart
        else:
            before = counts[depth]
            counts[depth] = level.start if before is None else before + 1
        self._begun.add((number, depth))
        for above in range(depth):  # a level that was passed over counts as begun
            if counts[above] is None and (passed := self._level(number, definition, above)) is not None:
                counts[above] = passed.start
        for below in range(depth + 1, _LEVELS):
            lower = self._level(number, definition, below)
            limit = None if lower is None else lower.restarts_behind
            if limit is None or depth < limit:  # 0 never restarts, n restarts behind levels up to the n-th
                counts[below] = None

    def _written(
        self, counts: list[int | None], number: str, definition: etree._Element, depth: int, level: Level
    ) -> str:
        if level.number_format == "bullet":
            return level.text if level.text in _SIGNS else _BULLET if level.text.strip() else ""

        def count(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            named = level if place == depth else self._level(number, definition, place)
            if named is None:
                return ""
            return written(counts[place] or 0, "decimal" if level.is_legal else named.number_format)

        return _COUNT.sub(count, level.text).strip()


_ABSTRACT = W + "abstractNum"
_ABSTRACT_ID = W + "abstractNumId"


def _id(element: etree._Element, name: str) -> str:
    return element.get(W + name) or ""


def _or_else(value: int | None, other: int) -> int:
    return other if value is None else value
