"""Puts an alert into an HTML page for a mail, with the templates beside it. Pure; sends nothing.

The page asks for nothing from anywhere: no script, no image, no style sheet. Whatever a source printed is escaped, and
harmless as in `message`.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from monitor.alerts.news.headline import headline
from monitor.alerts.news.payload import DigestNews, ExtractNews, News, SourceNews, news_of
from monitor.alerts.words import due, renewal, wording
from monitor.alerts.words.digest_groups import DigestGroups, group_digest
from monitor.alerts.words.message import MOST_WITH_WORDS
from monitor.alerts.words.shown_words import chapeau_pieces, shown_runs
from monitor.alerts.words.subscription import Subscription, how_to_stop, why_told
from monitor.text.harmless import harmless_piece
from storage.records import Alert, Event

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = {ExtractNews: "document.html", SourceNews: "source.html", DigestNews: "digest.html"}


def render_html(alert: Alert, subscription: Subscription | None = None, most: int = MOST_WITH_WORDS) -> str:
    """The alert as a page of one column that reads on a phone, in light and in dark, and without colour.

    `most` is of how many extracts the words are shown; the others stand in a line each. With a subscription it ends
    with why its reader gets it and how to get no more.
    """
    news = news_of(alert.payload)
    groups = group_digest(news) if isinstance(news, DigestNews) else DigestGroups((), ())
    kinds = {extract.kind for group in groups.documents for part in group.themes for extract in part.shown}
    return (
        _templates()
        .get_template(_template_of(news))
        .render(
            alert=alert,
            news=news,
            groups=groups,
            kinds=kinds,
            most=most,
            title=headline(news),
            is_test=news.event is Event.TEST,
            subscription=subscription,
        )
    )


def _template_of(news: News) -> str:
    if isinstance(news, ExtractNews) and news.renewal is not None:
        return "renewal.html"
    return "due.html" if isinstance(news, ExtractNews) and news.due is not None else _TEMPLATES[type(news)]


@lru_cache(maxsize=1)
def _templates() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    templates = Environment(
        loader=PackageLoader("monitor.alerts.words"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless_value,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    templates.globals |= {
        "chapeau_pieces": chapeau_pieces,
        "counts_line": renewal.counts_line,
        "dated": _dated,
        "due_fields": due.due_fields,
        "digest_line": wording.digest_line,
        "first_words": renewal.first_words,
        "groups_of": renewal.groups_of,
        "headline": headline,
        "how_to_stop": how_to_stop,
        "kept_line": renewal.kept_line,
        "kind_line": wording.kind_line,
        "more_command": wording.more_command,
        "renewal_fields": renewal.renewal_fields,
        "reasons_beyond_themes": wording.reasons_beyond_themes,
        "rest_command": wording.rest_command,
        "shown_runs": shown_runs,
        "source_advice": wording.source_advice,
        "source_fields": wording.source_fields,
        "standing_groups": due.standing_groups,
        "themes_with_evidence": wording.themes_with_evidence,
        "web_address": _web_address,
        "why_told": why_told,
    }
    return templates


def _harmless_value(value: Any) -> Any:
    """What a template prints: finished markup as it is, everything else made harmless before it is escaped."""
    return value if hasattr(value, "__html__") else harmless_piece(str(value))


def _web_address(url: str) -> str:
    """The address for a link, "" for one that must not be followed: another scheme, or none."""
    parts = urlsplit(url)
    return quote(url, safe=":/?#[]@!$&'()*+,;=%~-._") if parts.scheme in ("http", "https") and parts.hostname else ""


def _dated(news: ExtractNews) -> str:
    if news.adopted_on:
        return f"Adopted {wording.day(news.adopted_on)}, "
    return f"Published {wording.day(news.published_on)}, " if news.published_on else ""
