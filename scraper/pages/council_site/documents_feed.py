"""Reads the UN's feed of new Council documents, RSS 2.0 (pure): symbol, description and time of each item.

Titles and descriptions are in capitals. A feed may have one item, many or none; an item of the Council's agenda is left
out by name.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from lxml import etree

from scraper.council.symbol import parse_symbol
from scraper.errors import UnexpectedPage, Unreadable
from scraper.readers.safe_xml import refuse_declarations, safe_parser


@dataclass(frozen=True, slots=True)
class NewDocument:
    """One item; `published_at` is None where the feed gives no time, or one that is none."""

    symbol: str
    description: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class DocumentsFeed:
    """A feed: its documents in its order, the titles of items that are no documents, and oddities."""

    documents: tuple[NewDocument, ...]
    ignored: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def newest(self) -> datetime | None:
        """When its newest document was published; None when no item says."""
        return max((one.published_at for one in self.documents if one.published_at), default=None)


def parse_feed(body: bytes, url: str) -> DocumentsFeed:
    """Read a feed. Raises UnexpectedPage, `not-a-feed`, for a page or for XML that is no RSS channel."""
    channel = _channel(body, url)
    documents: dict[str, NewDocument] = {}
    ignored, warnings = [], []
    for item in channel.findall("item"):
        title = _words(item, "title")
        symbol = parse_symbol(title)
        if "AGENDA" in title.upper():
            ignored.append(title)
        elif symbol is None:
            warnings.append(f"an item is titled {title!r}, which is no symbol")
        else:
            printed = _words(item, "pubDate")
            published_at = _time(printed)
            if printed and published_at is None:
                warnings.append(f"{symbol} is dated {printed!r}, which is no date")
            documents.setdefault(symbol, NewDocument(symbol, _words(item, "description"), published_at))
    return DocumentsFeed(tuple(documents.values()), tuple(ignored), tuple(warnings))


def _channel(body: bytes, url: str) -> etree._Element:
    try:
        refuse_declarations(body)
        root = etree.fromstring(body, parser=safe_parser())
    except (Unreadable, etree.XMLSyntaxError, ValueError) as error:
        raise UnexpectedPage("not-a-feed", f"expected an RSS feed, found {error} at {url}") from error
    channels = root.findall("channel") if root.tag == "rss" else []
    if len(channels) != 1:
        raise UnexpectedPage("not-a-feed", f"expected 'rss' with 1 'channel', found '{root.tag}' at {url}")
    return channels[0]


def _words(item: etree._Element, name: str) -> str:
    found = item.find(name)
    return "" if found is None else " ".join("".join(map(str, found.itertext())).split())


def _time(printed: str) -> datetime | None:
    try:
        time = parsedate_to_datetime(printed)
    except ValueError:
        return None
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
