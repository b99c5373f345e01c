"""The files of feeds are what their formats say, and hostile words in them are words."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any

import feedparser
import icalendar
import pytest
from lxml import etree

from monitor.feeds.atom import ATOM, atom_of
from monitor.feeds.calendar import Dated, calendar_of, days_of
from monitor.feeds.entries import Feed, Site, feeds_of
from monitor.feeds.index_page import index_page_of
from monitor.feeds.json_feed import json_feed_of
from monitor.feeds.rss import rss_of
from tests.monitor.feeds.feed_rows import HOSTILE, NOW, make_entries, make_row

SITES = [Site("WPS", ""), Site("WPS", "https://feeds.example.org/wps")]
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\+00:00|Z)")
URI = re.compile(r"[a-z]+:[!#-;=?-Z_a-z~]+")  # RFC 3986: no space, no quotation mark, no brackets like < [ {
WRITERS = {"atom": atom_of, "rss": rss_of, "json": json_feed_of}


def feed(*, is_hostile: bool = False, is_empty: bool = False) -> Feed:
    rows = [make_row(), make_row("PP 1", adopted_on=None)]
    if is_hostile:
        rows += [make_row("OP 9", title=HOSTILE, text=HOSTILE, themes=("Participation", "Protection"))]
    entries = [] if is_empty else make_entries(*rows)
    return feeds_of(entries, HOSTILE if is_hostile else "WPS", limit=10)[0]


def made_feeds() -> Iterator[Any]:
    for number, site in enumerate(SITES):
        place = ("nowhere", "shown")[number]
        yield pytest.param(feed(), site, id=f"{place}")
        yield pytest.param(feed(is_hostile=True), site, id=f"{place}-hostile")
        yield pytest.param(feed(is_empty=True), site, id=f"{place}-empty")


FEEDS = list(made_feeds())


@pytest.mark.parametrize(("told", "site"), FEEDS)
@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_a_reader_takes_every_entry_without_complaint(kind: str, told: Feed, site: Site) -> None:
    parsed = feedparser.parse(WRITERS[kind](told, site))

    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == {"atom": "atom10", "rss": "rss20"}[kind]
    assert [entry.id for entry in parsed.entries] == [entry.id for entry in told.entries]
    assert [entry.title for entry in parsed.entries] == [entry.title for entry in told.entries]
    assert [{tag.term for tag in entry.tags} for entry in parsed.entries] == [
        set(entry.themes) for entry in told.entries
    ]
    assert {entry.published_parsed[:6] for entry in parsed.entries} <= {NOW.timetuple()[:6]}


@pytest.mark.parametrize(("told", "site"), FEEDS)
def test_atom_has_what_the_rfc_asks_of_it(told: Feed, site: Site) -> None:
    root = etree.fromstring(atom_of(told, site))
    spaces = {"a": ATOM}
    # RFC 4287, 4.1.1: exactly one id, title and updated; an author, since the entries have none; one link to itself
    for name in ("id", "title", "updated", "author"):
        assert len(root.findall(f"a:{name}", spaces)) == 1, name
    assert len(root.findall("a:link[@rel='self']", spaces)) == (1 if site.url else 0)
    entries = root.findall("a:entry", spaces)
    for entry in entries:  # 4.1.2
        for name in ("id", "title", "updated", "published", "content"):
            assert len(entry.findall(f"a:{name}", spaces)) == 1, name
        assert len(entry.findall("a:link[@rel='alternate']", spaces)) == 1
        assert entry.find("a:content", spaces).get("type") == "html"
    ids = [element.text for element in root.iter(f"{{{ATOM}}}id")]
    assert len(set(ids)) == len(ids)  # 4.2.6
    assert all(URI.fullmatch(each) for each in ids)
    times = [element.text for name in ("updated", "published") for element in root.iter(f"{{{ATOM}}}{name}")]
    assert all(RFC3339.fullmatch(each) for each in times)  # 3.3
    assert all(URI.fullmatch(link.get("href")) for link in root.iter(f"{{{ATOM}}}link"))


@pytest.mark.parametrize(("told", "site"), FEEDS)
def test_rss_has_what_its_specification_asks_of_it(told: Feed, site: Site) -> None:
    root = etree.fromstring(rss_of(told, site))
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    [channel] = root
    for name in ("title", "link", "description"):
        assert len(channel.findall(name)) == 1
        assert channel.find(name).text
    items = channel.findall("item")
    assert len(items) == len(told.entries)
    for item in items:
        assert item.find("guid").get("isPermaLink") == "false"
        assert parsedate_to_datetime(item.find("pubDate").text) == NOW.replace(microsecond=0)
        assert RFC3339.fullmatch(item.find(f"{{{ATOM}}}updated").text)


@pytest.mark.parametrize(("told", "site"), FEEDS)
def test_a_json_feed_has_what_version_1_1_asks_of_it(told: Feed, site: Site) -> None:
    record = json.loads(json_feed_of(told, site))

    assert record["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(record["title"], str)
    assert ("feed_url" in record, "home_page_url" in record) == (bool(site.url), bool(site.url))
    for item in record["items"]:
        assert isinstance(item["id"], str)
        assert item["content_html"]
        assert item["content_text"]
        assert all(RFC3339.fullmatch(item[key]) for key in ("date_published", "date_modified"))
        assert all(isinstance(tag, str) for tag in item["tags"])


class Tags(HTMLParser):
    """What a browser would make of a piece of HTML: its elements and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [tag, *(name for name, _ in attrs)]


