"""A renewal is told as what became of the words about women, once, and in place of a list of new extracts."""

from collections.abc import Sequence
from datetime import date

import pytest

from monitor.alerts.news.payload import ExtractNews
from monitor.alerts.news.renewal import Group
from monitor.alerts.words.message import render_text
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
    assert alert.subject == "South Sudan (UNMISS): 2 → 1 paragraphs on women, 1 dropped (S/RES/2779)"


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
    weeks = [make_paragraph("OP 1", "Decides to extend the mandate of UNMISS until 30 May 2025;")]
    desk.channels = [Wish("instant"), Wish("new", events=["extract.new", "renewal.*"])]
    desk.crawl({ROLLOVER: weeks}, adopted_on=date(2025, 4, 27))
    (rolled,) = desk.alerts()
    assert (rolled.event, rolled.deliveries) == (Event.RENEWAL_ROLLOVER, ())
    renew(desk, text(QUOTA, until=2027))
    told = desk.news(next(alert for alert in desk.alerts() if alert.event is Event.RENEWAL_CHANGED))
    assert told.renewal is not None
    assert (told.renewal.old, told.renewal.skipped) == (OLD, (f"{ROLLOVER} (rollover)",))


@pytest.mark.parametrize(
    ("wish", "hears"),
    [
        (Wish("instant"), False),
        (Wish("instant, renewals", events=["renewal.*"]), False),
        (Wish("asks for it", events=["renewal.rollover"]), True),
        (Wish("daily", schedule="daily 07:00"), True),
        (Wish("weekly, new", schedule="weekly mon 07:00", events=["extract.new"]), True),
        (Wish("daily, changes", schedule="daily 07:00", events=["extract.changed"]), False),
        (Wish("daily, here", schedule="daily 07:00", situations=["South Sudan"], bodies=["UNMISS"]), True),
        (Wish("daily, elsewhere", schedule="daily 07:00", situations=["Mali"]), False),
        (Wish("daily, what goes on", schedule="daily 07:00", themes=[THEME]), True),
        (Wish("daily, other theme", schedule="daily 07:00", themes=["Protection"]), False),
    ],
)
def test_a_rollover_with_labelled_words_is_a_line_of_digests_and_no_alarm(
    desk: Newsroom, wish: Wish, *, hears: bool
) -> None:
    desk.channels = [wish]
    weeks = make_paragraph("OP 1", "Decides to extend the mandate of UNMISS until 30 May 2025;")
    desk.crawl({ROLLOVER: [weeks, make_paragraph("OP 2", QUOTA, THEME)]}, adopted_on=date(2025, 4, 27))
    (alert,) = desk.alerts()
    told = desk.news(alert)
    assert (alert.event, len(alert.deliveries)) == (Event.RENEWAL_ROLLOVER, hears)
    assert alert.subject == "South Sudan: technical rollover of UNMISS until 30 May 2025: nothing compared (S/RES/2726)"
    assert told.rollover is not None
    assert (told.rollover.old, [one.address for one in told.extracts]) == (OLD, ["OP 2"])


def test_a_rollover_that_says_something_else_of_women_is_told_as_new_words(desk: Newsroom) -> None:
    desk.channels = [Wish("instant")]
    weeks = make_paragraph("OP 1", "Decides to extend the mandate of UNMISS until 30 May 2025;")
    same, other = make_paragraph("OP 2", ADVISERS, THEME), make_paragraph("OP 3", NEARLY, THEME)
    desk.crawl({ROLLOVER: [weeks, same, other]}, adopted_on=date(2025, 4, 27))
    (alert,) = desk.alerts()
    assert (alert.event, len(alert.deliveries)) == (Event.EXTRACT_NEW, 1)
    assert NEARLY in [one.text for one in desk.news(alert).extracts]


def test_a_rollover_of_a_mandate_without_words_about_women_is_not_told(newsroom: Newsroom) -> None:
    newsroom.renewal_of = renewal_news
    for symbol in (OLD, ROLLOVER):
        save_placement(newsroom.db, symbol, "text", "South Sudan", ["UNMISS"])
    newsroom.db.commit()
    newsroom.crawl({OLD: text(until=2025)}, adopted_on=date(2024, 4, 29))
    weeks = make_paragraph("OP 1", "Decides to extend the mandate of UNMISS until 30 May 2025;")
    newsroom.crawl({ROLLOVER: [weeks]}, adopted_on=date(2025, 4, 27))
    assert newsroom.alerts() == []


