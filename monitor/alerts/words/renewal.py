"""Puts a renewal in a reader's order: counts, a line for each paragraph, then the words under headings. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.alerts.news.payload import ExtractNews, ToldExtract
from monitor.alerts.news.renewal import Group, Renewal, RenewalLine
from monitor.alerts.words.chosen.excerpt import changed_sentence
from monitor.alerts.words.chosen.overview import NEW_OR_CHANGED
from monitor.alerts.words.chosen.room import MANY, Room
from monitor.alerts.words.chosen.shown_words import shown_runs
from monitor.alerts.words.wording import Fields, adopted, day, in_a_line
from monitor.renewals.comparison import Direction, Status, Wps
from scraper.situations.mandates import mandate_of
from storage.drift_values import Kind

_TITLES = {
    Group.GONE: "Gone",
    Group.WEAKER: "Reads weaker",
    Group.NEW: "New",
    Group.OTHER: "In other words, as strong or stronger",
}
#: So many of the paragraphs that are as they were are named.
_KEPT = 200
_KINDS = {
    Kind.RENEWAL: "renews the mandate of {}",
    Kind.SUCCESSOR: "sets up {}, which takes over",
    Kind.TERMINATION: "ends the mandate of {}, or extends it for the last time",
    Kind.ROLLOVER: "renews the mandate of {} by reference, without setting it out",
}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A paragraph of a renewal: what became of it, in a line, and its words."""

    line: RenewalLine
    words: str
    extract: ToldExtract


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """The paragraphs under one heading: `count` of them, `lines` in a line each, `shown` in full words."""

    title: str
    count: int
    lines: tuple[ShownLine, ...]
    shown: tuple[ShownLine, ...]


def groups_of(news: ExtractNews, room: Room) -> tuple[ShownGroup, ...]:
    """The paragraphs of a renewal under their headings, losses first, as many lines and words as there is room for.

    Of many paragraphs those have no full words in which the words about women are the same.
    """
    renewal = news.renewal
    if renewal is None:
        return ()
    pairs = list(zip(renewal.lines, news.extracts, strict=True))
    shown = [ShownLine(line, line_words(line, renewal), extract) for line, extract in pairs]
    are_many = len(shown) > MANY
    groups = []
    words, lines = room.words, room.lines
    for group, title in _TITLES.items():
        own = [one for one in shown if one.line.group is group]
        if own:
            heading = "Not taken over" if group is Group.GONE and renewal.is_taken_over else title
            full = [one for one in own if not are_many or one.line.wps is not Wps.SAME or group is Group.WEAKER]
            groups.append(ShownGroup(heading, len(own), tuple(own[:lines]), tuple(full[:words])))
            words, lines = max(words - len(full), 0), max(lines - len(own), 0)
    return tuple(groups)


def renewal_fields(news: ExtractNews, renewal: Renewal) -> Fields:
    """What a reader of a renewal needs first: what, of whom, when, until when, beside which text."""
    is_measures = mandate_of(renewal.body).kind == "measures"
    does = f"renews {renewal.body}" if is_measures else _KINDS[renewal.kind].format(renewal.body)
    fields = [("Document", f"{news.symbol}, which {does}")]
    if news.subject:
        fields.append(("Subject", in_a_line(news.subject)))
    if news.adopted_on:
        fields.append(("Adopted", adopted(news.adopted_on, news.vote)))
    if renewal.expires_on:
        fields.append(("Until", day(renewal.expires_on)))
    fields.append(("Beside", renewal.old))
    if renewal.skipped:
        fields.append(("Skipped", ", ".join(renewal.skipped)))
    return [*fields, ("Link", news.url), ("Seen at", in_a_line(news.source))]


def counts_line(renewal: Renewal) -> str:
    """Counts of both texts: about women, and as a whole, so that a reader sees when everything shrank."""
    if renewal.is_by_reference:
        return (
            f"Paragraphs on women of {renewal.old} that are not repeated ({len(renewal.not_repeated)}): "
            f"{', '.join(renewal.not_repeated[:_KEPT])}. "
            "A short text for a full term: nothing is gone by it, and nothing is said again."
        )
    return (
        f"Paragraphs on women: {renewal.old_count} → {renewal.new_count}, {len(renewal.kept)} of them as they were. "
        f"The whole text: {renewal.old_paragraphs:,} → {renewal.new_paragraphs:,} paragraphs, "
        f"{renewal.old_words:,} → {renewal.new_words:,} words."
    )


def kept_line(renewal: Renewal) -> str:
    """The paragraphs that are as they were, by address; "" when there are none."""
    if not renewal.kept:
        return ""
    more = len(renewal.kept) - _KEPT
    return f"As they were: {', '.join(renewal.kept[:_KEPT])}{f' and {more} more' if more > 0 else ''}."


def told_before(renewal: Renewal) -> str:
    """That the same renewal was told otherwise before another witness was seen; "" where it was not."""
    if renewal.corrects is None:
        return ""
    return f"Told before as: {renewal.corrects}. Another witness of the text has other words, which changes that."


def line_words(line: RenewalLine, renewal: Renewal) -> str:
    """What became of a paragraph: "OP 17 → OP 10: merged, no words on women left"."""
    return f"{' → '.join(_addresses(line))}: {', '.join(_fate(line, renewal))}"


def first_words(news: ExtractNews) -> str:
    """The first words that changed, for the line that mail programs show beside a subject; "" when there are none."""
    extract = next(iter(news.extracts), None)
    if extract is None:
        return ""
    if news.renewal is None:  # of a renewal what is gone comes first
        extract = next((one for one in news.extracts if one.kind in NEW_OR_CHANGED), extract)
    runs = shown_runs(extract)
    said = changed_sentence(runs) or runs
    words = " ".join("".join(piece.text for piece in run.pieces).strip() for run in said)
    words = " ".join(words.split())
    return words if len(words) <= 140 else f"{words[:140].rpartition(' ')[0]} ..."


def _addresses(line: RenewalLine) -> list[str]:
    return list(dict.fromkeys(address for address in (line.old_address, line.new_address) if address))


def _fate(line: RenewalLine, renewal: Renewal) -> Iterator[str]:
    is_gone = line.status is Status.DROPPED
    yield "not taken over" if is_gone and renewal.is_taken_over else str(line.status)
    if line.wps is Wps.REMOVED:
        yield "no words on women left"
    elif line.wps is Wps.ADDED:
        yield "words on women added"
    elif line.direction is not None and line.direction is not Direction.NEUTRAL:
        yield f"reads {line.direction}"
    if is_gone and line.nearest:
        yield f"nearest is {line.nearest}"