def test_hostile_words_are_words_in_every_feed() -> None:
    told = feed(is_hostile=True)
    contents = [item["content_html"] for item in json.loads(json_feed_of(told, SITES[0]))["items"]]
    root = etree.fromstring(atom_of(told, SITES[0]))
    contents += [element.text for element in root.iter(f"{{{ATOM}}}content")]
    contents += [element.text for element in etree.fromstring(rss_of(told, SITES[0])).iter("description")][1:]

    assert {tag for content in contents for tag in Tags(content).found} == {"p", "a", "href"}
    for kind, write in WRITERS.items():
        text = write(told, SITES[0]).decode()
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e\ud800]", text), kind
        assert "<script" not in (text if kind != "json" else ""), kind


def test_the_whole_extract_is_told_paragraph_by_paragraph() -> None:
    [*_, first] = json.loads(json_feed_of(feed(), SITES[0]))["items"]
    assert first["content_html"] == (
        "<p>3. Calls for:</p><p>(a) the full participation of women;</p>"
        '<p><a href="https://docs.un.org/en/S/RES/2779(2025)">S/RES/2779 (2025)</a>, adopted 8 May 2025</p>'
    )
    assert first["content_text"].startswith(
        "3. Calls for:\n\n(a) the full participation of women;\n\nS/RES/2779 (2025)"
    )


@pytest.mark.parametrize("is_hostile", [False, True])
def test_the_page_links_every_feed_for_people_and_programs(is_hostile: bool) -> None:
    title = HOSTILE.encode("utf-8", "replace").decode() if is_hostile else "WPS"
    told = feeds_of(make_entries(make_row(title=title)), title, limit=10)

    page = index_page_of(told, Site(told[0].title, ""), has_calendar=True).decode()

    links = re.findall(r'<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)">', page)
    assert links[:3] == [
        ("application/atom+xml", "all.atom"),
        ("application/rss+xml", "all.rss"),
        ("application/feed+json", "all.json"),
    ]
    anchors = set(re.findall(r'<a href="([^"]+)"', page))
    assert anchors == {f"{one.name}.{kind}" for one in told for kind in WRITERS} | {"mandates.ics"}
    assert "<script" not in page
    assert 'name="viewport"' in page


def dated(**changes: object) -> Dated:
    values: dict[str, Any] = {
        "symbol": "S/RES/2779 (2025)",
        "what": "mandate of UNMISS",
        "on": date(2026, 4, 30),
        "quote": "Decides to extend the mandate of UNMISS until 30 April 2026;",
        "seen_at": datetime(2025, 5, 9, 6, 0, tzinfo=UTC),
        "address": "OP 1",
    }
    return Dated(**values | changes)


def events_of(*days: Dated, title: str = "WPS") -> list[Any]:
    return list(icalendar.Calendar.from_ical(calendar_of(days, title)).walk("VEVENT"))


def test_a_calendar_tells_each_day_once_in_order_and_is_the_same_bytes_each_time() -> None:
    days = [dated(), dated(symbol="S/RES/2780 (2025)", on=date(2025, 12, 1)), dated()]

    events = events_of(*days)

    assert [event.decoded("dtstart") for event in events] == [date(2025, 12, 1), date(2026, 4, 30)]
    assert str(events[1]["summary"]) == "Expires: mandate of UNMISS (S/RES/2779 (2025))"
    assert str(events[1]["description"]).endswith(
        "until 30 April 2026;\nSecurity Council resolution 2779 (2025), para. 1"
    )
    assert str(events[1]["url"]) == "https://docs.un.org/en/S/RES/2779(2025)"
    assert calendar_of(reversed(days), "WPS") == calendar_of(days, "WPS")


def test_days_are_taken_from_what_a_source_tells_of_a_document() -> None:
    told = [{"on": "2026-04-30", "words": "for a period of 12 months", "of": "", "computed": True}]
    [day] = days_of("S/RES/2779 (2025)", told, NOW)
    assert day == Dated("S/RES/2779 (2025)", "mandate", date(2026, 4, 30), told[0]["words"], NOW, is_computed=True)  # type: ignore[arg-type]
    [event] = events_of(day)
    assert str(event["description"]) == (
        "for a period of 12 months\nReckoned from the day of adoption.\nS/RES/2779 (2025)"
    )


def test_a_calendar_has_what_the_rfc_asks_of_it() -> None:
    made = calendar_of([dated(quote="women, peace; and security " * 20)], "WPS")
    assert made.startswith(b"BEGIN:VCALENDAR\r\n")
    assert made.endswith(b"END:VCALENDAR\r\n")
    lines = made.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)  # RFC 5545, 3.1
    names = [line.split(b":")[0].split(b";")[0] for line in lines]
    for name in (b"PRODID", b"VERSION", b"UID", b"DTSTAMP", b"DTSTART"):  # 3.6, 3.6.1
        assert names.count(name) == 1, name


def test_a_corrected_day_moves_its_event_and_hostile_words_make_none() -> None:
    [first], [moved] = events_of(dated()), events_of(dated(on=date(2027, 1, 1), quote=HOSTILE), title=HOSTILE)
    assert (moved["uid"], moved.decoded("dtstart")) == (first["uid"], date(2027, 1, 1))


def test_a_calendar_without_days_is_none() -> None:
    with pytest.raises(ValueError, match="expected at least one day"):
        calendar_of([], "WPS")
