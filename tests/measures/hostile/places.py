"""Which hostile answers are given at which place: the rows of the measure."""

import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import unquote

from monitor.demo.site import LOOK_UP, TABLE, TREE
from tests.measures.hostile.answers import ANSWERS, ONCE
from tests.measures.hostile.listings import LISTINGS
from tests.measures.hostile.pdfs import PDFS
from tests.measures.hostile.server import Hostile, Place
from tests.measures.hostile.sites import MISSIONS, RESOLUTIONS, UNXML
from tests.measures.hostile.texts import XMLS
from tests.measures.hostile.wire import Asked, Serve, whole
from tests.site.missions_site import FEED, PAGE


@dataclass(frozen=True, slots=True)
class Row:
    """One hostile answer at one place of one source."""

    place: str
    answer: str
    source: str
    hostile: Hostile


def _at(address: tuple[str, str]) -> Place:
    """An address, whatever is asked of it besides."""
    return lambda host, path, query: (host, unquote(path)) == address


def _page(address: str) -> Place:
    host, _, path = address.strip("/").partition("/")
    return _at((host, f"/{path}"))


def _document(word: str) -> Place:
    """The file of a document, wherever its host keeps it."""
    return lambda host, path, query: word in unquote(path).casefold() and "symbol" not in path


def _look_up(symbol: str) -> Place:
    """The look-up of a symbol."""
    return lambda host, path, query: (host, path) == LOOK_UP and symbol in unquote(query)


PLACES: Mapping[str, tuple[str, Place]] = MappingProxyType(
    {
        "un-resolutions-listing": (RESOLUTIONS, _at(TABLE)),
        "un-resolutions-lookup": (RESOLUTIONS, _look_up("S/RES/2783")),
        "un-resolutions-doc": (RESOLUTIONS, _document("n2510739.pdf")),
        "un-resolutions-robots": (RESOLUTIONS, _at((TABLE[0], "/robots.txt"))),
        "unxml-listing": (UNXML, _at(TREE)),
        "unxml-doc": (UNXML, _document("s_res-2779-2507317e.xml")),
        "mission-reports-listing": (MISSIONS, _page(PAGE)),
        "mission-reports-feed": (MISSIONS, _page(FEED)),
        "mission-reports-doc": (MISSIONS, _document("/undoc/gen/n0.pdf")),
    }
)

_LISTING = """
    204 206 300 304-unasked 401 403 404 410 429-ra-junk 429-ra-nan 429-ra-neg 429-ra1 429-ra99999 451 500 502
    503-forever 503-once 504 999 big-html-instead blank200 brotli brotli-bomb-1G cf403 charset-lie chunk-broken
    drop empty200 endless-body garbage gzip gzip-bomb-2G gzip-bomb-prefixed-1G gzip-broken gzip-lie half-length
    html-instead huge-header json-array json-instead long-body many-headers plain-ok redirect-127
    redirect-badipv6 redirect-crlf redirect-data redirect-file redirect-http redirect-js redirect-loop
    redirect-meta redirect-other-host redirect-self redirect-userinfo rst short-body truncated utf16
    waf200-captcha waf202 waf202-body zstd-lie"""
_TREE = """
    204 206 304-unasked 403 404 429-ra1 429-ra99999 500 503-once brotli cf403 drop empty200 endless-body
    gzip-bomb-2G gzip-broken half-length html-instead huge-header json-array json-instead plain-ok redirect-127
    redirect-file redirect-http redirect-loop rst short-body truncated utf16 waf202"""
_MISSIONS = """
    404 429-ra1 500 503-once cf403 drop empty200 endless-body gzip-bomb-2G half-length html-instead json-instead
    plain-ok redirect-127 redirect-file redirect-loop short-body truncated utf16 waf202"""
_PDF = """
    206 304-unasked 404 429-ra1 500 503-once big-html-instead brotli cf403 drop empty200 endless-body
    gzip-bomb-prefixed-1G gzip-broken half-length html-instead json-instead plain-ok redirect-127 redirect-file
    redirect-http redirect-loop short-body truncated utf16 waf200-captcha waf202"""
_XML = """
    206 304-unasked 404 429-ra1 500 503-once brotli cf403 drop empty200 endless-body gzip-bomb-prefixed-1G
    gzip-broken half-length html-instead json-instead plain-ok redirect-127 redirect-file redirect-loop
    short-body truncated utf16 waf202"""
_MISSION_PDF = """
    404 429-ra1 500 503-once cf403 empty200 endless-body html-instead redirect-loop short-body truncated waf202"""
_LOOK_UPS = "404 500 cf403 drop empty200 html-instead redirect-loop waf202"
_ROBOTS = """
    403 404 429-ra1 500 drop empty200 endless-body gzip-bomb-2G html-instead redirect-loop redirect-other-host
    waf202"""

ANSWERS_AT: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "un-resolutions-listing": _LISTING.split(),
        "un-resolutions-lookup": _LOOK_UPS.split(),
        "un-resolutions-doc": _PDF.split(),
        "un-resolutions-robots": _ROBOTS.split(),
        "unxml-listing": _TREE.split(),
        "unxml-doc": _XML.split(),
        "mission-reports-listing": _MISSIONS.split(),
        "mission-reports-doc": _MISSION_PDF.split(),
    }
)


#: Documents in the place of the new one: as PDFs of the documents service, and as XML whose listing names another hash.
_PDF_CONTENTS = """
    citing-first embedded encrypted-std flate-flate-bomb4G js million-pages nosymbol notice othersymbol random
    recursive-form trunc-eof"""
_SOUND = frozenset({"embedded", "js", "recursive-form"})
_XML_CONTENTS = "commas-and cites deep truncated nosymbol nul othersymbol parens truncated-tail xinclude"


def rows() -> list[Row]:
    """Every hostile answer at its place."""
    plain = [_row(place, answer, ANSWERS[answer]) for place, named in ANSWERS_AT.items() for answer in named]
    listings = [_row(place, answer, serve) for answer, (place, serve) in LISTINGS.items()]
    pdfs = [_row("un-resolutions-doc", f"pdf-{name}", _content(_foreign(name))) for name in _PDF_CONTENTS.split()]
    xmls = [_row("unxml-doc", f"xml-{name}", _content(XMLS[name])) for name in _XML_CONTENTS.split()]
    return [*plain, *listings, *pdfs, *xmls]


def _row(place: str, answer: str, serve: Serve) -> Row:
    source, where = PLACES[place]
    return Row(place, answer, source, Hostile(where, serve, 1 if answer in ONCE else None))


def _foreign(name: str) -> Callable[[], bytes]:
    """A PDF under the symbol asked for; a sound one under another, since no reader could tell it from the true one."""
    make = PDFS[name]
    return (lambda: make().replace(b"2783", b"2784")) if name in _SOUND else make


def _content(make: Callable[[], bytes]) -> Serve:
    """A sound answer with another body than the true one."""

    def serve(connection: socket.socket, asked: Asked) -> None:
        whole(200, make())(connection, asked)

    return serve
