"""A renewal as pages show it: side by side on a page of its own, as a box on the newer text's page, in a line."""

from dataclasses import dataclass

from monitor.renewals.comparison import Comparison, Direction, Line, Reason, Status, Wps
from monitor.renewals.rule_names import RULES
from monitor.site.held.document import Doc
from monitor.site.renewals.beside import Beside, Renewals, are_related
from monitor.site.views.document_page import Link, RenewalView
from monitor.site.views.links import body_file
from monitor.site.views.paragraph import WordPiece, compared_words
from monitor.text.harmless import harmless
from monitor.text.page_names import fragment
from storage.drift_values import Kind
from storage.models import Paragraph

#: So many words of a paragraph are shown where it is not shown whole.
WORDS = 24
#: So many renewals stand on the front page, and so many losses in a box.
LATEST = 8
LOSSES = 6


@dataclass(frozen=True, slots=True)
class LineView:
    """A paragraph beside its counterpart. `pieces` are the words compared, or those of the only side."""

    old: Link | None
    new: Link | None
    what: str
    nearest: str
    reasons: tuple[str, ...]
    pieces: tuple[WordPiece, ...]
    corrected: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """The lines that fared alike."""

    id: str
    name: str
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class RenewalPageView:
    """The page of a renewal beside the text before it."""

    new: Doc
    old: Doc
    body: Link
    has_body: bool
    is_end: bool
    is_related: bool
    sums: tuple[str, ...]
    passed_over: tuple[str, ...]
    sections: tuple[SectionView, ...]
    lost: tuple[str, ...]


def renewal_page(renewals: Renewals, one: Beside, *, has_body: bool) -> RenewalPageView:
    """The page of a renewal; `has_body` says whether its body has a page to link to."""
    found = renewals.comparison(one)
    return RenewalPageView(
        new=one.new,
        old=one.old,
        body=Link(one.body, f"../{body_file(one.body)}"),
        has_body=has_body,
        is_end=one.kind is Kind.TERMINATION,
        is_related=are_related(found),
        sums=_sums(found),
        passed_over=tuple(f"{skipped.symbol} ({skipped.why})" for skipped in one.skipped),
        sections=tuple(_sections(one, found)),
        lost=tuple(
            f"{each.address} kept {', '.join(each.wps)} of {each.cites} by citing it"
            for each in found.references
            if not each.is_in_new
        ),
    )


def renewal_box(renewals: Renewals, one: Beside) -> RenewalView | None:
    """The box on the newer text's page; None where the two have hardly a paragraph in common."""
    found = renewals.comparison(one)
    if not are_related(found):
        return None
    counts = found.counts
    silent = [line.old for line in found.lines if line.is_silent and line.old]
    more = len(silent) - LOSSES
    losses = tuple(f"{each.address}: {_beginning(each.text)}" for each in silent[:LOSSES])
    return RenewalView(
        href=f"../{one.file}",
        before=Link(one.old.name, f"../{one.old.file}"),
        day=one.old.day,
        counts=tuple(_box_counts(found)),
        without=counts.words_removed,
        loss=" or ".join(
            words
            for count, words in ((counts.dropped, _gone(found)), (counts.words_removed, "no longer about women"))
            if count
        ),
        dropped=(*losses, f"and {more} more") if more > 0 else losses,
    )


def latest_renewals(renewals: Renewals) -> tuple[Link, ...]:
    """The newest renewals with their losses in a line, newest first; as links from a folder."""
    lines: list[Link] = []
    for one in reversed(renewals.all):
        if len(lines) == LATEST:
            break
        found = renewals.comparison(one)
        if are_related(found):
            lines.append(
                Link(f"{one.body}: {one.new.name} beside {_short(one.old)}: {_losses(found)}", f"../{one.file}")
            )
    return tuple(lines)


def _short(doc: Doc) -> str:
    return doc.name.removeprefix("Resolution ")


def _gone(found: Comparison) -> str:
    return "not taken over" if found.is_taken_over else "dropped"


def _losses(found: Comparison) -> str:
    counts = found.counts
    told = [
        (counts.dropped, _gone(found)), (counts.words_removed, "without the words about women"),
        (0 if found.kind is Kind.TERMINATION else counts.weaker, "read weaker"),
        (counts.new_lines, "new"),
    ]  # fmt: skip
    said = [f"{count} {word}" for count, word in told if count]
    return ", ".join(said) or "nothing lost, nothing new"


