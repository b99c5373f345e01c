"""Posts to a webhook's receiver: looks its name up once, checks every address, and connects to just those addresses.

A name whose address changes between the look and the connection is harmless, for it is not looked up again. Nothing of
the environment (proxies, .netrc) is heeded, and no redirect is followed.
"""

import contextlib
import http
import http.client
import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from monitor.alerts.delivery.deadline import Deadline, DeadlineSocket, call_within
from monitor.text.safe_address import Target, address_problem

READ_BYTES: Final = 4096
"""So much of an answer's words is read."""

_MOST_BYTES: Final = 65_536  # of an answer's head and words together; a longer head is an error

Resolver = Callable[[str, int], Sequence[str]]
"""Gives the addresses of a host's name; raises OSError when it has none."""


class RefusedAddressError(Exception):
    """The receiver's name leads where a webhook must not go."""


@dataclass(frozen=True, slots=True)
class HookAnswer:
    """What a receiver answered. `words` are the first bytes of the body, empty for a success."""

    status: int
    retry_after: str | None
    location: str | None
    words: bytes


def look_up(host: str, port: int) -> tuple[str, ...]:
    """The addresses that this machine knows of a host, each once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


def checked_addresses(
    target: Target, resolve: Resolver, deadline: Deadline, *, allows_private: bool
) -> tuple[str, ...]:
    """The addresses to connect to.

    Raises:
        RefusedAddressError: one of them is not public; the others are not trusted then either.
        OSError: the name has no address, or can't be looked up in time.
    """
    addresses = tuple(call_within(deadline, lambda: resolve(target.host, target.port)))
    if not addresses:
        raise OSError(f"the name {target.host} has no address")
    for address in addresses:
        if not allows_private and (kind := address_problem(address)):
            raise RefusedAddressError(
                f"expected a public address, found {address} ({kind}) for {target.host}; "
                "set allow_private_addresses = true if the receiver is in your own network"
            )
    return addresses


def post(
    target: Target,
    addresses: Sequence[str],
    headers: Mapping[str, str],
    body: bytes,
    deadline: Deadline,
    context: ssl.SSLContext,
) -> HookAnswer:
    """Post the body over the first address that can be connected to, and return the answer.

    The certificate is checked against the name, which is also what the receiver is told (SNI and Host).

    Raises:
        OSError, http.client.HTTPException: no answer; the receiver may have got the body all the same.
    """
    with contextlib.closing(_connect(target, addresses, deadline)) as plain:
        if target.scheme == "https":
            plain.settimeout(deadline.left())
            connection: socket.socket = context.wrap_socket(plain, server_hostname=target.host)
        else:
            connection = plain
        with contextlib.closing(connection):
            return _exchange(target, DeadlineSocket(connection, deadline, _MOST_BYTES), headers, body)


def _connect(target: Target, addresses: Sequence[str], deadline: Deadline) -> socket.socket:
    """A connection to the first address that takes one; each gets its share of the time that is left."""
    for number, address in enumerate(addresses):
        share = deadline.left() / (len(addresses) - number)
        try:
            return socket.create_connection((address, target.port), share)
        except OSError:
            if number + 1 == len(addresses):
                raise
    raise OSError("no address to connect to")


def _exchange(target: Target, connection: Any, headers: Mapping[str, str], body: bytes) -> HookAnswer:
    client = http.client.HTTPConnection(target.host, target.port)
    client.response_class = _FinalResponse
    client.sock = connection
    client.request("POST", target.path, body, {"Host": target.host_header, "Connection": "close", **headers})
    response = client.getresponse()
    is_success = 200 <= response.status < 300
    return HookAnswer(
        status=response.status,
        retry_after=response.getheader("Retry-After"),
        location=response.getheader("Location"),
        words=b"" if is_success else _first_words(response),
    )


class _FinalResponse(http.client.HTTPResponse):
    """An answer that is final: what a receiver says before it (103 Early Hints) is read past (RFC 9110, 15.2).

    `http.client` reads past 100 only. The exchange's limits of time and bytes hold for all of it.
    """

    def _read_status(self) -> tuple[str, int, str]:
        while True:
            version, status, reason = super()._read_status()  # type: ignore[misc]
            if not 100 < status < 200 or status == http.HTTPStatus.SWITCHING_PROTOCOLS:
                return version, status, reason
            http.client.parse_headers(self.fp)


def _first_words(response: http.client.HTTPResponse) -> bytes:
    """The beginning of an answer's body. The status has said what matters: one that stalls here has said nothing."""
    try:
        return response.read(READ_BYTES)
    except (OSError, http.client.HTTPException):
        return b""