def test_another_witness_of_the_same_text_is_no_second_alert(desk: Newsroom) -> None:
    renew(desk, text(NEARLY))
    see_otherwise(desk, text(NEARLY), reader="pdf")
    assert len(desk.alerts()) == 1


def see_otherwise(
    desk: Newsroom, paragraphs: Sequence[Paragraph], source: str = "un-resolutions", reader: str = "akn"
) -> None:
    """The same resolution, as a source gives it that has been watched for a while and whose texts are preferred."""
    desk.crawl({OLD: text(ADVISERS, QUOTA, until=2025)}, source=source, adopted_on=date(2024, 4, 29))
    renew(desk, paragraphs, source=source, reader=reader)


def test_another_witness_that_changes_what_became_of_a_paragraph_is_told_once(desk: Newsroom) -> None:
    renew(desk, text(NEARLY), reader="pdf")  # the print lacks a paragraph
    see_otherwise(desk, text(NEARLY, ADVISERS))
    see_otherwise(desk, text(NEARLY, ADVISERS), source="mission-reports")

    first, second = reversed(desk.alerts())
    told = desk.news(second)
    assert told.renewal is not None
    assert (second.event, told.renewal.dropped) == (Event.RENEWAL_CHANGED, 0)
    assert told.renewal.corrects == "2 → 1 paragraphs on women, 1 dropped"
    assert "Told before as: 2 → 1 paragraphs on women, 1 dropped." in " ".join(render_text(second).split())
    assert "Told before as" not in render_text(first)


def test_another_witness_with_other_words_and_the_same_fates_is_no_second_alert(desk: Newsroom) -> None:
    renew(desk, text(NEARLY), reader="pdf")
    see_otherwise(desk, text(NEARLY.replace("peace talks", "the peace talks")))
    assert len(desk.alerts()) == 1


def test_another_witness_of_a_renewal_that_was_not_told_tells_nothing(desk: Newsroom) -> None:
    desk.crawl({"S/RES/2729 (2024)": text(NEARLY)}, adopted_on=date(2024, 12, 1), reader="pdf")
    desk.crawl(source="un-resolutions")
    desk.crawl({"S/RES/2729 (2024)": text(NEARLY, ADVISERS)}, adopted_on=date(2024, 12, 1), source="un-resolutions")
    assert desk.alerts() == []


@pytest.mark.parametrize(
    ("query", "hears"),
    [
        ("advisers", True),  # a paragraph that is gone
        ('"peace talks"', True),  # one that is new
        ("survivor-centred OR advisers", True),
        ("talks NOT peace", True),  # the old words of the other
        ("advisers AND talks", False),  # in one paragraph
        ("survivor*", False),
    ],
)
def test_a_saved_search_hears_of_renewals_whose_old_or_new_words_it_finds(
    desk: Newsroom, query: str, *, hears: bool
) -> None:
    desk.channels = [Wish("search", query=query)]
    renew(desk, text(NEARLY))
    assert len(desk.alerts()[0].deliveries) == hears


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


PANEL = "Panel of Experts on South Sudan"
SANCTIONS = "S/RES/2683 (2024)"


def experts(until: int) -> str:
    return f"Decides to extend until 1 July {until} the mandate of the {PANEL};"


@pytest.fixture
def two_mandates(desk: Newsroom) -> Newsroom:
    """A newsroom that also holds the text of the panel's mandate: one of its paragraphs UNMISS has, too."""
    for symbol in (SANCTIONS, NEW):
        save_placement(desk.db, symbol, "text", "South Sudan", ["UNMISS", PANEL])
    desk.db.commit()
    about_women = [make_paragraph("OP 30", ADVISERS, THEME), make_paragraph("OP 31", LISTING, THEME)]
    desk.crawl({SANCTIONS: [make_paragraph("OP 1", experts(2025)), *text()[1:], *about_women]}, adopted_on=LAST_MAY)
    return desk


LAST_MAY = date(2024, 5, 30)
LISTING = "Decides that planning or directing sexual and gender-based violence is a reason to list a person or entity;"
EXPERTISE = "Requests the Panel to include gender expertise among its members, and to report on it to the Committee;"


def renewals(desk: Newsroom) -> list[ExtractNews]:
    told = [desk.news(alert) for alert in desk.alerts() if alert.event.startswith("renewal.")]
    return sorted(told, key=lambda one: one.renewal.body if one.renewal else "", reverse=True)


