"""Tells alerts by e-mail: each recipient gets a mail of its own, and one that is refused keeps no other from theirs."""

import smtplib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import quote

from monitor.alerts.delivery.channel import DeliveryError, Receipts
from monitor.alerts.mail.mail import Letterhead, make_mail
from monitor.alerts.mail.smtp import MailServer, RefusalError, error_words, hand_over, hang_up, is_alive
from monitor.alerts.words.onward import Onward
from monitor.alerts.words.subscription import Subscription
from monitor.text.mail_address import MailAddress, read_address
from storage.records import Alert

if TYPE_CHECKING:
    from monitor.settings.config import ChannelSettings, Smtp

_DROPS_TO_STOP: Final = 2
"""After so many lost connections in a row the rest of the recipients waits: the server is away."""

_REASONS_TOLD: Final = 3


class EmailChannel:
    """Mails each alert to each recipient. As a context manager it keeps one connection for all of its alerts."""

    def __init__(
        self,
        name: str,
        server: MailServer,
        letterhead: Letterhead,
        recipients: Iterable[MailAddress],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.name = name
        self._server = server
        self._letterhead = letterhead
        self._recipients = {recipient.address: recipient for recipient in recipients}
        self._clock = clock
        self._connection: smtplib.SMTP | None = None
        self._is_kept = False

    def __enter__(self) -> Self:
        """Keep a connection from now on."""
        self._is_kept = True
        return self

    def __exit__(self, *_: object) -> None:
        """End the connection that was kept."""
        self._is_kept = False
        self.close()

    def close(self) -> None:
        """End the connection, if one is open."""
        if self._connection is not None:
            hang_up(self._connection)
            self._connection = None

    def send(self, alert: Alert, receipts: Receipts) -> None:
        """Mail the alert to each recipient that has not settled it, one by one.

        A refusal for good is a receipt. When somebody may still get it, or nobody took it, a DeliveryError says so.
        """
        waiting = [one for address, one in self._recipients.items() if not receipts.is_settled(address)]
        try:
            outcome = self._mail_all(alert, waiting, receipts)
        finally:
            if not self._is_kept:
                self.close()
        if outcome.later:
            raise DeliveryError(_told(outcome.later))
        if not receipts.is_told():  # in this attempt or an earlier one
            reasons = _told(outcome.refused) or "wpswatch alerts names each"
            raise DeliveryError(f"every recipient refused it for good: {reasons}", is_permanent=True)

    def _mail_all(self, alert: Alert, recipients: Iterable[MailAddress], receipts: Receipts) -> "_Outcome":
        outcome = _Outcome()
        drops = 0
        for recipient in recipients:
            if drops == _DROPS_TO_STOP:
                outcome.later.append(f"{recipient.address}: not tried, the server is away")
                continue
            mail = make_mail(alert, self._letterhead, recipient, self._clock())
            try:
                hand_over(self._connected(), self._letterhead.sender.address, recipient.address, mail.as_bytes())
            except RefusalError as refusal:
                if refusal.is_closing:
                    self._drop()
                if refusal.is_permanent:
                    outcome.refused.append(f"{recipient.address}: {refusal}")
                    receipts.refuse(recipient.address, str(refusal))
                else:
                    outcome.later.append(f"{recipient.address}: {refusal}")
                drops = 0
            except DeliveryError as error:  # no connection: no other recipient can be reached either
                outcome.later.append(str(error))
                break
            except (OSError, smtplib.SMTPException) as error:
                self._drop()
                drops += 1
                outcome.later.append(f"{recipient.address}: expected the mail server to answer, found: {_lost(error)}")
            else:
                drops = 0
                receipts.accept(recipient.address)
        return outcome

    def _connected(self) -> smtplib.SMTP:
        if self._connection is not None and not is_alive(self._connection):
            self._drop()
        if self._connection is None:
            self._connection = self._server.connect()
        return self._connection

    def _drop(self) -> None:
        """Let go of a connection that does not answer, without waiting for it."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@dataclass(slots=True)
class _Outcome:
    """What became of one attempt: in whose words it was refused for good, and why others wait."""

    refused: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)


def email_channel(settings: "ChannelSettings", smtp: "Smtp", site: str = "") -> EmailChannel:
    """The channel that one table of the settings describes; its addresses were checked when they were read.

    `site` is where the pages are shown, "" where none are.
    """
    sender = read_address(smtp.sender)
    stop = settings.unsubscribe or f"mailto:{sender.address}?subject={quote(f'unsubscribe {settings.name}')}"
    subscription = Subscription(
        settings.name, settings.schedule, settings.themes, settings.symbols, settings.events, stop,
        settings.situations, settings.bodies, settings.query,
    )  # fmt: skip
    server = MailServer(
        smtp.host, smtp.port, smtp.security, smtp.username, smtp.password_file, smtp.ca_file, smtp.own_name
    )
    letterhead = Letterhead(sender, subscription, Onward(f"{site.rstrip('/')}/" if site else ""))
    return EmailChannel(settings.name, server, letterhead, map(read_address, settings.to))


def _lost(error: Exception) -> str:
    return f"{error_words(error)}; it may have the mail, and then gets it again with the same Message-ID"


def _told(reasons: list[str]) -> str:
    more = len(reasons) - _REASONS_TOLD
    return "; ".join(reasons[:_REASONS_TOLD]) + (f"; and {more} more" if more > 0 else "")
