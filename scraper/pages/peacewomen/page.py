"""Reads PeaceWomen's pages (pure): a theme's listing, a resolution, an extract, a mission report.

A page is judged by its content: "Access denied" may stand above all of it. A listing without items, or whose items have
none of the known labels, is refused; so is a page that is none of the four.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scraper.council.resolution_years import with_year
from scraper.council.symbol import find_symbol
from scraper.errors import UnexpectedPage
from scraper.pages.dom import read_html
from scraper.pages.peacewomen.items import Item, Split, split_items
from scraper.pages.peacewomen.labels import (
    MISSION,
    MORE,
    REFUSALS,
    RESOLUTION,
    RESOLUTION_PART,
    FieldLabel,
    date_of,
    known_theme,
    label_of,
    themes_in,
)
from scraper.pages.peacewomen.lines import PageLine, PageLink, html_lines, links_of, text_lines
from scraper.pages.peacewomen.links import entry_address, is_summary, listing_address
from scraper.published.printed_places import printed_address
from storage.published_values import PublishedEntry, PublishedKind


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """What a page shows. `theme` is a listing's heading, None on other pages; `others` counts items of other kinds.

    `last_page` is the highest page of the listing that it links to, itself included; `entries_linked` are the addresses
    of resolutions, extracts and mission reports that it links to.
    """

    theme: str | None
    entries: tuple[PublishedEntry, ...]
    others: int
    last_page: int
    entries_linked: tuple[str, ...]
    warnings: tuple[str, ...]


def read_page(body: bytes, url: str) -> PublishedPage:
    """Read a page of peacewomen.org by its address and its content. Raises UnexpectedPage."""
    root = read_html(body, url)
    lines = [line for line in html_lines(root) if line.text.casefold() not in REFUSALS]
    if not lines:
        raise UnexpectedPage("access-denied", f"expected a page, found nothing but a refusal at {url}")
    return _read(lines, links_of(root), url)


def read_saved_text(text: str, url: str) -> PublishedPage:
    """Read a page of which only the text was saved, as `read_page` does."""
    return _read(text_lines(text), [], url)


def _read(lines: Sequence[PageLine], links: Sequence[PageLink], url: str) -> PublishedPage:
    here = listing_address(url, url)
    return _listing(lines, links, url) if here else _entry_page(lines, links, url)


def _listing(lines: Sequence[PageLine], links: Sequence[PageLink], url: str) -> PublishedPage:
    theme, start = _heading(lines, url)
    split = split_items(lines[start:])
    if not split.items:
        raise UnexpectedPage("no-items", f"expected items under {theme!r}, found none at {url}")
    _check_labels(split, url)
    here = listing_address(url, url)
    pages = [found for link in links if (found := listing_address(link.href, url)) and here and found.term == here.term]
    warnings = list(_oddities(split))
    if known_theme(theme) is None:
        warnings.append(f"unknown-theme: expected one of the 13 themes as heading, found {theme!r}")
    entries = _entries(split, links, url, None, warnings)
    return PublishedPage(
        theme=known_theme(theme) or theme,
        entries=entries,
        others=len(split.items) - len(entries),
        last_page=max((page.page for page in pages), default=here.page if here else 0),
        entries_linked=_linked(links, url),
        warnings=tuple(warnings),
    )


def _heading(lines: Sequence[PageLine], url: str) -> tuple[str, int]:
    """The theme's name and where the items begin: behind "For more resources ...", or behind the name."""
    headings = [n for n, line in enumerate(lines) if line.heading and not label_of(line.text)]
    first_item = next((n for n, line in enumerate(lines) if RESOLUTION_PART.fullmatch(line.text)), len(lines))
    more = next((n for n, line in enumerate(lines) if line.text.startswith(MORE)), None)
    end = first_item if more is None else min(more, first_item)
    above = [n for n in headings if n < end]
    named = [n for n in above if known_theme(lines[n].text)]
    tops = [n for n in above if lines[n].heading == 1]
    if not above and lines[0].path:
        raise UnexpectedPage("no-heading", f"expected a theme's name as heading, found none at {url}")
    at = (named or tops or above or [0])[-1]
    return lines[at].text, (at if more is None else more) + 1


def _entry_page(lines: Sequence[PageLine], links: Sequence[PageLink], url: str) -> PublishedPage:
    """A resolution's page, whose extracts are items; or the page of one extract or mission report."""
    at = _title(lines, url)
    title = lines[at]
    is_resolution = RESOLUTION.fullmatch(title.text) is not None
    behind = lines[at + 1 :]
    split = split_items(behind, titled=None if is_resolution else title)
    published = next((found for line in behind if (found := date_of(line.text.removeprefix("Date: ")))), None)
    warnings = list(_oddities(split))
    if is_resolution and FieldLabel.EXTRACTS not in split.head:
        # their summaries stand at other addresses: elsewhere the label may have got another name
        odd = [] if is_summary(url) else [f"no-extracts: expected 'Resolution Extracts:' on {title.text!r}, found none"]
        split, warnings = Split({}, (), ()), [*warnings, *odd]
    elif is_resolution and not split.items:
        raise UnexpectedPage("no-items", f"expected extracts of {title.text!r}, found none at {url}")
    _check_labels(split, url)
    entries = _entries(split, links, url, published, warnings)
    if not (is_resolution or entries):
        raise UnexpectedPage(
            "other-page", f"expected a resolution, an extract or a mission, found {title.text!r} at {url}"
        )
    return PublishedPage(None, entries, len(split.items) - len(entries), 0, _linked(links, url), tuple(warnings))


