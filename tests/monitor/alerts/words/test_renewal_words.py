"""A renewal in words: counts first, losses before the rest, a line for each paragraph, old words beside new ones."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator

from monitor.alerts.mail.mail import LARGEST_MAIL, make_mail, subject_line
from monitor.alerts.news.compose import DocumentFacts, Place, renewal_alert, tell_renewal
from monitor.alerts.news.payload import DigestItem, DigestNews, ExtractNews, news_of, payload_of
from monitor.alerts.webhook.body import LARGEST_BODY, body_of
from monitor.alerts.words.chat_text import chat_text
from monitor.alerts.words.message import render_text
from monitor.alerts.words.message_html import render_html
from monitor.renewals.comparison import Comparison, Direction, Line, Nearest, Reason, Status, Whole, Wps
from monitor.text.mail_address import read_address
from storage.drift_values import Kind, Skipped
from storage.models import Paragraph
from storage.records import Alert, Event
from tests.monitor.conftest import make_paragraph
from tests.servers.mail_post import make_letterhead

NOW = datetime(2025, 5, 9, 6, 0, tzinfo=UTC)
OLD, NEW = "S/RES/2729 (2024)", "S/RES/2779 (2025)"
FACTS = DocumentFacts(NEW, "en", "unxml", "Reports of the Secretary-General", date(2025, 5, 8), None)
SUDAN = Place("South Sudan", ("UNMISS", "UNISFA"))
ADVISERS = make_paragraph("OP 12", "Requests UNMISS to deploy women protection advisers;", "Protection")
CALLS = make_paragraph("OP 9", "Demands that women take part in all talks;", "Participation")
NOTES = make_paragraph("OP 8", "Notes that women take part in some talks;", "Participation")
QUOTA = make_paragraph("OP 4", "Urges a quota of 35 per cent for women;", "Participation")
FRESH = make_paragraph("OP 6", "Welcomes the women of Bor;", "Participation")
LINES = (
    Line(QUOTA, QUOTA, Status.KEPT),
    Line(CALLS, NOTES, Status.REWORDED, Wps.CHANGED, Direction.WEAKER, "Demands", "Notes",
         (Reason("a lower class of verb", "Demands", "Notes", -1),)),
    Line(None, FRESH, Status.NEW),
    Line(ADVISERS, None, Status.DROPPED, nearest=Nearest("OP 10", 0.31)),
)  # fmt: skip
FOUND = Comparison(
    NEW, OLD, Kind.RENEWAL, body="UNMISS", skipped=(Skipped("S/RES/2778 (2025)", "rollover"),), lines=LINES,
    whole=Whole(131, 95, 9865, 6877), paired=0.9,
)  # fmt: skip


def alert_of(found: Comparison, new: tuple[Paragraph, ...] = (NOTES, FRESH, QUOTA)) -> Alert:
    told = tell_renewal(found, new, date(2026, 4, 30))
    assert told is not None
    return renewal_alert(FACTS, told, SUDAN, 7, NOW)


def news(found: Comparison = FOUND) -> ExtractNews:
    told = news_of(alert_of(found).payload)
    assert isinstance(told, ExtractNews)
    return told


def test_the_first_screen_says_what_where_until_when_and_lists_the_paragraphs() -> None:
    shown = render_text(alert_of(FOUND))
    assert (
        shown.partition("\n\n\n")[0]
        == f"""\
==============================================================================
South Sudan (UNMISS): 3 → 3 paragraphs on women, 1 dropped, 1 weaker, 1 new
(S/RES/2779)
==============================================================================
Document:  {NEW}, which renews the mandate of UNMISS
Subject:   Reports of the Secretary-General
Adopted:   8 May 2025
Until:     30 April 2026
Beside:    {OLD}
Skipped:   S/RES/2778 (2025) (rollover)
Link:      https://docs.un.org/en/S/RES/2779(2025)
Seen at:   unxml

Paragraphs on women: 3 → 3, 1 of them as they were. The whole text: 131 → 95
paragraphs, 9,865 → 6,877 words.

Gone (1)
  OP 12: dropped, nearest is OP 10

Reads weaker (1)
  OP 9 → OP 8: reworded, reads weaker

New (1)
  OP 6: new

As they were: OP 4.

Beside each other: wpswatch drift 'S/RES/2779 (2025)' 'S/RES/2729 (2024)'

