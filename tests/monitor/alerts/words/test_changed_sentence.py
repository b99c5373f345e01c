"""Of a changed paragraph the sentence that changed stands first, and of a very long one the words around the change."""

from dataclasses import replace

import pytest

from monitor.alerts.news.changed_words import what_changed
from monitor.alerts.news.payload import ToldExtract
from monitor.alerts.words.chosen.excerpt import CUT, changed_sentence, cut_runs
from monitor.alerts.words.chosen.shown_words import ShownRun, shown_runs
from monitor.alerts.words.message import render_text
from monitor.alerts.words.message_html import render_html
from storage.records import ChangeKind, Event
from tests.servers.mail_post import make_alert, make_news

FIRST = "Recalls its earlier resolutions on the situation in the country and its neighbours"
LAST = "and requests the Secretary-General to report on all of this within ninety days"
LONG = ", and stresses that the parties to the conflict must protect civilians in all parts of the country" * 8


def changed(before: str, after: str) -> ToldExtract:
    return replace(make_news().extracts[0], kind=ChangeKind.MODIFIED, before=before, text=after, marks=())


def words(runs: tuple[ShownRun, ...]) -> str:
    frames = {"equal": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return " ".join(frames[run.kind].format("".join(piece.text for piece in run.pieces)) for run in runs)


def sentence_of(before: str, after: str) -> str:
    return words(changed_sentence(shown_runs(changed(before, after))))


def test_the_clause_that_changed_is_shown_alone() -> None:
    text = f"{FIRST}; Demands that women shall take part; {LAST};"
    assert sentence_of(text, text.replace("shall", "should")) == (
        f"{CUT} Demands that women [-shall-] {{+should+}} take part; and {CUT}"
    )


def test_a_sentence_ends_at_a_stop_before_a_capital_and_not_within_a_citation() -> None:
    text = f"{FIRST}. Notes para. 3 on women. {LAST.capitalize()}."
    assert sentence_of(text, text.replace("Notes", "Demands")) == (
        f"{CUT} [-Notes-] {{+Demands+}} para. 3 on women. {CUT}"
    )


def test_a_paragraph_that_is_one_short_sentence_is_shown_whole_and_once() -> None:
    assert sentence_of("women shall take part", "women should take part") == ""


def test_of_a_very_long_sentence_the_words_around_the_change_are_shown() -> None:
    text = f"Condemns violence{LONG}, and sexual violence against women{LONG}"
    shown = sentence_of(text, text.replace("sexual violence", "sexual and gender-based violence"))
    assert "sexual {+and gender-based+} violence against women" in shown
    assert shown.startswith(f"{CUT} ")
    assert shown.endswith(f" {CUT}")
    assert len(shown) < len(text) / 3


@pytest.mark.parametrize("form", [render_text, render_html])
def test_the_changed_sentence_stands_before_the_whole_paragraph(form: object) -> None:
    text = f"{FIRST}; Demands that women shall take part; {LAST};"
    news = make_news(event=Event.EXTRACT_CHANGED, extracts=(changed(text, text.replace("shall", "should")),))
    shown = " ".join(form(make_alert(news)).split())  # type: ignore[operator]
    assert shown.index(CUT) < shown.index("The whole paragraph:") < shown.index(FIRST)


def test_words_are_cut_at_a_blank_and_say_so() -> None:
    runs = shown_runs(replace(make_news().extracts[0], text="women take part", marks=()))
    assert words(cut_runs(runs, 8)) == f"women {CUT}"
    assert cut_runs(runs, 100) == runs


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("of sexual and gender-based violence", "of violence", "'sexual and gender-based' dropped"),
        ("women shall take part", "women should take part", "'shall' became 'should'"),
        ("women take part", "women and girls take part", "'and girls' added"),
        ("women take part now", "women fully take part", "'now' dropped"),  # a loss before what was added
        ("women", "men " * 20, ""),
    ],
)
def test_a_subject_tells_the_change_in_a_few_words_losses_first(before: str, after: str, told: str) -> None:
    assert what_changed(changed(before, after)) == told
