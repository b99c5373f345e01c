"""The command `why`: what gave a paragraph its themes, rule by rule, or what came nearest where it has none."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from monitor.app.held.reasons import Reasons, by_rule, own_labels, reasons_asked
from monitor.cli.completing import complete_symbols
from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    from monitor.app.held.reasons import Nearest
    from storage.models import Label, Paragraph


@click.command(
    epilog="\b\nExamples:\n  wpswatch why 2387 '43 (d) (ii)'\n  wpswatch why 'S/RES/2387 (2017)' pp3 --json\n\n"
    "Exit codes: 0 shown, 1 not held, 2 no such symbol or address."
)
@click.argument("symbol", shell_complete=complete_symbols)
@click.argument("address")
@click.option("--lang", "--language", "language", default="en", metavar="CODE", help="The language; en unless given.")
@click.option("--json", "as_json", is_flag=True, help="Print the evidence as JSON.")
@pass_session
def why(session: Session, symbol: str, address: str, language: str, as_json: bool) -> None:
    """Say why a paragraph has its themes: the text with the evidence marked, rule by rule, and what people said.

    For a paragraph without a theme: what of the vocabulary is in it all the same, or which words look like it.
    """
    from contextlib import closing

    with closing(session.open_readonly()) as db:
        reasons = reasons_asked(db, symbol, address, language)
    if as_json:
        from monitor.cli.pages.render import echo_json

        echo_json(_record(reasons))
    else:
        from monitor.cli.pages.reasons import print_reasons

        print_reasons(reasons)


def _record(reasons: Reasons) -> dict[str, Any]:
    from monitor.app.export.works import work_of_document
    from monitor.cli.records.documents import human_record, paragraph_record, theme_records

    document = reasons.held.document
    return {
        "symbol": document.symbol,
        "language": document.language,
        **paragraph_record(reasons.paragraph, work_of_document(document)),
        "rules": _rule_records(own_labels(reasons.paragraph.labels)),
        "english": None if reasons.english is None else _english_record(reasons.english),
        "human_labels": [human_record(one) for one in reasons.said],
        "overruled": theme_records(reasons.overruled),
        "nearest": None if reasons.nearest is None else _nearest_record(reasons.nearest),
        "vocabulary": reasons.vocabulary,
        "vocabulary_is_stale": reasons.is_stale,
    }


def _english_record(english: "Paragraph") -> dict[str, Any]:
    """The paragraph that lends its labels: its words and the rules that hold in them."""
    return {"address": english.address, "text": english.text, "rules": _rule_records(english.labels)}


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
