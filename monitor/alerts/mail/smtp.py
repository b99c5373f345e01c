"""Speaks SMTP with one mail server: opens a connection as the settings say, and hands one mail over for one recipient.

Certificates are verified, and nothing goes out in clear when `security` asks for TLS. No word of an error holds the
password.
"""

import os
import re
import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from monitor.alerts.delivery.channel import DeliveryError
from monitor.alerts.mail.bounded import BoundedSMTP, BoundedSMTPS, open_smtp
from monitor.text.harmless import harmless

PASSWORD_VARIABLE: Final = "WPSWATCH_SMTP_PASSWORD"  # noqa: S105 - the name of the variable, not its value

_WORDS_SHOWN: Final = 200
_ENHANCED = re.compile(r"(?P<kind>[245]\.\d{1,3})\.\d{1,3}\b")  # "5.1.1", RFC 3463
# The server doesn't know, or doesn't allow, what was said: settings are wrong, not an address (RFC 5321, RFC 4954).
_MISUNDERSTOOD: Final = frozenset({500, 501, 502, 503, 504, 530, 534, 535, 538})
_TOO_LARGE: Final = 552
_CLOSING: Final = 421


class RefusalError(Exception):
    """The server answered no. `is_permanent` says that this recipient will never get this mail."""

    def __init__(self, step: str, code: int, reply: bytes) -> None:
        words = reply_words(reply)
        super().__init__(f"{step}: {code} {words}".rstrip())
        enhanced = _ENHANCED.match(words)
        kind = enhanced["kind"] if enhanced else ""
        # 5.7 is policy: no relaying, no permission. An operator mends that, and meanwhile the alert waits.
        is_about_mail = kind == "5.3" or code == _TOO_LARGE if step == "sender" else kind != "5.7"
        self.is_permanent = code >= 500 and code not in _MISUNDERSTOOD and is_about_mail
        self.is_closing = code == _CLOSING


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over, and how. `security` is `starttls`, `tls` or `none`; no username means no login.

    The password is the content of `password_file`, else of the environment variable WPSWATCH_SMTP_PASSWORD. `ca_file`
    names the certificates to trust instead of the system's. `own_name` is what this machine calls itself to the server
    (EHLO), its full name unless given. `timeout_seconds` is for the whole of each exchange: to connect and log in, and
    to hand over one mail.
    """

    host: str
    port: int
    security: str
    username: str = ""
    password_file: str = ""
    ca_file: str = ""
    own_name: str = ""
    timeout_seconds: float = 20

    def connect(self) -> smtplib.SMTP:
        """An open connection, logged in when there is a username.

        Raises:
            DeliveryError: it can't be had. Never permanent: a server comes back, and wrong settings are mended.
        """
        try:
            context = None if self.security == "none" else ssl.create_default_context(cafile=self.ca_file or None)
            connection = self._open(context)
        except (OSError, smtplib.SMTPException) as error:
            raise DeliveryError(f"expected {self._name} to take mail, found: {error_words(error)}") from error
        try:
            if self.security == "starttls":
                self._encrypt(connection, context)
            if self.username:
                self._log_in(connection)
        except (OSError, smtplib.SMTPException) as error:
            connection.close()
            raise DeliveryError(f"expected {self._name} to take mail, found: {error_words(error)}") from error
        except DeliveryError:
            hang_up(connection)
            raise
        return connection

    @property
    def _name(self) -> str:
        return f"the mail server {self.host}:{self.port}"

    def _open(self, context: ssl.SSLContext | None) -> smtplib.SMTP:
        # Not smtplib's own way to name this machine: it asks the DNS, which can take long.
        own = self.own_name or (socket.gethostname() if "." in socket.gethostname() else "[127.0.0.1]")
        return open_smtp(self.host, self.port, own, self.timeout_seconds, context if self.security == "tls" else None)

    def _encrypt(self, connection: smtplib.SMTP, context: ssl.SSLContext | None) -> None:
        connection.ehlo()
        if not connection.has_extn("starttls"):
            raise DeliveryError(
                f"expected {self._name} to offer STARTTLS, found that it does not; nothing was sent in clear; "
                'see whether its port takes security = "tls"'
            )
        connection.starttls(context=context)

    def _log_in(self, connection: smtplib.SMTP) -> None:
        password = self._password()
        try:
            connection.login(self.username, password)
        except smtplib.SMTPAuthenticationError as error:
            # What else the server says might repeat what it was told.
            enhanced = _ENHANCED.match(reply_words(error.smtp_error))
            code = f"{error.smtp_code} {enhanced[0]}" if enhanced else str(error.smtp_code)
            raise DeliveryError(
                f"expected {self._name} to know the username and password, found: {code}; see [smtp] username and "
                f"password_file, or {PASSWORD_VARIABLE}"
            ) from None

    def _password(self) -> str:
        if self.password_file:
            try:
                password = Path(self.password_file).expanduser().read_text(encoding="utf-8").rstrip("\r\n")
            except (OSError, UnicodeDecodeError) as error:
                reason = error.strerror if isinstance(error, OSError) else "no UTF-8 text"
                raise DeliveryError(f"expected a password in {self.password_file}, found: {reason}") from None
        else:
            password = os.environ.get(PASSWORD_VARIABLE, "")
        if not password:
            raise DeliveryError(
                f"expected a password for {self.username!r}, found none; put it into the file that [smtp] "
                f"password_file names, or into {PASSWORD_VARIABLE}"
            )
        if not (password.isascii() and self.username.isascii()):
            raise DeliveryError("expected a username and a password of ASCII characters, found others")
        return password


def hand_over(connection: smtplib.SMTP, sender: str, recipient: str, content: bytes) -> None:
    """Let the server take one mail for one recipient.

    Raises:
        RefusalError: it does not; the connection is ready for the next mail, unless the refusal `is_closing`.
        OSError, smtplib.SMTPException: nobody knows whether it did; the connection is of no more use.
    """
    if isinstance(connection, BoundedSMTP | BoundedSMTPS):
        connection.begin_exchange(connection.timeout)
    connection.ehlo_or_helo_if_needed()
    size = [f"size={len(content)}"] if connection.has_extn("size") else []
    try:
        _expect(250, "sender", *connection.mail(sender, size))
        _expect(250, "recipient", *connection.rcpt(recipient))
        try:
            code, reply = connection.data(content)
        except smtplib.SMTPDataError as error:
            reply = error.smtp_error if isinstance(error.smtp_error, bytes) else error.smtp_error.encode()
            raise RefusalError("text", error.smtp_code, reply) from None
        _expect(250, "text", code, reply)
    except RefusalError as refusal:
        if not refusal.is_closing:
            connection.rset()
        raise


def is_alive(connection: smtplib.SMTP) -> bool:
    """Whether a connection that was kept still answers."""
    try:
        return connection.noop()[0] == 250
    except (OSError, smtplib.SMTPException):
        return False


def hang_up(connection: smtplib.SMTP) -> None:
    """End a connection in good manners, whatever its other end does."""
    with suppress(OSError, smtplib.SMTPException):
        connection.quit()
    connection.close()


def reply_words(reply: bytes | str) -> str:
    """What a server said, on one harmless line, cut where it is long."""
    words = harmless(reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply)
    return words if len(words) <= _WORDS_SHOWN else f"{words[: _WORDS_SHOWN - 1]}…"


def error_words(error: Exception) -> str:
    """What went wrong with a connection, in one line."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"a certificate that can't be trusted ({error.verify_message}); [smtp] ca_file names others to trust"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {reply_words(error.smtp_error)}"
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):  # smtplib wraps it
        return "no answer in time"
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return reply_words(reason) or type(error).__name__


def _expect(expected: int, step: str, code: int, reply: bytes) -> None:
    if code // 10 != expected // 10:  # 251: the recipient has moved, and the server takes the mail all the same
        raise RefusalError(step, code, reply)
