"""Channels through Apprise, at a receiver on loopback."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from monitor.alerts.delivery.channel import DeliveryError
from monitor.alerts.news.payload import DigestItem, DigestNews, SourceNews
from monitor.alerts.webhook.apprise import AppriseChannel, recipient_of
from monitor.alerts.words.chat_text import chat_text, cut_to
from monitor.settings.config import ChannelSettings
from storage.records import ChangeKind, Event
from tests.servers.webhook_receiver import NOW, Receiver, make_alert, make_extract, make_news, status

# Apprise still imports imghdr where Python has it.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

OpenReceiver = Callable[..., Receiver]


@dataclass
class Kept:
    """Receipts in memory."""

    settled: set[str] = field(default_factory=set)

    def is_settled(self, recipient: str) -> bool:
        return recipient in self.settled

    def is_told(self) -> bool:
        return bool(self.settled)

    def accept(self, recipient: str) -> None:
        self.settled.add(recipient)

    def refuse(self, recipient: str, error: str) -> None:
        raise AssertionError(error)


def channel(*addresses: str) -> AppriseChannel:
    return AppriseChannel(ChannelSettings("chat", "apprise"), {"WPSWATCH_SECRET_CHAT": "\n".join(addresses)})


def address(receiver: Receiver, name: str = "") -> str:
    return f"json://127.0.0.1:{receiver.port}/{name}"


@pytest.fixture
def apprise() -> object:
    return pytest.importorskip("apprise", reason="apprise is not installed: pip install 'wpswatch[apprise]'")


def test_an_alert_arrives_with_title_and_text(apprise: object, open_receiver: OpenReceiver) -> None:
    receiver = open_receiver()

    channel("# the desk", address(receiver)).send(make_alert(), Kept())

    (request,) = receiver.requests
    told = json.loads(request.body)
    assert told["title"] == "S/RES/2779 (2025): new words about women, 1 extract"
    assert told["message"] == (
        "Sudan and South Sudan, adopted 2025-05-08\nhttps://docs.un.org/en/S/RES/2779(2025)\n\n"
        "OP 3, added: Participation\nCalls for the “full” participation of women;"
    )


def test_a_long_alert_is_cut_to_what_the_service_takes(
    apprise: object, open_receiver: OpenReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    from apprise.plugins.custom_json import NotifyJSON

    monkeypatch.setattr(NotifyJSON, "body_maxlen", 300)
    receiver = open_receiver()

    channel(address(receiver)).send(make_alert(make_news(make_extract("OP 3", "women and men " * 100))), Kept())

    message = json.loads(receiver.requests[0].body)["message"]
    assert 250 < len(message) <= 300
    assert message.endswith(" [...]\nhttps://docs.un.org/en/S/RES/2779(2025)")


def test_a_service_that_fails_is_told_again_and_one_that_took_it_is_not(
    apprise: object, open_receiver: OpenReceiver
) -> None:
    good, bad = open_receiver(), open_receiver(status("500 Oops"))
    chat, receipts = channel(address(bad), address(good)), Kept()

    with pytest.raises(DeliveryError, match="line 1: expected JSON to take the message") as caught:
        chat.send(make_alert(), receipts)
    chat.send(make_alert(), receipts)

    assert (caught.value.is_permanent, len(bad.requests), len(good.requests)) == (False, 2, 1)


def test_no_address_is_repeated_in_an_error_or_a_receipt(apprise: object, open_receiver: OpenReceiver) -> None:
    receiver = open_receiver(status("500 Oops"))
    chat = channel("nosuch://opensesame", f"json://desk:opensesame@127.0.0.1:{receiver.port}/opensesame")

    with pytest.raises(DeliveryError, match="line 1: expected an address that Apprise knows") as caught:
        chat.send(make_alert(), Kept())

    assert "opensesame" not in str(caught.value) + recipient_of("json://desk:opensesame@127.0.0.1/")
    assert recipient_of("json://opensesame").startswith("json:")


def test_without_the_package_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)

    with pytest.raises(DeliveryError, match=r"pip install 'wpswatch\[apprise\]'") as caught:
        channel("json://127.0.0.1:9/").send(make_alert(), Kept())

    assert not caught.value.is_permanent


def test_without_an_address_the_error_says_where_to_put_it() -> None:
    with pytest.raises(DeliveryError, match="WPSWATCH_SECRET_CHAT"):
        channel().send(make_alert(), Kept())


def test_what_changed_is_shown_word_by_word() -> None:
    changed = make_extract("OP 3", "It should protect women", before="It shall protect women", chapeau="Decides:")
    text = chat_text(make_news(replace(changed, kind=ChangeKind.MODIFIED)))
    assert text.endswith("OP 3, modified: Participation\nDecides: It [-shall-] {+should+} protect women")


def test_a_digest_tells_each_alert_and_where_the_others_are() -> None:
    source = SourceNews(Event.SOURCE_FAILED, "unxml", "listing-failed", None)
    items = (DigestItem("wps-1", NOW, make_news()), DigestItem("wps-2", NOW, source))
    text = chat_text(DigestNews(Event.DIGEST, "chat", "daily 07:00", NOW, items, left_out=3))
    assert "A source fails: unxml\nlisting-failed\nLast good: never" in text
    assert text.endswith("And 3 more: wpswatch alerts")


def test_hostile_words_do_nothing_in_a_chat() -> None:
    news = replace(make_news(make_extract("OP 3", "women\r\n\x1b[2J\u202e")), subject="<b>\r\nBcc: all")
    text = chat_text(news)
    assert not {"\r", "\x1b", "\u202e"} & set(text)
    assert text.startswith("<b> Bcc: all, adopted")


@pytest.mark.parametrize(("most", "cut"), [(100, "one two three"), (12, "one t [...]\n"), (3, " [.")])
def test_a_text_is_cut_only_where_it_is_too_long(most: int, cut: str) -> None:
    assert cut_to("one two three", most, "") == cut
