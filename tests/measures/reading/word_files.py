"""Builds Word files by hand, in the shape that the United Nations gives its own: for tests, no recorded file is held.

Two ways of numbering, as in the Organization's documents: numbers typed before a tab in paragraphs of the style
SingleTxt, and numbers that Word generates from a list.
"""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = f'xmlns:w="{_W}" xmlns:r="{_R}"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TAB = "\t"

STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="20"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="SingleTxt"><w:basedOn w:val="Normal"/><w:pPr>
<w:tabs><w:tab w:val="left" w:pos="1742"/><w:tab w:val="left" w:pos="2218"/><w:tab w:val="left" w:pos="2693"/></w:tabs>
<w:ind w:left="1267" w:right="1267"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="HCh"><w:basedOn w:val="Normal"/>
<w:pPr><w:ind w:left="1267" w:right="1267"/></w:pPr>
<w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:basedOn w:val="HCh"/><w:rPr><w:sz w:val="24"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="H23"><w:basedOn w:val="HCh"/><w:rPr><w:sz w:val="20"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="H4"><w:basedOn w:val="Normal"/>
<w:pPr><w:ind w:left="1267" w:right="1267"/></w:pPr><w:rPr><w:i/></w:rPr></w:style>
"""


def run(text: str, settings: str = "") -> str:
    """One run of text; tabs become tabs."""
    pieces = "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in text.split(TAB))
    return f"<w:r><w:rPr>{settings}</w:rPr>{pieces}</w:r>"


def paragraph(*runs: str, style: str = "SingleTxt", settings: str = "") -> str:
    """One paragraph; a run that is no markup is made one."""
    marked = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p><w:pPr><w:pStyle w:val={quoteattr(style)}/>{settings}</w:pPr>{marked}</w:p>"


def in_list(text: str, level: int, number: int = 1) -> str:
    """One paragraph that Word numbers."""
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, settings=place)


def table(*rows: Sequence[str]) -> str:
    """A table; each cell holds one paragraph."""
    cells = ("".join(f"<w:tc>{paragraph(cell, style='Normal')}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def level(depth: int, number_format: str, text: str, *, start: int = 1, more: str = "") -> str:
    """One level of a list."""
    place = f'<w:pPr><w:ind w:left="{1267 + 475 * depth}" w:firstLine="475"/></w:pPr>'
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{more}'
        f"<w:lvlText w:val={quoteattr(text)}/>{place}</w:lvl>"
    )


USUAL_LEVELS = level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%2)") + level(2, "lowerRoman", "(%3)")


def numbering(
    levels: str = USUAL_LEVELS, lists: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
) -> str:
    """The lists of a file: one definition and what refers to it."""
    return f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{lists}'


@dataclass(frozen=True, slots=True)
class WordFile:
    """The parts of a Word file, as the markup within their root elements."""

    body: Sequence[str]
    numbering: str = ""
    footnotes: Mapping[int, str] = field(default_factory=dict)
    headers: Sequence[str] = ()
    footers: Sequence[str] = ()
    styles: str = STYLES

    def to_bytes(self) -> bytes:
        """The file."""
        margins = [("header", text) for text in self.headers] + [("footer", text) for text in self.footers]
        parts = {"styles": self.styles}
        if self.numbering:
            parts["numbering"] = self.numbering
        if self.footnotes:
            parts["footnotes"] = "".join(
                f'<w:footnote w:id="{number}">{paragraph(text, style="Normal")}</w:footnote>'
                for number, text in self.footnotes.items()
            )
        references = ""
        for place, (kind, text) in enumerate(margins, 1):
            parts[f"{kind}{place}"] = text
            references += f'<w:{kind}Reference w:type="default" r:id="r{kind}{place}"/>'
        document = f"<w:body>{''.join(self.body)}<w:sectPr>{references}</w:sectPr></w:body>"
        return _zipped(document, parts)


_ROOTS = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "header": "hdr", "footer": "ftr"}


def _zipped(document: str, parts: Mapping[str, str]) -> bytes:
    kinds = {name: name.rstrip("0123456789") for name in parts}
    links = "".join(
        f'<Relationship Id="r{name}" Type="{_R}/{kind}" Target="{name}.xml"/>' for name, kind in kinds.items()
    )
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD_TYPE}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}.document.main+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_NAMESPACES}>{document}</w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
    } | {
        f"word/{name}.xml": f"<w:{_ROOTS[kind]} {_NAMESPACES}>{parts[name]}</w:{_ROOTS[kind]}>"
        for name, kind in kinds.items()
    }
    return zipped((name, f'<?xml version="1.0" encoding="UTF-8"?>{text}'.encode()) for name, text in files.items())


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP archive whose bytes are the same whenever it is made."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
    return made.getvalue()
