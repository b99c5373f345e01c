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
from monitor.alerts.words.chosen.digest_plan import DigestPlan, cut_words, plan_digest
from monitor.alerts.words.chosen.excerpt import changed_sentence, cut_runs
from monitor.alerts.words.chosen.overview import overview_of
from monitor.alerts.words.chosen.room import WHOLE, Room
from monitor.alerts.words.chosen.shown_words import chapeau_pieces, shown_runs
from monitor.alerts.words.digest_text import STORY_LINES
from monitor.alerts.words.onward import Onward
from monitor.alerts.words.subscription import Subscription, how_to_stop, why_told
from monitor.text.harmless import harmless_piece
from storage.records import Alert, ChangeKind, Event

if TYPE_CHECKING:
    from jinja2 import Environment

_HIDDEN = 140
_TEMPLATES = {ExtractNews: "document.html", SourceNews: "source.html", DigestNews: "digest.html"}


def render_html(
    alert: Alert, subscription: Subscription | None = None, room: Room = WHOLE, onward: Onward | None = None
) -> str:
    """The alert as a page of one column that reads on a phone, in light and in dark, and without colour.

    `room` is how much is shown in full; the rest stands in a line each, or is counted. With a subscription it ends
    with why its reader gets it and how to get no more.
    """
    news = news_of(alert.payload)
    plan = plan_digest(news, room) if isinstance(news, DigestNews) else None
    return (
        _templates()
        .get_template(_template_of(news))
        .render(
            alert=alert,
            news=news,
            plan=plan,
            kinds=_kinds_in(plan) if plan else [],
            cut=cut_words(news, plan) if plan and isinstance(news, DigestNews) else "",
            room=room,
            story_room=Room(0, min(room.lines, STORY_LINES), 0, 0),
            onward=onward or Onward(),
            title=headline(news),
            hidden=_hidden_words(news),
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
        "changed_sentence": changed_sentence,
        "chapeau_pieces": chapeau_pieces,
        "counts_line": renewal.counts_line,
        "cut_runs": cut_runs,
        "document_fields": wording.document_fields,
        "due_fields": due.due_fields,
        "digest_line": wording.digest_line,
        "groups_of": renewal.groups_of,
        "headline": headline,
        "how_to_stop": how_to_stop,
        "kept_line": renewal.kept_line,
        "kind_line": wording.kind_line,
        "overview_of": overview_of,
        "renewal_fields": renewal.renewal_fields,
        "reasons_beyond_themes": wording.reasons_beyond_themes,
        "shown_runs": shown_runs,
        "source_advice": wording.source_advice,
        "source_fields": wording.source_fields,
        "standing_groups": due.standing_groups,
        "themes_with_evidence": wording.themes_with_evidence,
        "told_before": renewal.told_before,
        "web_address": _web_address,
        "why_told": why_told,
    }
    templates.filters["headline"] = headline
    return templates


def _harmless_value(value: Any) -> Any:
    """What a template prints: finished markup as it is, everything else made harmless before it is escaped."""
    return value if hasattr(value, "__html__") else harmless_piece(str(value))


def _web_address(url: str) -> str:
    """The address for a link, "" for one that must not be followed: another scheme, or none."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    return quote(url, safe=":/?#[]@!$&'()*+,;=%~-._", errors="replace")


def _kinds_in(plan: DigestPlan) -> list[ChangeKind]:
    """What happened to the paragraphs of a digest that are shown in full words."""
    stories = (story for chapter in plan.set_out for story in chapter.stories)
    return [one.kind for story in stories for part in story.themes for one in part.shown]


def _hidden_words(news: News) -> str:
    """What mail programs show beside the subject: the first words that changed, of a digest what it tells first."""
    if isinstance(news, DigestNews):
        return "; ".join(headline(item.news) for item in news.items[:3])
    if isinstance(news, SourceNews):
        return news.reason[:_HIDDEN]
    return news.due.numbers[:_HIDDEN] if news.due is not None else renewal.first_words(news)
