"""Makes an alert of flagged changes, or of a source's trouble. Pure; does not send, nor choose what is flagged.

An alert's id is made from what it tells and never from a time or a run's number: after a crash the same news gets the
same id, and is told once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from monitor.alerts.news.due import Due
from monitor.alerts.news.headline import headline
from monitor.alerts.news.payload import ExtractNews, Mark, SourceNews, ToldExtract, Until, payload_of
from monitor.alerts.news.renewal import Renewal, fates, is_silent, is_told, is_told_by_reference, renewal_of, told_lines
from monitor.alerts.news.rollover import Rollover
from monitor.changes.flags import FlaggedChange
from monitor.renewals.comparison import Comparison, Line, Reason
from monitor.text.links import document_url
from scraper.council.citation_form import citation, extract_title
from scraper.council.forms.styles import cite_as_un
from scraper.council.forms.work import Work
from scraper.council.symbol import kind_of
from storage.models import DocumentKind, Paragraph
from storage.records import Alert, ChangeKind, Event


@dataclass(frozen=True, slots=True)
class Told:
    """A flagged change with the version that made it: its text's hash, and how many versions its source gave before."""

    flag: FlaggedChange
    text_hash: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What an alert says of a document beside its words. None where the source does not give it.

    `vote` is the result in words, `expires` are the days on which what it gives ends.
    """

    symbol: str
    language: str
    source: str
    subject: str | None
    adopted_on: date | None
    published_on: date | None
    kind: DocumentKind | None = None
    vote: str | None = None
    expires: tuple[Until, ...] = ()

    @property
    def day(self) -> date | None:
        """When it was adopted, else published."""
        return self.adopted_on or self.published_on


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document belongs: its situation, None where nothing tells, and the bodies it names."""

    situation: str | None = None
    bodies: tuple[str, ...] = ()


def extract_alert(
    event: Event, facts: DocumentFacts, told: Sequence[Told], run: int, now: datetime, place: Place | None = None
) -> Alert:
    """The one alert about a document's flagged changes of one kind in one run."""
    extracts = tuple(_extract_of(facts, one.flag) for one in told)
    news = _document_news(event, facts, extracts, place or Place())
    identity = [facts.symbol, facts.language, facts.source]
    for one in told:
        change = one.flag.change
        identity += [str(one.ordinal), one.text_hash, change.kind, change.before_address or "", change.address]
    return _alert(event, news, identity, run, now)


@dataclass(frozen=True, slots=True)
class ToldRenewal:
    """A renewal as it is told: the event, what became of the paragraphs, and the paragraphs themselves.

    `not_repeated` are those that a renewal by reference leaves to the text before it: their words are not told, and who
    asked for their themes hears of it.
    """

    event: Event
    renewal: Renewal
    extracts: tuple[ToldExtract, ...]
    not_repeated: tuple[Paragraph, ...] = ()

    @property
    def themes(self) -> tuple[str, ...]:
        """All themes of its paragraphs, each once."""
        told = [theme for extract in self.extracts for theme in extract.themes]
        left = [label.theme for paragraph in self.not_repeated for label in paragraph.labels]
        return tuple(dict.fromkeys((*told, *left)))


def tell_renewal(found: Comparison, new: Sequence[Paragraph], expires_on: date | None) -> ToldRenewal | None:
    """A comparison as news, None when it is none: a rollover, nothing to compare with, nothing about women.

    `new` are all paragraphs of the new text.
    """
    if not is_told(found):
        return None
    event = Event.RENEWAL_SILENT if is_silent(found, new) else Event.RENEWAL_CHANGED
    extracts = tuple(_line_extract(found, line) for _, line in told_lines(found))
    return ToldRenewal(event, renewal_of(found, expires_on), extracts)


def tell_by_reference(found: Comparison, expires_on: date | None) -> ToldRenewal | None:
    """A short text for a full term as news: how many paragraphs about women it does not repeat; None where none.

    It is never told as silent, and nothing as gone: by its own words the old text holds.
    """
    if not is_told_by_reference(found):
        return None
    return ToldRenewal(Event.RENEWAL_CHANGED, renewal_of(found, expires_on), (), found.not_repeated or ())


