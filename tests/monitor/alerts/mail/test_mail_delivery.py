"""Mail from the settings to the mailbox: what a channel of type email sends, and what the outbox says afterwards."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.alerts.delivery.sender import deliver_due
from monitor.alerts.mail.channel import EmailChannel, email_channel
from monitor.settings.config import load_config
from storage.fetched.runs import open_run
from storage.outbox.outbox import enqueue, list_alerts
from storage.outbox.sending import save_receipt
from storage.records import Delivery, DeliveryState
from storage.sqlite.database import open_memory, transaction
from tests.servers.mail_post import NOW, PASSWORD, Post, make_alert, make_news

Make = Callable[..., EmailChannel]

SETTINGS = """
[smtp]
host = "localhost"
port = {port}
username = "desk"
password_file = "{password}"
ca_file = "{ca}"
sender = "wpswatch <alerts@example.org>"

[[channels]]
name = "desk"
type = "email"
to = ["The desk <desk@example.org>"]
symbols = ["S/RES/*"]
unsubscribe = "mailto:people@example.org"
"""


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    db = open_memory()
    with transaction(db):
        open_run(db, "unxml", NOW)
        enqueue(db, make_alert(make_news()), ["desk"])
    yield db
    db.close()


def delivery(db: sqlite3.Connection) -> Delivery:
    return list_alerts(db)[0].deliveries[0]


def test_the_settings_are_all_that_a_mail_needs(
    tmp_path: Path, serve: Callable[..., Any], post: Post, certificate: Any, db: sqlite3.Connection
) -> None:
    server = serve(tls_context=certificate.context, authenticator=post.log_in, auth_required=True)
    (tmp_path / "password").write_text(PASSWORD + "\n")
    path = tmp_path / "wpswatch.toml"
    path.write_text(SETTINGS.format(port=server.port, password=tmp_path / "password", ca=certificate.path))
    config = load_config(path)
    assert config.smtp is not None

    with email_channel(config.channels[0], config.smtp) as desk:
        report = deliver_due(db, [desk], NOW)

    [mail] = post.mails
    assert report.sent == 1
    assert delivery(db).state is DeliveryState.SENT
    assert mail["To"] == "The desk <desk@example.org>"
    assert mail["List-Unsubscribe"] == "<mailto:people@example.org>"


def test_grey_listing_is_an_attempt_and_then_a_mail(channel: Make, post: Post, db: sqlite3.Connection) -> None:
    desk = channel()
    post.answers = {"RCPT desk@example.org": ["451 later"]}

    deliver_due(db, [desk], NOW)
    waiting = delivery(db)
    deliver_due(db, [desk], NOW + timedelta(hours=1))

    assert (waiting.state, waiting.attempts) == (DeliveryState.PENDING, 1)
    assert waiting.last_error == "desk@example.org: recipient: 451 later"
    assert delivery(db).state is DeliveryState.SENT
    assert len(post.mails) == 1


def test_a_mailbox_that_is_gone_ends_the_delivery(channel: Make, post: Post, db: sqlite3.Connection) -> None:
    desk = channel()
    post.answers = {"RCPT desk@example.org": ["550 5.1.1 no such user"]}

    deliver_due(db, [desk], NOW)

    assert (delivery(db).state, delivery(db).attempts, post.mails) == (DeliveryState.FAILED, 1, [])


def test_nobody_is_told_when_one_refuses_at_first_and_the_other_later(
    channel: Make, post: Post, db: sqlite3.Connection
) -> None:
    desk = channel("desk@example.org", "night@example.org")
    no = "550 5.1.1 no such user"
    post.answers = {"RCPT desk@example.org": [no], "RCPT night@example.org": ["451 later", no]}

    deliver_due(db, [desk], NOW)
    waiting = delivery(db)
    deliver_due(db, [desk], NOW + timedelta(hours=1))

    assert waiting.state is DeliveryState.PENDING
    assert (delivery(db).state, delivery(db).attempts, post.mails) == (DeliveryState.FAILED, 2, [])


def test_a_refusal_after_another_has_the_mail_is_told(channel: Make, post: Post, db: sqlite3.Connection) -> None:
    desk = channel("desk@example.org", "night@example.org")
    post.answers = {"RCPT night@example.org": ["451 later", "550 5.1.1 no such user"]}

    deliver_due(db, [desk], NOW)
    deliver_due(db, [desk], NOW + timedelta(hours=1))

    assert (delivery(db).state, delivery(db).attempts, len(post.mails)) == (DeliveryState.SENT, 2, 1)


def test_a_sender_that_died_after_the_last_refusal_left_nobody_told(
    channel: Make, post: Post, db: sqlite3.Connection
) -> None:
    save_receipt(db, "wps-1f2e", "desk", "desk@example.org", "550 5.1.1 no such user", NOW)

    deliver_due(db, [channel()], NOW)

    assert delivery(db).state is DeliveryState.FAILED
    assert delivery(db).last_error == "every recipient refused it for good: wpswatch alerts names each"
    assert post.mails == []


def test_a_drop_after_the_text_is_sent_again_later(channel: Make, post: Post, db: sqlite3.Connection) -> None:
    desk = channel()
    post.answers = {"DATA": ["drop"]}

    deliver_due(db, [desk], NOW)
    waiting = delivery(db)
    deliver_due(db, [desk], NOW + timedelta(hours=1))

    assert waiting.state is DeliveryState.PENDING
    assert "it may have the mail, and then gets it again with the same Message-ID" in (waiting.last_error or "")
    assert (delivery(db).state, delivery(db).attempts, len(post.mails)) == (DeliveryState.SENT, 2, 1)
