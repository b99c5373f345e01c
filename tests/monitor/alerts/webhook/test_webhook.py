"""Webhooks against a real receiver on loopback that misbehaves: what arrives, how often, and what is recorded."""

import json
import socket
import sqlite3
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from standardwebhooks import Webhook

from monitor.alerts.delivery.channel import DeliveryError
from monitor.alerts.delivery.sender import deliver_due
from monitor.alerts.webhook import post as webhook_post
from monitor.alerts.webhook.channel import WebhookChannel
from scraper.courtesy import user_agent
from storage.fetched.runs import open_run
from storage.outbox.outbox import enqueue, list_alerts
from storage.records import Delivery, DeliveryState
from storage.sqlite.database import open_memory, transaction
from tests.servers.webhook_receiver import NOW, OK, SECRET, NoReceipts, Receiver, make_alert, server_context, status

OpenReceiver = Callable[..., Receiver]
ChannelTo = Callable[..., WebhookChannel]

DRIP_SECONDS = 0.02
SHORT = 1  # second for an attempt as a whole, in the test of one that never ends


@dataclass
class Outbox:
    """One alert in a real outbox, and a clock that goes on by a day and a bit with each round of sending."""

    db: sqlite3.Connection
    rounds: int = 0

    def deliver(self, channel: WebhookChannel, times: int = 1) -> Delivery:
        for _ in range(times):
            deliver_due(self.db, [channel], NOW + timedelta(hours=25 * self.rounds))
            self.rounds += 1
        [delivery] = [one for alert in list_alerts(self.db) if alert.id == make_alert().id for one in alert.deliveries]
        return delivery


@pytest.fixture
def outbox() -> Iterator[Outbox]:
    db = open_memory()
    with transaction(db):
        open_run(db, "unxml", NOW)
        enqueue(db, make_alert(), ["desk"])
    yield Outbox(db)
    db.close()


def failure(channel: WebhookChannel) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        channel.send(make_alert(), NoReceipts())
    return caught.value


def test_what_arrives_is_signed_json_that_says_who_posts_it(open_receiver: OpenReceiver, channel_to: ChannelTo) -> None:
    receiver = open_receiver()

    channel_to(receiver, contact="desk@example.org").send(make_alert(), NoReceipts())

    (request,) = receiver.requests
    assert request.line == "POST /hook HTTP/1.1"
    assert request.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert request.headers["content-type"] == "application/json"
    assert request.headers["user-agent"] == user_agent("desk@example.org")
    assert request.headers["webhook-id"] == "wps-0f3a"
    assert request.headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    assert json.loads(request.body)["data"]["symbol"] == "S/RES/2779 (2025)"


def test_a_receiver_with_the_library_accepts_what_arrives(open_receiver: OpenReceiver, channel_to: ChannelTo) -> None:
    receiver = open_receiver()

    channel_to(receiver, now=None).send(make_alert(), NoReceipts())

    (request,) = receiver.requests
    assert Webhook(SECRET).verify(request.body, request.headers)["type"] == "extract.new"


def test_500_then_200_arrives_twice_with_the_same_id_and_body(
    open_receiver: OpenReceiver, channel_to: ChannelTo, outbox: Outbox
) -> None:
    receiver = open_receiver(status("500 Oops", body=b"out of \x1b[31mmemory"), OK)
    channel = channel_to(receiver)

    first, second, third = (outbox.deliver(channel) for _ in range(3))

    assert (first.state, first.last_error) == (
        DeliveryState.PENDING,
        "expected a 2xx from 127.0.0.1, found 500: out of <U+001B>[31mmemory",
    )
    assert (second.state, second.attempts, third) == (DeliveryState.SENT, 2, second)
    assert len(receiver.requests) == 2
    assert len({(request.headers["webhook-id"], request.body) for request in receiver.requests}) == 1