def _title(lines: Sequence[PageLine], url: str) -> int:
    """Which line is the page's title: a heading of a known form, else the last first-degree heading."""
    end = next((n for n, line in enumerate(lines) if label_of(line.text)), len(lines))
    candidates = [n for n, line in enumerate(lines[: end + 1]) if line.heading or not line.path]
    forms = (RESOLUTION_PART, RESOLUTION, MISSION)
    known = [n for n in candidates if any(form.fullmatch(lines[n].text) for form in forms)]
    tops = [n for n in candidates if lines[n].heading == 1]
    if not (known or tops):
        raise UnexpectedPage("no-heading", f"expected a title as heading, found none at {url}")
    return known[0] if known else tops[-1]


def _check_labels(split: Split, url: str) -> None:
    """Refuses a page whose resolution items have no text: the labels are not the ones known."""
    cut = [item for item in split.items if RESOLUTION_PART.fullmatch(item.title.text)]
    if (
        cut
        and not any(item.fields.get(FieldLabel.EXTRACT) for item in cut)
        and not any(_unlabelled(item) for item in cut)
    ):
        found = ", ".join(sorted(set(split.unknown))) or "no label"
        raise UnexpectedPage("other-labels", f"expected 'Extract:' below {len(cut)} extracts, found {found} at {url}")


def _oddities(split: Split) -> list[str]:
    return [f"unknown-label: {text!r} is no label known" for text in dict.fromkeys(split.unknown)]


def _entries(
    split: Split, links: Sequence[PageLink], url: str, published: date | None, warnings: list[str]
) -> tuple[PublishedEntry, ...]:
    read = (_entry(item, links, url, published, warnings) for item in split.items)
    return tuple(entry for entry in read if entry is not None)


def _entry(
    item: Item, links: Sequence[PageLink], url: str, published: date | None, warnings: list[str]
) -> PublishedEntry | None:
    """The entry that an item is, None for speeches, news and whatever else is listed."""
    title = item.title.text
    cut, mission = RESOLUTION_PART.fullmatch(title), MISSION.fullmatch(title)
    if cut is None and mission is None:
        return None
    themes = item.values(FieldLabel.THEMES)
    names = None if themes is None else tuple(dict.fromkeys(name for text in themes for name in themes_in(text)))
    warnings.extend(
        f"unknown-theme: {title!r} bears {name!r}, which is none of the 13"
        for name in names or ()
        if not known_theme(name)
    )
    topic = item.values(FieldLabel.TOPIC) or item.values(FieldLabel.THEMATIC)
    text = "\n".join(item.values(FieldLabel.EXTRACT) or _unlabelled(item))
    if cut is not None and not text:
        warnings.append(f"no-text: {title!r} has no extract below it")
    part = (cut["part"] or cut["clause"]) if cut else mission["part"] if mission else None
    is_extract = cut is not None or part is not None
    symbol = with_year(f"S/RES/{int(cut['number'])}") if cut else find_symbol(title)
    return PublishedEntry(
        kind=PublishedKind.EXTRACT if is_extract else PublishedKind.MISSION_REPORT,
        title=title,
        text=text,
        url=url,
        symbol=symbol,
        paragraph=part,
        address=printed_address(part, resolution=cut is not None) if part else None,
        themes=names,
        topic=", ".join(topic) if topic else None,
        place=mission["place"].strip() if mission else None,
        visited=mission["visited"] if mission else None,
        published_on=published,
        node=_node(item.title, links, url),
    )


def _unlabelled(item: Item) -> list[str]:
    """The text of an item without the label: it stands between the title and the other labels."""
    return [line.text for line in item.loose if date_of(line.text) is None and not _is_file(line)]


def _is_file(line: PageLine) -> bool:
    """Whether a line is nothing but a link: the name of the document's file."""
    return (len(line.links) == 1 and line.links[0].text == line.text) or MISSION.fullmatch(line.text) is not None


def _node(title: PageLine, links: Sequence[PageLink], url: str) -> str | None:
    """The entry's own page: where its title leads, or the page itself when it is one's own."""
    for link in title.links:
        if own := entry_address(link.href, url):
            return own
    if title.heading == 1:
        short = next(
            (found for link in links if link.text == "shortlink" and (found := entry_address(link.href, url))), None
        )
        return short or entry_address(url, url)
    return None


def _linked(links: Sequence[PageLink], url: str) -> tuple[str, ...]:
    """The addresses of resolutions, extracts and mission reports: their links are named after them."""
    forms = (RESOLUTION_PART, RESOLUTION, MISSION)
    found = (
        address
        for link in links
        if any(form.fullmatch(link.text) for form in forms) and (address := entry_address(link.href, url))
    )
    return tuple(dict.fromkeys(found))
