"""Prints why a paragraph has its themes, for a person: what `monitor.cli.reading.why` has found."""

from collections.abc import Iterable

from monitor.app.held.reasons import Reasons, by_rule, has_lent_labels, own_labels
from monitor.cli.pages.document import evidence_spans
from monitor.cli.pages.human_labels import add_said
from monitor.cli.pages.render import BOLD, DIM, ODD, Page, Span, plain
from storage.models import Label, Paragraph

MOST_TERMS = 8  # of the phrases that fired no rule, a person is shown so many


def print_reasons(reasons: Reasons) -> None:
    """Print the paragraph with its evidence marked, then each rule, and what people said."""
    paragraph = reasons.paragraph
    page = Page()
    page.line(page.style(plain(f"{reasons.held.document.symbol}, {paragraph.address}"), BOLD))
    for name, text in (("heading", paragraph.heading), ("chapeau", paragraph.chapeau), ("text", paragraph.text)):
        if text is not None:
            page.line()
            page.wrapped(page.marked(text, _spans(reasons, name), ("[", "]")), page.style(name.ljust(9), DIM))
    own = own_labels(paragraph.labels)
    if own:
        _add_rules(page, own)
    elif reasons.english is not None:
        _add_english(page, reasons.english)
    elif not reasons.overruled:
        page.line()
        _add_nearest(page, reasons)
    if reasons.overruled:
        page.line()
        page.line("A person removed what the rules say:")
        _add_rules(page, reasons.overruled)
    add_said(page, reasons.said)
    if reasons.is_stale:
        page.line()
        stale = f"Labelled by the vocabulary {reasons.vocabulary or '(unknown)'}, which is not today's: "
        page.wrapped(page.style(plain(f"{stale}wpswatch relabel --all"), ODD))
    page.print()


def _spans(reasons: Reasons, place: str) -> list[Span]:
    spans = evidence_spans((*reasons.paragraph.labels, *reasons.overruled), place)
    if reasons.nearest is not None and not spans:
        terms = reasons.nearest.subjects or reasons.nearest.terms
        spans = [Span(term.start, term.end) for term in terms if term.place == place]
        if place == "text":
            spans += [Span(one.start, one.end) for one in reasons.nearest.lookalikes]
    return spans


def _add_rules(page: Page, labels: Iterable[Label]) -> None:
    for rule, (themes, evidence) in by_rule(labels).items():
        page.line()
        page.wrapped(f"{page.style(plain(rule), BOLD)}: {plain('; '.join(themes))}")
        for one in evidence:
            page.wrapped(f"“{plain(one.phrase)}” in the {one.place}, {one.start} to {one.end}", "  ", "    ")


def _add_english(page: Page, english: Paragraph) -> None:
    """Show the English text at the same address, which is labelled for all languages that have no vocabulary."""
    page.line()
    if not english.labels:
        page.wrapped("No theme, because the English text at the same address has none:")
    else:
        page.wrapped("The themes are those of the English text at the same address:")
    page.wrapped(page.marked(english.text, evidence_spans(english.labels), ("[", "]")), page.style("English  ", DIM))
    _add_rules(page, english.labels)


def _add_nearest(page: Page, reasons: Reasons) -> None:
    """Say what is there instead of a theme, and nothing more than that."""
    nearest = reasons.nearest
    if nearest is None:
        if has_lent_labels(reasons.held.document.language):
            page.wrapped("No theme: texts of this language get those of the English text, and it is not held here.")
        else:
            page.wrapped("No theme. What is nearest to one is told for English texts only.")
        return
    if nearest.subjects:
        found = "; ".join(f"“{plain(term.phrase)}” in the {term.place}" for term in nearest.subjects[:MOST_TERMS])
        page.wrapped(f"No theme. The vocabulary knows {found}, but no rule holds there.")
        return
    if nearest.lookalikes:
        near = "; ".join(f"“{plain(one.word)}”, almost “{one.like}”" for one in nearest.lookalikes)
        page.wrapped(
            f"No theme. Nothing here speaks of women, girls, gender or sexual violence; the nearest was {near}."
        )
    elif nearest.terms:
        page.wrapped("No theme. Nothing here speaks of women, girls, gender or sexual violence.")
    else:
        page.wrapped("No theme. Nothing of the vocabulary is here, and no word looks like one of it.")
        return
    if nearest.terms:
        terms = list(dict.fromkeys(plain(term.phrase) for term in nearest.terms))
        more = f" and {len(terms) - MOST_TERMS} more" if len(terms) > MOST_TERMS else ""
        known = ", ".join(f"“{term}”" for term in terms[:MOST_TERMS])
        page.wrapped(f"Of the vocabulary there is only {known}{more}; that makes no theme by itself.")