def _box_counts(found: Comparison) -> list[tuple[str, str, int]]:
    counts = found.counts
    told = [
        ("=", "kept", counts.kept), ("≈", "reworded", counts.reworded), ("≈", "merged", counts.merged),
        ("≈", "split", counts.split), ("−", _gone(found), counts.dropped), ("+", "new", counts.new_lines),
    ]  # fmt: skip
    return [one for one in told if one[2]] or [("=", "kept", 0)]


def _sums(found: Comparison) -> tuple[str, ...]:
    counts, whole = found.counts, found.whole
    parts = ", ".join(f"{count} {word}" for _, word, count in _box_counts(found))
    said = [f"Paragraphs about women: {counts.old} before, {counts.new} now. {parts[:1].upper()}{parts[1:]}."]
    if found.kind is not Kind.TERMINATION and (counts.weaker or counts.neutral or counts.stronger):
        said.append(
            f"Of those that live on in other words, {counts.weaker} read weaker, {counts.neutral} level, "
            f"{counts.stronger} stronger."
        )
    if whole is not None:
        said.append(
            f"The whole text: {whole.old_paragraphs} paragraphs and {whole.old_words:,} words before, "
            f"{whole.new_paragraphs} and {whole.new_words:,} now."
        )
    return tuple(said)


def _sections(one: Beside, found: Comparison) -> list[SectionView]:
    """The lines by how they fared; where a mandate ends, nothing reads weaker or stronger."""
    groups: dict[str, list[Line]] = {}
    for line in found.lines:
        groups.setdefault(_group(line, found), []).append(line)
    names = {
        "gone": "Not taken over" if found.is_taken_over else "Gone", "weaker": "Reads weaker", "new": "New",
        "stronger": "Reads stronger", "level": "Reworded" if found.kind is Kind.TERMINATION else "Reads level",
        "kept": "Kept",
    }  # fmt: skip
    return [
        SectionView(group, name, tuple(_line(one, found, line) for line in groups[group]))
        for group, name in names.items()
        if group in groups
    ]


def _group(line: Line, found: Comparison) -> str:
    if line.is_silent:
        return "gone"
    if line.status is Status.NEW or line.wps is Wps.ADDED:
        return "new"
    if line.status is Status.KEPT:
        return "kept"
    if found.kind is Kind.TERMINATION or line.direction in (Direction.NEUTRAL, None):
        return "level"
    return "weaker" if line.direction is Direction.WEAKER else "stronger"


def _line(one: Beside, found: Comparison, line: Line) -> LineView:
    said = line.said
    return LineView(
        old=_place(one.old, line.old),
        new=_place(one.new, line.new),
        what=_what(line, found),
        nearest=f"the nearest is {line.nearest.address}, {line.nearest.similarity:.0%} alike" if line.nearest else "",
        reasons=tuple(map(_reason, line.reasons)),
        pieces=_pieces(line, is_short=_group(line, found) == "kept"),
        corrected=harmless(f"{said.by}{f': {said.note}' if said.note else ''}") if said else "",
    )


def _place(doc: Doc, paragraph: Paragraph | None) -> Link | None:
    return Link(paragraph.address, f"../{doc.file}#{fragment(paragraph.address)}") if paragraph else None


def _what(line: Line, found: Comparison) -> str:
    words = _gone(found) if line.status is Status.DROPPED else line.status.value
    if line.wps is not None and line.status is not Status.KEPT:
        words += f"; words about women {line.wps}"
    if line.moved:
        words += "; moved to the preamble" if line.moved == "to-preamble" else "; moved to the operative part"
    return words


def _pieces(line: Line, *, is_short: bool) -> tuple[WordPiece, ...]:
    """The words compared. A paragraph that stands alone is shown plain: its heading says that it went or came.

    One that was kept begins as it did; all its words are one link away, on two pages.
    """
    before, after = (side.text if side else None for side in (line.old, line.new))
    text = after or before or ""
    return compared_words(before, after) or (WordPiece("equal", _beginning(text) if is_short else harmless(text)),)


def _reason(reason: Reason) -> str:
    sign = {1: "+", -1: "−", 0: "="}[reason.sign]
    words = f"{sign} {RULES.get(reason.rule, reason.rule)}"
    sides = [f"“{_beginning(side)}”" for side in (reason.before, reason.after) if side]
    return f"{words}: {' → '.join(sides)}" if sides else words


def _beginning(text: str) -> str:
    words = harmless(text).split()
    return " ".join(words) if len(words) <= WORDS else f"{' '.join(words[:WORDS])} …"
