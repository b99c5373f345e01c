"""An SMTP connection whose replies are bounded: in lines and bytes each, and all of an exchange in time.

A server that answers without an end, or a byte at a time, costs one failed attempt and holds up nobody else's channel.
"""

import io
import smtplib
import ssl
from typing import Any, Final

from monitor.alerts.delivery.deadline import Deadline

#: A reply of more lines or bytes is no reply. RFC 5321 allows 512 bytes a line; long EHLO replies have some 20 lines.
MOST_LINES: Final = 100
MOST_BYTES: Final = 65_536
_PIECE: Final = 4096


class EndlessReplyError(OSError):
    """A server's reply that does not end."""


class _Replies(io.RawIOBase):
    """What a server sends, within the limits. `smtplib` reads it line by line."""

    def __init__(self, connection: Any, deadline: "Deadline") -> None:
        self._connection = connection
        self._buffer = b""
        self.deadline = deadline
        self.lines = self.bytes = 0

    def readable(self) -> bool:
        return True

    def readline(self, size: int | None = -1, /) -> bytes:
        """The next line, at most `size` bytes of it; empty at the end of the connection."""
        most = MOST_BYTES if size is None or size < 0 else size
        while b"\n" not in self._buffer[:most] and len(self._buffer) < most:
            self._connection.settimeout(self.deadline.left())
            piece = self._connection.recv(_PIECE)
            if not piece:
                break
            self._buffer += piece
        end = self._buffer.find(b"\n", 0, most) + 1 or most
        line, self._buffer = self._buffer[:end], self._buffer[end:]
        self.lines += 1
        self.bytes += len(line)
        if self.lines > MOST_LINES or self.bytes > MOST_BYTES:
            raise EndlessReplyError(f"a reply of more than {MOST_LINES} lines or {MOST_BYTES} bytes")
        return line


class _Bounded:
    """What both kinds of connection share: each reply is counted anew, and the exchange ends at a moment."""

    sock: Any
    file: Any
    timeout: float
    _deadline: Deadline | None = None

    def begin_exchange(self, seconds: float) -> None:
        """Give what follows, until the next call, so many seconds in all."""
        self._deadline = Deadline(seconds)
        if isinstance(self.file, _Replies):
            self.file.deadline = self._deadline

    def getreply(self) -> tuple[int, bytes]:
        """The server's next reply; raises SMTPServerDisconnected for one that breaks a limit."""
        if self._deadline is None:
            self._deadline = Deadline(self.timeout)
        if self.file is None:
            self.file = _Replies(self.sock, self._deadline)
        self.file.lines = self.file.bytes = 0
        code, reply = super().getreply()  # type: ignore[misc]
        return code, reply

    def send(self, s: Any) -> None:
        """Send what `smtplib` sends, before the deadline."""
        if self.sock is not None and self._deadline is not None:
            self.sock.settimeout(self._deadline.left())
        super().send(s)  # type: ignore[misc]


class BoundedSMTP(_Bounded, smtplib.SMTP):
    """A connection in clear, or one that STARTTLS will encrypt."""


class BoundedSMTPS(_Bounded, smtplib.SMTP_SSL):
    """A connection encrypted from its start."""


def open_smtp(host: str, port: int, own_name: str, seconds: float, context: ssl.SSLContext | None) -> smtplib.SMTP:
    """An open connection, encrypted from its start when a context is given."""
    if context is None:
        return BoundedSMTP(host, port, own_name, timeout=seconds)
    return BoundedSMTPS(host, port, own_name, timeout=seconds, context=context)
