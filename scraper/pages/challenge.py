"""Tells an answer from a lie (pure): challenges, refusals, empty or wrong bodies are recognised before any is kept.

`check_answer` returns nothing when the answer may be what was asked for, and raises the exact SourceError when not;
`read_answer` lets the parser of a listing judge first.
Whether a sound PDF says "does not exist" or bears another symbol is for its reader to say.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from scraper.errors import Blocked, FalseAnswer, NotYet, SourceError

Read = TypeVar("Read")


class Expected(StrEnum):
    """What an answer should hold."""

    PDF = "PDF"
    XML = "XML"
    JSON = "JSON"
    HTML = "HTML"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source answered; of its headers those of `HEADERS_JUDGED`, names in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


#: What firewalls and rate limits say of themselves.
HEADERS_JUDGED = ("x-amzn-waf-action", "cf-mitigated", "x-ratelimit-remaining")
#: How far into a body its kind must show; PDF readers accept some bytes before the mark.
HEAD_BYTES = 1024
#: How far a page is searched for the words of a challenge: those pages are short.
CHALLENGE_BYTES = 8192
#: What may stand before the first letter; the library's tables bear the second in places.
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
MARK_TWICE_ENCODED = b"\xc3\xaf\xc2\xbb\xc2\xbf"
#: Where a PDF's end mark stands; some writers append a line.
TAIL_BYTES = 2048
#: "<!DOCTYPE html>", "<html lang=...", "<head>", "<body onload=..."
PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
#: Words of challenge pages: AWS WAF (digitallibrary.un.org), Cloudflare, Imperva, and what they all say without script.
CHALLENGE_WORDS = (
    b"awswaf",
    b"gokuprops",
    b"challenge-container",
    b"cf-chl",
    b"_incapsula_",
    b"just a moment...",
    b"verify you are human",
    b"verify that you're not a robot",
    b"enable javascript",
    b"javascript is disabled",
)
#: The same words stand in a <noscript> of sound pages, which are far longer than a challenge.
LONGEST_CHALLENGE = 32_768


def check_answer(answer: Answer, expected: Expected) -> None:
    """Raises Blocked, NotYet, FalseAnswer or SourceError when the answer cannot be what was asked for."""
    _check_status(answer)
    if is_challenge(answer):
        raise Blocked("challenge", _message(expected, "a challenge page", answer))
    _check_body(answer, expected)


def read_answer(answer: Answer, expected: Expected, parse: Callable[[bytes, str], Read]) -> Read:
    """What a parser reads of an answer. Raises what `check_answer` and the parser raise.

    What the parser can read is no challenge, whatever its words, its size or its scripts say: sound pages carry them
    too, and a challenge has nothing of what was asked for.
    """
    _check_status(answer)
    try:
        _check_body(answer, expected)
        return parse(answer.body, answer.url)
    except SourceError as error:
        if is_challenge(answer):
            raise Blocked("challenge", _message(expected, "a challenge page", answer)) from error
        raise


def check_page(answer: Answer, expected: Expected, parse: Callable[[bytes, str], object]) -> None:
    """Raises what `check_answer` raises, but takes nothing for a challenge that the parser can read."""
    try:
        check_answer(answer, expected)
    except Blocked:
        if answer.status != 200:
            raise
        try:
            parse(answer.body, answer.url)
        except SourceError:
            pass
        else:
            return
        raise


def _check_body(answer: Answer, expected: Expected) -> None:
    if not answer.body.strip():
        raise FalseAnswer("empty-answer", _message(expected, "an empty body", answer))
    if not _is(expected, answer.body):
        code = "html-instead" if PAGE.search(answer.body[:HEAD_BYTES]) else "wrong-format"
        raise FalseAnswer(code, _message(expected, repr(answer.body[:40]), answer))


def is_challenge(answer: Answer) -> bool:
    """Whether an answer is a challenge for browsers: by the firewall's header, or by the words of a short page.

    >>> is_challenge(Answer("https://example.org/", 202, {"x-amzn-waf-action": "challenge"}, b""))
    True
    """
    if "x-amzn-waf-action" in answer.headers or answer.headers.get("cf-mitigated") == "challenge":
        return True
    if len(answer.body) > LONGEST_CHALLENGE or not PAGE.search(answer.body[:HEAD_BYTES]):
        return False
    head = answer.body[:CHALLENGE_BYTES].lower()
    return any(word in head for word in CHALLENGE_WORDS)


def is_whole_pdf(body: bytes) -> bool:
    """Whether a PDF ends as PDFs do; one that was cut off lacks `%%EOF`."""
    return b"%%EOF" in body[-TAIL_BYTES:]


def _check_status(answer: Answer) -> None:
    status = answer.status
    if status == 200:
        return
    message = f"expected status 200, found {status} at {answer.url}"
    if status == 202 or is_challenge(answer):
        raise Blocked("challenge", message)
    if status == 429 or (status == 403 and answer.headers.get("x-ratelimit-remaining") == "0"):
        raise SourceError("rate-limited", message)
    if status in {401, 403, 407, 451}:
        raise Blocked("forbidden", message)
    if status in {404, 410}:
        raise NotYet("not-found", message)
    raise SourceError("server-error" if status >= 500 else "unexpected-status", message)


def _is(expected: Expected, body: bytes) -> bool:
    head = _narrow(body[:HEAD_BYTES]).removeprefix(BYTE_ORDER_MARK).removeprefix(MARK_TWICE_ENCODED).lstrip()
    match expected:
        case Expected.PDF:
            return b"%PDF" in body[:HEAD_BYTES]
        case Expected.JSON:
            return head.startswith((b"{", b"["))
        case Expected.XML:
            return head.startswith(b"<") and not PAGE.match(head)
        case Expected.HTML:
            return head.startswith(b"<")


def _narrow(head: bytes) -> bytes:
    """The head of a body, in UTF-8 where a mark says that it is UTF-16."""
    if not head.startswith(WIDE_MARKS):
        return head
    return head[: len(head) // 2 * 2].decode("utf-16", "replace").encode()


def _message(expected: Expected, found: str, answer: Answer) -> str:
    return f"expected {expected}, found {found} at {answer.url}"
