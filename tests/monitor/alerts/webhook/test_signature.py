"""Signatures, as the library of Standard Webhooks sees them."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from monitor.alerts.webhook.signature import secrets_of, signature_of

FIRST = "whsec_" + base64.b64encode(bytes(range(32))).decode()
SECOND = "whsec_" + base64.b64encode(bytes(range(1, 33))).decode()
BODY = '{"type":"extract.new","data":{"subject":"Réfugiées"}}'.encode()


def headers(*secrets: str, at: datetime | None = None) -> dict[str, str]:
    timestamp = int((at or datetime.now(UTC)).timestamp())
    signature = signature_of(secrets_of("\n".join(secrets)), "wps-1", timestamp, BODY)
    return {"webhook-id": "wps-1", "webhook-timestamp": str(timestamp), "webhook-signature": signature}


def test_the_example_of_the_specification_is_signed_as_it_says() -> None:
    # https://github.com/standard-webhooks/standard-webhooks: the case that all its libraries are tested with
    secret = secrets_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    signature = signature_of(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_library_accepts_the_signature() -> None:
    assert Webhook(FIRST).verify(BODY.decode(), headers(FIRST)) == json.loads(BODY)


def test_a_receiver_with_either_secret_accepts_while_keys_change() -> None:
    rotating = headers(SECOND, FIRST)
    assert len(rotating["webhook-signature"].split(" ")) == 2
    for secret in (FIRST, SECOND):
        Webhook(secret).verify(BODY.decode(), rotating)


@pytest.mark.parametrize(
    ("body", "sent"),
    [
        (json.dumps(json.loads(BODY)), headers(FIRST)),
        (BODY.decode(), headers(SECOND)),
        (BODY.decode(), headers(FIRST, at=datetime.now(UTC) - timedelta(hours=1))),
        (BODY.decode(), headers(FIRST, at=datetime.now(UTC) + timedelta(hours=1))),
        (BODY.decode(), headers(FIRST) | {"webhook-id": "wps-2"}),
    ],
    ids=["a body written again", "another secret", "a stale time", "a time to come", "another id"],
)
def test_the_library_refuses_what_is_not_as_it_was_sent(body: str, sent: dict[str, str]) -> None:
    with pytest.raises(WebhookVerificationError):
        Webhook(FIRST).verify(body, sent)


def test_empty_lines_and_remarks_are_no_secrets() -> None:
    assert secrets_of(f"# since May\n{SECOND}\n\n  {FIRST}\n") == (bytes(range(1, 33)), bytes(range(32)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "at least one secret"),
        ("opensesame", "line 1: .* another beginning"),
        (f"{FIRST}\nwhsec_open!", "line 2: .* no base64"),
        ("whsec_b3BlbnNlc2FtZQ==", "found 10 bytes"),
        ("whsec_" + base64.b64encode(bytes(65)).decode(), "found 65 bytes"),
    ],
)
def test_what_is_no_secret_is_refused_and_not_repeated(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words) as caught:
        secrets_of(text)
    assert "open" not in str(caught.value)


def test_an_id_cannot_hold_what_separates_it_from_the_time() -> None:
    with pytest.raises(ValueError, match="without a full stop"):
        signature_of([bytes(32)], "wps.1", 1, BODY)
