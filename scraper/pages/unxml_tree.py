"""Reads GitHub's tree of UNxml/SCresolutions: which path is which resolution in which language (pure)."""

import json
import re
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from urllib.parse import quote

from scraper.errors import UnexpectedPage

LANGUAGE_OF_FOLDER = {
    "Arabic": "ar",
    "Chinese": "zh",
    "English": "en",
    "French": "fr",
    "German": "de",
    "Russian": "ru",
    "Spanish": "es",
}
#: All of 2026/English/S_RES_2825-2609566E.xml, 2020/English/S_RES_2504 (2020)-2000407E.xml,
#: 2021/English/SC_2561_2021-E.xml, 2021/English/S_RES_2572_2105407E.xml, 2023/English/S_RES_2672_E.xml,
#: 2022/German/S_RES_2650_2221218de.xml, Pre-2020/2000/S_RES_1285_N0023963.xml,
#: Pre-2020/2019/S_RES_2464 (2019)-1906112E.xml. The folder tells the language, the suffix does not:
#: 2022/French/S_RES_2635 (2022)-2208534E.xml.
RESOLUTION = re.compile(
    r"""(?:Pre-2020/)?(?P<folder>\d{4})/
        (?:(?P<language>Arabic|Chinese|English|French|German|Russian|Spanish)/)?
        (?:S_RES[_-]|SC_)(?P<number>\d{3,4})
        (?:[ ]\((?P<printed>\d{4})\)|_(?P<named>20\d\d)(?=-[A-Z]\.))?
        (?:[-_]N?(?P<job>\d{7}))?
        [-_]?[A-Za-z]{0,2}\.xml""",
    re.VERBOSE,
)
#: PRST/2026/S_PRST_2026_1-2604259E.xml; Not adopted/English/S_2023_212-2305680E.xml: known, not fetched yet.
OTHER_TEXT = re.compile(r"(?:PRST|Not adopted)/.+\.xml")
#: README.md, data_extract/2026.json, 2020/Arabic/test, 2021/text, PRST/2000/test.txt, Pre-2020/2004/desktop.ini
NO_TEXT = re.compile(r"README\.md|data_extract/\d{4}\.json|(?:.+/)?(?:test|text|test\.txt|desktop\.ini)")


@dataclass(frozen=True, slots=True)
class ResolutionFile:
    """One file of one resolution in one language.

    `year` is that of the name, or else of the folder. `job` is the printed job number, 0 where the name has none; `sha`
    is git's id of the file's content.
    """

    path: str
    number: int
    year: int
    language: str
    job: int
    sha: str
    is_year_sure: bool

    @property
    def symbol(self) -> str:
        """The symbol as far as the listing vouches for it: `S/RES/2825 (2026)`, or `S/RES/2194` without a year.

        The folders before 2020 were filled in bulk, and some files of 2014 lie in that of 2015 only.
        """
        return f"S/RES/{self.number} ({self.year})" if self.is_year_sure else f"S/RES/{self.number}"


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole tree, each path in exactly one place.

    `resolutions` holds one file for each resolution and language, newest first, `duplicates` the others; `other_texts`
    are statements and drafts, `no_texts` is known junk and metadata, `unknown` everything else.
    """

    resolutions: tuple[ResolutionFile, ...]
    duplicates: tuple[ResolutionFile, ...]
    other_texts: tuple[str, ...]
    no_texts: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def paths(self) -> int:
        """How many files the tree lists."""
        rest = (self.duplicates, self.other_texts, self.no_texts, self.unknown)
        return len(self.resolutions) + sum(len(part) for part in rest)


def parse_tree(body: bytes, url: str) -> Tree:
    """Read the tree's JSON. Raises UnexpectedPage when it is cut short or of another shape."""
    try:
        record = json.loads(body)
    except ValueError as error:
        raise UnexpectedPage("not-json", f"expected a JSON tree, found {error} at {url}") from error
    if not isinstance(record, dict) or not isinstance(record.get("tree"), list):
        raise UnexpectedPage("no-tree", f"expected a JSON object with a list 'tree', found none at {url}")
    if record.get("truncated") is not False:
        raise UnexpectedPage(
            "truncated-tree", f"expected 'truncated' to be false, found {record.get('truncated')!r} at {url}"
        )
    return _sorted_out([_file(entry, url) for entry in record["tree"] if not _is_folder(entry, url)])


def raw_path(path: str) -> str:
    """A path as it stands in an address: `Not%20adopted`, `S_RES_2504%20(2020)-2000407E.xml`."""
    return quote(path, safe="/()")


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    sha: str


def _is_folder(entry: Any, url: str) -> bool:
    kind: object = entry.get("type") if isinstance(entry, dict) else None
    if kind not in {"blob", "tree", "commit"}:
        raise UnexpectedPage("unknown-entry", f"expected entries of type blob or tree, found {entry!r:.80} at {url}")
    return kind != "blob"


def _file(entry: dict[str, Any], url: str) -> _File:
    path, sha = entry.get("path"), entry.get("sha")
    if not isinstance(path, str) or not isinstance(sha, str) or not path or not sha:
        raise UnexpectedPage("unknown-entry", f"expected a path and a sha, found {entry!r:.80} at {url}")
    return _File(path, sha)


def _sorted_out(files: list[_File]) -> Tree:
    best: dict[tuple[int, str], ResolutionFile] = {}
    duplicates: list[ResolutionFile] = []
    rest: dict[str, list[str]] = {"other": [], "none": [], "unknown": []}
    for file in files:
        resolution = _resolution(file)
        if resolution is None:
            rest[_kind(file.path)].append(file.path)
            continue
        key = (resolution.number, resolution.language)
        kept, *worse = sorted(filter(None, (best.get(key), resolution)), key=_preference)
        best[key] = kept
        duplicates.extend(worse)
    newest_first = sorted(best.values(), key=attrgetter("number"), reverse=True)
    return Tree(tuple(newest_first), tuple(duplicates), *(tuple(paths) for paths in rest.values()))


def _preference(file: ResolutionFile) -> tuple[int, int, str]:
    """Largest job number first; of one job the earliest year: three files of 2014 lie in the folder of 2015 too."""
    return (-file.job, file.year, file.path)


def _resolution(file: _File) -> ResolutionFile | None:
    found = RESOLUTION.fullmatch(file.path)
    if found is None:
        return None
    return ResolutionFile(
        path=file.path,
        number=int(found["number"]),
        year=int(found["printed"] or found["named"] or found["folder"]),
        language=LANGUAGE_OF_FOLDER[found["language"] or "English"],  # the folders before 2020 are English and flat
        job=int(found["job"] or 0),
        sha=file.sha,
        is_year_sure=bool(found["printed"] or found["named"]) or not file.path.startswith("Pre-2020/"),
    )


def _kind(path: str) -> str:
    if OTHER_TEXT.fullmatch(path):
        return "other"
    return "none" if NO_TEXT.fullmatch(path) else "unknown"
