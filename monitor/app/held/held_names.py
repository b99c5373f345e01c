"""Finds what a person means among what is held: symbols, addresses, situations, bodies."""

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from monitor.app.questions import NothingFound, WrongQuestion
from monitor.text.name_match import begins, holds, is_named
from monitor.text.nearest import nearest_of

if TYPE_CHECKING:
    import sqlite3

    from scraper.council.address import Address

_PARAGRAPH = re.compile(r"\bpara(?:\.|graph)", re.IGNORECASE)
_YEAR = re.compile(r"\(\d{4}\)")  # "s/res/2776(2025)/corr.1"


#: The commands that list what may be named.
_LISTS = {"situation": "wpswatch situations", "body": "wpswatch bodies"}


def placed_name(typed: str, known: Iterable[str], noun: str, of_document: str | None = None) -> str:
    """The known situation or body that a person means: its name, the beginning of it or a part of it.

    `known` are those of one document where one is given, else those of all that are held.

    Raises:
        WrongQuestion: it is none, or may be several.
    """
    names = sorted(set(known))
    asked = _plain(typed)
    for is_meant in (is_named, begins, holds):
        found = [name for name in names if is_meant(_plain(name), asked)]
        if len(found) == 1:
            return found[0]
        if found:
            raise WrongQuestion(f"{noun} {typed!r} may be {' or '.join(map(repr, found[:4]))}; write more of it")
    if not names:
        raise NothingFound(f"no document held has a {noun} yet; get some: wpswatch crawl unxml")
    where = f"{of_document} names no {noun}" if of_document else f"no document held has the {noun}"
    listed = _LISTS.get(noun) if of_document is None else None
    all_of_them = f"; all of them: {listed}" if listed else ""
    raise WrongQuestion(f"{where} {typed!r}; {nearest_of(typed, names)}{all_of_them}")


def _plain(name: str) -> str:
    return " ".join(name.replace("’", "'").casefold().split())


def held_symbol(db: "sqlite3.Connection", typed: str) -> str:
    """The symbol of the held document that a person means by `2387`, `res/2387`, a link or a citation.

    A place that is cited with it is left aside: see `split_citation`.

    Raises:
        WrongQuestion: it is no symbol.
        NothingFound: no such document is held.
    """
    from storage.texts.documents import held_symbols

    held = held_symbols(db)
    if symbol := find_symbol(typed, held):
        return symbol
    from monitor.app.held.unheld import told_near
    from scraper.council.symbol import is_same
    from scraper.council.typed.citation import read_citation
    from storage.told.facts import told_symbols

    cited = read_citation(typed)
    if cited is None:
        raise WrongQuestion(f"expected a symbol such as 'S/RES/2387 (2017)' or 2387, found {typed!r}")
    meant = cited.symbol
    same = [symbol for symbol in held if is_same(symbol, meant)]
    if same:
        return same[0]
    near = told_near(meant, held.union(told_symbols(db)))
    if near is None and _near(meant, held):
        near = nearest_of(meant, sorted(held))
    hint = f"; {near}" if near else ""
    raise NothingFound(f"{meant} is not held{hint}. What is held: wpswatch extracts; get more: wpswatch crawl")


def split_citation(typed: str, held: Iterable[str]) -> tuple[str, str | None]:
    """The document and the place in it of `1325 para 8`; of what names no place, just what was typed."""
    if find_symbol(typed, held):
        return typed, None
    from scraper.council.typed.citation import read_citation

    cited = read_citation(typed)
    return (cited.symbol, cited.place) if cited and cited.place else (typed, None)


