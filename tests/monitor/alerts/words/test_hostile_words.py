"""Whatever a source prints stays text: in every field of every kind of alert, in every form in which it is told."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from email import message_from_bytes
from email.policy import default
from enum import StrEnum
from html.parser import HTMLParser
from typing import Any

import pytest

from monitor.alerts.mail.mail import make_mail
from monitor.alerts.news.headline import headline
from monitor.alerts.news.payload import DigestItem, DigestNews, News, SourceNews, Until
from monitor.alerts.webhook.body import body_of
from monitor.alerts.words.chat_text import chat_text
from monitor.alerts.words.message import render_text
from monitor.alerts.words.message_html import render_html
from monitor.alerts.words.onward import Onward
from monitor.text.mail_address import read_address
from storage.records import ChangeKind, Event
from tests.monitor.alerts.words.test_digest_words import ROLLED, reminder
from tests.monitor.alerts.words.test_renewal_words import news as renewal_news
from tests.servers.mail_post import NOW, make_alert, make_letterhead, make_news

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)//https://example.org/",
    "women\r\nBcc: all@example.org\r\n\r\n<b>forged</b>",
    "women\x1b[2J\x9b31m\x07\x00",
    "women\u202enemow\u2066\u2069",
    "women\u2028next\u0085line",
    "{{ 7 * 7 }}{% raw %}",
    "women\ud800",
    "'; rm -rf ~; '",
]
STEERING = set("\x1b\x9b\x07\x00\u202e\u2066\u2069\u2028\u0085\ud800")
RUNNING = ("srcdoc", "action", "background", "formaction", "ping")
SITES = ["", "https://wps.example.org/"]


def changed() -> News:
    news = make_news(vote="12 for", kind="resolution", situation="Mali", bodies=("MINUSMA",))
    extract = replace(news.extracts[0], kind=ChangeKind.MODIFIED, before="Notes. Women take part; and so do men.",
                      text="Demands. Women take part; and so do girls.", chapeau="Decides:")  # fmt: skip
    return replace(news, extracts=(extract, extract), expires=(Until("mandate", NOW.date()),))


KINDS: dict[str, Callable[[], News]] = {
    "changed": changed,
    "renewal": renewal_news,
    "reminder": reminder,
    "rollover": lambda: ROLLED,
    "source": lambda: SourceNews(Event.SOURCE_FAILED, "unxml", "it fails", None),
    "channel": lambda: SourceNews(Event.CHANNEL_FAILING, "desk", "it is away", None),
    "digest": lambda: DigestNews(Event.DIGEST, "desk", "daily 07:00", NOW, tuple(map(item_of, told_together())), 3),
}


def told_together() -> list[Any]:
    return [changed(), renewal_news(), reminder(), ROLLED, SourceNews(Event.SOURCE_FAILED, "unxml", "it fails", None)]


def item_of(news: Any) -> DigestItem:
    return DigestItem("wps-1", NOW, news)


def poisoned(value: Any, words: str) -> Any:
    """The value with hostile words in each of its texts; numbers, days and words from our own lists stay."""
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: poisoned(getattr(value, one.name), words) for one in fields(value)})
    if isinstance(value, tuple):
        return tuple(poisoned(one, words) for one in value)
    return words if isinstance(value, str) and not isinstance(value, StrEnum) else value


class Page(HTMLParser):
    """The tags of a page, its links, and attributes that would run something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.running: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        self.running += [
            name for name, _ in attrs if name.startswith("on") or name in ("srcdoc", "action", "background")
        ]


def test_every_kind_of_alert_is_among_those_tried() -> None:
    tried = {make().event for make in KINDS.values()} | {item.news.event for item in map(item_of, told_together())}
    rooms = {event.partition(".")[0] for event in tried}
    assert {event.partition(".")[0] for event in Event if "." in event} <= rooms
    assert {event for event in Event if event.startswith("renewal.")} - tried == {Event.RENEWAL_SILENT}


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("site", SITES, ids=["commands", "site"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_has_no_tag_link_or_sign_of_a_source(kind: str, site: str, words: str) -> None:
    onward = Onward(site)
    sound = Page(render_html(make_alert(KINDS[kind]()), None, onward=onward))
    shown = render_html(make_alert(poisoned(KINDS[kind](), words)), None, onward=onward)
    page = Page(shown)

    assert page.tags <= sound.tags | {"code", "a", "del", "ins", "strong"}
    assert page.running == []
    assert all(link.startswith("https://") for link in page.links)
    assert all(link.startswith(site) for link in page.links if site)
    assert not set(shown) & STEERING


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("kind", KINDS)
def test_text_chats_and_headlines_have_no_sign_that_steers_and_no_line_of_a_source(kind: str, words: str) -> None:
    news = poisoned(KINDS[kind](), words)
    for shown in (render_text(make_alert(news)), chat_text(news), headline(news)):
        assert not set(shown) & STEERING
        assert "\nBcc: all@example.org\n" not in shown.replace("\r", "")


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_has_the_headers_of_any_other(kind: str, words: str) -> None:
    reader = read_address("desk@example.org")
    sound = make_mail(make_alert(KINDS[kind]()), make_letterhead(), reader, NOW)
    mail = make_mail(make_alert(poisoned(KINDS[kind](), words)), make_letterhead(), reader, NOW)
    taken = message_from_bytes(mail.as_bytes(), policy=default)
    assert taken.keys() == sound.keys()
    assert not taken.defects
    assert not set(str(taken["Subject"])) & STEERING


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("kind", KINDS)
def test_a_webhook_has_a_body_whatever_the_words(kind: str, words: str) -> None:
    assert body_of(make_alert(poisoned(KINDS[kind](), words))).decode()
