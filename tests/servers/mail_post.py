"""A mail server on loopback that behaves as it is told, receipts in memory, and alerts to mail."""

import asyncio
import ssl
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from monitor.alerts.mail.mail import Letterhead
from monitor.alerts.news.payload import ExtractNews, Mark, ToldExtract, payload_of
from monitor.alerts.words.subscription import Subscription
from monitor.text.mail_address import read_address
from storage.models import Place
from storage.records import Alert, ChangeKind, Event

NOW = datetime(2025, 5, 9, 6, 0, tzinfo=UTC)
PASSWORD = "correct horse"  # noqa: S105
TIMEOUT = 10  # seconds; a test that waits for it asks for less


def make_news(symbol: str = "S/RES/2779 (2025)", words: str = "women take part", **fields: Any) -> ExtractNews:
    """News of one added extract; `fields` replace what it says of the document."""
    extract = ToldExtract(
        kind=ChangeKind.ADDED,
        address="OP 3 (a)",
        before_address=None,
        title="Security Council Resolution 2779: Para. 3 (a)",
        citation="Security Council resolution 2779 (2025), para. 3 (a)",
        themes=("Participation",),
        reasons=("new WPS content: Participation",),
        chapeau=None,
        text=words,
        before=None,
        marks=(Mark("Participation", words[:5], 0, 5, Place.TEXT),),
    )
    known: dict[str, Any] = {
        "event": Event.EXTRACT_NEW,
        "symbol": symbol,
        "language": "en",
        "subject": "The situation in South Sudan",
        "adopted_on": date(2025, 5, 8),
        "published_on": None,
        "url": "https://docs.un.org/en/S/RES/2779(2025)",
        "source": "unxml",
        "extracts": (extract,),
    }
    return ExtractNews(**known | fields)


def make_alert(news: Any, alert_id: str = "wps-1f2e") -> Alert:
    return Alert(alert_id, news.event, 1, "subject", NOW, payload_of(news))


def make_letterhead(stop: str = "mailto:alerts@example.org?subject=unsubscribe%20desk") -> Letterhead:
    subscription = Subscription("desk", "instant", ("Participation",), ("S/RES/*",), (), stop)
    return Letterhead(read_address("wpswatch <alerts@example.org>"), subscription)


@dataclass
class Kept:
    """Receipts in memory, as a sender keeps them on disk."""

    accepted: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)

    def is_settled(self, recipient: str) -> bool:
        return recipient in self.accepted or recipient in self.refused

    def is_told(self) -> bool:
        return bool(self.accepted)

    def accept(self, recipient: str) -> None:
        self.accepted.append(recipient)

    def refuse(self, recipient: str, error: str) -> None:
        self.refused[recipient] = error


@dataclass
class Post:
    """The handler of a mail server: what arrived, and what it is told to do instead of taking it.

    `answers` are given in turn to the commands of their name, `RCPT a@example.org`, `DATA` or `MAIL`; then it agrees.
    An answer of DATA may be `drop`, before the mail is kept, or `hang`, after it.
    """

    answers: dict[str, list[str]] = field(default_factory=dict)
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    sessions: set[int] = field(default_factory=set)
    logins: list[str] = field(default_factory=list)

    def answer(self, command: str, otherwise: str) -> str:
        waiting = self.answers.get(command, [])
        return waiting.pop(0) if waiting else otherwise

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.sessions.add(id(server))
        answer = self.answer("MAIL", "250 OK")
        if answer.startswith("250"):
            envelope.mail_from = address
        return answer

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.answer(f"RCPT {address}", "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.answer("DATA", "250 OK")
        if answer == "drop":
            server.transport.abort()
            return "250 never read"
        if answer in ("250 OK", "hang"):
            assert isinstance(envelope.content, bytes)
            message = message_from_bytes(envelope.content, policy=default)
            assert isinstance(message, EmailMessage)
            self.mails.append(message)
            self.recipients.append(list(envelope.rcpt_tos))
        if answer == "hang":
            await asyncio.Event().wait()  # until the server is closed
        return answer

    def log_in(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, login: LoginPassword
    ) -> AuthResult:
        self.logins.append(mechanism)
        return AuthResult(success=login.password == PASSWORD.encode(), handled=False)


class PostOffice:
    """The mail server in a thread of its own; `options` are aiosmtpd's, `whole_tls` speaks TLS from the first byte."""

    def __init__(self, post: Post, whole_tls: ssl.SSLContext | None, **options: Any) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        made = self._loop.create_server(
            lambda: SMTP(post, hostname="localhost", loop=self._loop, **options), "127.0.0.1", 0, ssl=whole_tls
        )
        self._server = self._ask(made)
        self.port: int = self._server.sockets[0].getsockname()[1]

    def close(self) -> None:
        """Stop at once, also in the middle of an answer."""
        self._ask(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    async def _end(self) -> None:
        self._server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _ask(self, question: Any) -> Any:
        answer: Future[Any] = asyncio.run_coroutine_threadsafe(question, self._loop)
        return answer.result(5)
