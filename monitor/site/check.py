"""Looks a built site through: links lead somewhere, published addresses answer, nothing is loaded from elsewhere."""

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Final
from urllib.parse import unquote

from storage.told.site_addresses import SiteAddress, published_addresses

_ID: Final = re.compile(r'\sid="?([^"\s>]+)')
_LINK: Final = re.compile(r'\s(href|src|action)="?([^"\s>]+)')
_TAG: Final = re.compile(r"<(\w+)\s[^>]*?>")
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


def check_published(db: sqlite3.Connection, folder: Path) -> Looked:
    """Look at every page of a folder, and for each address that this data folder has ever published."""
    return check_site(folder, published_addresses(db))


def check_site(folder: Path, published: Iterable[SiteAddress]) -> Looked:
    """Look at every page of a folder."""
    pages = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.html"))}
    texts = {name: path.read_text(encoding="utf-8", errors="replace") for name, path in pages.items()}
    places = {name: set(_ID.findall(text)) for name, text in texts.items()}
    problems: list[Problem] = []
    links = 0
    for name, text in texts.items():
        seen: set[str] = set()
        for tag in _TAG.finditer(text):
            for _, link in _LINK.findall(tag[0]):
                links += 1
                if link in seen:
                    continue
                seen.add(link)
                problem = _problem(folder, name, tag[1], link, places)
                if problem:
                    problems.append(Problem(name, problem))
    for address in sorted(published):
        if not (folder / address.file).is_file():
            problems.append(Problem(address.file, "was published, and is not there"))
        elif address.fragment and address.fragment not in places.get(address.file, set()):
            problems.append(Problem(address.file, f"#{address.fragment} was published, and is not there"))
    return Looked(len(pages), links, tuple(problems))


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
