"""Tells alerts by webhook, by Standard Webhooks 1.0: signed, with an id that stays the same over every attempt.

Only a 2xx is success. 410 says that the receiver wants nothing any more; a receiver that has read a body and says that
it will never take it (413, 415, 422) is believed; all else may pass, and is tried again, a wrong certificate and a
redirect, too: what is wrong may be mended while the alert waits.
"""

import http.client
import ssl
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Final

from monitor.alerts.delivery.channel import DeliveryError, Receipts
from monitor.alerts.delivery.deadline import Deadline
from monitor.alerts.webhook.body import body_of
from monitor.alerts.webhook.post import HookAnswer, RefusedAddressError, Resolver, checked_addresses, look_up, post
from monitor.alerts.webhook.secret import SecretError, read_secret
from monitor.alerts.webhook.signature import secrets_of, signature_of
from monitor.settings.config import ChannelSettings
from monitor.text.harmless import harmless
from monitor.text.safe_address import target_of
from scraper.courtesy import retry_after, user_agent
from storage.records import Alert

TIMEOUT_SECONDS: Final = 20.0
"""For one attempt as a whole, from looking the name up to the end of the answer."""

_NEVER_TAKEN: Final = frozenset({413, 415, 422})  # too large, no media type of theirs, read and refused
_GONE: Final = 410
_WORDS_SHOWN: Final = 200


class WebhookChannel:
    """Posts each alert to one address. The secret is read anew for each alert, so that a changed one needs no restart.

    `resolve`, `context` and `now` are the machine's own unless others are given.
    """

    def __init__(
        self,
        settings: ChannelSettings,
        environment: Mapping[str, str],
        *,
        contact: str = "",
        timeout_seconds: float = TIMEOUT_SECONDS,
        resolve: Resolver = look_up,
        context: ssl.SSLContext | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self.name = settings.name
        self._settings = settings
        self._environment = environment
        self._target = target_of(settings.url, allows_private=settings.allow_private_addresses)
        self._agent = user_agent(contact)
        self._timeout_seconds = timeout_seconds
        self._resolve = resolve
        self._given_context = context
        self._now = now or (lambda: datetime.now(UTC))

    def send(self, alert: Alert, receipts: Receipts) -> None:
        """Post the alert; raises DeliveryError unless the receiver answers 2xx."""
        body = body_of(alert)
        headers = self._headers(alert.id, body)
        deadline = Deadline(self._timeout_seconds)
        allows_private = self._settings.allow_private_addresses
        try:
            addresses = checked_addresses(self._target, self._resolve, deadline, allows_private=allows_private)
            answer = post(self._target, addresses, headers, body, deadline, self._context)
        except RefusedAddressError as error:
            raise DeliveryError(str(error)) from error
        except TimeoutError as error:
            raise DeliveryError(
                f"expected an answer from {self._target.host} within {self._timeout_seconds:g} seconds, found none"
            ) from error
        except (OSError, http.client.HTTPException) as error:
            reason = harmless(str(error)) or type(error).__name__
            raise DeliveryError(f"expected an answer from {self._target.host}, found: {reason}") from error
        if (failure := failure_of(answer, self._target.host, self._now())) is not None:
            raise failure

    @cached_property
    def _context(self) -> ssl.SSLContext:
        return self._given_context or ssl.create_default_context()

    def _headers(self, message_id: str, body: bytes) -> dict[str, str]:
        try:
            secrets = secrets_of(read_secret(self.name, self._settings.secret_file, self._environment))
        except (SecretError, ValueError) as error:
            raise DeliveryError(f"channel {self.name!r}: {error}") from error
        timestamp = int(self._now().timestamp())
        return {
            "Content-Type": "application/json",
            "User-Agent": self._agent,
            "webhook-id": message_id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature_of(secrets, message_id, timestamp, body),
        }


def failure_of(answer: HookAnswer, host: str, now: datetime) -> DeliveryError | None:
    """What an answer means: None for a 2xx, which alone is success."""
    status = answer.status
    if 200 <= status < 300:
        return None
    found = f"expected a 2xx from {host}, found {status}"
    if 300 <= status < 400:
        location = harmless(answer.location or "nowhere")[:_WORDS_SHOWN]
        return DeliveryError(
            f"{found}, a redirect to {location}, which is not followed; correct the channel's url",
            retry_after=retry_after(answer.retry_after, now),
        )
    words = harmless(answer.words.decode("utf-8", "replace"))[:_WORDS_SHOWN]
    message = f"{found}: {words}" if words else found
    if status == _GONE:
        return DeliveryError(message, is_gone=True)
    if status in _NEVER_TAKEN:
        return DeliveryError(message, is_permanent=True)
    return DeliveryError(message, retry_after=retry_after(answer.retry_after, now))
