"""Asks each source's robots.txt and listing once, and says what was recognised. Stores nothing."""

import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from monitor.app.checking.health import Finding, Health
from monitor.app.crawl_process import CrawlEnded, Step, run_crawl
from monitor.app.crawling import EVERY_YEAR, CrawlWishes, order_of
from monitor.settings.config import Config
from scraper.sources.loader import Source, load_sources

LONGEST_SECONDS: Final = 300.0
_YEAR: Final = re.compile(r"\((\d{4})\)|S/(?:PRST/)?(\d{4})/")  # "S/RES/2825 (2026)", "S/PRST/2026/1", "S/2026/12"
_NUMBERS: Final = re.compile(r"\d+")


def source_findings(config: Config) -> Iterator[Finding]:
    """What each enabled source's listing shows now."""
    for source in load_sources().values():
        if config.is_enabled(source):
            yield look_at(source, config)


def look_at(source: Source, config: Config) -> Finding:
    """Ask one source once: as a first crawl of all years would begin, into a folder that is gone afterwards."""
    steps: list[Step] = []
    with tempfile.TemporaryDirectory(prefix="wpswatch-") as folder:
        order = order_of(Path(folder), source, config, CrawlWishes(years=EVERY_YEAR, is_quiet=True), datetime.now(UTC))
        ended = run_crawl(
            replace(order, dry_run=True, budget=None).to_json(),
            is_quiet=True,
            on_step=steps.append,
            seconds=LONGEST_SECONDS,
        )
    return judge_look(source, ended, steps[-1] if steps else None)


def judge_look(source: Source, ended: CrawlEnded, step: Step | None) -> Finding:
    """What a look at a source found, and what to do where it found less than it should."""
    check = f"{source.name}, online"
    if step is None or not step.listed:
        reason = (step.reason if step else None) or "nothing was answered"
        return Finding(check, Health.FAIL, reason, "docs/how-to/first-day.md says what to look at", _seen(step, [], {}))
    symbols = [line["symbol"] for line in map(json.loads, ended.output.splitlines()) if line["symbol"]]
    years = Counter(year for symbol in set(symbols) if (year := _year(symbol)))
    by_year = dict(sorted(years.items()))
    seen = _seen(step, symbols, by_year)
    words = [f"{step.listed:,} entries listed", *([step.shape] if step.shape else [])]
    if by_year:
        lean = ", ".join(f"{year}: {count}" for year, count in list(by_year.items())[-3:])
        words.append(f"by the year in their symbols, the last {lean}; {seen['first']} to {seen['last']}")
    words += [f"{host}: {pace:g} s between two requests" for host, pace in step.paces.items()]
    if step.reason or ended.code:
        words.append(f"{step.reason}")
        return Finding(check, Health.WARN, "; ".join(words), "docs/how-to/first-day.md says what to look at", seen)
    return Finding(check, Health.OK, "; ".join(words), None, seen)


def _seen(step: Step | None, symbols: list[str], by_year: dict[int, int]) -> dict[str, Any]:
    ordered = sorted({symbol for symbol in symbols if not symbol.startswith("S/RES/")}, key=_place)
    resolutions = sorted({symbol for symbol in symbols if symbol.startswith("S/RES/")}, key=_place)
    ends = resolutions or ordered
    return {
        "listed": step.listed if step else 0,
        "shape": step.shape if step else None,
        "by_year": {str(year): count for year, count in by_year.items()},
        "first": ends[0] if ends else None,
        "last": ends[-1] if ends else None,
        "paces": step.paces if step else {},
    }


def _year(symbol: str) -> int | None:
    match = _YEAR.search(symbol)
    return int(match[1] or match[2]) if match else None


def _place(symbol: str) -> list[int]:
    return [int(number) for number in _NUMBERS.findall(symbol)]
