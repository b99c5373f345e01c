"""The headline of an alert: what happened, to which document. Pure."""

from typing import Final

from monitor.alerts.news.due import due_words
from monitor.alerts.news.payload import DigestNews, ExtractNews, News, SourceNews
from monitor.alerts.news.renewal import Renewal
from monitor.text.harmless import harmless
from storage.records import Event


def headline(news: News) -> str:
    """One line that says what an alert tells: "New words about women: S/RES/2779 (2025), 3 extracts"."""
    if isinstance(news, DigestNews):
        count = len(news.items) + news.left_out
        return f"{HEADLINES[news.event]}: {count} {'alert' if count == 1 else 'alerts'}"
    if isinstance(news, SourceNews):
        return harmless(f"{HEADLINES[news.event]}: {news.source}")
    if news.renewal is not None:
        return harmless(f"{place_of(news)}{renewal_words(news.renewal)} ({news.symbol})")
    count = len(news.extracts)
    if news.due is not None:
        return harmless(f"{place_of(news)}{due_words(news.due, count)} ({news.symbol})")
    return harmless(f"{HEADLINES[news.event]}: {news.symbol}, {count} {'extract' if count == 1 else 'extracts'}")


SHORT: Final = {
    "Central African Republic": "CAR",
    "Democratic People's Republic of Korea": "DPRK",
    "Democratic Republic of the Congo": "DRC",
}
"""What a subject calls the situations with long names, as the Council's own texts do."""


def place_of(news: ExtractNews) -> str:
    """Where a document belongs, to begin a subject with: "South Sudan (UNMISS): ", "" where nothing tells."""
    told = news.renewal or news.due
    body = told.body if told else next(iter(news.bodies), "")
    if news.situation is None:
        return f"{body}: " if body else ""
    place = SHORT.get(news.situation, news.situation)
    if body.startswith(news.situation):  # "Haiti sanctions"
        return f"{place}{body.removeprefix(news.situation)}: "
    return f"{place} ({body}): " if body else f"{place}: "


def renewal_words(renewal: Renewal) -> str:
    """What became of the words about women, losses first: "30 → 15 paragraphs on women, 5 dropped, 12 weaker"."""
    if renewal.is_by_reference:
        count = len(renewal.not_repeated)
        return f"renewed by reference, {count} paragraph{'' if count == 1 else 's'} on women not repeated"
    gone = "not taken over" if renewal.is_taken_over else "dropped"
    told = [f"{renewal.old_count} → {renewal.new_count} paragraphs on women"]
    if renewal.dropped:
        told.append(f"{renewal.dropped} {gone}")
    if renewal.words_removed:
        told.append(f"{renewal.words_removed} lost {'its' if renewal.words_removed == 1 else 'their'} words on women")
    if renewal.weaker:
        told.append(f"{renewal.weaker} weaker")
    if renewal.added:
        told.append(f"{renewal.added} new")
    return ", ".join(told)


HEADLINES: Final = {
    Event.EXTRACT_NEW: "New words about women",
    Event.RENEWAL_CHANGED: "A renewal and its words about women",
    Event.RENEWAL_SILENT: "A renewal without words about women",
    Event.RENEWAL_DUE: "A mandate expires soon",
    Event.EXTRACT_CHANGED: "Changed words about women",
    Event.EXTRACT_REMOVED: "Removed words about women",
    Event.SOURCE_BLOCKED: "A source refuses us",
    Event.SOURCE_FAILED: "A source fails",
    Event.SOURCE_SUSPECT: "A source is not to be believed",
    Event.SOURCE_SILENT: "A source is silent",
    Event.SOURCE_RECOVERED: "A source is back",
    Event.SOURCE_DOCUMENT_FAILED: "A document cannot be had",
    Event.SOURCE_GAP: "A gap in the ledger",
    Event.SOURCE_GAP_CLOSED: "A gap in the ledger is closed",
    Event.CHANNEL_MUTED: "A channel is muted",
    Event.DIGEST: "Words about women, a digest",
    Event.TEST: "A test, nothing happened",
}
