"""Reads and checks the sources that can be crawled, one TOML file each. Never imports Scrapy and asks no network."""

import tomllib
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scraper.sources.schedule import ScheduleError, parse_schedule

#: The languages of the UN's documents, and German, into which resolutions are translated too.
LANGUAGES = frozenset({"ar", "de", "en", "es", "fr", "ru", "zh"})

_ARCHIVE_NUMBERS = ("from_files", "bytes", "unpacked_bytes", "entries", "seconds")


class SourceFileError(ValueError):
    """A source's TOML file does not say what it must."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a sound run of a source looks like: entries its listing at least has, days within which news is usual."""

    min_listed: int
    news_every_days: int


@dataclass(frozen=True, slots=True)
class Limits:
    """How large an answer of a source may be, how long it may take, and how long its site is left alone between two.

    `delay_seconds` is the pace that the source declares, which the settings can only slow; `retry_seconds`
    the least wait before asking again after a hiccup, doubled each time.
    """

    listing_bytes: int
    document_bytes: int
    timeout_seconds: int
    delay_seconds: int
    retry_seconds: int = 1


@dataclass(frozen=True, slots=True)
class FileArchive:
    """Where a source gives all its files as one archive, asked for when more than `from_files` are missing.

    `bytes` is how large it may be as it comes, `unpacked_bytes` and `entries` how much may be in it; it may take
    `seconds`.
    """

    url: str
    from_files: int
    bytes: int
    unpacked_bytes: int
    entries: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Urls:
    """Where a source is asked. `document` and `page` are templates; `page` is what a reader opens, None if the same.

    `menu` is a page whose menu leads to a listing that has moved, `feeds` the hosts of one feed, asked in this order;
    `vetoes` the list of drafts that were vetoed.
    """

    listing: str
    document: str
    page: str | None = None
    menu: str | None = None
    vetoes: str | None = None
    feeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One place that can be crawled, as declared. `budget` None means that a run asks for all there is to ask.

    `archive` is None where each file is asked for by itself.

    `is_enabled` False means that it is crawled only when it is named, or enabled in the settings; `is_published` that
    its pages are what others published of the Council's texts, never documents; `is_witness` that it tells facts of
    documents and brings no texts.
    """

    name: str
    publisher: str
    description: str
    homepage: str
    spider: str
    precedence: int
    schedule: str
    languages: tuple[str, ...]
    hosts: tuple[str, ...]
    urls: Urls
    expect: Expectation
    limits: Limits
    archive: FileArchive | None = None
    budget: int | None = None
    is_enabled: bool = True
    is_published: bool = False
    is_witness: bool = False


def load_sources(folder: Path = Path(__file__).parent) -> dict[str, Source]:
    """Every source of the folder by its name, in the order of their precedence; a source's name is that of its file."""
    sources = [read_source(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]
    return {source.name: source for source in sorted(sources, key=attrgetter("precedence"))}


def read_source(name: str, text: str) -> Source:
    """One source from its TOML text. Raises SourceFileError on a missing, unknown or impossible value."""
    try:
        record = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourceFileError(f"expected TOML, found {error} in source {name}") from error
    try:
        source = Source(
            name=name,
            urls=_urls(record.pop("urls")),
            expect=Expectation(**record.pop("expect")),
            limits=Limits(**record.pop("limits")),
            archive=FileArchive(**record.pop("archive")) if "archive" in record else None,
            languages=tuple(record.pop("languages")),
            hosts=tuple(record.pop("hosts")),
            **record,
        )
    except KeyError as error:
        raise SourceFileError(f"expected {error.args[0]}, found none in source {name}") from error
    except TypeError as error:
        raise SourceFileError(f"expected the known keys, found {error} in source {name}") from error
    _check(source)
    return source


def _urls(record: dict[str, Any]) -> Urls:
    return Urls(feeds=tuple(record.pop("feeds", ())), **record)


def _check(source: Source) -> None:
    words = (source.publisher, source.description, source.homepage, source.spider, source.schedule)
    numbers: tuple[Any, ...] = (
        source.precedence,
        source.expect.min_listed,
        source.expect.news_every_days,
        source.limits.listing_bytes,
        source.limits.document_bytes,
        source.limits.timeout_seconds,
        source.limits.delay_seconds,
        source.limits.retry_seconds,
        1 if source.budget is None else source.budget,
        *((getattr(source.archive, name) for name in _ARCHIVE_NUMBERS) if source.archive else ()),
    )
    rules = (
        (
            all(isinstance(word, str) and word for word in words),
            "words in publisher, description, homepage, spider, schedule",
        ),
        (
            all(type(number) is int and number > 0 for number in numbers),
            "whole numbers above 0 in precedence, expect, limits, archive and budget",
        ),
        (
            all(type(flag) is bool for flag in (source.is_enabled, source.is_published, source.is_witness)),
            "true or false in is_enabled, is_published and is_witness",
        ),
        (bool(source.languages) and LANGUAGES.issuperset(source.languages), f"languages among {sorted(LANGUAGES)}"),
        (is_schedule(str(source.schedule)), "a schedule such as 'every 6 hours' or '0 */6 * * *'"),
        (_is_on_hosts(source.urls.listing, source.hosts), "a listing by https on one of its hosts"),
        (_is_on_hosts(source.urls.document, source.hosts), "a document address by https on one of its hosts"),
        (all(_is_on_hosts(url, source.hosts) for url in source.urls.feeds), "feeds by https on its hosts"),
        (source.urls.menu is None or _is_on_hosts(source.urls.menu, source.hosts), "a menu by https on its hosts"),
        (source.archive is None or _is_on_hosts(source.archive.url, source.hosts), "an archive by https on its hosts"),
        (source.urls.vetoes is None or _is_on_hosts(source.urls.vetoes, source.hosts), "vetoes by https on its hosts"),
    )
    for holds, expected in rules:
        if not holds:
            raise SourceFileError(f"expected {expected}, found otherwise in source {source.name}")


def is_schedule(text: str) -> bool:
    """Whether the words are a schedule."""
    try:
        parse_schedule(text)
    except ScheduleError:
        return False
    return True


def _is_on_hosts(url: str, hosts: tuple[str, ...]) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" and parts.hostname in hosts