def test_a_refused_connection_is_tried_again(channel_to: ChannelTo, outbox: Outbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"

    delivery = outbox.deliver(channel_to(url=url))

    assert delivery.state is DeliveryState.PENDING
    assert delivery.last_error is not None
    assert delivery.last_error.endswith("Connection refused")


def test_410_is_the_end_and_says_so(open_receiver: OpenReceiver, channel_to: ChannelTo, outbox: Outbox) -> None:
    receiver = open_receiver(status("410 Gone"), status("410 Gone"))
    channel = channel_to(receiver)

    delivery = outbox.deliver(channel, times=2)

    assert (delivery.state, len(receiver.requests)) == (DeliveryState.FAILED, 1)
    assert failure(channel).is_gone


@pytest.mark.parametrize("line", ["413 Too Large", "415 Unsupported", "422 Unprocessable"])
def test_a_body_that_is_never_taken_is_not_posted_again(
    open_receiver: OpenReceiver, channel_to: ChannelTo, outbox: Outbox, line: str
) -> None:
    receiver = open_receiver(status(line))

    assert outbox.deliver(channel_to(receiver), times=2).state is DeliveryState.FAILED
    assert len(receiver.requests) == 1


@pytest.mark.parametrize("line", ["400 Bad", "401 Who", "403 No", "404 Not Found", "405 No", "502 Bad", "504 Late"])
def test_other_failures_may_pass(open_receiver: OpenReceiver, channel_to: ChannelTo, line: str) -> None:
    error = failure(channel_to(open_receiver(status(line))))

    assert (error.is_permanent, error.retry_after) == (False, None)


@pytest.mark.parametrize(
    ("line", "header", "wait"),
    [
        ("429 Too Many Requests", "Retry-After: 120", timedelta(minutes=2)),
        ("503 Unavailable", "Retry-After: Fri, 09 May 2025 07:00:00 GMT", timedelta(hours=1)),
        ("503 Unavailable", "Retry-After: soon", None),
    ],
)
def test_how_long_to_wait_is_heard(
    open_receiver: OpenReceiver, channel_to: ChannelTo, line: str, header: str, wait: timedelta | None
) -> None:
    error = failure(channel_to(open_receiver(status(line, header))))

    assert (error.is_permanent, error.retry_after) == (False, wait)


def test_a_redirect_is_named_and_not_followed(
    open_receiver: OpenReceiver, channel_to: ChannelTo, outbox: Outbox, connections: list[tuple[str, int]]
) -> None:
    receiver = open_receiver(status("307 Moved", "Location: http://169.254.169.254/latest/meta-data"))

    delivery = outbox.deliver(channel_to(receiver))

    assert delivery.state is DeliveryState.PENDING
    assert delivery.last_error is not None
    assert "307, a redirect to http://169.254.169.254/latest/meta-data, which is not followed" in delivery.last_error
    assert connections == [("127.0.0.1", receiver.port)]


@pytest.mark.parametrize("before", ["103 Early Hints", "100 Continue", "102 Processing"])
def test_what_comes_before_the_answer_is_read_past(
    open_receiver: OpenReceiver, channel_to: ChannelTo, outbox: Outbox, before: str
) -> None:
    hint = f"HTTP/1.1 {before}\r\nLink: </style.css>; rel=preload\r\n\r\n".encode()
    receiver = open_receiver(hint + hint + OK)

    delivery = outbox.deliver(channel_to(receiver))

    assert (delivery.state, delivery.attempts, len(receiver.requests)) == (DeliveryState.SENT, 1, 1)


def test_hints_without_an_end_are_a_failed_attempt(open_receiver: OpenReceiver, channel_to: ChannelTo) -> None:
    receiver = open_receiver(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 10_000)
    assert not failure(channel_to(receiver)).is_permanent


def test_a_slow_drip_is_left_when_the_time_is_over(
    open_receiver: OpenReceiver, channel_to: ChannelTo, outbox: Outbox
) -> None:
    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        while not receiver.stopped.wait(DRIP_SECONDS):
            connection.sendall(b".")

    receiver = open_receiver(drip)

    delivery = outbox.deliver(channel_to(receiver, timeout_seconds=SHORT))

    assert delivery.state is DeliveryState.PENDING
    assert delivery.last_error == "expected an answer from 127.0.0.1 within 1 seconds, found none"


def test_a_success_whose_body_never_ends_is_a_success(
    open_receiver: OpenReceiver, channel_to: ChannelTo, outbox: Outbox
) -> None:
    def endless(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while not receiver.stopped.is_set():
            connection.sendall(b"." * 65536)

    receiver = open_receiver(endless)

    assert outbox.deliver(channel_to(receiver)).state is DeliveryState.SENT


def test_of_a_huge_answer_4_kilobytes_are_read(
    open_receiver: OpenReceiver, channel_to: ChannelTo, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    real = webhook_post._first_words
    monkeypatch.setattr(webhook_post, "_first_words", lambda response: read.append(len(real(response))) or b"no")

    def huge(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 500 Oops\r\nContent-Length: 1000000000\r\n\r\n")
        with suppress(OSError):
            while True:
                connection.sendall(b"x" * 65536)

    assert not failure(channel_to(open_receiver(huge))).is_permanent
    assert read == [4096]


def test_a_head_without_end_is_a_failure(open_receiver: OpenReceiver, channel_to: ChannelTo) -> None:
    def endless(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        with suppress(OSError):
            for number in range(100_000):
                connection.sendall(b"X-%d: y\r\n" % number * 100)

    assert "found" in str(failure(channel_to(open_receiver(endless))))


@pytest.mark.parametrize("answer", [b"", b"220 mail.example.org ESMTP\r\n", b"HTTP/1.1 99 What\r\n\r\n"])
def test_what_is_no_answer_of_http_is_a_passing_failure(
    open_receiver: OpenReceiver, channel_to: ChannelTo, answer: bytes
) -> None:
    assert not failure(channel_to(open_receiver(answer))).is_permanent


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Where connections are made to; each is led to its port on loopback, so that nothing leaves this machine."""
    made: list[tuple[str, int]] = []
    connect = socket.create_connection

    def spy(address: tuple[str, int], *rest: float) -> socket.socket:
        made.append(address)
        return connect(("127.0.0.1", address[1]), *rest)

    monkeypatch.setattr(webhook_post.socket, "create_connection", spy)
    return made


@dataclass
class Names:
    """Looks every name up as the next of some addresses: a name that changes while it is asked for."""

    answers: list[list[str]]
    asked: int = 0

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked += 1
        return self.answers[min(self.asked, len(self.answers)) - 1]


def test_a_name_that_changes_between_check_and_connect_is_connected_to_where_it_was_checked(
    open_receiver: OpenReceiver,
    channel_to: ChannelTo,
    connections: list[tuple[str, int]],
    certificate_for: Callable[[str], Path],
) -> None:
    certificate = certificate_for("hooks.example.org")
    receiver = open_receiver(context=server_context(certificate))
    names = Names([["9.9.9.9"], ["169.254.169.254"]])
    trusting = ssl.create_default_context(cafile=str(certificate))
    channel = channel_to(
        url=f"https://hooks.example.org:{receiver.port}/hook", allows_private=False, resolve=names, context=trusting
    )

    channel.send(make_alert(), NoReceipts())

    assert (names.asked, connections) == (1, [("9.9.9.9", receiver.port)])
    assert receiver.requests[0].headers["host"] == f"hooks.example.org:{receiver.port}"


@pytest.mark.parametrize(
    ("addresses", "words"),
    [
        (["127.0.0.1"], "found 127.0.0.1 (loopback) for hooks.example.org"),
        (["9.9.9.9", "10.0.0.7"], "found 10.0.0.7 (private) for hooks.example.org"),
        (["64:ff9b::a9fe:a9fe"], "(a NAT64 form)"),
        ([], "the name hooks.example.org has no address"),
    ],
)
def test_a_name_that_leads_inside_is_not_connected_to(
    channel_to: ChannelTo, connections: list[tuple[str, int]], outbox: Outbox, addresses: list[str], words: str
) -> None:
    channel = channel_to(url="https://hooks.example.org/", allows_private=False, resolve=Names([addresses]))

    delivery = outbox.deliver(channel)

    assert (delivery.state, connections) == (DeliveryState.PENDING, [])
    assert delivery.last_error is not None
    assert words in delivery.last_error


def test_a_look_up_that_takes_too_long_is_left(channel_to: ChannelTo, open_receiver: OpenReceiver) -> None:
    receiver = open_receiver()

    def slow(host: str, port: int) -> list[str]:
        receiver.stopped.wait(5)
        return ["127.0.0.1"]

    error = failure(channel_to(receiver, resolve=slow, timeout_seconds=0.05))

    assert (error.is_permanent, receiver.requests) == (False, [])
    assert str(error) == "expected an answer from 127.0.0.1 within 0.05 seconds, found none"


def test_the_second_address_is_tried_when_the_first_refuses(open_receiver: OpenReceiver, channel_to: ChannelTo) -> None:
    receiver = open_receiver()

    channel_to(receiver, resolve=Names([["127.0.0.2", "127.0.0.1"]])).send(make_alert(), NoReceipts())

    assert len(receiver.requests) == 1


@pytest.mark.parametrize("name", ["other.example.org", "hooks.example.org"])
def test_a_wrong_certificate_is_a_passing_failure_and_nothing_is_told(
    open_receiver: OpenReceiver,
    channel_to: ChannelTo,
    outbox: Outbox,
    certificate_for: Callable[[str], Path],
    name: str,
) -> None:
    certificate = certificate_for(name)
    receiver = open_receiver(context=server_context(certificate))
    is_known = name != "hooks.example.org"  # another name's, that is known; or the right name's, by nobody known
    context = ssl.create_default_context(cafile=str(certificate)) if is_known else None
    url = f"https://hooks.example.org:{receiver.port}/"

    delivery = outbox.deliver(channel_to(url=url, resolve=Names([["127.0.0.1"]]), context=context))

    assert (delivery.state, receiver.requests) == (DeliveryState.PENDING, [])
    assert delivery.last_error is not None
    assert "certificate" in delivery.last_error


def test_no_proxy_of_the_environment_is_asked(
    open_receiver: OpenReceiver, channel_to: ChannelTo, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver, proxy = open_receiver(), open_receiver()
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")

    channel_to(receiver).send(make_alert(), NoReceipts())

    assert (len(receiver.requests), proxy.requests) == (1, [])


def test_without_a_secret_nothing_is_posted_and_the_error_says_where_to_put_it(
    open_receiver: OpenReceiver, channel_to: ChannelTo, outbox: Outbox
) -> None:
    receiver = open_receiver()

    delivery = outbox.deliver(channel_to(receiver, secret=""))

    assert (delivery.state, receiver.requests) == (DeliveryState.PENDING, [])
    assert delivery.last_error is not None
    assert "set the environment variable WPSWATCH_SECRET_DESK" in delivery.last_error


def test_a_secret_stands_in_no_error_and_no_representation(open_receiver: OpenReceiver, channel_to: ChannelTo) -> None:
    channel = channel_to(open_receiver(status("500 Oops")))

    broken = channel_to(secret="whsec_notbase64!")  # noqa: S106 - of the tests alone
    shown = f"{failure(channel)} {channel!r} {failure(broken)}"

    assert SECRET not in shown
    assert "notbase64" not in shown