def test_of_two_mandates_in_one_text_each_is_told_beside_its_own_text_before(two_mandates: Newsroom) -> None:
    renew(two_mandates, [*text(NEARLY), make_paragraph("OP 40", experts(2026))])
    mission, panel = [one.renewal for one in renewals(two_mandates) if one.renewal]
    assert [(one.body, one.old) for one in (mission, panel)] == [("UNMISS", OLD), (PANEL, SANCTIONS)]
    assert [str(one.expires_on) for one in (mission, panel)] == ["2026-04-30", "2026-07-01"]


def test_a_paragraph_that_two_mandates_lost_or_gained_alarms_once(two_mandates: Newsroom) -> None:
    about_women = (NEARLY, EXPERTISE)
    renew(two_mandates, [*text(*about_women), make_paragraph("OP 40", experts(2026))])
    mission, panel = renewals(two_mandates)
    assert [(one.before, one.text) for one in mission.extracts] == [
        (ADVISERS, None), (None, EXPERTISE), (QUOTA, NEARLY),
    ]  # fmt: skip
    assert [(one.before, one.text) for one in panel.extracts] == [(LISTING, None)]


def test_what_goes_on_from_the_other_mandate_is_not_new_in_either(two_mandates: Newsroom) -> None:
    renew(two_mandates, [*text(ADVISERS, QUOTA, LISTING), make_paragraph("OP 40", experts(2026))])
    assert [len(one.extracts) for one in renewals(two_mandates)] == [0, 0]


def test_two_mandates_that_rest_on_one_text_are_told_once(desk: Newsroom) -> None:
    task = "Decides to extend until 15 May {} the mandate modification of UNISFA that supports the JBVMM;"
    before, after = "S/RES/2760 (2024)", "S/RES/2777 (2025)"
    for symbol in (before, after):
        save_placement(desk.db, symbol, "text", "Abyei", ["UNISFA"])
    desk.db.commit()
    for symbol, until, about_women, day in (
        (before, 2025, QUOTA, date(2024, 12, 15)),
        (after, 2026, NEARLY, date(2025, 4, 27)),
    ):
        words = text(about_women, until=until, body="UNISFA", others=[task.format(until)])
        desk.crawl({symbol: words}, adopted_on=day)
    assert [one.renewal.body for one in renewals(desk) if one.renewal] == ["UNISFA"]


def test_a_short_text_for_a_full_term_renews_by_reference_and_nothing_is_gone(desk: Newsroom) -> None:
    renew(desk, text()[:1], symbol=ROLLOVER)
    (alert,) = desk.alerts()
    told = desk.news(alert)
    assert (alert.event, told.extracts) == (Event.RENEWAL_CHANGED, ())
    assert told.renewal is not None
    assert (told.renewal.not_repeated, told.renewal.dropped) == (("OP 22", "OP 23"), 0)
    assert alert.subject == (
        "South Sudan (UNMISS): renewed by reference, 2 paragraphs on women not repeated (S/RES/2726)"
    )


def test_who_asked_for_a_theme_hears_that_its_paragraphs_are_not_repeated(desk: Newsroom) -> None:
    desk.channels = [Wish("theme", themes=[THEME]), Wish("other", themes=["Protection"])]
    renew(desk, text()[:1], symbol=ROLLOVER)
    assert [one.channel for one in desk.alerts()[0].deliveries] == ["theme"]


def test_a_short_text_for_a_full_term_after_a_text_without_words_about_women_is_no_news(newsroom: Newsroom) -> None:
    newsroom.renewal_of = renewal_news
    for symbol in (OLD, ROLLOVER):
        save_placement(newsroom.db, symbol, "text", "South Sudan", ["UNMISS"])
    newsroom.db.commit()
    newsroom.crawl({OLD: text(until=2025)}, adopted_on=date(2024, 4, 29))
    renew(newsroom, text()[:1], symbol=ROLLOVER)
    assert newsroom.alerts() == []


def test_a_renewal_of_which_nothing_changed_reaches_who_asked_for_its_themes(desk: Newsroom) -> None:
    desk.channels = [Wish("theme", themes=[THEME])]
    renew(desk, text(ADVISERS, QUOTA))
    (alert,) = desk.alerts()
    assert (len(desk.news(alert).extracts), len(alert.deliveries)) == (0, 1)
