"""The words of an alert."""

import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts.news.compose import DocumentFacts, Told, extract_alert, source_alert
from monitor.alerts.news.payload import ExtractNews, Mark, SourceNews, news_of
from monitor.alerts.words.message import render_text
from monitor.alerts.words.text_lines import WIDTH, compared, marked
from monitor.changes.diff import diff_paragraphs
from monitor.changes.flags import flag_changes
from monitor.text.harmless import harmless
from monitor.text.links import document_url
from scraper.council.citation_form import citation, extract_title, ordinal
from storage.models import Evidence, Paragraph, Place
from storage.records import Alert, Event

Make = Callable[..., Paragraph]

NOW = datetime(2025, 5, 9, 6, 0, tzinfo=UTC)
FACTS = DocumentFacts(
    symbol="S/RES/2779 (2025)",
    language="en",
    source="unxml",
    subject="Reports of the Secretary-General on the Sudan and South Sudan",
    adopted_on=date(2025, 5, 8),
    published_on=None,
)


def alert_of(event: Event, before: list[Paragraph], after: list[Paragraph], facts: DocumentFacts = FACTS) -> Alert:
    flags = flag_changes(diff_paragraphs(before, after), before, after)
    return extract_alert(event, facts, [Told(flag, "hash", 1) for flag in flags], 7, NOW)


def test_a_new_document_reads_as_a_newcomer_needs_it(paragraph: Make) -> None:
    chapeau = "Decides that the mandate of the mission shall be to:"
    alert = alert_of(
        Event.EXTRACT_NEW,
        [],
        [
            paragraph("OP 3", chapeau),
            paragraph("OP 3 (a)", "protect civilians, in particular women;", "Protection", chapeau=chapeau),
            paragraph("OP 3 (b)", "ensure that women take part;", "Participation", chapeau=chapeau),
        ],
    )

    assert (
        render_text(alert)
        == f"""\
==============================================================================
S/RES/2779 (2025): new words about women, 2 extracts
==============================================================================
Document:  S/RES/2779 (2025)
Subject:   Reports of the Secretary-General on the Sudan and South Sudan
Adopted:   8 May 2025
Link:      https://docs.un.org/en/S/RES/2779(2025)
Themes:    Protection, Participation
Seen at:   unxml

Paragraphs (2)
  OP 3 (a): added, Protection
  OP 3 (b): added, Participation

How to read this: *words* gave the theme.

1. OP 3 (a): added

    Under: Decides that the mandate of the mission shall be to:

    protect civilians, in particular *women*;

Themes:    Protection ("women")
Cite as:   Security Council resolution 2779 (2025), para. 3 (a)
Around it: wpswatch show 'S/RES/2779 (2025)' 'OP 3 (a)' --around 2

2. OP 3 (b): added

    Under: (as above)

    ensure that *women* take part;

Themes:    Participation ("women")
Cite as:   Security Council resolution 2779 (2025), para. 3 (b)
Around it: wpswatch show 'S/RES/2779 (2025)' 'OP 3 (b)' --around 2

Alert {alert.id} (extract.new)
"""
    )


def test_a_changed_paragraph_is_shown_word_by_word(paragraph: Make) -> None:
    alert = alert_of(
        Event.EXTRACT_CHANGED,
        [paragraph("OP 3", "women shall take part", "Participation")],
        [paragraph("OP 3", "women should take part", "Participation")],
    )

    text = render_text(alert)

    assert "1. OP 3: changed" in text
    assert "*women* [-shall-] {+should+} take part" in text
    assert "the words about women changed: 'shall' became 'should'" in text


def test_a_paragraph_with_another_number_says_where_it_was(paragraph: Make) -> None:
    alert = alert_of(
        Event.EXTRACT_CHANGED,
        [paragraph("OP 3", "women shall take part in the talks", "Participation")],
        [
            paragraph("OP 3", "Welcomes the appointment of an envoy"),
            paragraph("OP 4", "women should take part in the talks", "Participation"),
        ],
    )

    assert "1. OP 4 (before: OP 3): changed" in render_text(alert)


