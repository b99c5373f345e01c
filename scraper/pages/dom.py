"""Pages by BeautifulSoup over lxml, and selectors that insist: exactly one, at least one, or at most one match.

Selectors are CSS (https://facelessuser.github.io/soupsieve/). Nothing else in `pages` makes a soup. So there is one
place that knows of encodings, and BeautifulSoup is loaded only when a page is to be read (a crawl whose listing is
unchanged reads none).
"""

import codecs
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from scraper.errors import UnexpectedPage

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

#: What the sites' editors leave in cells and nobody sees: soft hyphens, joiners, marks of direction, byte order marks.
INVISIBLE = dict.fromkeys(
    [0x00AD, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
)
#: What a page is taken to be whose bytes are no UTF-8, and which does not say what they are.
LAST_GUESS = "windows-1252"


def read_html(body: bytes, url: str, *, only: tuple[str, ...] = ()) -> "BeautifulSoup":
    """An HTML page; raises UnexpectedPage when there is nothing in it.

    With `only`, nothing but the elements of these names and what stands in them: a large page's table without the
    thousands of links around it. UTF-8 is taken where the bytes are UTF-8, whatever the page says; only else the page
    is believed.
    """
    from bs4 import BeautifulSoup
    from bs4.exceptions import ParserRejectedMarkup
    from bs4.filter import SoupStrainer

    if not body.strip():
        raise UnexpectedPage("no-page", f"expected an HTML page, found an empty body at {url}")
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # that it looks like XML, or like an address: whatever it is, it is read as HTML
        try:
            soup = BeautifulSoup(
                _in_utf8(body),
                "lxml",
                from_encoding="utf-8",
                parse_only=SoupStrainer(list(only)) if only else None,
                multi_valued_attributes=None,  # a class is one string, as it is printed
            )
        except ParserRejectedMarkup as error:
            raise UnexpectedPage("no-page", f"expected an HTML page, found {error} at {url}") from error
    if not only and soup.find(True) is None:
        raise UnexpectedPage("no-page", f"expected an HTML page, found no element at {url}")
    return soup


def some(root: "Tag", selector: str, url: str) -> list["Tag"]:
    """All matches, at least one."""
    found = list(root.select(selector))
    if not found:
        raise UnexpectedPage("not-found", f"expected at least 1 '{selector}', found 0 at {url}")
    return found


def maybe(root: "Tag", selector: str, url: str) -> "Tag | None":
    """The only match, or None when there is none."""
    found = root.select(selector)
    if len(found) > 1:
        raise UnexpectedPage("not-one", f"expected at most 1 '{selector}', found {len(found)} at {url}")
    return found[0] if found else None


def one(root: "Tag", selector: str, url: str) -> "Tag":
    """The only match."""
    found = maybe(root, selector, url)
    if found is None:
        raise UnexpectedPage("not-one", f"expected exactly 1 '{selector}', found 0 at {url}")
    return found


def after(element: "Tag", name: str, url: str) -> "Tag":
    """The element right behind another one, which must be of this name."""
    found = element.find_next_sibling()
    if found is None or found.name != name:
        what = "nothing" if found is None else f"'{found.name}'"
        raise UnexpectedPage("not-one", f"expected a '{name}' behind '{element.name}', found {what} at {url}")
    return found


def around(element: "Tag", name: str, url: str) -> "Tag":
    """The innermost element of this name that another one stands in."""
    found = element.find_parent(name)
    if found is None:
        raise UnexpectedPage("not-one", f"expected '{element.name}' in a '{name}', found none at {url}")
    return found


def children(element: "Tag", *names: str) -> list["Tag"]:
    """The elements of these names that stand directly in another one; of every name when none is given."""
    return list(element.find_all(list(names) or True, recursive=False))


def text_of(element: "Tag") -> str:
    """An element's words with single blanks: line breaks and non-breaking spaces are no words, nor what nobody sees."""
    return " ".join(element.get_text().translate(INVISIBLE).split())


def pieces_of(element: "Tag", *, deep: bool) -> "Iterator[str | Tag]":
    """What stands in an element, in order: its words and its elements, comments left out.

    With `deep`, what stands in these as well, each element before what stands in it.
    """
    from bs4.element import NavigableString, Tag

    for piece in element.descendants if deep else element.children:
        if isinstance(piece, Tag):
            yield piece
        elif type(piece) is NavigableString:  # comments and the like are kinds of it
            yield str(piece)


def _in_utf8(body: bytes) -> bytes:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode(_declared(body), "replace").encode("utf-8")
    return body


def _declared(body: bytes) -> str:
    from bs4.dammit import EncodingDetector

    declared = EncodingDetector.find_declared_encoding(body, is_html=True)
    try:
        return codecs.lookup(declared).name if declared else LAST_GUESS
    except LookupError:
        return LAST_GUESS
