"""The pages of a theme: what it means, how much of it there is in which year, and its extracts."""

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from monitor.site.held.document import Doc
from monitor.site.pictures.bars import Bars, bars_of
from monitor.text.page_names import slug
from storage.models import THEMES
from storage.texts.extracts import ExtractRow

LATEST = 20


@dataclass(frozen=True, slots=True)
class ThemeView:
    """One page of a theme. `year` is None on the page of the latest; `rows` are its extracts."""

    name: str
    slug: str
    meaning: str
    year: int | None
    paragraphs: int
    documents: int
    extracts: int
    bars: Bars
    years: tuple[int, ...]
    rows: tuple[ExtractRow, ...]


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme in a list of all of them."""

    name: str
    slug: str
    meaning: str
    paragraphs: int
    bars: Bars


@cache
def meanings() -> dict[str, str]:
    """What each theme means, in our words."""
    text = files("monitor.site.views").joinpath("meanings.toml").read_text(encoding="utf-8")
    told: dict[str, str] = tomllib.loads(text)["meanings"]
    if set(told) != set(THEMES):
        raise ValueError(f"expected a meaning for each theme, found {sorted(set(told) ^ set(THEMES))} on one side only")
    return told


def counts_by_theme(docs: Sequence[Doc]) -> dict[str, Counter[int]]:
    """How many paragraphs carry each theme, by year."""
    found: dict[str, Counter[int]] = {theme: Counter() for theme in THEMES}
    for doc in docs:
        if doc.year is not None:
            for paragraph in doc.document.paragraphs:
                for theme in paragraph.themes:
                    found[theme][doc.year] += 1
    return found


def year_span(docs: Sequence[Doc]) -> range:
    """The years of the documents held, without a hole."""
    years = [doc.year for doc in docs if doc.year is not None]
    return range(min(years), max(years) + 1) if years else range(0)


def theme_lines(docs: Sequence[Doc]) -> list[ThemeLine]:
    """All themes with bars on one scale, so that they can be compared."""
    counts, span = counts_by_theme(docs), year_span(docs)
    top = max((count for of_theme in counts.values() for count in of_theme.values()), default=1)
    return [
        ThemeLine(theme, slug(theme), meanings()[theme], counts[theme].total(), bars_of(counts[theme], span, top))
        for theme in THEMES
    ]


def theme_views(
    docs: Sequence[Doc],
    extracts: Sequence[ExtractRow],
    by_symbol: Mapping[str, Doc],
    counts: Mapping[str, Counter[int]],
    theme: str,
) -> list[ThemeView]:
    """The page of a theme's latest extracts, and a page of each year that has any, without the entries' words."""
    held = [row for row in extracts if theme in row.themes and row.symbol in by_symbol]
    by_year: dict[int, list[ExtractRow]] = {}
    for row in held:
        year = by_symbol[row.symbol].year
        if year is not None:
            by_year.setdefault(year, []).append(row)
    years = tuple(sorted(by_year, reverse=True))
    bars = bars_of(counts[theme], year_span(docs))
    documents = {doc.symbol for doc in docs if theme in doc.themes}
    pages: list[tuple[int | None, Sequence[ExtractRow]]] = [(None, held[:LATEST])]
    pages += [(year, by_year[year]) for year in years]
    return [
        ThemeView(
            name=theme,
            slug=slug(theme),
            meaning=meanings()[theme],
            year=year,
            paragraphs=counts[theme].total(),
            documents=len(documents),
            extracts=len(held),
            bars=bars,
            years=years,
            rows=tuple(rows),
        )
        for year, rows in pages
    ]
