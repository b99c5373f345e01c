"""Selectors that insist: exactly one, at least one, or at most one match, and an error that says what was expected."""

from typing import cast

from lxml import etree, html

from scraper.errors import UnexpectedPage


def read_html(body: bytes, url: str) -> html.HtmlElement:
    """The root of an HTML page; raises UnexpectedPage when there is nothing in it.

    UTF-8 is taken where the bytes are UTF-8, whatever the page says; only else the page is believed.
    """
    try:
        body.decode("utf-8")
        parser = html.HTMLParser(encoding="utf-8")
    except UnicodeDecodeError:
        parser = html.HTMLParser()
    try:
        return cast("html.HtmlElement", html.document_fromstring(body, parser=parser))
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnexpectedPage("no-page", f"expected an HTML page, found {error} at {url}") from error


def some(root: html.HtmlElement, xpath: str, url: str) -> list[html.HtmlElement]:
    """All matches, at least one."""
    found = cast("list[html.HtmlElement]", root.xpath(xpath))
    if not found:
        raise UnexpectedPage("not-found", f"expected at least 1 '{xpath}', found 0 at {url}")
    return found


def maybe(root: html.HtmlElement, xpath: str, url: str) -> html.HtmlElement | None:
    """The only match, or None when there is none."""
    found = cast("list[html.HtmlElement]", root.xpath(xpath))
    if len(found) > 1:
        raise UnexpectedPage("not-one", f"expected at most 1 '{xpath}', found {len(found)} at {url}")
    return found[0] if found else None


def one(root: html.HtmlElement, xpath: str, url: str) -> html.HtmlElement:
    """The only match."""
    found = maybe(root, xpath, url)
    if found is None:
        raise UnexpectedPage("not-one", f"expected exactly 1 '{xpath}', found 0 at {url}")
    return found


def text_of(element: html.HtmlElement) -> str:
    """An element's words with single blanks: line breaks, non-breaking spaces and byte order marks are no words."""
    return " ".join("".join(element.itertext()).replace("\ufeff", " ").split())
