"""Who hears of documents, and who of sources."""

from collections.abc import Callable
from typing import Any

from monitor.alerts.news.payload import SourceNews, news_of
from storage.models import Paragraph
from storage.records import Event
from storage.told.situations import save_placement

Make = Callable[..., Paragraph]
Newsroom = Any  # the fixture's class lives in conftest.py, which can't be imported

OLD = "S/RES/2700 (2023)"
NEW = "S/RES/2779 (2025)"


def test_each_channel_hears_what_it_asked_for(newsroom: Newsroom, texts: list[Paragraph], wish: Any) -> None:
    newsroom.channels = [
        wish("all"),
        wish("participation", themes=["Participation", "Human Rights"]),
        wish("disarmament", themes=["Disarmament"]),
        wish("resolutions", symbols=["S/RES/*"]),
        wish("statements", symbols=["S/PRST/*"]),
        wish("changes", events=["extract.changed"]),
        wish("operators", events=["source.*"]),
    ]
    newsroom.crawl({OLD: texts})

    newsroom.crawl({NEW: texts})

    heard = {alert.event: [delivery.channel for delivery in alert.deliveries] for alert in newsroom.alerts()}
    assert heard == {"extract.new": ["all", "participation", "resolutions"], "source.gap": ["operators"]}


def test_an_alert_nobody_asked_for_is_kept_all_the_same(newsroom: Newsroom, texts: list[Paragraph]) -> None:
    newsroom.channels = []
    newsroom.crawl({OLD: texts})

    assert newsroom.crawl({NEW: texts}).counts.alerts == 1
    assert newsroom.alerts()[0].deliveries == ()


def test_only_a_channel_that_asks_for_them_hears_of_sources(newsroom: Newsroom, wish: Any) -> None:
    newsroom.channels = [wish("all"), wish("reader", themes=["Protection"]), wish("operators", events=["source.*"])]

    for _ in range(2):
        newsroom.crawl(finish_reason="listing-failed")

    (alert,) = newsroom.alerts()
    told = news_of(alert.payload)
    assert isinstance(told, SourceNews)
    assert (alert.event, told.last_good_at) == (Event.SOURCE_FAILED, None)
    assert [delivery.channel for delivery in alert.deliveries] == ["operators"]


def test_an_alert_is_told_whole_when_one_of_its_extracts_bears_the_theme(
    newsroom: Newsroom, texts: list[Paragraph], wish: Any
) -> None:
    newsroom.channels = [wish("protection", themes=["Protection"])]
    newsroom.crawl({OLD: texts})

    newsroom.crawl({NEW: texts})

    (alert,) = newsroom.alerts()
    assert [delivery.channel for delivery in alert.deliveries] == ["protection"]
    assert [extract.themes for extract in newsroom.news(alert).extracts] == [("Participation",), ("Protection",)]


def test_symbols_events_and_themes_must_all_fit(newsroom: Newsroom, texts: list[Paragraph], wish: Any) -> None:
    newsroom.channels = [
        wish("fits", themes=["Protection"], symbols=["S/RES/27*"], events=["extract.*"]),
        wish("other year", symbols=["S/RES/* (2024)"]),
        wish("other event", symbols=["S/RES/*"], events=["extract.removed", "source.*"]),
        wish("other theme", themes=["Disarmament"], symbols=["S/RES/*"], events=["extract.new"]),
    ]
    newsroom.crawl({OLD: texts})

    newsroom.crawl({NEW: texts})

    (alert,) = [alert for alert in newsroom.alerts() if alert.event == "extract.new"]
    assert [delivery.channel for delivery in alert.deliveries] == ["fits"]


def test_a_run_with_more_news_than_a_channels_cap_tells_the_rest_in_one_digest(
    newsroom: Newsroom, texts: list[Paragraph], wish: Any
) -> None:
    newsroom.channels = [wish("desk", cap=1), wish("daily", schedule="daily 07:00")]
    newsroom.crawl({OLD: texts})

    run = newsroom.crawl({NEW: texts, "S/RES/2780 (2025)": texts, "S/RES/2781 (2025)": texts})

    digests = [alert for alert in newsroom.alerts() if alert.event is Event.DIGEST]
    assert (run.counts.alerts, len(newsroom.alerts()), len(digests)) == (3, 4, 1)
    told = {alert.id: alert.deliveries for alert in newsroom.alerts()}
    desk = [each for deliveries in told.values() for each in deliveries if each.channel == "desk"]
    assert sorted((each.is_member, each.digest) for each in desk) == [
        (False, None), (False, None), (True, digests[0].id), (True, digests[0].id)
    ]  # fmt: skip


def hearing(newsroom: Newsroom, event: Event) -> list[str]:
    (alert,) = [alert for alert in newsroom.alerts() if alert.event is event]
    return [delivery.channel for delivery in alert.deliveries]


def test_situations_bodies_and_a_query_hold_on_new_changed_and_removed_words(
    newsroom: Newsroom, texts: list[Paragraph], paragraph: Make, wish: Any
) -> None:
    for symbol in (OLD, NEW):
        save_placement(newsroom.db, symbol, "text", "South Sudan", ["UNMISS"])
    newsroom.db.commit()
    newsroom.channels = [
        wish("here", situations=["South Sudan"], bodies=["UNMISS"], query='"participation of women" OR camps'),
        wish("elsewhere", situations=["Mali"]),
        wish("other body", bodies=["MINUSCA"]),
        wish("other words", query="survivor-centred"),
    ]
    newsroom.crawl({OLD: texts})
    newsroom.crawl({NEW: texts})
    assert hearing(newsroom, Event.EXTRACT_NEW) == ["here"]

    changed = newsroom.replaced(texts, texts[2], paragraph("OP 2", "Notes the participation of women", "Participation"))
    newsroom.crawl({NEW: changed})
    assert hearing(newsroom, Event.EXTRACT_CHANGED) == ["here"]

    shorter = [each for each in changed if each.address != "OP 3"]
    newsroom.crawl({NEW: shorter})
    newsroom.crawl(looks_at=[NEW])
    assert hearing(newsroom, Event.EXTRACT_REMOVED) == ["here"]  # its words are gone, and were asked for


def test_a_query_finds_the_other_spelling_as_a_search_does(
    newsroom: Newsroom, texts: list[Paragraph], paragraph: Make, wish: Any
) -> None:
    newsroom.channels = [wish("search", query="organisation")]
    newsroom.crawl({OLD: texts})
    newsroom.crawl({NEW: [paragraph("OP 1", "Notes each organization of women", "Participation")]})
    assert hearing(newsroom, Event.EXTRACT_NEW) == ["search"]
