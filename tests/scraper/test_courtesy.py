"""Who asks, and for how long a server asks to wait: the same for crawls and for webhooks."""

from datetime import UTC, datetime, timedelta

import pytest

from scraper.courtesy import retry_after, user_agent

NOW = datetime(2025, 5, 9, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("contact", "end"),
    [
        ("desk@example.org", "; +desk@example.org)"),
        (None, "; +monitor of UN texts)"),
        ("a\r\nX-Evil: (1); b", "; +aX-Evil: 1 b)"),
    ],
)
def test_the_agent_says_who_asks(contact: str | None, end: str) -> None:
    assert user_agent(contact).startswith("Mozilla/5.0 (compatible; wpswatch/")
    assert user_agent(contact).endswith(end)


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        (None, None),
        ("", None),
        ("-5", None),
        ("0", timedelta()),
        ("Fri, 09 May 2025 05:00:00 GMT", timedelta()),
        ("Friday, 09-May-25 06:00:30 GMT", timedelta(seconds=30)),
        ("9" * 400, timedelta(days=3)),
        ("Fri, 09 May 2099 05:00:00 GMT", timedelta(days=3)),
        ("٣", None),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_never_more_than_three_days(
    value: str | None, wait: timedelta | None
) -> None:
    assert retry_after(value, NOW) == wait