def test_a_removed_paragraph_shows_the_words_that_are_gone(paragraph: Make) -> None:
    alert = alert_of(Event.EXTRACT_REMOVED, [paragraph("OP 3", "women shall take part", "Participation")], [])

    assert "[-*women* shall take part-]" in render_text(alert)


def test_no_line_but_a_link_is_wider_than_a_terminal(paragraph: Make) -> None:
    words = " ".join(["meaningful participation of women in all peace processes"] * 20)
    lines = render_text(alert_of(Event.EXTRACT_NEW, [], [paragraph("OP 3", words, "Participation")])).splitlines()

    assert max(len(line) for line in lines) <= WIDTH


def test_a_source_in_trouble_says_what_to_know() -> None:
    news = SourceNews(Event.SOURCE_BLOCKED, "unxml", "blocked: the source refused 3 of 3 requests", NOW)

    text = render_text(source_alert(news, 4, 5, NOW))

    assert "A source refuses us: unxml" in text
    assert "blocked: the source refused 3 of 3 requests" in text
    assert "Last good: 9 May 2025, 06:00 UTC" in text


def test_a_payload_gives_the_news_back(paragraph: Make) -> None:
    before = [paragraph("OP 3", "women shall take part", "Participation")]
    after = [paragraph("OP 3", "women should take part", "Participation")]
    alert = alert_of(Event.EXTRACT_CHANGED, before, after)

    record = json.loads(alert.payload)

    assert record["adopted_on"] == "2025-05-08"
    assert record["url"] == "https://docs.un.org/en/S/RES/2779(2025)"
    assert record["extracts"][0]["marks"] == [
        {"theme": "Participation", "phrase": "women", "start": 0, "end": 5, "in": "text"}
    ]
    news = news_of(alert.payload)
    assert not isinstance(news, SourceNews)
    assert news.extracts[0].before == "women shall take part"


def test_a_payload_of_another_schema_is_refused() -> None:
    with pytest.raises(ValueError, match=r"expected an alert of schema wpswatch\.alert/1, found 'other/2'"):
        news_of('{"schema": "other/2", "event": "extract.new"}')


def test_words_that_gave_a_theme_by_two_rules_are_one_mark(paragraph: Make) -> None:
    once = paragraph("OP 1", "women", "Protection")
    [label] = once.labels
    evidence = (Evidence("women", 0, 5, "one"), Evidence("women", 0, 5, "another"))
    twice = replace(once, labels=(replace(label, evidence=evidence),))

    news = news_of(alert_of(Event.EXTRACT_NEW, [], [twice]).payload)

    assert isinstance(news, ExtractNews)
    assert [mark.phrase for mark in news.extracts[0].marks] == ["women"]


def test_the_same_news_has_the_same_id_in_another_run_at_another_time(paragraph: Make) -> None:
    flags = flag_changes(diff_paragraphs([], [paragraph("OP 1", "women", "Protection")]), (), ())
    told = [Told(flags[0], "hash", 0)]

    first = extract_alert(Event.EXTRACT_NEW, FACTS, told, 7, NOW)
    again = extract_alert(Event.EXTRACT_NEW, FACTS, told, 8, datetime(2026, 1, 1, tzinfo=UTC))
    later = extract_alert(Event.EXTRACT_NEW, FACTS, [Told(flags[0], "hash", 2)], 9, NOW)

    assert first.id == again.id
    assert first.id != later.id