How to read this: *words* gave the theme; [-words-] were dropped, {{+words+}}
were added."""
    )


def test_the_words_follow_under_their_headings_with_the_old_beside_the_new() -> None:
    shown = render_text(alert_of(FOUND))
    order = [shown.index(f"\n{title}\n---") for title in ("Gone", "Reads weaker", "New")]
    assert order == sorted(order)
    for words in (
        "[-Requests UNMISS to deploy *women* protection advisers;-]",
        "[-Demands-] {+Notes+} that *women* take part in [-all-] {+some+} talks;",
        'reads weaker, a lower class of verb: "Demands", now "Notes"',
        "wpswatch show 'S/RES/2729 (2024)' 'OP 12' --around 2",
    ):
        assert words in shown


def test_the_page_says_the_same_and_its_first_hidden_words_are_those_that_changed() -> None:
    page = render_html(alert_of(FOUND))
    assert page.index("display:none") < page.index("Requests UNMISS to deploy") < page.index("<h1")
    for words in (
        "OP 12: dropped, nearest is OP 10",
        "As they were: OP 4.",
        "S/RES/2778 (2025) (rollover)",
    ):
        assert words in page


def test_what_another_body_had_was_not_taken_over_and_never_dropped() -> None:
    taken = replace(FOUND, is_taken_over=True, kind=Kind.SUCCESSOR)
    shown = render_text(alert_of(taken))
    assert "1 not taken over" in subject_line(news(taken))
    assert "OP 12: not taken over" in shown
    assert "dropped, nearest" not in shown


def test_where_a_mandate_ends_nothing_reads_weaker() -> None:
    ends = news(replace(FOUND, kind=Kind.TERMINATION))
    assert ends.renewal is not None
    assert (ends.renewal.weaker, {line.direction for line in ends.renewal.lines}) == (0, {None})
    assert "weaker" not in subject_line(ends)


@pytest.mark.parametrize(
    "found",
    [
        replace(FOUND, kind=Kind.ROLLOVER),
        replace(FOUND, kind=Kind.CHANGE),
        replace(FOUND, old=None),
        replace(FOUND, lines=()),
        replace(FOUND, paired=0.04),
    ],
    ids=["rollover", "change", "nothing before", "nothing about women", "unrelated"],
)
def test_what_is_no_renewal_is_not_told_as_one(found: Comparison) -> None:
    assert tell_renewal(found, (), None) is None


def test_silence_needs_no_label_and_none_of_the_words() -> None:
    gone = replace(FOUND, lines=(LINES[3],))
    assert alert_of(gone, (make_paragraph("OP 1", "Recalls the border posts;"),)).event is Event.RENEWAL_SILENT
    assert alert_of(gone, (make_paragraph("OP 1", "Recalls gender equality;"),)).event is Event.RENEWAL_CHANGED


def test_the_alert_is_the_same_whichever_witness_came_first() -> None:
    told = tell_renewal(FOUND, (), None)
    assert told is not None
    ids = {renewal_alert(replace(FACTS, source=source), told, SUDAN, 7, NOW).id for source in ("unxml", "pdf")}
    assert len(ids) == 1


def test_the_news_comes_back_from_its_json_as_it_was() -> None:
    assert news_of(payload_of(news())) == news()


def many(count: int) -> Comparison:
    words = "Demands the full, equal and meaningful participation of women in all stages of the peace process; " * 12
    olds = [make_paragraph(f"OP {n}", words, "Participation") for n in range(count)]
    return replace(FOUND, lines=tuple(Line(old, None, Status.DROPPED) for old in olds))


def test_a_mail_of_many_losses_stays_below_what_mail_programs_cut() -> None:
    mail = make_mail(alert_of(many(200)), make_letterhead(), read_address("desk@example.org"), NOW)
    assert len(mail.as_bytes()) < LARGEST_MAIL
    page = mail.get_body(("html",))
    assert page is not None
    assert "OP 199: dropped" in page.get_content()


def test_the_webhook_is_by_its_schema_and_short() -> None:
    schema = json.loads(files("monitor.alerts.webhook").joinpath("webhook.schema.json").read_text())
    for found in (FOUND, many(200)):
        body = body_of(alert_of(found))
        assert len(body) <= LARGEST_BODY
        Draft202012Validator(schema).validate(data := json.loads(body))
        assert len(data["data"]["renewal"]["lines"]) == len(data["data"]["extracts"])


def test_a_chat_gets_the_losses_before_the_words() -> None:
    told = chat_text(news())
    assert told.index("Gone: OP 12: dropped") < told.index("Requests UNMISS to deploy")


def test_a_digest_tells_the_counts_of_a_renewal() -> None:
    item = DigestItem("wps-1", NOW, news())
    digest = payload_of(DigestNews(Event.DIGEST, "desk", "daily 07:00", NOW, (item,), 0))
    shown = Alert("wps-2", Event.DIGEST, 7, "", NOW, digest)
    for told in (render_text(shown), render_html(shown)):
        assert "1 dropped, 1 weaker, 1 new" in told