def renewal_alert(facts: DocumentFacts, told: ToldRenewal, place: Place, run: int, now: datetime) -> Alert:
    """The one alert about a renewal, whichever of its witnesses came first; another where it is told again."""
    news = _document_news(told.event, facts, told.extracts, place, told.renewal)
    identity = [facts.symbol, facts.language, told.renewal.old]
    if told.renewal.corrects is not None:  # told again, because another witness changed what became of a paragraph
        identity += [" ".join(one) for one in sorted(fates(told.renewal))]
    return _alert(Event.RENEWAL_CHANGED, news, identity, run, now)


@dataclass(frozen=True, slots=True)
class ToldRollover:
    """A mandate that goes on as it is, as it is told; `themes` are those of the words that stay in force with it."""

    rollover: Rollover
    themes: tuple[str, ...]


def rollover_alert(
    facts: DocumentFacts, told: ToldRollover, flagged: Sequence[Told], place: Place, run: int, now: datetime
) -> Alert:
    """The one alert about a technical rollover; `flagged` is what its own text says of women."""
    extracts = tuple(_extract_of(facts, one.flag) for one in flagged)
    news = replace(_document_news(Event.RENEWAL_ROLLOVER, facts, extracts, place), rollover=told.rollover)
    return _alert(Event.RENEWAL_ROLLOVER, news, [facts.symbol, facts.language, told.rollover.body], run, now)


@dataclass(frozen=True, slots=True)
class ToldDue:
    """A mandate that expires soon, as it is told: the document with the paragraphs at stake, longest-standing first.

    `mark` is the last number of days before the expiry at which it is to be told.
    """

    facts: DocumentFacts
    due: Due
    paragraphs: tuple[Paragraph, ...]
    mark: int


def due_alert(told: ToldDue, place: Place, run: int, now: datetime) -> Alert:
    """The one reminder at a mark of days before a mandate's expiry."""
    facts, due = told.facts, told.due
    extracts = tuple(_standing_extract(facts, paragraph) for paragraph in told.paragraphs)
    news = replace(_document_news(Event.RENEWAL_DUE, facts, extracts, place), due=due)
    identity = [due.body, due.gives, due.expires_on.isoformat(), str(told.mark)]
    return _alert(Event.RENEWAL_DUE, news, identity, run, now)


def source_alert(news: SourceNews, since: int | str, run: int, now: datetime) -> Alert:
    """The one alert about a source's change of state.

    `since` says which change: the run whose state it left (0 for none), or when the last new text came.
    """
    return _alert(news.event, news, [news.source, str(since)], run, now)


def ledger_alert(news: SourceNews, numbers: Sequence[str], run: int, now: datetime) -> Alert:
    """The one alert about gaps of the ledger that opened or closed in a run; `numbers` name each with its past."""
    return _alert(news.event, news, list(numbers), run, now)


def channel_alert(news: SourceNews, which: str, run: int, now: datetime) -> Alert:
    """The one alert about a channel that was muted or stays broken.

    `which` tells one such time from another: the alert that its receiver did not want, or the last success before.
    """
    return _alert(news.event, news, [news.source, which], run, now)


def _alert(event: Event, news: ExtractNews | SourceNews, identity: Sequence[str], run: int, now: datetime) -> Alert:
    from hashlib import sha256

    digest = sha256("\x1f".join([event, *identity]).encode("utf-8", "surrogatepass")).hexdigest()
    return Alert(f"wps-{digest[:32]}", news.event, run, headline(news), now, payload_of(news))


def _document_news(
    event: Event,
    facts: DocumentFacts,
    extracts: tuple[ToldExtract, ...],
    place: Place,
    renewal: Renewal | None = None,
) -> ExtractNews:
    return ExtractNews(
        event=event,
        symbol=facts.symbol,
        language=facts.language,
        subject=facts.subject,
        adopted_on=facts.adopted_on,
        published_on=facts.published_on,
        url=document_url(facts.symbol, facts.language),
        source=facts.source,
        extracts=extracts,
        situation=place.situation,
        bodies=place.bodies,
        renewal=renewal,
        kind=facts.kind,
        vote=facts.vote,
        expires=facts.expires,
    )


