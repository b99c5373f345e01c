"""Before a mandate expires its paragraphs about women are told once at 30 days and once at 7: a reminder, not news."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from monitor.alerts.news.payload import ExtractNews, news_of
from monitor.alerts.words.message import render_text
from monitor.alerts.words.message_html import render_html
from monitor.app.renewals.due import busy_spans, due_renewals
from storage.models import Fact, FactField, Paragraph
from storage.records import Alert, Event
from storage.sqlite.database import transaction
from storage.told.facts import save_facts
from storage.told.situations import save_placement
from storage.told_values import Witness
from tests.monitor.conftest import Newsroom, Wish, make_paragraph

OLD, NEW = "S/RES/2677 (2023)", "S/RES/2729 (2024)"
ADVISERS = "Requests UNMISS to deploy women protection advisers without delay to each of its ten offices;"
QUOTA = "Encourages the parties to ensure the full, equal and meaningful participation of women in all talks;"
THEME = "Participation"


def text(*about_women: str, until: int) -> list[Paragraph]:
    """A resolution made by hand that extends a mandate, longer than a rollover."""
    words = [f"Decides to extend the mandate of UNMISS until 30 April {until};"]
    words += [
        f"Demands that party number {n} withdraw its forces from area {n} of the country at once;" for n in range(20)
    ]
    plain = [make_paragraph(f"OP {n}", each) for n, each in enumerate(words, 1)]
    first = len(plain) + 1
    return [*plain, *(make_paragraph(f"OP {n}", each, THEME) for n, each in enumerate(about_women, first))]


def publish(desk: Newsroom, symbol: str, adopted_on: date, until: int, *about_women: str) -> None:
    expiry = [{"on": f"{until}-04-30", "words": f"until 30 April {until}", "of": "mandate", "computed": False}]
    with transaction(desk.db):
        save_placement(desk.db, symbol, "text", "South Sudan", ["UNMISS"])
        fact = Fact(symbol, FactField.EXPIRES_ON, expiry)
        save_facts(desk.db, Witness("unxml", "text-en"), [fact], None, desk.now)
    desk.crawl({symbol: text(*about_women, until=until)}, adopted_on=adopted_on)


@pytest.fixture
def desk(newsroom: Newsroom) -> Newsroom:
    """A newsroom that watches, and holds a mandate until 30 April 2025 and the text before it."""
    newsroom.reminders = due_renewals
    newsroom.now = datetime(2024, 5, 1, 6, tzinfo=UTC)
    publish(newsroom, OLD, date(2023, 4, 28), 2024, ADVISERS)
    publish(newsroom, NEW, date(2024, 4, 29), 2025, QUOTA, ADVISERS)
    return newsroom


def reminders(desk: Newsroom, day: date) -> Sequence[Alert]:
    """What is reminded of, after a run on a day."""
    desk.now = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
    desk.crawl()
    return [alert for alert in desk.alerts() if alert.event is Event.RENEWAL_DUE]


def test_nobody_is_reminded_more_than_30_days_before(desk: Newsroom) -> None:
    assert reminders(desk, date(2025, 3, 30)) == []


def test_it_is_told_once_from_30_days_before_and_once_from_7(desk: Newsroom) -> None:
    assert [len(reminders(desk, date(2025, 3, day))) for day in (31, 31)] == [1, 1]
    assert [len(reminders(desk, date(2025, 4, day))) for day in (1, 22, 23, 24, 30)] == [1, 1, 2, 2, 2]


def test_a_mandate_that_has_expired_is_no_reminder(desk: Newsroom) -> None:
    assert reminders(desk, date(2025, 5, 1)) == []


def test_the_paragraphs_at_stake_are_told_longest_standing_first_with_a_line_to_paste(desk: Newsroom) -> None:
    (alert,) = reminders(desk, date(2025, 4, 10))
    news = news_of(alert.payload)
    assert isinstance(news, ExtractNews)
    assert news.due is not None
    assert [(one.address, since) for one, since in zip(news.extracts, news.due.since, strict=True)] == [
        ("OP 23", OLD),
        ("OP 22", NEW),
    ]
    assert news.due.numbers == f"{NEW}, paragraphs 22 and 23"
    assert (
        alert.subject
        == "South Sudan (UNMISS): reminder, expires in 20 days, 2 paragraphs on women at stake (S/RES/2729)"
    )


def test_it_says_that_nothing_has_changed_in_text_and_on_a_page(desk: Newsroom) -> None:
    (alert,) = reminders(desk, date(2025, 4, 10))
    for words in (render_text(alert), render_html(alert)):
        assert "A reminder. Nothing has changed." in words
        assert f"{NEW}, paragraphs 22 and 23" in words
        assert words.index(f"Since {OLD}") < words.index(f"Since {NEW}")


def test_a_mandate_that_is_renewed_is_no_reminder(desk: Newsroom) -> None:
    publish(desk, "S/RES/2779 (2025)", date(2025, 4, 9), 2026, QUOTA)
    assert reminders(desk, date(2025, 4, 10)) == []


def test_a_mandate_without_words_about_women_is_no_reminder(newsroom: Newsroom) -> None:
    newsroom.reminders = due_renewals
    publish(newsroom, NEW, date(2024, 4, 29), 2025)
    assert reminders(newsroom, date(2025, 4, 10)) == []


@pytest.mark.parametrize(
    ("wish", "hears"),
    [
        (Wish("new", events=["extract.new"]), True),
        (Wish("due", events=["renewal.due"]), True),
        (Wish("changed", events=["renewal.changed"]), False),
        (Wish("mission", bodies=["UNMISS"]), True),
        (Wish("elsewhere", situations=["Mali"]), False),
        (Wish("theme", themes=["Protection"]), False),
    ],
)
def test_channels_are_reminded_of_what_they_asked_for(desk: Newsroom, wish: Wish, *, hears: bool) -> None:
    desk.channels = [wish]
    (alert,) = reminders(desk, date(2025, 4, 10))
    assert len(alert.deliveries) == hears


def test_sources_are_asked_more_often_from_7_days_before_to_2_after(desk: Newsroom) -> None:
    (span,) = busy_spans(desk.db, datetime(2025, 4, 22, 12, tzinfo=UTC))
    assert (span.begins_at, span.ends_at) == (datetime(2025, 4, 23, tzinfo=UTC), datetime(2025, 5, 3, tzinfo=UTC))
    assert busy_spans(desk.db, datetime(2025, 4, 20, 12, tzinfo=UTC)) == ()
    assert busy_spans(desk.db, datetime(2025, 5, 2, 12, tzinfo=UTC)) == (span,)
    assert busy_spans(desk.db, datetime(2025, 5, 3, 12, tzinfo=UTC)) == ()
