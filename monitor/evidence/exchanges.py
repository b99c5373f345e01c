"""Bodies and what is known of how they came, as a WARC file, and back."""

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from monitor.evidence.key import MissingExtra
from storage.records import ArchiveMember, Exchange, Snapshot

if TYPE_CHECKING:
    from warcio.warcwriter import WARCWriter

NOT_RECORDED: Final = "not recorded"
_WITH_BODY: Final = frozenset({"response", "resource"})
_UNPACKED: Final = frozenset({"content-encoding", "transfer-encoding", "content-length"})


@dataclass(frozen=True, slots=True)
class Came:
    """A snapshot, its body, and its exchange (None where it was not recorded)."""

    snapshot: Snapshot
    body: bytes
    exchange: Exchange | None


def warc_of(came: Sequence[Came]) -> bytes:
    """A WARC file with a response for each body, its request where it was recorded, and a record of what is not known.

    Bodies stand in it unpacked, as they are kept: headers of the answer that tell of packing are named
    `X-Archive-Orig-...`, as archives do, so that every reader of WARC gives the same bytes. A body that stood in an
    archive of many files is a resource; the archive's own exchange stands before it, without its bytes.
    """
    try:
        from warcio.warcwriter import WARCWriter
    except ModuleNotFoundError as error:
        raise MissingExtra("warcio") from error
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    archives: dict[str, str] = {}
    for each in came:
        member = each.exchange.member if each.exchange else None
        if member is None or each.exchange is None:
            _write_exchange(writer, each, each.snapshot.final_url, each.body)
            continue
        if member.archive_sha256 not in archives:
            archives[member.archive_sha256] = _write_exchange(writer, each, member.archive_url, None)
        _write_member(writer, each, member, archives[member.archive_sha256])
    return file.getvalue()


def _write_exchange(writer: "WARCWriter", each: Came, address: str, body: bytes | None) -> str:
    """Write an answer and its request where it was recorded, and return the answer's id; no body is said to be cut."""
    from warcio.statusandheaders import StatusAndHeaders

    snapshot, exchange = each.snapshot, each.exchange
    status = f"{snapshot.status} {_phrase(snapshot.status)}".strip()
    told = {
        "WARC-Date": _date(snapshot),
        "X-Wpswatch-Asked": exchange.asked_url if exchange else NOT_RECORDED,
        "X-Wpswatch-Headers": "as they came" if exchange else f"{NOT_RECORDED}, but those that stand here",
    }
    if body is None and exchange is not None and exchange.member is not None:
        told |= {"WARC-Truncated": "length", "X-Wpswatch-Archive-Sha256": exchange.member.archive_sha256}
    else:
        told["X-Wpswatch-Listed-As"] = snapshot.url
    answer = writer.create_warc_record(
        address,
        "response",
        payload=io.BytesIO(body or b""),
        length=len(body or b""),
        http_headers=StatusAndHeaders(status, _answer(each), protocol="HTTP/1.1"),
        warc_headers_dict=told,
    )
    writer.write_record(answer)
    number = str(answer.rec_headers.get_header("WARC-Record-ID"))
    if exchange is not None:
        asked = StatusAndHeaders(f"GET {address} HTTP/1.1", list(exchange.request_headers), is_http_request=True)
        record = writer.create_warc_record(
            address,
            "request",
            http_headers=asked,
            warc_headers_dict={"WARC-Date": told["WARC-Date"], "WARC-Concurrent-To": number},
        )
        writer.write_record(record)
    return number


def _write_member(writer: "WARCWriter", each: Came, member: ArchiveMember, archive: str) -> None:
    """Write a body that stood in an archive, with where it stood."""
    record = writer.create_warc_record(
        each.snapshot.url,
        "resource",
        payload=io.BytesIO(each.body),
        length=len(each.body),
        warc_content_type=each.snapshot.media_type,
        warc_headers_dict={
            "WARC-Date": _date(each.snapshot),
            "WARC-Concurrent-To": archive,
            "X-Wpswatch-Archive": member.archive_url,
            "X-Wpswatch-Archive-Path": quote(member.path, safe="/() "),
            "X-Wpswatch-Archive-Sha256": member.archive_sha256,
        },
    )
    writer.write_record(record)


def _date(snapshot: Snapshot) -> str:
    return snapshot.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ")


def bodies_in(warc: bytes) -> list[bytes]:
    """The bodies in a WARC file, in their order; raises ValueError when it can't be read."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ModuleNotFoundError as error:
        raise MissingExtra("warcio") from error
    try:
        return [
            record.content_stream().read()
            for record in ArchiveIterator(io.BytesIO(warc))
            if record.rec_type in _WITH_BODY and not record.rec_headers.get_header("WARC-Truncated")
        ]
    except (ArchiveLoadFailed, zlib.error, EOFError, OSError) as error:
        raise ValueError("the WARC file is damaged") from error  # warcio's own words hold pieces of the bytes


def _answer(came: Came) -> list[tuple[str, str]]:
    if came.exchange is not None:
        return [
            (f"X-Archive-Orig-{name}" if name.lower() in _UNPACKED else name, value)
            for name, value in came.exchange.answer_headers
        ]
    known = {
        "Content-Type": came.snapshot.media_type,
        "ETag": came.snapshot.etag,
        "Last-Modified": came.snapshot.last_modified,
    }
    return [(name, value) for name, value in known.items() if value]


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase if status in {each.value for each in HTTPStatus} else ""
