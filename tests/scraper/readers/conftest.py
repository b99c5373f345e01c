"""Small PDFs made on the spot, so that each trait of a page can be tested alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest


@dataclass(frozen=True, slots=True)
class Printed:
    """A line to print. `scale` sets it in a smaller size and enlarges it, as some files do."""

    text: str
    x: float = 123.0
    y: float = 600.0
    size: float = 10.0
    is_bold: bool = False
    scale: float = 1.0


MakePdf = Callable[..., bytes]


def _escaped(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _content(lines: Sequence[Printed]) -> bytes:
    drawn = [
        b"BT /%s %f Tf %f 0 0 %f %f %f Tm (%s) Tj ET"
        % (
            b"B" if line.is_bold else b"R",
            line.size / line.scale,
            line.scale,
            line.scale,
            line.x,
            line.y,
            _escaped(line.text),
        )
        for line in lines
    ]
    return b"\n".join(drawn)


def make(*pages: Sequence[Printed], trailer: bytes = b"") -> bytes:
    fonts = b"<< /R 3 0 R /B 4 0 R >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (len(pages), b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(pages)))),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Bold /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        content = _content(lines)
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font %s >> /Contents %d 0 R >>"
        objects.append(page % (fonts, 6 + 2 * number))
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    body, places = b"%PDF-1.4\n", []
    for number, value in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, value)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
    return body + end % (size, table, size, trailer, len(body))


@pytest.fixture
def make_pdf() -> MakePdf:
    return make


@pytest.fixture
def printed() -> type[Printed]:
    return Printed
