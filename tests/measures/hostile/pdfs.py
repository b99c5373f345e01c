"""Writes PDF files that are made to hurt, object by object, as no library would.

Each has the text of a small document under the symbol S/RES/2783 (2025), where it has a text at all.
"""

import random
import zlib
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from tests.measures.hostile.bombs import deflated_zeros

SYMBOL = "S/RES/2783 (2025)"
LINES = (
    "United Nations      S/RES/2783 (2025)",
    "Security Council    30 June 2025",
    "Resolution 2783 (2025)",
    "Adopted by the Security Council at its 9950th meeting, on 30 June 2025",
    "The Security Council,",
    "Recalling its previous resolutions,",
    "1. Decides to renew the measures until 1 July 2026;",
    "2. Stresses the full participation of women;",
    "3. Decides to remain seized of the matter.",
)
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>"


def written(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A file of these objects, numbered from 1, the first its catalogue."""
    parts, places, at = [b"%PDF-1.7\n"], [], 9
    for number, content in enumerate(objects, 1):
        places.append(at)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, content))
        at += len(parts[-1])
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, at)
    return b"".join((*parts, head, table, end))


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream with its dictionary."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def shown(lines: Sequence[str]) -> bytes:
    """The operators that print lines one below the other."""
    escaped = (line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines)
    return (
        b"BT /F1 11 Tf 72 770 Td 18 TL "
        + b" ".join(b"(%s) Tj T*" % line.encode("latin-1") for line in escaped)
        + b" ET"
    )


def page(contents: bytes = b"5 0 R", box: bytes = b"0 0 595 842", more: bytes = b"", fonts: bytes = b"") -> bytes:
    """A page whose words stand in one object."""
    resources = b"<< /Font << /F1 4 0 R >> %s >>" % fonts
    return b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Resources %s /Contents %s %s >>" % (
        box,
        resources,
        contents,
        more,
    )


def small(
    lines: Sequence[str] = LINES, *, catalogue: bytes = b"", more: Sequence[bytes] = (), **of_page: bytes
) -> bytes:
    """One page of lines, with what else is to be in the catalogue, the page and the file."""
    return written(
        [
            b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            page(**of_page),
            FONT,
            stream(shown(lines)),
            *more,
        ]
    )


def with_pages(pages: bytes, more: Sequence[bytes] = ()) -> bytes:
    """A file with another object for its pages."""
    return written([b"<< /Type /Catalog /Pages 2 0 R >>", pages, page(), FONT, stream(shown(LINES)), *more])


def with_content(content: bytes, **of_page: bytes) -> bytes:
    """A file with another stream for its page."""
    head = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page(**of_page)]
    return written([*head, FONT, content])


def _tree(depth: int) -> bytes:
    """Pages in a folder in a folder in a folder."""
    nodes = [
        b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1 >>" % (5 + at, 7 + at if at + 1 < depth else 3)
        for at in range(depth)
    ]
    return with_pages(b"<< /Type /Pages /Kids [6 0 R] /Count 1 >>", nodes)


def _forms(count: int) -> bytes:
    """Each form shows the next one twice: two to the power of `count`."""
    forms = [
        stream(
            b"/X Do /X Do" if at + 1 < count else shown(["women"]),
            b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> "
            b"/XObject << /X %d 0 R >> >>" % (7 + at if at + 1 < count else 6),
        )
        for at in range(count)
    ]
    head = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]
    own = page(fonts=b"/XObject << /X 6 0 R >>")
    return written([*head, own, FONT, stream(shown(LINES) + b" /X Do"), *forms])


def _many_pages(count: int) -> bytes:
    pages = [page() for _ in range(count - 1)]
    kids = b"3 0 R " + b" ".join(b"%d 0 R" % (6 + at) for at in range(count - 1))
    return with_pages(b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count), pages)


def _encrypted() -> bytes:
    """Marked as locked by the standard handler, with keys that open nothing."""
    lock = b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <%s> /U <%s> >>" % (b"ab" * 32, b"cd" * 32)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page(), FONT]
    return written([*objects, stream(shown(LINES)), lock], b"/Encrypt 6 0 R /ID [<01> <01>]")


SCRIPT = b"/OpenAction << /S /JavaScript /JS (app.launchURL\\('https://mirror.example.org'\\)) >>"
ATTACHED = b"/Names << /EmbeddedFiles << /Names [(a.exe) 6 0 R] >> >>"
RANDOM = random.Random(12)  # noqa: S311 - bytes of no meaning, always the same
NOTICE = ("This document is not available.", "Please contact the help desk.")


GOOD = small()
FLATE, TWICE = b"/Filter /FlateDecode", b"/Filter [/FlateDecode /FlateDecode]"


def _many_operators() -> bytes:
    return b"".join(b"BT /F1 9 Tf %d %d Td (w) Tj ET\n" % (at % 500, at % 800) for at in range(400_000))


PDFS: Mapping[str, Callable[[], bytes]] = MappingProxyType(
    {
        "ok": lambda: GOOD,
        "nosymbol": lambda: small([line.replace(SYMBOL, "").replace("2783 (2025)", "") for line in LINES]),
        "othersymbol": lambda: small([line.replace("2783", "2781") for line in LINES]),
        "twosymbols": lambda: small(["S/RES/2781 (2025)  S/RES/2783 (2025)", *LINES[1:]]),
        "citing-first": lambda: small(["Recalling S/RES/1325 (2000)", *NOTICE, "S/RES/2783 (2025)"]),
        "notice": lambda: small([SYMBOL, *NOTICE]),
        "numbers": lambda: small([" ".join(f"{at}." for at in range(line, line + 20)) for line in range(1, 900, 20)]),
        "dos-regex": lambda: small([*LINES[:6], "1" + ".1" * 4000, "(" * 4000, "a and " * 2000, "(a) " * 2000]),
        "js": lambda: small(catalogue=SCRIPT),
        "embedded": lambda: small(
            catalogue=ATTACHED,
            more=[b"<< /Type /Filespec /F (a.exe) /EF << /F 7 0 R >> >>", stream(b"MZ" * 1000, b"/Type /EmbeddedFile")],
        ),
        "encrypted-std": lambda: _encrypted(),
        "hugebox": lambda: small(box=b"0 0 1000000000 1000000000"),
        "nanpos": lambda: with_content(stream(b"BT /F1 nan Tf 1e999 -1e999 Td (women) Tj ET " + shown(LINES))),
        "flate-bomb": lambda: with_content(stream(deflated_zeros(1024), FLATE)),
        "flate-flate-bomb4G": lambda: with_content(stream(zlib.compress(deflated_zeros(4096), 9), TWICE)),
        "400k-text-ops": lambda: with_content(stream(_many_operators())),
        "recursive-form": lambda: _forms(1),
        "exp-form": lambda: _forms(30),
        "1999-pages": lambda: _many_pages(1999),
        "million-pages": lambda: with_pages(b"<< /Type /Pages /Kids [%s] /Count 1000000 >>" % (b"3 0 R " * 1_000_000)),
        "countlie": lambda: with_pages(b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>"),
        "countneg": lambda: with_pages(b"<< /Type /Pages /Kids [3 0 R] /Count -5 >>"),
        "recursive-tree": lambda: with_pages(b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>"),
        "cyc-parent": lambda: with_pages(b"<< /Type /Pages /Parent 2 0 R /Kids [3 0 R] /Count 1 >>"),
        "deep-tree": lambda: _tree(5000),
        "junkbefore": lambda: b"junk " * 180 + GOOD,
        "polyglot": lambda: b"PK\x03\x04<html>\n" + GOOD + b"<script>alert(1)</script>",
        "noeof": lambda: GOOD.removesuffix(b"%%EOF\n"),
        "trunc": lambda: GOOD[: len(GOOD) // 2],
        "trunc-eof": lambda: GOOD[: len(GOOD) // 2] + b"\n%%EOF\n",
        "random": lambda: b"%PDF-1.7\n" + RANDOM.randbytes(50_000) + b"\n%%EOF\n",
    }
)
"""Every file by name, made when it is asked for."""
