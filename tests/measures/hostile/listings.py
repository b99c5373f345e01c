"""The hostile listings by name, each made from the true one: rows doubled, moved, mistyped, cut off, or without end."""

import json
import random
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from tests.measures.hostile.wire import Serve, changed

ROW = re.compile(r"<tr>.*?</tr>", re.DOTALL)
MANY = 100_000
DEEP = 20_000
ESCAPES = "\x1b]0;owned\x07\x1b[2J&lt;script&gt;alert(1)&lt;/script&gt;=cmd|'/c calc'!A1 \u202egnp.exe"
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "women and peace ">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True))
    + ']><rss version="2.0"><channel><item><title>&j;</title></item></channel></rss>'
)

# The Council's table


def _rows(change: Callable[[list[str]], list[str]]) -> Serve:
    """The table with other rows: those of each year are changed together."""

    def changed_page(body: bytes) -> bytes:
        years = body.decode().split("<dt>")
        return "<dt>".join(_year_with(year, change) for year in years).encode()

    return changed(changed_page)


def _year_with(year: str, change: Callable[[list[str]], list[str]]) -> str:
    found = ROW.findall(year)
    return year.replace("\n".join(found), "\n".join(change(found))) if found else year


def _words(before: str, after: str) -> Serve:
    return changed(lambda body: body.decode().replace(before, after, 1).encode())


def _before_rows(words: str) -> Serve:
    return _words("<main>", f"<main>{words}")


def _another_order(rows: list[str]) -> list[str]:
    shuffled = list(rows)
    random.Random(12).shuffle(shuffled)  # noqa: S311 - an order, no secret
    return shuffled


def _year_of_rows(year: int, count: int) -> str:
    rows = "".join(
        f"<tr><td>S/RES/{3000 + number} ({year})</td><td>1 May {year}</td><td>x</td></tr>" for number in range(count)
    )
    return f"<dt>{year}</dt><dd><table><tbody>{rows}</tbody></table></dd><dt>2025</dt>"


def _other_digits(body: bytes) -> bytes:
    text = body.decode()
    return ROW.sub(lambda row: row[0].translate({ord("0") + n: 0x0660 + n for n in range(10)}), text).encode()


# GitHub's tree


def _tree(change: Callable[[dict[str, Any]], object]) -> Serve:
    def changed_tree(body: bytes) -> bytes:
        tree = json.loads(body)
        change(tree)
        return json.dumps(tree).encode()

    return changed(changed_tree)


def _entry(path: str, number: int = 0) -> dict[str, Any]:
    return {"path": path, "mode": "100644", "type": "blob", "sha": f"{number:040x}", "size": 9}


def _with(paths: list[str]) -> Serve:
    return _tree(lambda tree: tree["tree"].extend(_entry(path, number) for number, path in enumerate(paths)))


def _all_shas(sha: object) -> Serve:
    return _tree(lambda tree: [entry.update(sha=sha) for entry in tree["tree"]])


def _half_of_entries(tree: dict[str, Any]) -> None:
    tree["tree"] = tree["tree"][: len(tree["tree"]) // 2]


def _upside_down(tree: dict[str, Any]) -> None:
    tree["tree"].reverse()


EVIL_PATHS = [
    "../../../../etc/passwd",
    "/etc/passwd",
    "2025/English/../../../etc/S_RES_2790-2500001E.xml",
    "2025/English/S_RES_2791-2500002E.xml\x00.pdf",
    "2025/English/S_RES_2792-2500003E.xml?x=1#y",
    "https://mirror.example.org/2025/English/S_RES_2793-2500004E.xml",
    "2025\\English\\S_RES_2794-2500005E.xml",
]

# The missions' page and the feed


def _feed_of_many(body: bytes) -> bytes:
    item = "<item><title>S/2013/{}</title><description>LETTER</description><pubDate>Mon, 18 Mar 2013</pubDate></item>"
    return body.replace(b"</channel>", "".join(item.format(1000 + n) for n in range(MANY)).encode() + b"</channel>")


LISTINGS: Mapping[str, tuple[str, Serve]] = MappingProxyType(
    {
        "table-100k-rows-9999": ("un-resolutions-listing", _words("<dt>2025</dt>", _year_of_rows(9999, MANY))),
        "table-year9999": ("un-resolutions-listing", _words("<dt>2025</dt>", _year_of_rows(9999, 1))),
        "table-bad-date": ("un-resolutions-listing", _words("30 June", "31 June")),
        "table-typo-number": ("un-resolutions-listing", _words("S/RES/2777", "S/RES/9277")),
        "table-deep-html": ("un-resolutions-listing", _before_rows("<div>" * DEEP)),
        "table-nested-tables": ("un-resolutions-listing", _before_rows("<table><tr><td>" * 3000)),
        "table-duplicates": ("un-resolutions-listing", _rows(lambda rows: [*rows, *rows])),
        "table-half": ("un-resolutions-listing", changed(lambda body: body[: len(body) // 2])),
        "table-hostile-titles": ("un-resolutions-listing", _words("The situation", ESCAPES + "x" * 1_000_000)),
        "table-reordered": ("un-resolutions-listing", _rows(_another_order)),
        "table-unicode-digits": ("un-resolutions-listing", changed(_other_digits)),
        "tree-100k": ("unxml-listing", _with([f"2025/German/S_RES_{n}-{n}G.xml" for n in range(MANY)])),
        "tree-bigint": (
            "unxml-listing",
            changed(lambda body: body.replace(b'"size": ', b'"size": 1' + b"0" * 9000, 1)),
        ),
        "tree-deep-json": (
            "unxml-listing",
            changed(lambda body: b'{"tree": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"),
        ),
        "tree-dups": ("unxml-listing", _tree(lambda tree: tree["tree"].extend(list(tree["tree"])))),
        "tree-empty-list": ("unxml-listing", _tree(lambda tree: tree["tree"].clear())),
        "tree-evil-paths": ("unxml-listing", _with(EVIL_PATHS)),
        "tree-half": ("unxml-listing", _tree(_half_of_entries)),
        "tree-malformed": ("unxml-listing", _tree(lambda tree: tree["tree"].append(["2025", None]))),
        "tree-no-truncated": ("unxml-listing", _tree(lambda tree: tree.pop("truncated"))),
        "tree-truncated-true": ("unxml-listing", _tree(lambda tree: tree.update(truncated=True))),
        "tree-reordered": ("unxml-listing", _tree(_upside_down)),
        "tree-sha-nonstring": ("unxml-listing", _all_shas(12)),
        "tree-shas-all-wrong": ("unxml-listing", _all_shas("0" * 40)),
        "mis-feed-100k": ("mission-reports-feed", changed(_feed_of_many)),
        "mis-feed-bomb": ("mission-reports-feed", changed(lambda body: BOMB.encode())),
        "mis-half": ("mission-reports-listing", changed(lambda body: body[: len(body) // 2])),
        "mis-hostile-titles": ("mission-reports-listing", _words("Report of", f"Report {ESCAPES} of")),
    }
)
"""The place and the answer of each."""
