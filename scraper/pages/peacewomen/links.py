"""Which addresses of peacewomen.org are asked for (pure): exactly those, each under one name.

The site ignores what is appended to a path: `/taxonomy/term/23/zlib/constants?page=35` shows what
`/taxonomy/term/23?page=35` does, so a crawler that follows such links never ends. Only whole addresses of a known form
are taken. The same pages are there under several hosts, with and without TLS: they are one.
"""

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

HOST = "www.peacewomen.org"
#: "peacewomen.org" and "peacewomen.org." answer too.
HOSTS = frozenset({HOST, "peacewomen.org"})
#: The 13 themes are the terms 20 to 32; other terms are countries and the like.
TERMS = tuple(range(20, 33))
#: The highest page ever seen is 668, of term 20.
MOST_PAGES = 3000
LISTING = re.compile(r"/taxonomy/term/(?P<term>2\d|3[0-2])(?:\?page=(?P<page>\d{1,5}))?")
#: "/node/95291", "/content/women-are-often-victims", "/resource/security-council-resolution-2447"
ENTRY = re.compile(r"/(?:node/\d{1,7}|(?:content|resource|security-council/resolution)/[a-z0-9][a-z0-9-]*)")


@dataclass(frozen=True, slots=True)
class ListingAddress:
    """One page of one theme's listing; pages are counted from 0."""

    term: int
    page: int

    @property
    def url(self) -> str:
        """The address under which the page is known."""
        return f"https://{HOST}/taxonomy/term/{self.term}?page={self.page}"


def listing_address(href: str, base: str) -> ListingAddress | None:
    """The page of a theme's listing that a link leads to, None when it leads elsewhere.

    >>> listing_address("http://peacewomen.org/taxonomy/term/23", "").page
    0
    >>> listing_address("/taxonomy/term/23/zlib/constants?page=35", "https://www.peacewomen.org/") is None
    True
    """
    found = LISTING.fullmatch(_local(href, base) or "")
    return None if found is None else ListingAddress(int(found["term"]), int(found["page"] or 0))


def entry_address(href: str, base: str) -> str | None:
    """The one address of a node or an alias that a link leads to, None when it leads elsewhere.

    >>> entry_address("http://peacewomen.org./node/95291#top", "")
    'https://www.peacewomen.org/node/95291'
    """
    local = _local(href, base)
    return f"https://{HOST}{local}" if local and ENTRY.fullmatch(local) else None


def is_summary(url: str) -> bool:
    """Whether an address is one of PeaceWomen's own summaries and resources, which hold no extracts."""
    return urlsplit(url).path.startswith("/resource/")


def page_address(href: str, base: str = "") -> str | None:
    """The one address of any page that is asked for, None for all others."""
    listing = listing_address(href, base)
    return entry_address(href, base) if listing is None else listing.url


def _local(href: str, base: str) -> str | None:
    """The path and query of a link on the site, None for a link that leaves it."""
    try:
        parts = urlsplit(urljoin(base, href))
        is_here = parts.scheme in {"http", "https"} and (parts.hostname or "").rstrip(".") in HOSTS
    except ValueError:  # "http://[broken"
        return None
    return f"{parts.path}?{parts.query}" if is_here and parts.query else parts.path if is_here else None
