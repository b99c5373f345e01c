"""The demonstration's story says what happened, why, and what is invented, within 80 columns."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from monitor.alerts.news.compose import DocumentFacts, Told, extract_alert
from monitor.alerts.words.message import render_text
from monitor.changes.diff import diff_paragraphs
from monitor.changes.flags import flag_changes
from monitor.demo.catalogue import load_catalogue
from monitor.demo.story import (
    EXAMPLE,
    WIDTH,
    Held,
    tell_alerts,
    tell_ending,
    tell_first_crawl,
    tell_opening,
    tell_second_crawl,
    tell_second_day,
    tell_third_crawl,
)
from storage.models import Evidence, Label, Paragraph, Part
from storage.records import Alert, CrawlRun, Event, Outcome, RunCounts
from storage.texts.extracts import ExtractRow

CATALOGUE = load_catalogue()
NOW = datetime(2026, 7, 1, 6, 0, tzinfo=UTC)
LONG = "Welcoming the steps taken so far by all parties to the agreement, " * 6


def paragraph(address: str, text: str, phrase: str = "women") -> Paragraph:
    start = text.index(phrase)
    evidence = Evidence(phrase, start, start + len(phrase), "test")
    return Paragraph(address, Part.OPERATIVE, text, labels=(Label("Participation", (evidence,)),))


def alert_of(symbol: str, event: Event, before: Sequence[Paragraph], after: Sequence[Paragraph]) -> Alert:
    facts = DocumentFacts(symbol, "en", "unxml", "The situation in Somewhere", date(2026, 5, 29), None)
    flags = flag_changes(diff_paragraphs(before, after), before, after)
    return extract_alert(event, facts, [Told(flag, "hash", 1) for flag in flags], 3, NOW)


def run_of(source: str, counts: RunCounts, reason: str | None = None) -> CrawlRun:
    return CrawlRun(1, source, NOW, NOW, Outcome.COMPLETE, reason, counts, "finished")


def extract_row(text: str, title: str) -> ExtractRow:
    return ExtractRow(
        EXAMPLE,
        "en",
        title,
        ("OP 10",),
        ("Participation",),
        text,
        date(2017, 11, 15),
        "https://example.org/",
        NOW,
        False,
    )


NEW = alert_of("S/RES/2821 (2026)", Event.EXTRACT_NEW, [], [paragraph("OP 4", f"{LONG}and the part of women;")])
CHANGED = alert_of(
    "S/RES/2386 (2017)",
    Event.EXTRACT_CHANGED,
    [paragraph("OP 17", "Underscores that the part of women is critical;")],
    [paragraph("OP 17", "Underscores that the part of women is important;")],
)
RUNS = [
    run_of("unxml", RunCounts(listed=17, fetched=2, new=1, changed=1, flags=2, alerts=2)),
    run_of("un-resolutions", RunCounts(listed=15), "a remark that is as long as such remarks may be, " * 3),
]
HELD = Held(
    14, [extract_row("Recalls the part of women;", "The short one"), extract_row(f"{LONG}women;", "The long one")]
)


@pytest.mark.parametrize(
    "chapter",
    [
        tell_opening(15),
        tell_first_crawl(RUNS, HELD),
        tell_second_day([CATALOGUE.news, CATALOGUE.renewal], CATALOGUE.correction(is_wps=True)),
        tell_second_crawl(RUNS, [NEW, CHANGED], 2),
        tell_alerts([NEW, CHANGED]),
        tell_third_crawl(RUNS, 0),
        tell_ending(None),
        tell_ending(Path("kept")),
    ],
    ids=lambda chapter: chapter.partition("\n")[0],
)
def test_every_chapter_fits_80_columns_and_ends_its_last_line(chapter: str) -> None:
    assert [line for line in chapter.splitlines() if len(line) > WIDTH] == []
    assert chapter.endswith("\n")
    assert not chapter.endswith("\n\n")


def test_the_first_crawl_shows_the_shortest_extract_of_the_example_and_counts_what_is_held() -> None:
    chapter = tell_first_crawl(RUNS, HELD)
    assert "Held now: 14 documents. 1 of them speak of women, in 2 extracts." in " ".join(chapter.split())
    assert "The short one" in chapter
    assert "The long one" not in chapter
    assert "https://docs.un.org/en/S/RES/2387(2017)" in chapter


def test_the_first_crawl_tells_no_example_when_it_is_not_held() -> None:
    assert "One of the extracts" not in tell_first_crawl(RUNS, Held(0, []))


def test_the_invented_word_is_told_as_an_invention() -> None:
    chapter = " ".join(tell_second_day([CATALOGUE.news, CATALOGUE.renewal], CATALOGUE.correction(is_wps=True)).split())
    assert "S/RES/2386 (2017), OP 17" in chapter
    assert "is [-critical-] {+important+} to ensure a credible. THIS CHANGE IS INVENTED" in chapter
    assert "S/RES/2821 (2026) of 29 May 2026, Reports of the Secretary-General on the Sudan and South Sudan" in chapter
    assert "S/RES/2822 (2026) of 15 June 2026, The situation in Afghanistan, is published. It is real." in chapter
    assert "It renews a mandate." in chapter


def test_a_new_extract_is_told_with_address_evidence_theme_and_link() -> None:
    chapter = " ".join(tell_second_crawl(RUNS, [NEW], 1).split())
    assert "1 document was sent this time" in chapter
    assert "1 paragraph is flagged" in chapter
    assert "https://docs.un.org/en/S/RES/2821(2026) OP 4: new WPS content: Participation [...]" in chapter
    assert 'and the part of *women*; themes: Participation ("women")' in chapter


def test_a_changed_extract_is_told_word_by_word() -> None:
    chapter = " ".join(tell_second_crawl(RUNS, [CHANGED], 1).split())
    assert "Underscores that the part of women is [-critical;-] {+important;+}" in chapter


def test_a_short_alert_is_told_whole_and_of_a_long_one_it_is_said_how_much_is_left_out() -> None:
    long = alert_of(
        "S/RES/2821 (2026)",
        Event.EXTRACT_NEW,
        [],
        [paragraph(f"OP {number}", f"{LONG}{number} women;") for number in range(1, 4)],
    )
    told = tell_alerts([CHANGED, long])
    assert render_text(CHANGED) in told
    left_out = render_text(long).partition("\n2. ")
    assert f"{left_out[0]}\n[... {len((left_out[1] + left_out[2]).strip().splitlines())} more lines" in told


def test_the_third_crawl_tells_its_numbers_as_they_are() -> None:
    assert "Documents sent: 0. Paragraphs flagged: 2. Alerts written: 2." in tell_third_crawl(RUNS, 0)


def test_the_kept_folder_can_be_copied_into_a_shell() -> None:
    assert "export WPSWATCH_DATA='kept data'" in tell_ending(Path("kept data"))
    assert "Nothing is left behind" in tell_ending(None)


def test_a_kept_demonstration_names_the_mails_it_holds() -> None:
    words = " ".join(tell_ending(Path("kept")).split())

    assert "kept/mails holds each alert as the mail that a channel of type email would send" in words
