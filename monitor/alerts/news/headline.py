"""The headline of an alert: what happened, to which document. Pure."""

from typing import Final

from monitor.alerts.news.payload import DigestNews, News, SourceNews
from monitor.text.harmless import harmless
from storage.records import Event


def headline(news: News) -> str:
    """One line that says what an alert tells: "New words about women: S/RES/2779 (2025), 3 extracts"."""
    if isinstance(news, DigestNews):
        count = len(news.items) + news.left_out
        return f"{HEADLINES[news.event]}: {count} {'alert' if count == 1 else 'alerts'}"
    if isinstance(news, SourceNews):
        return harmless(f"{HEADLINES[news.event]}: {news.source}")
    count = len(news.extracts)
    return harmless(f"{HEADLINES[news.event]}: {news.symbol}, {count} {'extract' if count == 1 else 'extracts'}")


HEADLINES: Final = {
    Event.EXTRACT_NEW: "New words about women",
    Event.EXTRACT_CHANGED: "Changed words about women",
    Event.EXTRACT_REMOVED: "Removed words about women",
    Event.SOURCE_BLOCKED: "A source refuses us",
    Event.SOURCE_FAILED: "A source fails",
    Event.SOURCE_SUSPECT: "A source is not to be believed",
    Event.SOURCE_SILENT: "A source is silent",
    Event.SOURCE_RECOVERED: "A source is back",
    Event.SOURCE_GAP: "A gap in the ledger",
    Event.SOURCE_GAP_CLOSED: "A gap in the ledger is closed",
    Event.CHANNEL_MUTED: "A channel is muted",
    Event.DIGEST: "Words about women, a digest",
    Event.TEST: "A test, nothing happened",
}
