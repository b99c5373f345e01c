"""Turns a page whose markup is not known into lines (pure): what a reader sees, and where in the page it stands.

A line is the text of one block element, or what stands between two line breaks. A page saved as text gives the same
lines, without places and links.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scraper.pages.dom import pieces_of, text_of

if TYPE_CHECKING:
    from bs4 import Tag

BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend"),
        *("li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead"),
        *("tr", "ul"),
    }
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
#: No words of the page itself.
LEFT_OUT = frozenset({"head", "script", "style", "noscript", "nav", "header", "footer", "form", "template"})


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link of a line: its words and where it leads, as written."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line. `path` is the places of its block among its siblings, outermost first; () in a page saved as text.

    `heading` is 1 to 6 where the block is a heading, else 0; `is_name` says that the page sets it as the name of
    something: a definition term, a block of class "label", or a line that is bold from end to end.
    """

    text: str
    path: tuple[int, ...] = ()
    links: tuple[PageLink, ...] = ()
    heading: int = 0
    is_name: bool = False

    def is_inside(self, scope: tuple[int, ...]) -> bool:
        """Whether the line stands in the block of this path."""
        return self.path[: len(scope)] == scope


def text_lines(text: str) -> list[PageLine]:
    """The lines of a page saved as text; empty ones are none."""
    return [PageLine(words) for line in text.splitlines() if (words := " ".join(line.replace("\ufeff", "").split()))]


def html_lines(root: "Tag") -> list[PageLine]:
    """The lines of an HTML page, in order, without its navigation, head and foot."""
    walk = _Walk()
    walk.enter(root, ())
    walk.flush()
    return walk.lines


@dataclass
class _Walk:
    """Collects the text of the block it is in; a block's begin and end, and a line break, end a line."""

    lines: list[PageLine] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)  # of the parts, those that are not bold
    links: list[PageLink] = field(default_factory=list)
    block: "Tag | None" = None
    path: tuple[int, ...] = ()

    def enter(self, element: "Tag", path: tuple[int, ...], is_bold: bool = False) -> None:
        if element.name in LEFT_OUT:
            return
        if element.name == "br":
            self.flush()
            return
        is_block = element.name in BLOCKS
        outer = self.block, self.path
        if is_block:
            self.flush()
            self.block, self.path = element, path
        before = len(self.parts)
        bold = is_bold or element.name in {"b", "strong"}
        for place, piece in enumerate(pieces_of(element, deep=False)):
            if isinstance(piece, str):
                self._say(piece, bold)
            else:
                self.enter(piece, (*path, place), bold)
        if element.name == "a" and (href := element.get("href")):
            self.links.append(PageLink(" ".join("".join(self.parts[before:]).split()), str(href)))
        if is_block:
            self.flush()
            self.block, self.path = outer

    def _say(self, text: str, is_bold: bool) -> None:
        self.parts.append(text)
        if not is_bold:
            self.plain.append(text)

    def flush(self) -> None:
        text = " ".join("".join(self.parts).replace("\ufeff", " ").split())
        if text:
            tag = "" if self.block is None else self.block.name
            kind = "" if self.block is None else str(self.block.get("class") or "")
            is_bold = not "".join(self.plain).strip()
            is_name = tag == "dt" or is_bold or "label" in kind
            level = int(tag[1]) if tag in HEADINGS else 0
            self.lines.append(PageLine(text, self.path, tuple(self.links), level, is_name))
        self.parts, self.plain, self.links = [], [], []


def links_of(root: "Tag") -> list[PageLink]:
    """Every link of a page, its navigation and head included."""
    found: list[PageLink] = []
    for anchor in root.find_all(["a", "link"]):
        href, kind = anchor.get("href"), anchor.get("rel")
        if href and anchor.name == "a":
            found.append(PageLink(text_of(anchor), str(href)))
        elif href and kind in {"canonical", "shortlink"}:
            found.append(PageLink(str(kind), str(href)))
    return found
