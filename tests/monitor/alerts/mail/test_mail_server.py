"""Mail through a real server that misbehaves: what arrives, how often, and what is said of it."""

import socket
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

import pytest

from monitor.alerts.delivery.channel import DeliveryError
from monitor.alerts.mail.channel import EmailChannel
from monitor.alerts.mail.smtp import PASSWORD_VARIABLE, MailServer
from tests.servers.mail_post import PASSWORD, Kept, Post, make_alert, make_news

Make = Callable[..., EmailChannel]
Run = Callable[..., MailServer]

ALERT = make_alert(make_news())


def failure(channel: EmailChannel, receipts: Kept) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        channel.send(ALERT, receipts)
    return caught.value


def message_ids(mails: list[EmailMessage]) -> list[str]:
    return [mail["Message-ID"] for mail in mails]


def test_each_recipient_gets_a_mail_that_names_no_other(channel: Make, post: Post) -> None:
    receipts = Kept()

    channel("a@example.org", "b@example.org").send(ALERT, receipts)

    assert [mail["To"] for mail in post.mails] == ["a@example.org", "b@example.org"]
    assert post.recipients == [["a@example.org"], ["b@example.org"]]
    assert receipts.accepted == ["a@example.org", "b@example.org"]


def test_a_closed_port_is_tried_again_later(channel: Make) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = MailServer("127.0.0.1", free.getsockname()[1], "none", timeout_seconds=1)

    error = failure(channel(server=closed), Kept())

    assert not error.is_permanent
    assert "Connection refused" in str(error)


def test_a_server_that_never_greets_is_tried_again_later(channel: Make) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = MailServer("127.0.0.1", silent.getsockname()[1], "none", timeout_seconds=0.1)
        error = failure(channel(server=server), Kept())

    assert not error.is_permanent
    assert "no answer in time" in str(error)


def test_grey_listing_delays_one_recipient_and_not_the_others(channel: Make, post: Post) -> None:
    desk = channel("a@example.org", "b@example.org")
    post.answers = {"RCPT a@example.org": ["451 4.7.1 grey-listed, come back"]}
    receipts = Kept()

    error = failure(desk, receipts)
    first = list(post.mails)
    desk.send(ALERT, receipts)

    assert not error.is_permanent
    assert str(error) == "a@example.org: recipient: 451 4.7.1 grey-listed, come back"
    assert [mail["To"] for mail in first] == ["b@example.org"]
    assert [mail["To"] for mail in post.mails] == ["b@example.org", "a@example.org"]


def test_a_full_mailbox_is_a_receipt_and_the_others_have_theirs(channel: Make, post: Post) -> None:
    post.answers = {"RCPT b@example.org": ["552 5.2.2 mailbox full"]}
    receipts = Kept()

    channel("a@example.org", "b@example.org", "c@example.org").send(ALERT, receipts)

    assert [mail["To"] for mail in post.mails] == ["a@example.org", "c@example.org"]
    assert receipts.refused == {"b@example.org": "recipient: 552 5.2.2 mailbox full"}


def test_when_all_recipients_refuse_it_has_failed_for_good(channel: Make, post: Post) -> None:
    post.answers = {"RCPT desk@example.org": ["550 5.1.1 no such user"]}

    error = failure(channel(), Kept())

    assert error.is_permanent
    assert "desk@example.org: recipient: 550 5.1.1 no such user" in str(error)


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("RCPT desk@example.org", "550 5.7.1 relaying denied"),
        ("RCPT desk@example.org", "530 5.7.0 log in first"),
        ("MAIL", "550 5.1.0 this sender is not yours"),
        ("MAIL", "451 later"),
        ("DATA", "554 5.7.1 looks like spam"),
        ("DATA", "421 closing"),
    ],
)
def test_what_an_operator_can_mend_burns_no_alert(channel: Make, post: Post, command: str, answer: str) -> None:
    desk = channel()
    post.answers = {command: [answer]}
    receipts = Kept()

    error = failure(desk, receipts)
    desk.send(ALERT, receipts)

    assert not error.is_permanent
    assert answer in str(error)
    assert receipts == Kept(accepted=["desk@example.org"])


@pytest.mark.parametrize(
    ("command", "answer"), [("DATA", "552 5.3.4 too large"), ("DATA", "554 5.6.0 bad content"), ("MAIL", "552 large")]
)
def test_a_mail_that_can_never_be_taken_is_not_tried_again(
    channel: Make, post: Post, command: str, answer: str
) -> None:
    post.answers = {command: [answer]}

    assert failure(channel(), Kept()).is_permanent


