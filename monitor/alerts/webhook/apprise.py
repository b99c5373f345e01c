"""Tells alerts through Apprise, an optional package that knows more than a hundred chats and push services.

An address of Apprise (`ntfy://...`, `slack://...`) holds the service's tokens, so it is a secret: it comes from the
channel's `secret_file`, one a line, or from the environment. What Apprise sends, and how, is Apprise's matter; it says
only whether a service took the message, so every failure is one that may pass.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from monitor.alerts.delivery.channel import DeliveryError, Receipts
from monitor.alerts.news.headline import headline
from monitor.alerts.news.payload import News, news_of
from monitor.alerts.webhook.secret import SecretError, read_secret
from monitor.alerts.words.chat_text import chat_text, cut_to, rest_of
from monitor.settings.config import ChannelSettings
from storage.records import Alert

INSTALL: Final = "pip install 'wpswatch[apprise]'"
_ROOM_FOR_MARKUP: Final = 40  # characters that a service without titles spends on setting one off


class AppriseChannel:
    """Tells each alert at each address of the channel's secret; one that fails does not stop the others."""

    def __init__(self, settings: ChannelSettings, environment: Mapping[str, str]) -> None:
        self.name = settings.name
        self._settings = settings
        self._environment = environment

    def send(self, alert: Alert, receipts: Receipts) -> None:
        """Tell the alert where it was not told yet; raises DeliveryError while an address is left."""
        news = news_of(alert.payload)
        try:
            secret = read_secret(self.name, self._settings.secret_file, self._environment)
        except SecretError as error:
            raise DeliveryError(str(error)) from error
        lines = [(number, line.strip()) for number, line in enumerate(secret.splitlines(), start=1)]
        failures = []
        for number, address in lines:
            if not address or address.startswith("#") or receipts.is_settled(key := recipient_of(address)):
                continue
            if failure := _tell(address, news):
                failures.append(f"line {number}: {failure}")
            else:
                receipts.accept(key)
        if failures:
            raise DeliveryError(f"channel {self.name!r}: {'; '.join(failures)}")


def recipient_of(address: str) -> str:
    """A name for an address that tells nothing of its tokens: `ntfy:9f86d081884c7d65`."""
    return f"{address.partition(':')[0]}:{sha256(address.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _tell(address: str, news: News) -> str | None:
    """Why the news could not be told at an address, None when they were."""
    try:
        import apprise
    except ImportError:
        raise DeliveryError(f"expected the package apprise, found none; install it: {INSTALL}") from None
    service: Any = apprise.Apprise.instantiate(address)
    if service is None:
        return "expected an address that Apprise knows, found another (see https://github.com/caronc/apprise)"
    title, body = headline(news), chat_text(news)
    if (
        service.overflow_mode == apprise.OverflowMode.UPSTREAM
    ):  # else the address itself says what to do: &overflow=split
        service.overflow_mode = apprise.OverflowMode.TRUNCATE
        room = service.body_maxlen - (0 if service.title_maxlen else len(title) + _ROOM_FOR_MARKUP)
        body = cut_to(body, room, rest_of(news))
    teller = apprise.Apprise()
    teller.add(service)
    is_told = teller.notify(body=body, title=title, body_format=apprise.NotifyFormat.TEXT)
    return None if is_told else f"expected {service.service_name} to take the message, found that it did not"
