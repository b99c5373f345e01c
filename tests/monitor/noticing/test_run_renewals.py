"""A renewal is told as what became of the words about women, once, and in place of a list of new extracts."""

from collections.abc import Sequence
from datetime import date

import pytest

from monitor.alerts.news.renewal import Group
from monitor.app.renewals.renewal_news import renewal_news
from storage.models import Paragraph
from storage.records import Event
from storage.told.situations import save_placement
from tests.monitor.conftest import Newsroom, Wish, make_paragraph

OLD, ROLLOVER, NEW = "S/RES/2677 (2024)", "S/RES/2726 (2025)", "S/RES/2779 (2025)"
ADVISERS = "Requests UNMISS to deploy women protection advisers without delay to each of its ten offices;"
QUOTA = "Encourages the parties to ensure the full, equal and meaningful participation of women in all talks;"
NEARLY = "Encourages the parties to ensure the full, equal and meaningful participation of women in peace talks;"
BORDERS = "Underlines that humanitarian convoys pass the border posts at Nimule and Renk without any delay;"
THEME = "Participation"


def text(*about_women: str, until: int = 2026, body: str = "UNMISS", others: Sequence[str] = ()) -> list[Paragraph]:
    """A resolution made by hand that extends a mandate, with more paragraphs than a rollover has."""
    words = [f"Decides to extend the mandate of {body} until 30 April {until};", *others]
    words += [
        f"Demands that party number {n} withdraw its forces from area {n} of the country at once;" for n in range(20)
    ]
    plain = [make_paragraph(f"OP {n}", each) for n, each in enumerate(words, 1)]
    first = len(plain) + 1
    return [*plain, *(make_paragraph(f"OP {n}", each, THEME) for n, each in enumerate(about_women, first))]


@pytest.fixture
def desk(newsroom: Newsroom) -> Newsroom:
    """A newsroom that has begun to watch, and holds the text before the renewal."""
    newsroom.renewal_of = renewal_news
    for symbol in (OLD, "S/RES/2729 (2024)", ROLLOVER, NEW):
        save_placement(newsroom.db, symbol, "text", "South Sudan", ["UNMISS"])
    newsroom.db.commit()
    newsroom.crawl({OLD: text(ADVISERS, QUOTA, until=2025)}, adopted_on=date(2024, 4, 29))
    return newsroom


def renew(desk: Newsroom, paragraphs: Sequence[Paragraph], symbol: str = NEW, **document: object) -> None:
    desk.crawl({symbol: paragraphs}, adopted_on=date(2025, 4, 28), **document)


def test_a_renewal_is_one_alert_in_place_of_a_list_of_new_extracts(desk: Newsroom) -> None:
    renew(desk, text(NEARLY))
    (alert,) = desk.alerts()
    told = desk.news(alert)
    assert (alert.event, told.situation, told.bodies[0]) == (Event.RENEWAL_CHANGED, "South Sudan", "UNMISS")
    assert told.renewal is not None
    assert (told.renewal.old, told.renewal.old_count, told.renewal.new_count) == (OLD, 2, 1)
    assert str(told.renewal.expires_on) == "2026-04-30"
    assert alert.subject == f"South Sudan (UNMISS): 2 → 1 paragraphs on women, 1 dropped ({NEW})"


def test_what_is_gone_comes_first_with_the_words_it_had(desk: Newsroom) -> None:
    renew(desk, text(NEARLY))
    told = desk.news(desk.alerts()[0])
    assert told.renewal is not None
    assert [line.group for line in told.renewal.lines] == [Group.GONE, Group.OTHER]
    gone, reworded = told.extracts
    assert (gone.text, gone.before) == (None, ADVISERS)
    assert "resolution 2677 (2024)" in gone.citation
    assert (reworded.before, reworded.text) == (QUOTA, NEARLY)


def test_a_paragraph_that_is_as_it_was_is_told_by_its_address_alone(desk: Newsroom) -> None:
    renew(desk, text(QUOTA))
    told = desk.news(desk.alerts()[0])
    assert told.renewal is not None
    assert (told.renewal.kept, len(told.extracts)) == (("OP 22",), 1)


def test_a_renewal_that_says_nothing_about_women_any_more_is_told(desk: Newsroom) -> None:
    renew(desk, text())
    (alert,) = desk.alerts()
    assert (alert.event, len(desk.news(alert).extracts)) == (Event.RENEWAL_SILENT, 2)


def test_a_text_that_has_the_words_and_no_label_is_not_called_silent(desk: Newsroom) -> None:
    renew(desk, text(others=["Recalls that women crossed the river;"]))
    assert [alert.event for alert in desk.alerts()] == [Event.RENEWAL_CHANGED]


