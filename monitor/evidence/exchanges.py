"""Bodies and what is known of how they came, as a WARC file, and back."""

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from monitor.evidence.key import MissingExtra
from storage.records import Exchange, Snapshot

NOT_RECORDED: Final = "not recorded"
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
    `X-Archive-Orig-...`, as archives do, so that every reader of WARC gives the same bytes.
    """
    try:
        from warcio.statusandheaders import StatusAndHeaders
        from warcio.warcwriter import WARCWriter
    except ModuleNotFoundError as error:
        raise MissingExtra("warcio") from error
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    for each in came:
        snapshot, exchange = each.snapshot, each.exchange
        status = f"{snapshot.status} {_phrase(snapshot.status)}".strip()
        http = StatusAndHeaders(status, _answer(each), protocol="HTTP/1.1")
        told = {
            "WARC-Date": snapshot.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "X-Wpswatch-Asked": exchange.asked_url if exchange else NOT_RECORDED,
            "X-Wpswatch-Listed-As": snapshot.url,
            "X-Wpswatch-Headers": "as they came" if exchange else f"{NOT_RECORDED}, but those that stand here",
        }
        answer = writer.create_warc_record(
            snapshot.final_url,
            "response",
            payload=io.BytesIO(each.body),
            length=len(each.body),
            http_headers=http,
            warc_headers_dict=told,
        )
        writer.write_record(answer)
        if exchange is not None:
            asked = StatusAndHeaders(
                f"GET {snapshot.final_url} HTTP/1.1", list(exchange.request_headers), is_http_request=True
            )
            record = writer.create_warc_record(
                snapshot.final_url,
                "request",
                http_headers=asked,
                warc_headers_dict={
                    "WARC-Date": told["WARC-Date"],
                    "WARC-Concurrent-To": answer.rec_headers.get_header("WARC-Record-ID"),
                },
            )
            writer.write_record(record)
    return file.getvalue()


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
            if record.rec_type == "response"
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
