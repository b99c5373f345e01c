"""A digest in words: its contents, situations as headings, each alert told as what it is, and never too long."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from monitor.alerts.delivery.digest import digest_alert
from monitor.alerts.mail.mail import LARGEST_MAIL, make_mail, subject_line
from monitor.alerts.news.due import Due
from monitor.alerts.news.payload import DigestItem, DigestNews, ExtractNews, News, SourceNews, news_of
from monitor.alerts.news.rollover import Rollover
from monitor.alerts.words.message import render_text
from monitor.alerts.words.message_html import render_html
from monitor.alerts.words.onward import Onward
from monitor.text.mail_address import read_address
from storage.records import Alert, Event
from tests.monitor.alerts.words.test_renewal_words import news as renewal_news
from tests.servers.mail_post import NOW, make_alert, make_letterhead, make_news

SUDAN, MALI = {"situation": "South Sudan", "bodies": ("UNMISS",)}, {"situation": "Mali"}
READER = read_address("reader@example.org")
FORMS = [render_text, render_html]
UNTIL = Rollover("UNMISS", date(2025, 5, 9), "S/RES/2729 (2024)")
ROLLED = make_news("S/RES/2778 (2025)", event=Event.RENEWAL_ROLLOVER, rollover=UNTIL, **SUDAN)


def reminder(count: int = 2) -> ExtractNews:
    news = make_news("S/RES/2729 (2024)", event=Event.RENEWAL_DUE, **SUDAN)
    extracts = tuple(replace(news.extracts[0], address=f"OP {n}") for n in range(1, count + 1))
    numbers = f"S/RES/2729 (2024), paragraphs {', '.join(str(n) for n in range(1, count + 1))}"
    due = Due("UNMISS", date(2025, 6, 8), 30, "S/RES/2729 (2024)", ("S/RES/2155 (2014)",) * count, numbers)
    return replace(news, extracts=extracts, due=due)


def digest_of(*news: ExtractNews | SourceNews, left_out: int = 0) -> Alert:
    items = tuple(DigestItem(f"wps-{number}", NOW, one) for number, one in enumerate(news))
    return make_alert(DigestNews(Event.DIGEST, "desk", "daily 07:00", NOW, items, left_out))


def shown_in(form: Callable[[Alert], str], alert: Alert) -> str:
    return " ".join(form(alert).split())


@pytest.mark.parametrize("form", FORMS)
def test_a_reminder_is_said_to_be_one_and_its_paragraphs_are_no_news(form: Callable[[Alert], str]) -> None:
    shown = shown_in(form, digest_of(reminder(), make_news(**MALI)))
    assert "South Sudan (UNMISS): reminder, expires in 30 days, 2 paragraphs on women at stake (S/RES/2729)" in shown
    assert "A reminder. Nothing has changed." in shown
    assert "S/RES/2729 (2024), paragraphs 1, 2" in shown
    assert "2 since S/RES/2155 (2014)" in shown
    assert "OP 1: added" not in shown
    assert "OP 3 (a): added" in shown  # the news beside it


@pytest.mark.parametrize("form", FORMS)
def test_a_renewal_is_told_as_one_with_a_line_for_each_paragraph(form: Callable[[Alert], str]) -> None:
    shown = shown_in(form, digest_of(renewal_news()))
    for words in (
        "South Sudan (UNMISS): 3 → 3 paragraphs on women, 1 dropped, 1 weaker, 1 new (S/RES/2779)",
        "Gone (1)",
        "OP 12: dropped, nearest is OP 10",
        "As they were: OP 4.",
        "Old words beside new ones:",
    ):
        assert words in shown
    assert shown.index("Gone (1)") < shown.index("Reads weaker (1)") < shown.index("New (1)")


@pytest.mark.parametrize("form", FORMS)
def test_a_technical_rollover_is_one_line_with_a_link(form: Callable[[Alert], str]) -> None:
    shown = shown_in(form, digest_of(ROLLED))
    line = "South Sudan: technical rollover of UNMISS until 9 May 2025: nothing compared (S/RES/2778)"
    assert shown.rpartition("In this digest")[2].count(line) == 2  # in the contents, and below its situation
    assert "women take part" not in shown


def mixed() -> Alert:
    source = SourceNews(Event.SOURCE_FAILED, "unxml", "it fails", None)
    return digest_of(make_news("S/RES/1325 (2000)"), make_news(**MALI), source, reminder(), ROLLED)


def test_a_digest_begins_with_its_contents() -> None:
    contents = render_text(mixed()).partition("In this digest\n")[2].partition("\n\n")[0]
    assert (
        contents
        == """\
  Mali
    - Mali: new words about women, 1 extract (S/RES/2779)
  South Sudan
    - South Sudan (UNMISS): reminder, expires in 30 days, 2 paragraphs on
      women at stake (S/RES/2729)
    - South Sudan: technical rollover of UNMISS until 9 May 2025: nothing
      compared (S/RES/2778)
  No situation
    - S/RES/1325 (2000): new words about women, 1 extract
  Sources and channels
    - A source fails: unxml"""
    )


def test_situations_are_headings() -> None:
    headings = ["Mali", "South Sudan", "No situation", "Sources and channels"]
    assert re.findall(r"^(.+)\n=+$", render_text(mixed()), re.MULTILINE)[1:] == headings
    assert re.findall(r"<h2[^>]*>([^<]+)</h2>", render_html(mixed())) == headings


def test_what_several_alerts_told_of_a_document_is_told_once() -> None:
    one = make_news(**MALI)
    later = replace(one, event=Event.EXTRACT_CHANGED, extracts=(replace(one.extracts[0], address="OP 9"),))
    text = render_text(digest_of(one, later))
    assert text.count("Document:") == 1
    assert "-- Participation: 2" in text


@pytest.mark.parametrize(
    ("news", "subject"),
    [
        ((make_news(**MALI), reminder(), ROLLED), "Mali, South Sudan (UNMISS), South Sudan: a digest of 3 alerts"),
        ((reminder(),), "South Sudan (UNMISS): a digest of 1 reminder"),
        ((make_news("S/RES/1325 (2000)"),), "S/RES/1325 (2000): a digest of 1 alert"),
    ],
)
def test_the_subject_of_a_digest_says_where(news: tuple[News, ...], subject: str) -> None:
    items = tuple(DigestItem("wps-1", NOW, one) for one in news if not isinstance(one, DigestNews))
    assert subject_line(DigestNews(Event.DIGEST, "desk", "daily 07:00", NOW, items, 0)) == subject


LONG = "Demands that women take part in the political process at every level and without delay; " * 60


def huge() -> list[ExtractNews]:
    """Alerts of long paragraphs: new ones, a renewal with 300 lines, a reminder of 600 paragraphs."""
    extract = make_news(words=LONG).extracts[0]
    many = tuple(replace(extract, address=f"OP {n}", themes=(f"Theme {n % 7}",)) for n in range(60))
    lost = renewal_news()
    assert lost.renewal is not None
    lines = (lost.renewal.lines[0],) * 300
    lost = replace(lost, extracts=(extract,) * 300, renewal=replace(lost.renewal, lines=lines))
    new = make_news("S/RES/2700 (2025)", extracts=many, subject="Peace " * 900, **MALI)
    return [new, replace(lost, symbol="S/RES/2701 (2025)"), replace(reminder(600), symbol="S/RES/2702 (2025)")]


def members(*news: ExtractNews) -> list[Alert]:
    return [replace(make_alert(one), id=f"wps-{number}") for number, one in enumerate(news)]


def short(count: int) -> list[ExtractNews]:
    """So many alerts of ten paragraphs each, as long as the Council's mostly are."""
    extract = make_news(words=LONG[:700]).extracts[0]
    extracts = tuple(replace(extract, address=f"OP {n}", themes=(f"Theme {n % 3}",)) for n in range(10))
    return [make_news(f"S/RES/{n} (2025)", extracts=extracts, **MALI) for n in range(2800, 2800 + count)]


