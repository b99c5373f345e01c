"""A renewal beside the text before it, as a person reads it: the counts, then what is gone, weaker, new, stronger."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from monitor.cli.pages.changed_words import compared_words
from monitor.cli.pages.render import BAD, BOLD, DIM, GOOD, ODD, Page, plain
from monitor.renewals.comparison import Comparison, Direction, Line, Status, Wps
from monitor.renewals.rule_names import RULES
from storage.drift_values import Kind

if TYPE_CHECKING:
    from monitor.renewals.comparison import Reason

#: So many words of a paragraph are shown where it is not shown whole.
WORDS = 24

_Wanted = Callable[[Line], bool]


def print_drift(found: Comparison, *, has_words: bool, has_all: bool) -> None:
    """Print a comparison."""
    page = Page()
    _add_head(page, found)
    gone = "Not taken over" if found.is_taken_over else "Gone"
    sections: tuple[tuple[str, str, _Wanted], ...] = (
        (gone, BAD, lambda line: line.is_silent),
        ("Reads weaker", BAD, lambda line: line.direction is Direction.WEAKER and not line.is_silent),
        ("New", GOOD, lambda line: line.status is Status.NEW or line.wps is Wps.ADDED),
        ("Reads stronger", GOOD, lambda line: line.direction is Direction.STRONGER and line.wps is not Wps.ADDED),
        ("Level", ODD, lambda line: line.direction in (Direction.NEUTRAL, None) and line.status.lives_on),
    )
    told: set[tuple[str | None, str | None]] = set()
    for heading, style, is_wanted in sections:
        lines = [line for line in found.lines if is_wanted(line) and line.key not in told]
        told |= {line.key for line in lines}
        _add_section(page, heading, style, lines, found, has_words)
    _add_kept(page, [line for line in found.lines if line.status is Status.KEPT], found, has_words, has_all)
    _add_references(page, found)
    page.print()


def _add_head(page: Page, found: Comparison) -> None:
    counts = found.counts
    body = f"{found.body}: " if found.body else ""
    page.wrapped(page.style(plain(f"{body}{found.new} beside {found.old}"), BOLD))
    if found.not_repeated is not None:
        _add_by_reference(page, [one.address for one in found.not_repeated])
    elif found.whole is None:
        page.wrapped(f"It is a {found.kind}: the mandate goes on as it was, and there is nothing to list.", "  ")
    else:
        parts = (
            (counts.kept, "kept"), (counts.reworded, "reworded"), (counts.merged, "merged"), (counts.split, "split"),
            (counts.dropped, "not taken over" if found.is_taken_over else "dropped"), (counts.new_lines, "new"),
        )  # fmt: skip
        told = ", ".join(f"{count} {name}" for count, name in parts if count) or "none"
        page.wrapped(f"Paragraphs on women: {counts.old} → {counts.new}: {told}.", "  ")
        read = ((counts.weaker, "weaker"), (counts.neutral, "level"), (counts.stronger, "stronger"))
        if found.kind is Kind.TERMINATION:
            page.wrapped("The mandate ends, or goes on for the last time: nothing reads weaker or stronger.", "  ")
        elif any(count for count, _ in read):
            page.wrapped(f"Of those that live on, {', '.join(f'{count} read {name}' for count, name in read)}.", "  ")
        whole = found.whole
        page.wrapped(
            f"The whole text: {whole.old_paragraphs} → {whole.new_paragraphs} paragraphs, "
            f"{whole.old_words:,} → {whole.new_words:,} words.",
            "  ",
        )
    for one in found.skipped:
        page.wrapped(page.style(plain(f"passed over: {one.symbol}, {one.why}"), DIM), "  ", "    ")


def _add_by_reference(page: Page, addresses: Sequence[str]) -> None:
    count = len(addresses)
    paragraphs = "paragraph on women is" if count == 1 else "paragraphs on women are"
    named = f": {', '.join(addresses)}" if count else ""
    page.wrapped("The mandate is renewed by reference, by a short text for a full term: nothing is gone.", "  ")
    page.wrapped(plain(f"{count or 'No'} {paragraphs} not repeated{named}."), "  ", "    ")


def _add_section(
    page: Page, heading: str, style: str, lines: Sequence[Line], found: Comparison, has_words: bool
) -> None:
    if not lines:
        return
    page.line()
    page.line(page.style(f"{heading} ({len(lines)})", style))
    for line in lines:
        _add_line(page, line, found, has_words)


def _add_line(page: Page, line: Line, found: Comparison, has_words: bool) -> None:
    page.wrapped(page.style(plain(_places(line)), BOLD) + plain(_said_of(line, found)), "  ", "    ")
    for reason in line.reasons:
        page.wrapped(plain(_reason(reason)), "    - ", "      ")
    if line.nearest is not None:
        page.wrapped(page.style(plain(f"nearest: {line.nearest.address} ({line.nearest.similarity:.2f})"), DIM), "    ")
    if line.said is not None:
        note = f": {line.said.note}" if line.said.note else ""
        page.wrapped(page.style(plain(f"corrected by {line.said.by}{note}"), DIM), "    ")
    before, after = (side.text if side else None for side in (line.old, line.new))
    if has_words:
        page.wrapped(compared_words(page, before, after), "    ")
    elif line.status is Status.DROPPED or line.status is Status.NEW:
        page.wrapped(plain(_beginning(before or after or "")), "    ")


def _places(line: Line) -> str:
    old, new = line.key
    if old is None or new is None or old == new:
        return old or new or ""
    return f"{old} → {new}"


def _said_of(line: Line, found: Comparison) -> str:
    words = f" {'not taken over' if found.is_taken_over and line.status is Status.DROPPED else line.status}"
    if line.wps is not None and line.status is not Status.KEPT:
        words += f"; words on women {line.wps}"
    if line.moved:
        words += f"; moved {line.moved.replace('to-', 'to the ').replace('operative', 'operative part')}"
    return words


def _reason(reason: "Reason") -> str:
    sign = {1: "+", -1: "−", 0: "="}[reason.sign]
    words = f"{sign} {RULES.get(reason.rule, reason.rule)}"
    if reason.before and reason.after:
        return f"{words}: “{_beginning(reason.before)}” → “{_beginning(reason.after)}”"
    named = reason.before or reason.after
    return f"{words}: “{_beginning(named)}”" if named else words


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words) if len(words) <= WORDS else f"{' '.join(words[:WORDS])} ..."


def _add_kept(page: Page, lines: Sequence[Line], found: Comparison, has_words: bool, has_all: bool) -> None:
    if not lines:
        return
    if has_all:
        _add_section(page, "Kept", DIM, lines, found, has_words)
        for line in lines if not has_words else ():
            page.wrapped(plain(f"{_places(line)}: {_beginning(line.new.text if line.new else '')}"), "    ", "      ")
        return
    page.line()
    page.wrapped(plain(f"Kept ({len(lines)}): {', '.join(_places(line) for line in lines)}"), "", "  ")


def _add_references(page: Page, found: Comparison) -> None:
    lost = [one for one in found.references if not one.is_in_new]
    if not lost:
        return
    page.line()
    page.line(page.style(f"Cited before, and no longer ({len(lost)})", ODD))
    for one in lost:
        page.wrapped(plain(f"{one.address} kept {', '.join(one.wps)} of {one.cites} by citing it"), "  ", "    ")
