"""The command `why`: what gave a paragraph its themes, rule by rule, or what came nearest where it has none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    from monitor.cli.render import Page
    from scraper.themes.nearest import Nearest
    from storage.corrections import Placed
    from storage.models import Evidence, HeldDocument, Label, Paragraph

MOST_TERMS = 8  # of the phrases that fired no rule, a person is shown so many


@dataclass(frozen=True, slots=True)
class Reasons:
    """All that there is to say of one paragraph's labels.

    `overruled` are the machine's labels that a person removed; `nearest` is None where the paragraph has a theme or is
    not in English. `vocabulary` is the one that labelled it, `is_stale` whether today's is another.
    """

    held: "HeldDocument"
    paragraph: "Paragraph"
    said: tuple["Placed", ...]
    overruled: tuple["Label", ...]
    nearest: "Nearest | None"
    vocabulary: str
    is_stale: bool


@click.command(
    epilog="\b\nExamples:\n  wpswatch why 2387 '43 (d) (ii)'\n  wpswatch why 'S/RES/2387 (2017)' pp3 --json\n\n"
    "Exit codes: 0 shown, 1 not held, 2 no such symbol or address."
)
@click.argument("symbol")
@click.argument("address")
@click.option("--language", default="en", metavar="CODE", help="The language of the text; en unless given.")
@click.option("--json", "as_json", is_flag=True, help="Print the evidence as JSON.")
@pass_session
def why(session: Session, symbol: str, address: str, language: str, as_json: bool) -> None:
    """Say why a paragraph has its themes: the text with the evidence marked, rule by rule, and what people said.

    For a paragraph without a theme: what of the vocabulary is in it all the same, or which words look like it.
    """
    from contextlib import closing

    from monitor.cli.words import find_address, held_symbol
    from storage.documents import load_document
    from storage.human_labels import placed_labels

    with closing(session.open_readonly()) as db:
        known = held_symbol(db, symbol)
        held = load_document(db, known, language)
        placed = placed_labels(db, held.document) if held else ()
    if held is None:
        raise click.ClickException(f"{known} is not held in {language!r}; leave --language out for English")
    addresses = [paragraph.address for paragraph in held.document.paragraphs]
    meant = find_address(address, addresses, is_resolution=held.document.kind == "resolution")
    reasons = _reasons(held, meant, tuple(one for one in placed if one.address == meant))
    if as_json:
        from monitor.cli.render import echo_json

        echo_json(_record(reasons))
    else:
        _print(reasons)


def _reasons(held: "HeldDocument", address: str, said: tuple["Placed", ...]) -> Reasons:
    from scraper.themes.labeller import VOCABULARY_VERSION
    from storage.labels import vocabulary_of

    document = held.document
    paragraph = next(one for one in document.paragraphs if one.address == address)
    nearest = None
    if not paragraph.labels and document.language == "en":
        from scraper.themes.nearest import nearest as find_nearest

        nearest = find_nearest(paragraph.text, paragraph.chapeau, paragraph.heading)
    vocabulary = vocabulary_of(document.parser_version)
    return Reasons(
        held=held,
        paragraph=paragraph,
        said=said,
        overruled=_overruled(held, paragraph, said),
        nearest=nearest,
        vocabulary=vocabulary,
        is_stale=vocabulary != VOCABULARY_VERSION,
    )


def _overruled(held: "HeldDocument", paragraph: "Paragraph", said: Sequence["Placed"]) -> tuple["Label", ...]:
    """What the machine would say today of the themes that a person removed."""
    if not said:
        return ()
    from scraper.relabelling import machine_labelled

    machine, _ = machine_labelled(held.document)
    own = next(one for one in machine.paragraphs if one.address == paragraph.address)
    spoken = {one.label.theme for one in said}
    return tuple(label for label in own.labels if label.theme in spoken and label.theme not in paragraph.themes)


def by_rule(labels: Iterable["Label"]) -> dict[str, tuple[list[str], list["Evidence"]]]:
    """The themes and the phrases of each rule of the vocabulary, in the order of the labels."""
    rules: dict[str, tuple[list[str], list[Evidence]]] = {}
    for label in labels:
        for evidence in label.evidence:
            if evidence.said is not None:
                continue
            themes, phrases = rules.setdefault(evidence.rule, ([], []))
            if label.theme not in themes:
                themes.append(label.theme)
            if evidence not in phrases:
                phrases.append(evidence)
    return rules


def _record(reasons: Reasons) -> dict[str, Any]:
    from monitor.cli.records_json import human_record, paragraph_record, theme_records

    document = reasons.held.document
    return {
        "symbol": document.symbol,
        "language": document.language,
        **paragraph_record(reasons.paragraph),
        "rules": _rule_records(reasons.paragraph.labels),
        "human_labels": [human_record(one) for one in reasons.said],
        "overruled": theme_records(reasons.overruled),
        "nearest": None if reasons.nearest is None else _nearest_record(reasons.nearest),
        "vocabulary": reasons.vocabulary,
        "vocabulary_is_stale": reasons.is_stale,
    }


def _rule_records(labels: Iterable["Label"]) -> list[dict[str, Any]]:
    return [
        {
            "rule": rule,
            "themes": themes,
            "phrases": [
                {"phrase": one.phrase, "start": one.start, "end": one.end, "in": one.place} for one in evidence
            ],
        }
        for rule, (themes, evidence) in by_rule(labels).items()
    ]


def _nearest_record(nearest: "Nearest") -> dict[str, Any]:
    return {
        "terms": [
            {
                "phrase": term.phrase,
                "start": term.start,
                "end": term.end,
                "in": term.place,
                "concepts": list(term.concepts),
                "subject": term.is_subject,
            }
            for term in nearest.terms
        ],
        "lookalikes": [
            {"word": one.word, "start": one.start, "end": one.end, "like": one.like} for one in nearest.lookalikes
        ],
    }


def _print(reasons: Reasons) -> None:
    from monitor.cli.render import BOLD, DIM, ODD, Page, plain
    from monitor.cli.said import add_said

    paragraph = reasons.paragraph
    page = Page()
    page.line(page.style(plain(f"{reasons.held.document.symbol}, {paragraph.address}"), BOLD))
    for name, text in (("heading", paragraph.heading), ("chapeau", paragraph.chapeau), ("text", paragraph.text)):
        if text is not None:
            page.line()
            page.wrapped(page.marked(text, _spans(reasons, name), ("[", "]")), page.style(name.ljust(9), DIM))
    if paragraph.labels:
        _add_rules(page, paragraph.labels)
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


def _spans(reasons: Reasons, place: str) -> list[Any]:
    from monitor.cli.document_page import evidence_spans
    from monitor.cli.render import Span

    spans = evidence_spans((*reasons.paragraph.labels, *reasons.overruled), place)
    if reasons.nearest is not None and not spans:
        terms = reasons.nearest.subjects or reasons.nearest.terms
        spans = [Span(term.start, term.end) for term in terms if term.place == place]
        if place == "text":
            spans += [Span(one.start, one.end) for one in reasons.nearest.lookalikes]
    return spans


def _add_rules(page: "Page", labels: Iterable["Label"]) -> None:
    from monitor.cli.render import BOLD, plain

    for rule, (themes, evidence) in by_rule(labels).items():
        page.line()
        page.wrapped(f"{page.style(plain(rule), BOLD)}: {plain('; '.join(themes))}")
        for one in evidence:
            page.wrapped(f"“{plain(one.phrase)}” in the {one.place}, {one.start} to {one.end}", "  ", "    ")


def _add_nearest(page: "Page", reasons: Reasons) -> None:
    """Say what is there instead of a theme, and nothing more than that."""
    from monitor.cli.render import plain

    nearest = reasons.nearest
    if nearest is None:
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
