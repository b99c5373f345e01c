"""What is asked by Scrapy's own options: `-s WPSWATCH_DATA=DIR -s WPSWATCH_CONFIG=FILE -a year=2024 -a full=1`."""

import os
from collections.abc import Mapping

from scrapy.settings import BaseSettings

from monitor.app.crawling import CrawlWishes, years_of
from monitor.app.installation import Installation

#: A setting of Scrapy's, and the environment variable that says the same for both commands.
DATA, CONFIG = "WPSWATCH_DATA", "WPSWATCH_CONFIG"
ARGUMENTS = frozenset({"year", "full"})
ON, OFF = frozenset({"1", "true", "yes"}), frozenset({"", "0", "false", "no"})


def installation_of(settings: BaseSettings) -> Installation:
    """The data folder and the settings file, as `wpswatch` would find them."""
    return Installation(
        data=settings.get(DATA) or os.environ.get(DATA) or None,
        config=settings.get(CONFIG) or os.environ.get(CONFIG) or None,
    )


def wishes_of(arguments: Mapping[str, str]) -> CrawlWishes:
    """What a crawl is asked beyond the settings; raises ValueError for what no crawl understands."""
    if unknown := arguments.keys() - ARGUMENTS:
        raise ValueError(f"expected -a year=2024 or -a full=1, found -a {', '.join(sorted(unknown))}")
    full = arguments.get("full", "").lower()
    if full not in ON | OFF:
        raise ValueError(f"expected -a full=1 or -a full=0, found -a full={full}")
    year = arguments.get("year")
    return CrawlWishes(years=years_of(year) if year else None, is_full=full in ON)
