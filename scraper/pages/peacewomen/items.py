"""Splits the lines of a PeaceWomen page into its items and their fields, by the labels that a reader sees (pure).

A value goes from its label to the next label, and never leaves the block in which the label stands: so the same rules
hold for fields in boxes, for headings with paragraphs below them, for lists of terms, and for text without markup.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from scraper.pages.peacewomen.labels import (
    MISSION,
    OF_A_FILE,
    OF_AN_ITEM,
    PAGER,
    RESOLUTION,
    RESOLUTION_PART,
    FieldLabel,
    label_of,
)
from scraper.pages.peacewomen.lines import PageLine


@dataclass
class Item:
    """One item of a page: its title, what stands under each label, and what stands under none."""

    title: PageLine
    fields: dict[FieldLabel, list[PageLine]] = field(default_factory=dict)
    loose: list[PageLine] = field(default_factory=list)

    def values(self, label: FieldLabel) -> list[str] | None:
        """The lines under a label; None when the item has no such label."""
        lines = self.fields.get(label)
        return None if lines is None else [line.text for line in lines]


@dataclass(frozen=True, slots=True)
class Split:
    """The items of a page, the fields that stand before the first of them, and labels that are not known."""

    head: dict[FieldLabel, list[PageLine]]
    items: tuple[Item, ...]
    unknown: tuple[str, ...]


def split_items(lines: Sequence[PageLine], *, titled: PageLine | None = None) -> Split:
    """The items among the lines behind a page's heading; `titled` is the title of a page that is one item itself."""
    splitter = _Splitter(lines)
    if titled is not None:
        splitter.items.append(Item(titled))
    splitter.run()
    return Split(splitter.head, tuple(splitter.items), tuple(splitter.unknown))


class _Splitter:
    """Reads line by line; `under` is the field that takes the next line, `scope` the block it cannot leave."""

    def __init__(self, lines: Sequence[PageLine]) -> None:
        self.lines = lines
        self.head: dict[FieldLabel, list[PageLine]] = {}
        self.items: list[Item] = []
        self.unknown: list[str] = []
        self.under: list[PageLine] | None = None
        self.scope: tuple[int, ...] = ()
        self.is_file = False

    def run(self) -> None:
        for place, line in enumerate(self.lines):
            if line.text == PAGER:
                return
            if self.under is not None and not line.is_inside(self.scope):
                self.under = None
            if found := label_of(line.text):
                self._label(found[0], found[1], place)
            elif self.under is not None and self.is_file and not (self.under and not line.path):
                self.under.append(line)  # a file is named as its document is
            elif self._is_title(line, place):
                self.items.append(Item(line))
                self.under = None
            elif RESOLUTION.fullmatch(line.text):  # the link to the resolution that an extract is of
                self.under = None
            elif line.text.endswith(":") and (line.is_name or line.heading):
                self.unknown.append(line.text)
                self.under, self.scope = [], self._scope(place, has_value=False)  # told, and nobody's text
            elif self.under is not None:
                self.under.append(line)
            elif self.items:
                self.items[-1].loose.append(line)

    def _label(self, label: FieldLabel, rest: str, place: int) -> None:
        if label in OF_AN_ITEM and (not self.items or label in self.items[-1].fields):
            self.items.append(Item(self._title_before(place)))
        owner = self.items[-1].fields if label in OF_AN_ITEM or self.items else self.head
        line = self.lines[place]
        self.under = owner.setdefault(label, [])
        if rest:
            self.under.append(PageLine(rest, line.path, line.links))
        self.scope = self._scope(place, has_value=bool(rest))
        self.is_file = label in OF_A_FILE

    def _scope(self, place: int, *, has_value: bool) -> tuple[int, ...]:
        """The innermost block around a label in which its value stands as well."""
        scope = self.lines[place].path[:-1]
        behind = self.lines[place + 1] if place + 1 < len(self.lines) else None
        if behind is None or has_value or label_of(behind.text):
            return scope
        while not behind.is_inside(scope):
            scope = scope[:-1]
        return scope

    def _title_before(self, place: int) -> PageLine:
        """The line before a label that begins another item: what was taken for the end of the item before."""
        if self.under:
            return self.under.pop()
        if self.items and self.items[-1].loose:
            return self.items[-1].loose.pop()
        return self.lines[place - 1] if place and not self.items else PageLine("")

    def _is_title(self, line: PageLine, place: int) -> bool:
        if RESOLUTION_PART.fullmatch(line.text):
            return True
        if MISSION.fullmatch(line.text):  # the name of the report's file stands below it
            return not (self.items and _is_same_mission(self.items[-1].title.text, line.text))
        behind = self.lines[place + 1].text if place + 1 < len(self.lines) else ""
        found = label_of(behind)
        is_before_label = found is not None and found[0] in OF_AN_ITEM
        return bool(line.heading) and line.heading > 1 and (is_before_label or not line.text.endswith(":"))


def _is_same_mission(title: str, text: str) -> bool:
    first, second = MISSION.fullmatch(title), MISSION.fullmatch(text)
    return bool(first and second) and first["place"].casefold() == second["place"].casefold()  # type: ignore[index]