def find_symbol(typed: str, held: Iterable[str]) -> str | None:
    """The one held symbol that the typed text is, but for blanks, case, year or `S/RES/`; None when it is none."""
    asked = _bare(typed)
    number = asked.partition("/")[0] if asked[:1].isdigit() else asked  # of "2776/corr.1", which lacks the year
    likely = [symbol for symbol in held if number in symbol.replace(" ", "").casefold()]
    for prefix in ("", "s/", "s/res/"):
        found = [symbol for symbol in likely if prefix + asked in (_bare(symbol), _YEAR.sub("", _bare(symbol)))]
        if len(found) == 1:
            return found[0]
    return None


def _near(meant: str, held: Iterable[str]) -> bool:
    from difflib import get_close_matches

    return bool(get_close_matches(meant, list(held), n=1, cutoff=0.5))


def find_address(typed: str, held: Iterable[str], *, is_resolution: bool) -> str:
    """The address among those of a document that a person means by `43(d)(ii)`, `OP 43 (d) (ii)`, `pp3` or in words.

    Of a text that prints no such number, the paragraph with that count.

    Raises:
        WrongQuestion: it is no address.
        NothingFound: the document has no such paragraph.
    """
    addresses = list(held)
    prefix = "OP" if is_resolution else "para."
    folds: tuple[Callable[[str], str], ...] = (_unspaced, _bare)  # "(A)" and "(a)" may both exist
    for fold in folds:
        asked = (fold(typed), fold(prefix + typed))
        found = [address for address in addresses if fold(address) in asked]
        if len(found) == 1:
            return found[0]
    from scraper.council.typed.address import by_count, read_address

    if cited := _as_cited(typed, addresses):
        return cited
    if len(_PARAGRAPH.findall(typed)) > 1:
        raise WrongQuestion(f"expected one paragraph, found several in {typed!r}; ask for one after the other")
    try:
        read = read_address(typed, resolution=is_resolution)
    except ValueError as error:
        raise WrongQuestion(str(error)) from error
    meant, counted = str(read), str(by_count(read))
    for address in (meant, counted):
        if address in addresses:
            return address
    hint = _near_place(read, addresses) or (nearest_of(meant, addresses) if _near(meant, addresses) else "")
    told = f"; {hint}" if hint else ""
    raise NothingFound(f"the document has no paragraph {meant}{told}. Leave the address out to see all of it")


def _near_place(read: "Address", held: Iterable[str]) -> str | None:
    """The last or the nearest paragraphs by number, where the number that was asked for is none of the document's."""
    stem = str(read).partition(" (")[0].partition(" +")[0]
    sign, _, number = stem.rpartition(" ")
    numbers = {int(found[1]) for address in held if (found := re.match(rf"{re.escape(sign)} (\d+)\b", address))}
    if not number.isdecimal() or not numbers or int(number) in numbers:
        return None
    if int(number) > max(numbers):
        return f"the last is {sign} {max(numbers)}"
    below = [one for one in numbers if one < int(number)]
    near = [*([max(below)] if below else []), min(one for one in numbers if one > int(number))]
    return f"the nearest by number {'is' if len(near) == 1 else 'are'} {' and '.join(f'{sign} {one}' for one in near)}"


def _unspaced(text: str) -> str:
    return "".join(text.split())


def _bare(text: str) -> str:
    return _unspaced(text).casefold()


def _as_cited(typed: str, addresses: Iterable[str]) -> str | None:
    """The address that this program cites just as was typed: `para. 7, first unnumbered paragraph`."""
    from scraper.council.address import parse
    from scraper.council.citation_form import place_in_words

    asked = _bare(typed)
    for address in addresses:
        try:
            if _bare(place_in_words(parse(address))) == asked:
                return address
        except ValueError:  # a document of an older version may hold what is no address today
            continue
    return None


def every_symbol(db: "sqlite3.Connection") -> list[str]:
    """The symbols of all documents that are held."""
    from storage.texts.documents import held_symbols

    return list(held_symbols(db))


def every_situation(db: "sqlite3.Connection") -> set[str]:
    """The situations of all documents that are placed."""
    from storage.told.situations import placements

    return {place.situation for place in placements(db).values() if place.situation}