def _standing_extract(facts: DocumentFacts, paragraph: Paragraph) -> ToldExtract:
    """A paragraph that stands as it does, as an extract: what `added` says of it is that it is whole."""
    return ToldExtract(
        kind=ChangeKind.ADDED,
        address=paragraph.address,
        before_address=None,
        title=extract_title(facts.symbol, paragraph.address),
        citation=_cited(facts, paragraph.address),
        themes=tuple(dict.fromkeys(label.theme for label in paragraph.labels)),
        reasons=(),
        chapeau=paragraph.chapeau,
        text=paragraph.text,
        before=None,
        marks=_marks_of(paragraph),
    )


def _line_extract(found: Comparison, line: Line) -> ToldExtract:
    """A line as an extract: of a paragraph that is gone, or whose words about women are, the old one's themes."""
    shown = line.old if line.is_silent or line.new is None else line.new
    if shown is None:
        raise ValueError("expected a line with a paragraph on one side, found none on either")
    symbol, address = (found.new, line.new.address) if line.new else (found.old or "", shown.address)
    lives_on = ChangeKind.MODIFIED if line.old else ChangeKind.ADDED
    return ToldExtract(
        kind=lives_on if line.new else ChangeKind.REMOVED,
        address=address,
        before_address=line.old.address if line.old else None,
        title=extract_title(symbol, address),
        citation=citation(symbol, address),
        themes=tuple(dict.fromkeys(label.theme for label in shown.labels)),
        reasons=tuple(_reason_words(one) for one in line.reasons if one.sign),
        chapeau=(line.new or shown).chapeau,
        text=line.new.text if line.new else None,
        before=line.old.text if line.old else None,
        marks=_marks_of(line.new or shown),
    )


def _cited(facts: DocumentFacts, address: str) -> str:
    """A paragraph as it is cited; what is no address stands in it as it is."""
    kind = facts.kind or kind_of(facts.symbol)
    title = None if kind in (DocumentKind.RESOLUTION, DocumentKind.PRESIDENTIAL_STATEMENT) else facts.subject
    try:
        return cite_as_un(Work(facts.symbol, kind, facts.day, title, facts.language), address)
    except ValueError:
        return citation(facts.symbol, address)


def _reason_words(reason: Reason) -> str:
    """Why a pair reads so, in words: reads weaker, lower verb: "Demands", now "Notes"."""
    before, after = (" ".join(words.split()) for words in (reason.before, reason.after))
    told = [f'"{before}"'] if before else []
    if after:
        told.append(f'now "{after}"')
    return f"{_SIGNS[reason.sign]}, {reason.rule.replace('-', ' ')}: {', '.join(told)}"


_SIGNS = {1: "reads stronger", -1: "reads weaker"}


def _extract_of(facts: DocumentFacts, flag: FlaggedChange) -> ToldExtract:
    change = flag.change
    newest = change.after or change.before
    return ToldExtract(
        kind=change.kind,
        address=change.address,
        before_address=change.before_address,
        title=extract_title(facts.symbol, change.address),
        citation=_cited(facts, change.address),
        themes=flag.themes,
        reasons=flag.reasons,
        chapeau=newest.chapeau if newest else None,
        text=change.after.text if change.after else None,
        before=change.before.text if change.before else None,
        marks=_marks_of(newest) if newest else (),
    )


def _marks_of(paragraph: Paragraph) -> tuple[Mark, ...]:
    marks = (
        Mark(label.theme, evidence.phrase, evidence.start, evidence.end, evidence.place)
        for label in paragraph.labels
        for evidence in label.evidence
        if evidence.end > evidence.start  # neither a person's word nor a label lent by the English marks a phrase
    )
    return tuple(dict.fromkeys(marks))  # two rules may rest on the same words
