"""The mail that tells an alert: its headers, its two forms, and what a hostile source can't do to them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from typing import Any

import pytest

from monitor.alerts.mail.mail import Letterhead, make_mail, subject_line
from monitor.alerts.news.payload import DigestItem, DigestNews, ExtractNews, Mark, SourceNews, Until
from monitor.alerts.words.message import render_text
from monitor.alerts.words.message_html import render_html
from monitor.alerts.words.onward import Onward
from monitor.alerts.words.text_lines import WIDTH
from monitor.text.mail_address import read_address
from storage.models import Place
from storage.records import ChangeKind, Event
from tests.servers.mail_post import NOW, make_alert, make_letterhead, make_news

DESK = read_address("desk@example.org")
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)//",
    "women\r\nBcc: all@example.org\r\n\r\nforged",
    "women\x1b[2J\x9b31m\x07\x00",
    '=HYPERLINK("http://evil.example","women")',
    "women\u202enemow\u2066\u2069",
    "women\u2028next\u0085line",
    "{{ 7 * 7 }}{% raw %}",
    "women\ud800",
    "'; rm -rf ~; '",
    "x" * 3000,
]


def mailed(news: Any, letterhead: Letterhead | None = None, recipient: str = "desk@example.org") -> EmailMessage:
    """The mail as its reader's program takes it apart."""
    mail = make_mail(make_alert(news), letterhead or make_letterhead(), read_address(recipient), NOW)
    message = message_from_bytes(mail.as_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    text = body.get_content()
    assert isinstance(text, str)
    return text.replace("\r\n", "\n")


class Tags(HTMLParser):
    """The tags of a page, and the attributes that could load or run something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.loading: list[tuple[str, str | None]] = []
        self.shown: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.loading += [(name, value) for name, value in attrs if name in ("src", "href") or name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.shown.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.shown).split())


def test_the_headers_let_programs_sort_thread_and_stop_it() -> None:
    mail = mailed(make_news())

    assert mail["From"] == "wpswatch <alerts@example.org>"
    assert mail["To"] == "desk@example.org"
    assert mail["Subject"] == "S/RES/2779 (2025): new words about women, 1 extract"
    assert mail["Date"].datetime == NOW
    assert mail["List-Id"] == "<desk.wpswatch.example.org>"
    assert mail["List-Unsubscribe"] == "<mailto:alerts@example.org?subject=unsubscribe%20desk>"
    assert mail["List-Unsubscribe-Post"] is None
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "en"
    assert mail["X-WPSWatch-Alert"] == "wps-1f2e"
    assert mail.get_content_type() == "multipart/alternative"
    assert [each.get_content_type() for each in mail.iter_parts()] == ["text/plain", "text/html"]


def test_the_message_id_is_the_same_at_every_attempt_and_another_for_everybody() -> None:
    alert = make_alert(make_news())
    first = make_mail(alert, make_letterhead(), DESK, NOW)
    later = make_mail(alert, make_letterhead(), DESK, datetime(2026, 1, 1, tzinfo=UTC))
    other = make_mail(alert, make_letterhead(), read_address("else@example.org"), NOW)

    assert first["Message-ID"] == later["Message-ID"]
    assert first["Message-ID"] != other["Message-ID"]
    assert "else" not in other["Message-ID"]


def test_the_mails_of_a_document_are_one_thread() -> None:
    new = mailed(make_news())
    changed = mailed(make_news(event=Event.EXTRACT_CHANGED, subject="another"))
    other = mailed(make_news("S/RES/1325 (2000)"))

    assert new["References"] == new["In-Reply-To"] == changed["References"]
    assert new["References"] != other["References"]


def test_one_click_is_offered_where_an_address_knows_the_recipient() -> None:
    mail = mailed(make_news(), make_letterhead("https://example.org/stop?who={recipient}"))

    assert mail["List-Unsubscribe"] == "<https://example.org/stop?who=desk%40example.org>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "https://example.org/stop?who=desk%40example.org" in part(mail, "plain")


def test_a_page_that_does_not_know_the_recipient_is_no_one_click() -> None:
    assert mailed(make_news(), make_letterhead("https://example.org/stop"))["List-Unsubscribe-Post"] is None


def test_a_long_domain_breaks_no_header() -> None:
    domain = ".".join(["department-of-political-affairs"] * 5 + ["example.org"])
    letterhead = replace(make_letterhead(), sender=read_address(f"a@{domain}"))
    raw = make_mail(make_alert(make_news()), letterhead, DESK, NOW).as_bytes().decode("ascii")

    headers = message_from_bytes(raw.encode(), policy=default)
    assert headers["Message-ID"].endswith(f"@{domain}>")
    assert headers["References"].endswith(f"@{domain}>")
    assert "=?" not in raw.split("\r\n\r\n", 1)[0]


def test_words_of_any_script_arrive_as_they_are() -> None:
    words = "women’s — نساء — женщины — 妇女"
    mail = mailed(make_news(words=words, subject="Situación: " + words, language="ar"))

    assert "نساء" in part(mail, "plain")
    assert "妇女" in part(mail, "html")
    assert mail["Content-Language"] == "en, ar"


def test_a_name_and_a_domain_may_have_any_letters() -> None:
    sender = read_address("Büro für Frauen <alerts@bücher.example>")
    mail = mailed(make_news(), replace(make_letterhead(), sender=sender))

    assert mail["From"].addresses[0].display_name == "Büro für Frauen"
    assert mail["From"].addresses[0].addr_spec == "alerts@xn--bcher-kva.example"


@pytest.mark.parametrize(
    "text", ["", "desk", "a@b@c d", "desk@", "@example.org", "a b@example.org", "d..k@example.org", "desk@exa_mple.org",
             "desk@-x.org", "a@example.org, b@example.org", "a@example.org\nBcc: b", "öffi@example.org",
             "a@straße.de", "a@" + "x" * 250 + ".org", "<a@example.org> <b@example.org>", '"a b"@example.org'],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="mail address"):
        read_address(text)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_source_adds_no_header_and_no_markup(hostile: str) -> None:
    news = make_news(hostile, hostile, subject=hostile, source=hostile, url=hostile, language=hostile)
    extract = replace(
        news.extracts[0],
        address=hostile,
        citation=hostile,
        themes=(hostile,),
        reasons=(hostile,),
        chapeau=hostile,
        before="other " + hostile,
        kind=ChangeKind.MODIFIED,
        marks=(Mark(hostile, hostile, 0, 4, Place.TEXT), Mark(hostile, hostile, 2, 900, Place.CHAPEAU)),
    )
    sound = mailed(make_news())

    mail = mailed(replace(news, extracts=(extract,)))
    page = Tags(part(mail, "html"))

    assert mail.keys() == sound.keys()
    assert not mail.defects
    assert len(mail["Subject"]) <= 160
    assert page.tags <= Tags(part(sound, "html")).tags | {"del", "ins", "span"}
    assert page.loading == []
    for shown in (mail["Subject"], part(mail, "plain"), part(mail, "html")):
        assert not set(shown) & set("\x1b\x9b\x07\x00\u202e\u2066\u2028\u0085")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_source_in_a_digest_or_in_trouble_is_harmless(hostile: str) -> None:
    source = SourceNews(Event.SOURCE_FAILED, hostile, hostile, None)
    digest = digest_of(make_news(hostile, hostile), source)

    for news in (source, digest):
        mail = mailed(news)
        assert "script" not in Tags(part(mail, "html")).tags
        assert "img" not in Tags(part(mail, "html")).tags
        assert mail["Bcc"] is None
        assert not set(part(mail, "html") + part(mail, "plain")) & set("\x1b\x9b\u202e\u2028")


def test_a_mail_is_made_of_short_ascii_lines() -> None:
    raw = make_mail(make_alert(make_news(words="women " + "ا" * 2000)), make_letterhead(), DESK, NOW).as_bytes()

    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_the_page_loads_nothing_from_anywhere() -> None:
    page = Tags(render_html(make_alert(make_news()), make_letterhead().subscription))

    assert page.loading == [("href", "https://docs.un.org/en/S/RES/2779(2025)")]
    assert not page.tags & {"script", "img", "link", "iframe", "object", "form"}


def test_both_forms_say_all_that_a_reader_needs() -> None:
    news = make_news()
    extract = replace(
        news.extracts[0], before="women may take part", text="women shall take part", kind=ChangeKind.MODIFIED
    )
    mail = mailed(replace(news, extracts=(extract,)))
    page = Tags(part(mail, "html")).words
    text = " ".join(part(mail, "plain").split())

    for told in (
        "S/RES/2779 (2025)",
        "The situation in South Sudan",
        "8 May 2025",
        "https://docs.un.org/en/S/RES/2779(2025)",
        "OP 3 (a): changed",
        'Participation ("women")',
        "Security Council resolution 2779 (2025), para. 3 (a)",
        "wpswatch show 'S/RES/2779 (2025)' 'OP 3 (a)' --around 2",
        'You are on the channel "desk" of wpswatch, which tells at once: themes Participation; documents S/RES/*;',
        'write to alerts@example.org with the subject "unsubscribe desk"',
    ):
        assert told in page
        assert told in text
    assert "*women* [-may-] {+shall+} take part" in text
    assert "women − may + shall take part" in page
    assert "<strong" in part(mail, "html")


def test_a_removed_extract_points_to_the_record_of_its_document() -> None:
    news = make_news(event=Event.EXTRACT_REMOVED)
    gone = replace(news.extracts[0], kind=ChangeKind.REMOVED, text=None, before="women take part")
    alert = make_alert(replace(news, extracts=(gone,)))

    assert "[-*women* take part-]" in render_text(alert)
    assert "wpswatch changes --symbol 'S/RES/2779 (2025)'" in render_text(alert)
    assert "<del" in render_html(alert)


def test_a_test_is_marked_wherever_it_is_seen() -> None:
    mail = mailed(make_news(event=Event.TEST))

    assert mail["Subject"] == "[TEST] S/RES/2779 (2025): nothing happened, this is a test"
    assert "A test, nothing happened" in part(mail, "plain")
    assert "TEST: nothing happened" in part(mail, "html")


def digest_of(*news: ExtractNews | SourceNews, left_out: int = 0) -> DigestNews:
    items = tuple(DigestItem(f"wps-{number}", NOW, one) for number, one in enumerate(news))
    return DigestNews(Event.DIGEST, "desk", "daily 07:00", NOW, items, left_out)


def test_a_digest_gathers_documents_and_themes_and_puts_sources_apart() -> None:
    one = make_news()
    two = replace(one, extracts=tuple(replace(one.extracts[0], address=f"OP {n}") for n in range(1, 6)))
    other = make_news("S/RES/1325 (2000)", adopted_on=date(2000, 10, 31))
    source = SourceNews(Event.SOURCE_BLOCKED, "unxml", "blocked", None)
    mail = mailed(digest_of(one, other, source, two, left_out=8))
    text = part(mail, "plain")

    assert mail["Subject"] == "S/RES/2779 (2025), S/RES/1325 (2000): a digest of 12 alerts"
    cut = "4 of 7 extracts are shown in full words. 4 of 12 alerts are listed. All of them: wpswatch alerts --digest"
    assert cut in " ".join(text.split())
    assert "-- Participation: 3 of 6 shown" in text
    headings = ["6 extracts\n---", "1325 (2000): new words about women, 1 extract\n---", "Sources and channels\n==="]
    places = [text.index(heading) for heading in headings]
    assert places == sorted(places)
    page = Tags(part(mail, "html")).words
    assert cut in page
    assert "Participation: 3 of 6 shown" in page
    assert "A source refuses us: unxml" in page
    assert mail["References"] is None


def test_a_long_digest_shows_something_of_each_document_and_stays_short() -> None:
    one = make_news()
    many = tuple(replace(one.extracts[0], address=f"OP {n}") for n in range(1, 6))
    documents = [make_news(f"S/RES/{number} (2025)", extracts=many) for number in range(2700, 2725)]
    mail = mailed(digest_of(*documents))

    assert "25 of 125 extracts are shown in full words." in " ".join(part(mail, "plain").split())
    assert part(mail, "plain").count("-- Participation: 1 of 5 shown") == 25
    assert len(part(mail, "html").encode()) < 102_000


def test_a_digest_of_sources_alone_has_a_subject() -> None:
    assert subject_line(digest_of(SourceNews(Event.SOURCE_FAILED, "unxml", "x", None))) == (
        "unxml: a digest of 1 alert"
    )


def test_text_fits_a_terminal() -> None:
    words = " ".join(["meaningful participation of women in all peace processes"] * 20)
    text = render_text(make_alert(digest_of(make_news(words=words))), make_letterhead().subscription)

    assert max(map(len, text.splitlines())) <= WIDTH == 78


def test_no_subject_begins_on_an_empty_line() -> None:
    news = make_news(situation="Women and peace and security", extracts=make_news().extracts * 59)
    raw = make_mail(make_alert(news), make_letterhead(), DESK, NOW).as_bytes()
    headers = raw.partition(b"\r\n\r\n")[0]

    assert b"Subject: Women and peace and security" in headers
    assert max(map(len, headers.split(b"\r\n"))) <= 78
    assert mailed(news)["Subject"] == "Women and peace and security: new words about women, 59 extracts (S/RES/2779)"


def test_above_25_paragraphs_only_new_and_changed_ones_are_shown_in_full_words() -> None:
    extract = make_news(words="women keep their words").extracts[0]
    moved = tuple(replace(extract, kind=ChangeKind.RENUMBERED, address=f"OP {n}") for n in range(30))
    new = replace(extract, kind=ChangeKind.ADDED, address="OP 99", text="women have new words")
    mail = mailed(make_news(extracts=(*moved, new)))
    for kind in ("plain", "html"):
        shown = part(mail, kind)
        assert "OP 29: renumbered" in shown
        assert "keep their words" not in shown
        assert "have new words" in Tags(shown).words if kind == "html" else "have new words" in shown
        assert "The words of 30 paragraphs are left out here." in " ".join(shown.split())


def test_the_first_screen_says_how_the_council_voted_and_until_when() -> None:
    news = make_news(vote="12 for, 0 against, 3 abstaining", expires=(Until("mandate of UNMISS", date(2026, 4, 30)),))
    for kind in ("plain", "html"):
        shown = Tags(part(mailed(news), kind)).words
        assert "Adopted: 8 May 2025, 12 for, 0 against, 3 abstaining" in shown
        assert "Until: 30 April 2026 (mandate of UNMISS)" in shown
        assert shown.index("Until:") < shown.index("OP 3 (a): added")


def test_with_a_site_a_mail_has_links_in_place_of_commands() -> None:
    mail = mailed(make_news(), replace(make_letterhead(), onward=Onward("https://wps.example.org/")))
    link = "https://wps.example.org/resolutions/2779.html#op-3-a"
    assert ("href", link) in Tags(part(mail, "html")).loading
    assert link in part(mail, "plain")
    assert "wpswatch show" not in part(mail, "plain") + part(mail, "html")
