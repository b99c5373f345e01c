"""A Word brief: extracts with their address, the words that gave their themes in bold, and a citation to copy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import pairwise
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from monitor.app.export.extras import need

_LANGUAGES: Final = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ru": "ru-RU", "ar": "ar-SA", "zh": "zh-CN"}
_ZIP_DAY: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class BriefPiece:
    """Some words, bold where they gave a theme."""

    text: str
    is_bold: bool


@dataclass(frozen=True, slots=True)
class BriefParagraph:
    """One paragraph of a brief: where it stands, its themes, what introduces it, its words, how it is cited."""

    address: str
    themes: str
    chapeau: str
    pieces: tuple[BriefPiece, ...]
    citation: str
    language: str


@dataclass(frozen=True, slots=True)
class BriefDocument:
    """One document of a brief: its name, facts about it, its paragraphs."""

    name: str
    facts: tuple[str, ...]
    paragraphs: tuple[BriefParagraph, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """What a brief says: its title, a line below it, its documents, and what it says of itself at the end."""

    title: str
    lede: str
    documents: tuple[BriefDocument, ...]
    about: tuple[str, ...]


def docx_of(brief: Brief, made_at: datetime) -> bytes:
    """The brief as a Word file: the same brief and the same time give the same bytes.

    Raises:
        MissingExtraError: python-docx is not installed.
    """
    need("docx", "office", "a Word brief")
    import docx

    file: Any = docx.Document()
    core = file.core_properties
    core.title, core.author, core.language = brief.title, "wpswatch", _LANGUAGES["en"]
    core.created = core.modified = made_at.replace(tzinfo=None)
    _tag(file.styles.element, _LANGUAGES["en"])
    file.add_heading(brief.title, 0)
    file.add_paragraph(brief.lede)
    for document in brief.documents:
        file.add_heading(document.name, 1)
        for fact in document.facts:
            file.add_paragraph(fact, style="List Bullet")
        for paragraph in document.paragraphs:
            _add(file, paragraph)
    file.add_heading("About this brief", 1)
    for words in brief.about:
        file.add_paragraph(words)
    into = BytesIO()
    file.save(into)
    return _timeless(into.getvalue())


def _add(file: Any, paragraph: BriefParagraph) -> None:
    file.add_heading(paragraph.address, 2)
    themes = file.add_paragraph()
    themes.add_run(paragraph.themes).italic = True
    language = _LANGUAGES.get(paragraph.language, paragraph.language)
    if paragraph.chapeau:
        _tag_run(file.add_paragraph(style="Quote").add_run(paragraph.chapeau), language)
    words = file.add_paragraph(style="Quote")
    for piece in paragraph.pieces:
        run = words.add_run(piece.text)
        run.bold = piece.is_bold or None
        _tag_run(run, language)
    file.add_paragraph(paragraph.citation)


def _tag_run(run: Any, language: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language)
    if language == _LANGUAGES["ar"]:
        mark.set(qn("w:bidi"), language)
    run._r.get_or_add_rPr().append(mark)


def _tag(styles: Any, language: str) -> None:
    """Name the language of the whole file in its defaults, for spelling and for reading aloud."""
    from docx.oxml.ns import qn

    for mark in styles.iter(qn("w:lang")):
        mark.set(qn("w:val"), language)


def _timeless(content: bytes) -> bytes:
    """The same file without the time at which each of its parts was packed."""
    into = BytesIO()
    with ZipFile(BytesIO(content)) as packed, ZipFile(into, "w", ZIP_DEFLATED) as again:
        for name in packed.namelist():
            part = ZipInfo(name, _ZIP_DAY)
            part.compress_type = ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            again.writestr(part, packed.read(name))
    return into.getvalue()


def pieces_of(text: str, marks: Sequence[tuple[int, int]]) -> tuple[BriefPiece, ...]:
    """Words cut where marks begin and end; the pieces joined are the words."""
    edges = sorted({0, len(text), *(edge for mark in marks for edge in mark if 0 <= edge <= len(text))})
    return tuple(
        BriefPiece(text[start:end], any(low <= start and end <= high for low, high in marks))
        for start, end in pairwise(edges)
    )
