"""Looks a built site through: links lead somewhere, published addresses answer, nothing is loaded from elsewhere."""

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Final
from urllib.parse import unquote

from storage.told.site_addresses import SiteAddress, published_addresses

_TAG: Final = re.compile(r'<(\w+)((?:\s+[\w:-]+(?:="[^"]*"|=[^\s">]*)?)+)')
_VALUE: Final = re.compile(r'\s([\w:-]+)=(?:"([^"]*)"|([^\s">]*))')
_LINKS: Final = ("href", "src", "action")
_LOADS: Final = ("script", "link", "img", "iframe", "source", "audio", "video", "object", "embed")
_OUTSIDE: Final = ("https://", "http://", "//")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and on which page."""

    file: str
    what: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at: so many pages and links, and what is wrong."""

    pages: int
    links: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """What a page tells: its places, and its links with the element each stands in."""

    places: set[str]
    links: list[tuple[str, str]]


def check_published(db: sqlite3.Connection, folder: Path) -> Looked:
    """Look at every page of a folder, and for each address that this data folder has ever published."""
    return check_site(folder, published_addresses(db))


def check_site(folder: Path, published: Iterable[SiteAddress]) -> Looked:
    """Look at every page of a folder."""
    pages = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.html"))}
    texts = {name: path.read_text(encoding="utf-8", errors="replace") for name, path in pages.items()}
    told = {name: _told_by(text) for name, text in texts.items()}
    places = {name: of_page.places for name, of_page in told.items()}
    problems: list[Problem] = []
    for name, of_page in told.items():
        for tag, link in dict.fromkeys(of_page.links):
            problem = _problem(folder, name, tag, link, places)
            if problem:
                problems.append(Problem(name, problem))
    links = sum(len(of_page.links) for of_page in told.values())
    for address in sorted(published):
        if not (folder / address.file).is_file():
            problems.append(Problem(address.file, "was published, and is not there"))
        elif address.fragment and address.fragment not in places.get(address.file, set()):
            problems.append(Problem(address.file, f"#{address.fragment} was published, and is not there"))
    return Looked(len(pages), links, tuple(problems))


def _told_by(page: str) -> _Told:
    """The places and links of a page, by its tags: what stands in a value is no attribute."""
    places: set[str] = set()
    links: list[tuple[str, str]] = []
    for tag in _TAG.finditer(page):
        for name, quoted, bare in _VALUE.findall(tag[2]):
            if name == "id":
                places.add(unescape(quoted or bare))
            elif name in _LINKS:
                links.append((tag[1], unescape(quoted or bare)))
    return _Told(places, links)


def _problem(folder: Path, name: str, tag: str, link: str, places: dict[str, set[str]]) -> str | None:
    """What is wrong with a link of a page, None when nothing is."""
    if link.startswith(_OUTSIDE):
        if tag in _LOADS and not (tag == "link" and link.startswith("https://")):
            return f"loads {link}"
        return None if link.startswith("https://") else f"leads to {link}"
    if link.startswith("data:,"):
        return None
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", link):
        return f"leads to {link}"
    path, _, place = link.partition("#")
    file = normpath(join(dirname(name), unquote(path.partition("?")[0]))) if path else name
    if file.startswith(".."):
        return f"leads out of the folder: {link}"
    if not (folder / file).is_file():
        return f"leads to {file}, which is not there"
    if place and file.endswith(".html") and unquote(place) not in places.get(file, set()):
        return f"leads to #{place} of {file}, which is not there"
    return None
