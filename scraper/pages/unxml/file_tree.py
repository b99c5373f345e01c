"""Reads GitHub's tree of UNxml/SCresolutions: which documents it holds, each in which languages (pure)."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeVar
from urllib.parse import quote

from scraper.errors import UnexpectedPage
from scraper.pages.unxml.file_names import (
    NO_TEXT,
    MetadataFile,
    NumberedFile,
    ResolutionFile,
    read_draft,
    read_metadata,
    read_resolution,
    read_statement,
)

#: The numbers of S/PRST/2000/27/Corr.1
DIGITS = re.compile(r"\d+")

_Text = TypeVar("_Text", bound=ResolutionFile | NumberedFile)
AnyFile = ResolutionFile | NumberedFile | MetadataFile


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole tree, each path in exactly one place.

    `resolutions`, `statements` and `drafts` hold one file for each document and language, newest first, `duplicates`
    the others; `metadata` one file for each year; `no_texts` is known junk, `unknown` everything else.
    """

    resolutions: tuple[ResolutionFile, ...]
    statements: tuple[NumberedFile, ...]
    drafts: tuple[NumberedFile, ...]
    metadata: tuple[MetadataFile, ...]
    duplicates: tuple[ResolutionFile | NumberedFile, ...]
    no_texts: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def files(self) -> tuple[AnyFile, ...]:
        """What may be fetched, newest year first; of one year its metadata comes first, then its resolutions."""
        every: tuple[AnyFile, ...] = (*self.metadata, *self.resolutions, *self.statements, *self.drafts)
        return tuple(sorted(every, key=attrgetter("year"), reverse=True))

    @property
    def paths(self) -> int:
        """How many files the tree lists."""
        return len(self.files) + sum(len(part) for part in (self.duplicates, self.no_texts, self.unknown))


def parse_tree(body: bytes, url: str) -> Tree:
    """Read the tree's JSON. Raises UnexpectedPage when it is cut short or of another shape."""
    try:
        record = json.loads(body)
    except ValueError as error:
        raise UnexpectedPage("not-json", f"expected a JSON tree, found {error} at {url}") from error
    except RecursionError as error:
        raise UnexpectedPage("too-deep", f"expected a JSON tree, found one nested without end at {url}") from error
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
    resolutions: list[ResolutionFile] = []
    statements: list[NumberedFile] = []
    drafts: list[NumberedFile] = []
    metadata: list[MetadataFile] = []
    no_texts: list[str] = []
    unknown: list[str] = []
    for file in files:
        if resolution := read_resolution(file.path, file.sha):
            resolutions.append(resolution)
        elif statement := read_statement(file.path, file.sha):
            statements.append(statement)
        elif draft := read_draft(file.path, file.sha):
            drafts.append(draft)
        elif data := read_metadata(file.path, file.sha):
            metadata.append(data)
        else:
            (no_texts if NO_TEXT.fullmatch(file.path) else unknown).append(file.path)
    kept, duplicates = _best(resolutions, lambda file: (file.number, file.language), attrgetter("number"))
    kept_statements, more = _best(statements, _place, _place)
    kept_drafts, still_more = _best(drafts, _place, _place)
    return Tree(
        resolutions=kept,
        statements=kept_statements,
        drafts=kept_drafts,
        metadata=tuple(sorted(metadata, key=attrgetter("year"), reverse=True)),
        duplicates=(*duplicates, *more, *still_more),
        no_texts=tuple(no_texts),
        unknown=tuple(unknown),
    )


def _best(
    files: list[_Text], identity: Callable[[_Text], Any], place: Callable[[_Text], Any]
) -> tuple[tuple[_Text, ...], tuple[_Text, ...]]:
    """One file for each document and language, newest first, and the others."""
    best: dict[Any, _Text] = {}
    duplicates: list[_Text] = []
    for file in files:
        key = identity(file)
        kept, *worse = sorted((one for one in (best.get(key), file) if one is not None), key=_preference)
        best[key] = kept
        duplicates.extend(worse)
    return tuple(sorted(best.values(), key=place, reverse=True)), tuple(duplicates)


def _place(file: NumberedFile) -> tuple[tuple[int, ...], str, str]:
    """Where a statement or draft stands among the others: by the numbers of its symbol, then by language."""
    return tuple(int(number) for number in DIGITS.findall(file.symbol)), file.symbol, file.language


def _preference(file: ResolutionFile | NumberedFile) -> tuple[int, int, str]:
    """Largest job number first; of one job the earliest year: three files of 2014 lie in the folder of 2015 too."""
    return (-file.job, file.year, file.path)
