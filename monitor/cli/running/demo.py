"""Runs the demonstration: the recorded site on loopback, three crawls of it, and the story printed between them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from monitor.app.crawling import EVERY_YEAR, CrawlStage, CrawlWishes, crawl_source, open_data
from monitor.app.installation import Installation
from monitor.demo import story
from monitor.demo.holdings import alerts_now, held_now
from monitor.demo.server import DemoServer
from monitor.demo.site import open_site
from monitor.settings.config import Config, load_config
from scraper.sources.loader import load_sources
from storage.records import Alert, CrawlRun, Outcome

# The recorded documents are of past years: whatever their age, they are the demonstration's news.
SETTINGS = """\
[network]
mirror = "{mirror}"
delay_seconds = 0

[monitor]
news_days = 100000
reminders = false

[sources.unxml.expect]
min_listed = 1

[sources.un-resolutions.expect]
min_listed = 1

[sources.mission-reports]
enabled = false
"""
CONFIG_NAME = "wpswatch.toml"


def run_demo(folder: Path, *, is_kept: bool) -> bool:
    """Print the story told with `folder` as the data folder; whether every crawl was complete."""
    site = open_site()
    news, renewal = site.catalogue.news, site.catalogue.renewal
    correction = site.catalogue.correction(is_wps=True)
    with DemoServer(site) as server:
        config = _settings(folder, server.url)
        db = open_data(folder, datetime.now(UTC))
        _say(story.tell_opening(len(site.catalogue.documents)))
        first = _crawl(folder, config)
        _say(story.tell_first_crawl(first, held_now(db)))

        published = site.publish(news.symbol).publish(renewal.symbol)
        server.site = published.correct(correction.symbol, correction.before, correction.after)
        _say(story.tell_second_day((news, renewal), correction))
        server.requests.clear()
        second = _crawl(folder, config)
        alerts = alerts_now(db)
        _say(story.tell_second_crawl(second, alerts, len(server.documents_sent())))
        _say(story.tell_alerts(alerts))
        if is_kept:
            _keep_mails(folder / story.MAILS, alerts)

        server.requests.clear()
        third = _crawl(folder, config)
        _say(story.tell_third_crawl(third, len(server.documents_sent())))
        db.close()
    if is_kept:
        _keep_site(folder, config)
    _say(story.tell_ending(folder if is_kept else None))
    return all(run.outcome is Outcome.COMPLETE for run in (*first, *second, *third))


def _settings(folder: Path, mirror: str) -> Config:
    path = folder / CONFIG_NAME
    path.write_text(SETTINGS.format(mirror=mirror), encoding="utf-8")
    return load_config(path)


def _keep_mails(folder: Path, alerts: Sequence[Alert]) -> None:
    """Write the mail of each alert, as it would be sent and as a page; nobody is sent anything."""
    from monitor.alerts.mail.mail import Letterhead, make_mail
    from monitor.alerts.words.message_html import render_html
    from monitor.alerts.words.subscription import Subscription
    from monitor.text.mail_address import read_address

    folder.mkdir()
    subscription = Subscription("demo", "instant", (), (), (), "mailto:wpswatch@example.org")
    letterhead = Letterhead(read_address("wpswatch <wpswatch@example.org>"), subscription)
    reader = read_address("reader@example.org")
    for number, alert in enumerate(alerts, start=1):
        mail = make_mail(alert, letterhead, reader, alert.created_at)
        (folder / f"alert-{number}.eml").write_bytes(mail.as_bytes())
        (folder / f"alert-{number}.html").write_text(render_html(alert, subscription), encoding="utf-8")


def _keep_site(folder: Path, config: Config) -> None:
    """Write the pages of what the demonstration holds."""
    from monitor.site.build import build_site
    from monitor.site.options import options_of

    kept = Installation(data=str(folder))
    build_site(kept.open, kept.database, config, folder / story.SITE, options_of())


def _crawl(folder: Path, config: Config) -> list[CrawlRun]:
    db = open_data(folder, datetime.now(UTC))
    wishes = CrawlWishes(years=EVERY_YEAR, is_quiet=True)  # the recorded documents are of past years
    try:
        sources = [source for source in load_sources().values() if config.is_enabled(source)]
        return [crawl_source(db, folder, source, config, wishes, CrawlStage()).run for source in sources]
    finally:
        db.close()


def _say(chapter: str) -> None:
    click.echo(chapter)
