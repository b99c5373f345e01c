"""Word files as LibreOffice Writer makes them, of resolutions that were read from the UN's XML: with its own lists.

`python -m tests.measures.reading.writer_files FOLDER [--keep DIR]` writes each XML file of a folder
as a Writer document (numbers that
the program counts, heading styles, real footnotes), has `soffice` save it as .docx, reads that back, and prints what
differs. It needs LibreOffice; the tests do not: two of its files are cases under tests/cases/docx.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from scraper.council.address import parse
from scraper.errors import BodyError
from scraper.structure.akn.document import read_akoma_ntoso
from storage.models import Paragraph, ParsedDocument, Part
from tests.measures.reading.word_resolutions import ENACTING, differences, pieces, read_back

_NAMESPACES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
    for name, path in (
        *((name, name) for name in ("office", "text", "style", "table")),
        ("fo", "xsl-fo-compatible"),
    )
)
# what each level of the list counts by: 1. (a) (i)
_LEVELS = (("1", "", "."), ("a", "(", ")"), ("i", "(", ")"))
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_FIRST_WORD = re.compile(r"\w+")
_NO_NAME = re.compile(r"\W+")
_MARK = re.compile(r"[\d*]+ ")


def as_writer_file(document: ParsedDocument) -> str:
    """The document as one flat file of OpenDocument."""
    body = "".join((*_head(document), *_Text(document).paragraphs()))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document{_NAMESPACES} office:version="1.3" '
        f'office:mimetype="application/vnd.oasis.opendocument.text">{_styles()}'
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


def _styles() -> str:
    levels = "".join(
        f'<text:list-level-style-number text:level="{depth}" style:num-format="{form}" '
        f'style:num-prefix="{before}" style:num-suffix="{behind}">{_indent(depth)}</text:list-level-style-number>'
        for depth, (form, before, behind) in enumerate(_LEVELS, 1)
    )
    bullets = "".join(
        f'<text:list-level-style-bullet text:level="{depth}" text:bullet-char="•">{_indent(depth)}'
        "</text:list-level-style-bullet>"
        for depth in range(1, 6)
    )
    return (
        "<office:styles>"
        '<style:style style:name="Standard" style:family="paragraph"/>'
        + "".join(
            f'<style:style style:name="Heading_20_{level}" style:display-name="Heading {level}" '
            f'style:family="paragraph" style:parent-style-name="Standard" style:default-outline-level="{level}">'
            f'<style:text-properties fo:font-weight="bold" fo:font-size="{size}pt"/></style:style>'
            for level, size in ((1, 14), (2, 12), (3, 10))
        )
        + '<style:style style:name="Recital" style:family="paragraph" style:parent-style-name="Standard">'
        '<style:paragraph-properties fo:text-indent="0.5in"/></style:style>'
        '<style:style style:name="Opening" style:family="text"><style:text-properties fo:font-style="italic"/>'
        "</style:style>"
        f'<text:list-style style:name="Numbers">{levels}</text:list-style>'
        f'<text:list-style style:name="Bullets">{bullets}</text:list-style></office:styles>'
    )


def _indent(depth: int) -> str:
    return (
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        f'<style:list-level-label-alignment text:label-followed-by="listtab" fo:margin-left="{depth * 0.5}in" '
        'fo:text-indent="-0.5in"/></style:list-level-properties>'
    )


def _head(document: ParsedDocument) -> Iterator[str]:
    day = f"{document.adopted_on:%-d %B %Y}" if document.adopted_on else ""
    rows = (("United Nations", document.symbol or ""), ("Security Council", f"Distr.: General {day}"))
    cells = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell>{_paragraph(escape(cell))}</table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in rows
    )
    yield f'<table:table><table:table-column table:number-columns-repeated="2"/>{cells}</table:table>'
    yield _heading(f"Resolution {(document.symbol or '').removeprefix('S/RES/')}", 1)
    yield _heading(f"Adopted by the Security Council at its {document.meeting}th meeting, on {day}", 2)
    yield _paragraph(f'<text:span text:style-name="Opening">{ENACTING["en"]}</text:span>,', "Recital")


def _paragraph(markup: str, style: str = "Standard") -> str:
    return f"<text:p text:style-name={quoteattr(style)}>{markup}</text:p>"


def _heading(text: str, level: int) -> str:
    return f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{escape(text)}</text:h>'


class _Text:
    """The text of a document, paragraph by paragraph; each run of numbers is one list of the file."""

    def __init__(self, document: ParsedDocument) -> None:
        self._document = document
        self._lists = 0
        self._counts = [0, 0, 0]
        self._notes: dict[str, list[str]] = defaultdict(list)
        for aside in document.asides:
            if aside.kind == "footnote" and aside.address:
                self._notes[aside.address].append(_MARK.sub("", aside.text, count=1))

    def paragraphs(self) -> Iterator[str]:
        """The markup of each heading and paragraph."""
        for text, one, labels in pieces(self._document):
            if one is None:
                yield _heading(text, 2 if text.startswith("Annex") else 3)
            else:
                yield self._one(text, one, labels)

    def _one(self, text: str, one: Paragraph, labels: tuple[str, ...]) -> str:
        markup = self._words(text, one)
        depth = len(parse(one.address).degrees)
        if not labels:
            return _paragraph(markup, "Recital" if one.part is Part.PREAMBLE else "Standard")
        if labels == ("•",):
            return self._item("Bullets", markup, min(depth, 5) - 1, "")
        if labels == ("1.",):
            self._counts = [0, 0, 0]
        if len(labels) > 1 or depth > 2 or labels[0] != self._next(depth):
            return _paragraph(f"{escape(' '.join(labels))} {markup}")
        self._counts[depth:] = [self._counts[depth] + 1, *([0] * (2 - depth))]
        self._lists += 1
        continued = "" if labels[0] == "1." else f' text:continue-list="list{self._lists - 1}"'
        return self._item("Numbers", markup, depth, f' xml:id="list{self._lists}"{continued}')

    def _next(self, depth: int) -> str:
        """What the list prints before its next paragraph at this depth: other labels have to be typed."""
        count = self._counts[depth] + 1
        if depth == 0:
            return f"{count}."
        if depth == 1:
            return f"({chr(96 + (count - 1) % 26 + 1) * ((count - 1) // 26 + 1)})"
        return f"({'x' * (count // 10)}{_ROMAN[count % 10]})"  # no list has forty

    def _item(self, style: str, markup: str, depth: int, settings: str) -> str:
        before, behind = "<text:list-item><text:list>" * depth, "</text:list></text:list-item>" * depth
        item = f"<text:list-item>{_paragraph(markup)}</text:list-item>"
        return f'<text:list text:style-name="{style}"{settings}>{before}{item}{behind}</text:list>'

    def _words(self, text: str, one: Paragraph) -> str:
        first = _FIRST_WORD.match(text) if one.part in (Part.PREAMBLE, Part.OPERATIVE) else None
        end = first.end() if first else 0
        opening = f'<text:span text:style-name="Opening">{escape(text[:end])}</text:span>' if end else ""
        notes = "".join(
            f'<text:note text:note-class="footnote"><text:note-citation/><text:note-body>{_paragraph(escape(note))}'
            "</text:note-body></text:note>"
            for note in self._notes[one.address]
        )
        return f"{opening}{escape(text[end:])}{notes}"


def converted(documents: Iterable[ParsedDocument], folder: Path, kind: str = "docx") -> dict[Path, ParsedDocument]:
    """Have LibreOffice write documents as Word files into a folder: each file with what it was made of."""
    sources: dict[Path, ParsedDocument] = {}
    for document in documents:
        path = folder / f"{_NO_NAME.sub('_', document.symbol or 'document')}.fodt"
        path.write_text(as_writer_file(document), encoding="utf-8")
        sources[path] = document
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", kind]
    subprocess.run([*command, "--outdir", folder, *sources], check=True, capture_output=True)
    return {path.with_suffix(f".{kind}"): document for path, document in sources.items()}


def resolutions_in(folder: Path) -> Iterator[ParsedDocument]:
    """The English resolutions of a folder of the UN's XML."""
    for path in sorted(folder.glob("*.xml")):
        try:
            document = read_akoma_ntoso(path.read_bytes())
        except BodyError:
            continue
        if document.kind == "resolution" and document.language == "en":
            yield document


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how many resolutions come back whole through LibreOffice, and of the others what differs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", metavar="SYMBOL", help="only the resolutions with this in their symbol")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only each N-th resolution")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="write the files there")
    asked = parser.parse_args(arguments)
    whole = 0
    with tempfile.TemporaryDirectory() as made:
        folder = asked.keep or Path(made)
        files = converted(_chosen(resolutions_in(asked.folder), asked.only, asked.every), folder)
        for path, document in files.items():
            differing = _differing(document, path)
            whole += not differing
            if differing:
                print(f"  {document.symbol}: {len(differing)} differ: {', '.join(sorted(differing)[:6])}")
    print(f"{whole} of {len(files)} come back whole")
    return 0


def _chosen(documents: Iterable[ParsedDocument], only: str, every: int) -> Iterator[ParsedDocument]:
    chosen = (document for document in documents if only in (document.symbol or ""))
    return (document for place, document in enumerate(chosen) if place % every == 0)


def _differing(document: ParsedDocument, path: Path) -> list[str]:
    try:
        return differences(document, read_back(path.read_bytes()))
    except BodyError as error:
        return [error.code]


if __name__ == "__main__":
    sys.exit(main())
