"""Signs a webhook by Standard Webhooks 1.0, symmetric scheme `v1`. Pure.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence
from typing import Final

PREFIX: Final = "whsec_"
_SHORTEST, _LONGEST = 24, 64  # bytes of a secret, by the specification


def secrets_of(text: str) -> tuple[bytes, ...]:
    """The secrets in a text, one a line; empty lines and those that begin with # are none.

    Raises:
        ValueError: a line is no secret, or there is none. The message names the line and never what is in it.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
    found = tuple(_secret_of(number, line) for number, line in lines if line and not line.startswith("#"))
    if not found:
        raise ValueError(f"expected at least one secret that begins with {PREFIX}, found none")
    return found


def signature_of(secrets: Sequence[bytes], message_id: str, timestamp: int, body: bytes) -> str:
    """The value of `webhook-signature`: a signature with each secret, so that a receiver may change over to a new one.

    Signed are the id, the seconds since 1970 and the bytes of the body, with full stops between them.
    """
    if "." in message_id:
        raise ValueError(f"expected an id without a full stop, found {message_id!r}")
    signed = f"{message_id}.{timestamp}.".encode() + body
    digests = [hmac.new(secret, signed, hashlib.sha256).digest() for secret in secrets]
    return " ".join(f"v1,{base64.b64encode(digest).decode()}" for digest in digests)


def _secret_of(number: int, line: str) -> bytes:
    expected = f"line {number}: expected {PREFIX} and base64 of {_SHORTEST} to {_LONGEST} random bytes"
    if not line.startswith(PREFIX):
        raise ValueError(f"{expected}, found another beginning")
    try:
        secret = base64.b64decode(line.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError(f"{expected}, found no base64") from error
    if not _SHORTEST <= len(secret) <= _LONGEST:
        raise ValueError(f"{expected}, found {len(secret)} bytes")
    return secret