def test_a_connection_dropped_after_the_text_is_tried_again_with_the_same_id(channel: Make, post: Post) -> None:
    desk = channel("a@example.org", "b@example.org")
    post.answers = {"DATA": ["drop"]}
    receipts = Kept()

    error = failure(desk, receipts)
    desk.send(ALERT, receipts)

    assert "a@example.org: expected the mail server to answer, found: " in str(error)
    assert [mail["To"] for mail in post.mails] == ["b@example.org", "a@example.org"]


def test_a_mail_taken_without_an_answer_comes_twice_with_the_same_id(channel: Make, post: Post, serve: Run) -> None:
    server = serve()
    post.answers = {"DATA": ["hang"]}
    receipts = Kept()

    error = failure(channel(server=replace(server, timeout_seconds=0.5)), receipts)
    channel(server=server).send(ALERT, receipts)

    assert not error.is_permanent
    assert "no answer in time" in str(error)
    assert len(post.mails) == 2
    assert len(set(message_ids(post.mails))) == 1


def test_after_two_lost_connections_the_rest_waits(channel: Make, post: Post) -> None:
    post.answers = {"DATA": ["drop", "drop", "drop"]}

    error = failure(channel("a@x.org", "b@x.org", "c@x.org"), Kept())

    assert "c@x.org: not tried, the server is away" in str(error)
    assert post.answers == {"DATA": ["drop"]}


def test_who_has_it_gets_it_no_second_time(channel: Make, post: Post) -> None:
    channel("a@example.org", "b@example.org").send(ALERT, Kept(accepted=["a@example.org"]))

    assert [mail["To"] for mail in post.mails] == ["b@example.org"]


def test_one_connection_carries_many_alerts(channel: Make, post: Post) -> None:
    with channel() as desk:
        for number in range(3):
            desk.send(make_alert(make_news(), f"wps-{number}"), Kept())

    assert len(post.mails) == 3
    assert len(post.sessions) == 1


def test_a_kept_connection_that_the_server_ended_is_opened_again(channel: Make, post: Post, serve: Run) -> None:
    with channel(server=serve(timeout=0.05)) as desk:
        desk.send(ALERT, Kept())
        connection = desk._connection
        assert connection is not None
        assert connection.sock is not None
        connection.sock.settimeout(5)
        connection.sock.recv(1000)  # until the server ends it
        desk.send(ALERT, Kept())

    assert len(post.mails) == 2


def test_a_password_is_never_sent_in_clear(channel: Make, post: Post, serve: Run) -> None:
    error = failure(channel(server=serve("starttls", username="desk")), Kept())

    assert not error.is_permanent
    assert "to offer STARTTLS, found that it does not; nothing was sent in clear" in str(error)
    assert (post.mails, post.logins) == ([], [])


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    channel: Make, post: Post, serve: Run, certificate: Any, security: str
) -> None:
    key = "whole_tls" if security == "tls" else "tls_context"

    error = failure(channel(server=serve(security, **{key: certificate.context})), Kept())

    assert not error.is_permanent
    assert "a certificate that can't be trusted (self-signed certificate)" in str(error)
    assert post.mails == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_named_in_the_settings_is_trusted(
    channel: Make, post: Post, serve: Run, certificate: Any, security: str
) -> None:
    key = "whole_tls" if security == "tls" else "tls_context"

    channel(server=serve(security, ca_file=str(certificate.path), **{key: certificate.context})).send(ALERT, Kept())

    assert len(post.mails) == 1


@pytest.fixture
def locked(serve: Run, post: Post, certificate: Any) -> MailServer:
    return serve(
        "starttls",
        username="desk",
        ca_file=str(certificate.path),
        tls_context=certificate.context,
        authenticator=post.log_in,
        auth_required=True,
    )


def test_the_right_password_opens(
    channel: Make, post: Post, locked: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, PASSWORD)

    channel(server=locked).send(ALERT, Kept())

    assert len(post.mails) == 1


def test_a_wrong_password_keeps_the_alert_and_is_told_without_it(
    channel: Make, post: Post, locked: MailServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, "battery staple")

    error = failure(channel(server=locked), Kept())

    assert not error.is_permanent
    assert "to know the username and password, found: 535 5.7.8; see [smtp] username" in str(error)
    assert "battery" not in f"{error!r}{error.__cause__!r}{caplog.text}"
    assert post.mails == []


@pytest.mark.parametrize("password", ["", "pässwort"])
def test_a_password_that_cannot_be_used_is_told(
    channel: Make, locked: MailServer, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, password)

    error = failure(channel(server=locked), Kept())

    assert not error.is_permanent
    assert "expected a" in str(error)
    assert "ssword" not in str(error).replace("password", "")