def test_a_technical_rollover_is_no_alarm_and_is_passed_over(desk: Newsroom) -> None:
    renew(desk, text()[:1], symbol=ROLLOVER)
    assert desk.alerts() == []
    renew(desk, text(QUOTA, until=2027))
    told = desk.news(desk.alerts()[0])
    assert told.renewal is not None
    assert (told.renewal.old, told.renewal.skipped) == (OLD, (f"{ROLLOVER} (rollover)",))


def test_another_witness_of_the_same_text_is_no_second_alert(desk: Newsroom) -> None:
    renew(desk, text(NEARLY))
    desk.crawl(source="un-resolutions")
    renew(desk, text(NEARLY), source="un-resolutions", reader="pdf")
    assert len(desk.alerts()) == 1


def test_a_crash_before_the_alert_is_queued_tells_it_once_later(desk: Newsroom) -> None:
    run = desk.open()
    desk.publish(run, NEW, text(NEARLY), adopted_on=date(2025, 4, 28))
    desk.kill()
    assert desk.alerts() == []
    desk.crawl()
    desk.crawl()
    assert [alert.event for alert in desk.alerts()] == [Event.RENEWAL_CHANGED]


def test_what_renews_nothing_that_is_held_is_told_as_new_extracts(newsroom: Newsroom) -> None:
    newsroom.renewal_of = renewal_news
    save_placement(newsroom.db, NEW, "text", "South Sudan", ["UNMISS"])
    newsroom.db.commit()
    newsroom.crawl({"S/RES/1325 (2000)": [make_paragraph("OP 1", QUOTA)]}, adopted_on=date(2000, 10, 31))
    renew(newsroom, text(QUOTA))
    assert [alert.event for alert in newsroom.alerts()] == [Event.EXTRACT_NEW]


def test_an_old_renewal_is_no_news(desk: Newsroom) -> None:
    desk.crawl({"S/RES/2729 (2024)": text(NEARLY)}, adopted_on=date(2024, 12, 1))
    assert desk.alerts() == []


def test_a_change_within_the_same_term_is_no_renewal(desk: Newsroom) -> None:
    changed = [make_paragraph("OP 1", BORDERS), *text(QUOTA)[1:]]
    renew(desk, changed)
    assert [alert.event for alert in desk.alerts()] == [Event.EXTRACT_NEW]


@pytest.mark.parametrize(
    ("wish", "hears"),
    [
        (Wish("new", events=["extract.new"]), True),
        (Wish("renewals", events=["renewal.*"]), True),
        (Wish("removals", events=["extract.removed"]), False),
        (Wish("here", situations=["South Sudan"]), True),
        (Wish("elsewhere", situations=["Mali"]), False),
        (Wish("mission", bodies=["UNMISS"]), True),
        (Wish("other", bodies=["MINUSCA"]), False),
        (Wish("theme", themes=["Protection"]), False),
    ],
)
def test_channels_hear_of_renewals_by_what_they_asked_for(desk: Newsroom, wish: Wish, *, hears: bool) -> None:
    desk.channels = [wish]
    renew(desk, text(NEARLY))
    assert len(desk.alerts()[0].deliveries) == hears


def test_of_two_mandates_the_one_that_has_words_about_women_is_told_and_once(desk: Newsroom) -> None:
    panel = "Panel of Experts on South Sudan"
    experts = "Decides to extend until 1 July {} the mandate of the Panel of Experts on South Sudan;"
    sanctions = "S/RES/2683 (2024)"
    for symbol in (sanctions, NEW):
        save_placement(desk.db, symbol, "text", "South Sudan", ["UNMISS", panel])
    desk.db.commit()
    plain = [make_paragraph("OP 1", experts.format(2025)), *text()[1:], make_paragraph("OP 30", ADVISERS, THEME)]
    desk.crawl({sanctions: plain}, adopted_on=date(2024, 5, 30))
    renew(desk, [*text(NEARLY), make_paragraph("OP 40", experts.format(2026))])
    told = [desk.news(alert) for alert in desk.alerts() if alert.event is Event.RENEWAL_CHANGED]
    assert [one.renewal.body for one in told if one.renewal] == ["UNMISS"]
    assert [alert.event for alert in desk.alerts()].count(Event.RENEWAL_CHANGED) == 1


def test_a_renewal_of_which_nothing_changed_reaches_who_asked_for_its_themes(desk: Newsroom) -> None:
    desk.channels = [Wish("theme", themes=[THEME])]
    renew(desk, text(ADVISERS, QUOTA))
    (alert,) = desk.alerts()
    assert (len(desk.news(alert).extracts), len(alert.deliveries)) == (0, 1)
