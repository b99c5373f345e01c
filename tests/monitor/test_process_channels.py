"""Who hears of documents, and who of sources."""

from collections.abc import Callable
from typing import Any

from monitor.alerts.payload import SourceNews, news_of
from storage.models import Paragraph
from storage.records import Event

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

    (alert,) = newsroom.alerts()
    assert [delivery.channel for delivery in alert.deliveries] == ["all", "participation", "resolutions"]


def test_an_alert_nobody_asked_for_is_kept_all_the_same(newsroom: Newsroom, texts: list[Paragraph]) -> None:
    newsroom.channels = []
    newsroom.crawl({OLD: texts})

    assert newsroom.crawl({NEW: texts}).counts.alerts == 1
    assert newsroom.alerts()[0].deliveries == ()


def test_operators_hear_of_sources_and_readers_who_chose_themes_do_not(newsroom: Newsroom, wish: Any) -> None:
    newsroom.channels = [wish("all"), wish("reader", themes=["Protection"]), wish("operators", events=["source.*"])]

    for _ in range(2):
        newsroom.crawl(finish_reason="listing-failed")

    (alert,) = newsroom.alerts()
    told = news_of(alert.payload)
    assert isinstance(told, SourceNews)
    assert (alert.event, told.last_good_at) == (Event.SOURCE_FAILED, None)
    assert [delivery.channel for delivery in alert.deliveries] == ["all", "operators"]
