"""Reads an index of years: the Council's page of resolutions where it leads to a page for each year (pure).

So it was once described, and so the old site was; the present page has all years on it (`resolutions_table`).
"""

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from scraper.errors import UnexpectedPage
from scraper.pages.dom import read_html

#: "/securitycouncil/en/content/resolutions-adopted-security-council-2024", "/en/sc/documents/resolutions/2016.shtml"
_ADDRESS = re.compile(
    r"/resolutions(?:-adopted)?(?:-by)?(?:-the)?(?:-security-council)?[-/](?P<year>(?:19|20)\d{2})(?:\.\w+)?/?$"
)
#: A single link to a year is one to that year's page from anywhere.
LEAST_YEARS = 2


@dataclass(frozen=True, slots=True)
class YearPage:
    """The page of one year's resolutions."""

    year: int
    url: str


def parse_years_index(body: bytes, url: str) -> tuple[YearPage, ...]:
    """The pages that an index of years leads to, newest year first. Raises UnexpectedPage when it is none.

    Links are read by their addresses, and followed by https; a year that is linked twice is followed once.
    """
    found: dict[int, str] = {}
    for link in read_html(body, url, only=("a",)).select("a[href]"):
        try:
            parts = urlsplit(urljoin(url, str(link["href"]).strip()))
        except ValueError:  # an address that is none
            continue
        year = _ADDRESS.search(parts.path)
        if year is not None and parts.scheme in {"http", "https"}:
            found.setdefault(int(year["year"]), parts._replace(scheme="https", fragment="").geturl())
    if len(found) < LEAST_YEARS:
        raise UnexpectedPage("no-index", f"expected links to pages of years, found {len(found)} at {url}")
    return tuple(YearPage(year, found[year]) for year in sorted(found, reverse=True))
