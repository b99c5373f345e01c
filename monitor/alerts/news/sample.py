"""A sample alert for trying a channel: real words of the Council in the form of news, marked as a test. Pure."""

from datetime import date, datetime
from hashlib import sha256
from typing import Final

from monitor.alerts.news.headline import headline
from monitor.alerts.news.payload import ExtractNews, Mark, ToldExtract, payload_of
from monitor.text.links import document_url
from scraper.council.citation_form import citation, extract_title
from storage.models import Place
from storage.records import Alert, ChangeKind, Event

SYMBOL: Final = "S/RES/1325 (2000)"
_ADDRESS: Final = "OP 1"
_TEXT: Final = (
    "Urges Member States to ensure increased representation of women at all decision-making levels in national, "
    "regional and international institutions and mechanisms for the prevention, management, and resolution of conflict;"
)
_PHRASE: Final = "representation of women at all decision-making levels"
_THEME: Final = "Participation"


def sample_alert(channel: str, now: datetime) -> Alert:
    """An alert that looks like any other, and says in its event, its headline and its reasons that it is a test.

    Each has an id of its own, so that a receiver that drops copies shows every test.
    """
    start = _TEXT.index(_PHRASE)
    extract = ToldExtract(
        kind=ChangeKind.ADDED,
        address=_ADDRESS,
        before_address=None,
        title=extract_title(SYMBOL, _ADDRESS),
        citation=citation(SYMBOL, _ADDRESS),
        themes=(_THEME,),
        reasons=(f"this is a test of the channel {channel}; the paragraph is of the year 2000, and no news",),
        chapeau=None,
        text=_TEXT,
        before=None,
        marks=(Mark(_THEME, _PHRASE, start, start + len(_PHRASE), Place.TEXT),),
    )
    news = ExtractNews(
        event=Event.TEST,
        symbol=SYMBOL,
        language="en",
        subject="Women and peace and security",
        adopted_on=date(2000, 10, 31),
        published_on=None,
        url=document_url(SYMBOL, "en"),
        source="test-alert",
        extracts=(extract,),
    )
    identity = sha256(f"{Event.TEST}\x1f{channel}\x1f{now.isoformat()}".encode("utf-8", "surrogatepass")).hexdigest()
    return Alert(f"wps-test-{identity[:27]}", Event.TEST, 0, headline(news), now, payload_of(news))
