"""However much an alert tells, its mail stays below what mail programs cut, and names every paragraph."""

from dataclasses import replace

from monitor.alerts.mail.mail import LARGEST_MAIL, make_mail
from monitor.text.mail_address import read_address
from tests.servers.mail_post import NOW, make_alert, make_letterhead, make_news

READER = read_address("reader@example.org")
LONG = "women " + "take part in the political process at every level of decision-making and without delay, " * 30


def test_a_resolution_of_59_long_extracts_is_a_mail_below_100_kb_that_names_them_all() -> None:
    news = make_news(words=LONG)
    extracts = tuple(replace(news.extracts[0], address=f"OP {number}") for number in range(1, 60))
    mail = make_mail(make_alert(replace(news, extracts=extracts)), make_letterhead(), READER, NOW)
    assert len(mail.as_bytes()) < LARGEST_MAIL
    for kind in ("plain", "html"):
        body = mail.get_body([kind])
        assert body is not None
        assert all(f"OP {number}: added" in body.get_content() for number in range(1, 60))


def test_a_reason_that_only_repeats_the_themes_is_not_shown_and_another_is() -> None:
    news = make_news()
    more = replace(news.extracts[0], reasons=(*news.extracts[0].reasons, "its date is in doubt"))
    mail = make_mail(make_alert(replace(news, extracts=(more,))), make_letterhead(), READER, NOW)
    for kind in ("plain", "html"):
        body = mail.get_body([kind])
        assert body is not None
        assert "its date is in doubt" in body.get_content()
        assert "new WPS content" not in body.get_content()
