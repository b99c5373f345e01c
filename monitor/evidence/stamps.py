"""Time stamps by RFC 3161: a server that others trust says that the chain's head was there at a time.

What is stamped is the head's own line, so the stamp names the very hash by which the chain is known: `openssl ts
-verify -digest HEAD` checks it without wpswatch.
"""

import http.client
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from monitor.evidence.key import MissingExtra
from monitor.evidence.sealed_zip import WrongFile
from storage.credentials import without_credentials
from storage.fetched.chain_stamps import ChainStamp, is_stamped, save_stamp
from storage.fetched.snapshot_chain import chain_head
from storage.sqlite.database import transaction

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

SECONDS: Final = 20.0
MOST_BYTES: Final = 65_536
"""No answer of a time-stamping server is larger: it holds a few certificates."""


class NoStamp(Exception):  # noqa: N818 - the name says what is the case
    """The server gave no stamp, or one that says something else; the message says what to do."""


@dataclass(frozen=True, slots=True)
class ReadStamp:
    """What a stamp says: the hash that it is about, when, and what is wrong with it (None when it is sound).

    `is_checked` says that its signature was checked against certificates that were named.
    """

    head: str
    stamped_at: datetime
    is_checked: bool
    fault: str | None = None


def stamp_head(db: sqlite3.Connection, server: str, roots: Sequence["Certificate"]) -> ChainStamp | None:
    """Have the chain's head stamped and keep the answer; None where there is no head, or it has been stamped.

    Raises:
        NoStamp: the server gave none that holds.
        MissingExtra: a package is not installed.
    """
    head = chain_head(db)
    name = without_credentials(server)
    if head is None or is_stamped(db, head.hash, name):
        return None
    answer = ask_stamp(server, head.line.encode("utf-8", "surrogatepass"))
    read = read_stamp(answer, roots)
    if read.fault or read.head != head.hash:
        fault = read.fault or f"it is about {read.head}"
        raise NoStamp(f"expected a stamp of the chain's head {head.hash}, found that {fault} ({name})")
    stamp = ChainStamp(head.hash, head.snapshot, name, read.stamped_at, answer)
    with transaction(db):
        save_stamp(db, stamp)
    return stamp


def ask_stamp(server: str, message: bytes) -> bytes:
    """A server's answer about a message, of which it learns the hash alone. Raises NoStamp when there is none."""
    try:
        from rfc3161_client import TimestampRequestBuilder
        from rfc3161_client.base import HashAlgorithm
    except ModuleNotFoundError as error:
        raise MissingExtra("rfc3161-client") from error
    query = TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA256).build().as_bytes()
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    name = without_credentials(server)
    try:
        request = urllib.request.Request(server, query, headers)  # noqa: S310 - the settings take http and https alone
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            content: bytes = answer.read(MOST_BYTES + 1)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NoStamp(f"expected a time stamp, found: {_words(error)} at {name}; the next crawl asks again") from error
    if len(content) > MOST_BYTES:
        raise NoStamp(f"expected a time stamp below {MOST_BYTES} bytes, found more at {name}; see [evidence]")
    return content


def read_stamp(answer: bytes, roots: Sequence["Certificate"]) -> ReadStamp:
    """What a stamp says, and whether it holds; without `roots` nobody can tell who signed it.

    Raises:
        NoStamp: it is none.
        MissingExtra: a package is not installed.
    """
    try:
        from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response
    except ModuleNotFoundError as error:
        raise MissingExtra("rfc3161-client") from error
    try:
        response: TimeStampResponse = decode_timestamp_response(answer)
        if response.status not in (0, 1):  # granted, granted with changes
            said = "; ".join(response.status_string) or f"status {response.status}"
            raise NoStamp(f"expected a time stamp, found a refusal: {said}; see [evidence] timestamp_url")
        told = response.tst_info
        head, at = bytes(told.message_imprint.message).hex(), told.gen_time
    except ValueError as error:
        raise NoStamp(
            "expected a time stamp (RFC 3161), found one that can't be read; see [evidence] timestamp_url"
        ) from error
    if not roots:
        return ReadStamp(head, at, is_checked=False)
    builder = VerifierBuilder()
    for root in roots:
        builder = builder.add_root_certificate(root)
    try:
        builder.build().verify(response, bytes.fromhex(head))
    except VerificationError:
        return ReadStamp(head, at, is_checked=True, fault="it is not signed under the named certificates")
    return ReadStamp(head, at, is_checked=True)


def load_roots(path: str) -> "list[Certificate]":
    """The certificates in a PEM file, none where no file is named.

    Raises:
        WrongFile: it can't be read, or holds none.
        MissingExtra: a package is not installed.
    """
    if not path:
        return []
    try:
        from cryptography.x509 import load_pem_x509_certificates
    except ModuleNotFoundError as error:
        raise MissingExtra("cryptography") from error
    try:
        return load_pem_x509_certificates(Path(path).expanduser().read_bytes())
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no certificate"
        raise WrongFile(f"expected certificates (PEM) in {path}, found: {reason}; see [evidence]") from error


def _words(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        error.close()
        return f"status {error.code}"
    reason = getattr(error, "reason", error)
    if isinstance(reason, TimeoutError):
        return "no answer in time"
    return getattr(reason, "strerror", None) or "no answer that can be read"
