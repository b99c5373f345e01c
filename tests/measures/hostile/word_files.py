"""Writes Word files that are made to hurt, part by part, as no word processor would."""

import io
import zipfile
from collections.abc import Callable, Mapping
from types import MappingProxyType

from tests.measures.hostile.bombs import MEGABYTE
from tests.measures.hostile.texts import OUTSIDE

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="{{}}"/></Relationships>'
)
LINES = (
    "S/RES/2783 (2025)",
    "Resolution 2783 (2025)",
    "The Security Council,",
    "1. Decides to renew the measures;",
    "2. Stresses the participation of women.",
)
MAIN = "word/document.xml"

Parts = list[tuple[str, bytes]]


def _document(inside: str = "", head: str = "") -> bytes:
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in LINES)
    return f'{head}<w:document xmlns:w="{W}"><w:body>{lines}{inside}</w:body></w:document>'.encode()


def _package(document: bytes | None = None, more: Parts | None = None, target: str = MAIN) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", RELATIONS.format(target))
        package.writestr(MAIN, _document() if document is None else document)
        for name, content in more or []:
            package.writestr(name, content)
    return made.getvalue()


def _swollen(megabytes: int) -> bytes:
    """A document of blanks, packed to a thousandth."""
    made = io.BytesIO()
    begin, end = _document("<w:p><w:r><w:t>QQ</w:t></w:r></w:p>").split(b"QQ")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", RELATIONS.format(MAIN))
        with package.open(MAIN, "w", force_zip64=True) as part:
            part.write(begin)
            for _ in range(megabytes):
                part.write(b" " * MEGABYTE)
            part.write(end)
    return made.getvalue()


def _twice() -> bytes:
    """Two parts of one name; the second says something else. zipfile would warn: the name is put right afterwards."""
    other = _package(more=[("word/documenT.xml", _document("<w:p><w:r><w:t>4. Other words.</w:t></w:r></w:p>"))])
    return other.replace(b"word/documenT.xml", MAIN.encode())


def _nested(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth


XXE = f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "file://{OUTSIDE}">]>'
WORD_FILES: Mapping[str, Callable[[], bytes]] = MappingProxyType(
    {
        "ok": _package,
        "notzip": lambda: b"PK\x03\x04" + b"no package" * 100,
        "bomb": lambda: _swollen(1024),
        "bomb45M": lambda: _swollen(45),
        "ratio-part": lambda: _package(more=[("word/media/image1.png", bytes(60 * MEGABYTE))]),
        "deep": lambda: _package(_document(_nested(20_000))),
        "deep200": lambda: _package(_document(_nested(60))),
        "dupnames": _twice,
        "manyparts": lambda: _package(more=[(f"word/part{number}.xml", b"<x/>") for number in range(20_000)]),
        "targettrav": lambda: _package(target="../../../../etc/passwd"),
        "traversal": lambda: _package(more=[("../../../../tmp/wpswatch-owned", b"owned")]),
        "xxe": lambda: _package(_document("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", XXE)),
    }
)
"""Every file by name, made when it is asked for."""