@pytest.mark.parametrize(
    "told", [huge()[:1], huge()[1:2], huge()[2:], short(40), [*short(20), *huge()[2:]] * 2, short(100)],
    ids=["new", "renewal", "reminder", "forty", "mixed", "a hundred"],
)  # fmt: skip
def test_a_huge_digest_stays_below_100_kb_names_each_alert_and_says_what_is_cut(told: list[ExtractNews]) -> None:
    alert = digest_alert("desk", "daily 07:00", NOW, members(*told), NOW)
    digest = news_of(alert.payload)
    assert isinstance(digest, DigestNews)
    mail = make_mail(alert, make_letterhead(), READER, NOW)
    assert len(mail.as_bytes()) < LARGEST_MAIL
    for kind in ("plain", "html"):
        body = mail.get_body([kind])
        assert body is not None
        shown = " ".join(body.get_content().split())
        assert all(f"(S/RES/{n})" in shown for n in symbols(digest))
        if digest.left_out:
            assert f"{len(digest.items)} of {len(told)} alerts are listed." in shown
            assert f"wpswatch alerts --digest {alert.id}" in shown


def symbols(digest: DigestNews) -> set[str]:
    """The numbers of the resolutions that a digest carries."""
    return {item.news.symbol[6:10] for item in digest.items if isinstance(item.news, ExtractNews)}


def test_a_digest_links_to_the_pages_of_a_site() -> None:
    onward = Onward("https://wps.example.org/")
    for form in FORMS:
        shown = form(digest_of(renewal_news(), left_out=1), onward=onward)
        assert "https://wps.example.org/resolutions/2779-2729.html" in shown
        assert "https://wps.example.org/changes/index.html" in shown
        assert "wpswatch drift" not in shown
