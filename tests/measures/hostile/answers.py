"""The hostile answers of HTTP by name, each for any address: refusals, broken bodies, bombs, redirects, other formats.

Bodies of challenges are made by hand after what is known of them.
"""

import gzip
from collections.abc import Mapping
from itertools import repeat
from types import MappingProxyType
from urllib.parse import urlsplit

from tests.measures.hostile.bombs import brotli_bomb, brotli_packed, gzip_bomb
from tests.measures.hostile.wire import Asked, Serve, changed, drop, raw, redirect, reset, stream, true_answer, whole

PAGE = b"<!DOCTYPE html><html><head><title>Service</title></head><body><p>%s</p></body></html>"
CAPTCHA = (
    b"<!DOCTYPE html><html><head><script>window.gokuProps = {};</script></head>"
    b"<body><div id='challenge-container'></div><noscript>verify that you're not a robot</noscript></body></html>"
)
JSON = b'{"message": "API rate limit exceeded"}'
#: Bytes of no format, always the same.
GARBAGE = bytes((number * 73 + number // 7) % 256 for number in range(40_000))
LONG_HEADER = b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 400_000 + b"\r\nContent-Length: 0\r\n\r\n"
MANY_HEADERS = b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % number for number in range(20_000)) + b"\r\n"
BROKEN_CHUNK = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<html\r\nzz\r\nbody\r\n"
MEGABYTE = 1024 * 1024

ONCE = frozenset({"503-once"})
"""What is answered to the first request alone; every other answer holds for the whole crawl."""


def _status(code: int, **headers: str) -> Serve:
    return whole(code, PAGE % b"Not now", "text/html", **headers)


def _half(body: bytes) -> bytes:
    return body[: len(body) // 2]


def _damaged(body: bytes) -> bytes:
    packed = bytearray(gzip.compress(body))
    for place in range(len(packed) // 2, len(packed), 97):
        packed[place] ^= 0xFF
    return bytes(packed)


def _around(asked: Asked) -> str:
    """The address and the same with a word more lead to each other."""
    mark = "&" if urlsplit(asked.url).query else "?"
    return asked.url.removesuffix(f"{mark}again") if asked.url.endswith("again") else f"{asked.url}{mark}again"


def _with_user(asked: Asked) -> str:
    return asked.url.replace("https://", "https://reader:s3cret@", 1)


def _refresh(connection: "object", asked: Asked) -> None:
    page = (
        b"<html><head><meta http-equiv='refresh' content='0; url=%s'></head><body></body></html>" % asked.url.encode()
    )
    whole(200, page, "text/html")(connection, asked)  # type: ignore[arg-type]


ANSWERS: Mapping[str, Serve] = MappingProxyType(
    {
        "plain-ok": true_answer,
        # refusals
        **{str(code): _status(code) for code in (300, 401, 403, 404, 410, 451, 500, 502, 504, 999)},
        "204": raw(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"),
        "206": changed(_half, Content_Range="bytes 0-999/2000"),
        "304-unasked": raw(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"),
        "429-ra1": _status(429, Retry_After="1"),
        "429-ra99999": _status(429, Retry_After="99999"),
        "429-ra-neg": _status(429, Retry_After="-5"),
        "429-ra-nan": _status(429, Retry_After="nan"),
        "429-ra-junk": _status(429, Retry_After="in a while"),
        "503-once": _status(503),
        "503-forever": _status(503),
        "cf403": whole(403, PAGE % b"Just a moment...", "text/html", cf_mitigated="challenge"),
        "waf202": whole(202, b"", "text/html", x_amzn_waf_action="challenge"),
        "waf202-body": whole(202, CAPTCHA, "text/html", x_amzn_waf_action="challenge"),
        "waf200-captcha": whole(200, CAPTCHA, "text/html"),
        # bodies that are not what was asked for
        "empty200": whole(200, b""),
        "blank200": whole(200, b" \n\t " * 500),
        "html-instead": whole(200, PAGE % b"The service is being maintained.", "text/html"),
        "big-html-instead": whole(200, PAGE % (b"<p>Nothing here.</p>" * 400_000), "text/html"),
        "json-instead": whole(200, JSON, "application/json"),
        "json-array": whole(200, b"[]", "application/json"),
        "garbage": whole(200, GARBAGE),
        "utf16": changed(lambda body: body.decode("utf-8", "replace").encode("utf-16")),
        "charset-lie": whole(200, None, "text/html; charset=utf-16"),
        # bodies that are not whole, or too much
        "truncated": changed(_half),
        "short-body": changed(_half, length=lambda size: 2 * size),
        "half-length": changed(bytes, length=lambda size: size // 2),
        "long-body": changed(lambda body: body + b"\n<p>and more</p>" * 100, length=lambda size: size - 1500),
        "endless-body": stream(lambda body: repeat(b" " * MEGABYTE)),
        "chunk-broken": raw(BROKEN_CHUNK),
        "drop": drop,
        "rst": reset,
        "huge-header": raw(LONG_HEADER),
        "many-headers": raw(MANY_HEADERS),
        # packed bodies
        "gzip": changed(gzip.compress, Content_Encoding="gzip"),
        "gzip-lie": whole(200, None, Content_Encoding="gzip"),
        "gzip-broken": changed(_damaged, Content_Encoding="gzip"),
        "gzip-bomb-2G": stream(lambda body: gzip_bomb(2048), Content_Encoding="gzip"),
        "gzip-bomb-prefixed-1G": stream(lambda body: gzip_bomb(1024, body), Content_Encoding="gzip"),
        "brotli": changed(brotli_packed, Content_Encoding="br"),
        "brotli-bomb-1G": stream(lambda body: brotli_bomb(1024), Content_Encoding="br"),
        "zstd-lie": whole(200, None, Content_Encoding="zstd"),
        # redirects
        "redirect-self": redirect(lambda asked: asked.url),
        "redirect-loop": redirect(_around),
        "redirect-http": redirect(lambda asked: asked.url.replace("https://", "http://", 1)),
        "redirect-127": redirect(lambda asked: f"{asked.elsewhere}/index.html"),
        "redirect-other-host": redirect(lambda asked: "https://mirror.example.org/index.html"),
        "redirect-userinfo": redirect(_with_user),
        "redirect-file": redirect(lambda asked: "file:///etc/passwd"),
        "redirect-data": redirect(lambda asked: "data:text/html,<p>S/RES/2999%20(2026)</p>"),
        "redirect-js": redirect(lambda asked: "javascript:alert(1)"),
        "redirect-badipv6": redirect(lambda asked: "https://[::1/index.html"),
        "redirect-crlf": redirect(lambda asked: "/index.html%0d%0aSet-Cookie:%20a=b"),
        "redirect-meta": _refresh,
    }
)