@pytest.mark.parametrize(
    "hostile",
    [
        "women\x1b[2Jtake part",
        "women\r\nSubject: forged",
        "women\u202enemow\u202c",
        "women\x07\x08\x9b31m",
        "women\u2028next",
        "women\ud800",
    ],
)
def test_hostile_text_is_harmless_in_every_field(paragraph: Make, hostile: str) -> None:
    facts = DocumentFacts(hostile, "en", hostile, hostile, None, None)
    alert = alert_of(Event.EXTRACT_NEW, [], [paragraph(hostile, hostile, hostile, chapeau=hostile)], facts)

    text = render_text(alert)

    assert text.encode()
    assert not [c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert not [line for line in text.splitlines() if line.startswith("Subject: forged")]
    assert "\n" not in alert.subject


@given(st.text(max_size=60))
def test_whatever_was_printed_stays_on_one_harmless_line(text: str) -> None:
    shown = harmless(text)

    assert "\n" not in shown
    assert all(unicodedata.category(c)[0] != "C" or c in "\u200c\u200d" for c in shown)


def test_control_characters_are_named() -> None:
    assert harmless("a\x1b[31m\tb\u202ec\u00ad") == "a<U+001B>[31m b<U+202E>c"


def test_touching_evidence_is_marked_once() -> None:
    marks = [
        Mark("Participation", "full participation", 0, 18, Place.TEXT),
        Mark("Protection", "participation of women", 5, 27, Place.TEXT),
        Mark("Protection", "girls", 32, 37, Place.TEXT),
    ]

    assert marked("full participation of women and girls", marks) == "*full participation of women* and *girls*"


def test_additions_and_removals_are_seen_without_colour() -> None:
    assert compared("States shall report", "All States report soon") == "{+All+} States [-shall-] report {+soon+}"


@pytest.mark.parametrize(
    ("symbol", "address", "words"),
    [
        ("S/RES/2387 (2017)", "OP 42 (a) (iii)", "Security Council resolution 2387 (2017), para. 42 (a) (iii)"),
        ("S/RES/2386 (2017)", "PP 7", "Security Council resolution 2386 (2017), seventh preambular paragraph"),
        ("S/RES/2386 (2017)", "PP 21", "Security Council resolution 2386 (2017), twenty-first preambular paragraph"),
        ("S/RES/2386 (2017)", "OP 4 (•2)", "Security Council resolution 2386 (2017), para. 4, second bullet"),
        (
            "S/RES/2386 (2017)",
            "OP 7 +1",
            "Security Council resolution 2386 (2017), para. 7, first unnumbered paragraph",
        ),
        (
            "S/RES/2386 (2017)",
            "OP 0 +2",
            "Security Council resolution 2386 (2017), second unnumbered paragraph before para. 1",
        ),
        (
            "S/RES/2386 (2017)",
            "Annex II, para. 3 (b)",
            "Security Council resolution 2386 (2017), annex II, para. 3 (b)",
        ),
        ("S/RES/2386 (2017)", "Annex II +4", "Security Council resolution 2386 (2017), annex II, fourth paragraph"),
        (
            "S/RES/2386 (2017)",
            "OP 8 (b) #2",
            "Security Council resolution 2386 (2017), para. 8 (b) (second of that number)",
        ),
        ("S/2024/730", "para. 41 (a)", "S/2024/730, para. 41 (a)"),
        (
            "S/PRST/2023/5",
            "para. +5",
            "statement by the President of the Security Council (S/PRST/2023/5), fifth paragraph",
        ),
        ("S/2024/730", "somewhere else", "S/2024/730, somewhere else"),
    ],
)
def test_a_paragraph_is_cited_in_words(symbol: str, address: str, words: str) -> None:
    assert citation(symbol, address) == words


def test_titles_are_those_of_peacewomen() -> None:
    assert extract_title("S/RES/2387 (2017)", "OP 42") == "Security Council Resolution 2387: Para. 42"
    assert extract_title("S/RES/2387 (2017)", "OP 6 (a)") == "Security Council Resolution 2387: Para. 6 (a)"
    assert extract_title("S/RES/2387 (2017)", "PP 3") == "Security Council Resolution 2387: Preamble"


def test_a_link_bears_the_symbol_without_its_blank() -> None:
    assert document_url("S/RES/2768 (2025)", "en") == "https://docs.un.org/en/S/RES/2768(2025)"


@pytest.mark.parametrize(("number", "word"), [(1, "first"), (12, "twelfth"), (20, "twentieth"), (101, "101st")])
def test_small_numbers_are_said_in_words(number: int, word: str) -> None:
    assert ordinal(number) == word
