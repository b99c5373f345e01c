"""Writes a resolution that was read from the UN's XML as a Word file: what reading it back must give again.

`python -m tests.measures.reading.word_resolutions FOLDER` does so with every XML file of a folder and prints
how many come back whole.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from scraper.council.address import Address, parse
from scraper.council.fixed_phrases import PHRASES
from scraper.errors import BodyError
from scraper.readers.media_type import DOCX
from scraper.readers.word.document import read_docx
from scraper.structure.akn.document import read_akoma_ntoso
from scraper.structure.printed.document import parse_resolution
from storage.models import Paragraph, ParsedDocument, Part
from tests.measures.reading.word_files import TAB, WordFile, in_list, numbering, paragraph, run, table

ENACTING = {"en": "The Security Council", "fr": "Le Conseil de sécurité", "es": "El Consejo de Seguridad"}
_TITLES = {
    "en": ("Resolution {symbol}", "Adopted by the Security Council at its {meeting}th meeting, on {day}"),
    "fr": ("Résolution {symbol}", "Adoptée par le Conseil de sécurité à sa {meeting}e séance, le {day}"),
    "es": ("Resolución {symbol}", "Aprobada por el Consejo de Seguridad en su {meeting}ª sesión, celebrada el {day}"),
}
_ANNEX = {"en": "Annex", "fr": "Annexe", "es": "Anexo"}
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
# the labels that the usual levels of a list print: "1.", "(a)", "(i)", and none deeper
_LEVELS = [re.compile(pattern) for pattern in (r"\d+\.", r"\([a-z]{1,2}\)", r"\([ivx]+\)", r"(?!)")]
_FIRST_WORDS = re.compile(r"\S+")


def as_word_file(document: ParsedDocument) -> bytes:
    """The document in Word, its numbers typed: "1.", "(a)", "(i)" before a tab."""
    return _word_file(document, [text for one in pieces(document) for text in _typed(one)])


def as_numbered_word_file(document: ParsedDocument) -> bytes:
    """The same, but Word generates the numbers of the operative part."""
    return _word_file(document, [text for one in pieces(document) for text in _generated(one)])


def read_back(body: bytes) -> ParsedDocument:
    """What the Word reader makes of a file."""
    return parse_resolution(read_docx(body), media_type=DOCX, reader="docx", parser_version="")


def _word_file(document: ParsedDocument, text: Sequence[str]) -> bytes:
    symbol, language = document.symbol or "", document.language
    title, adoption = _TITLES[language]
    day = document.adopted_on
    shown = f"{day.day} {_MONTHS[language].split()[day.month - 1]} {day.year}" if day else ""
    masthead = table(["United Nations", symbol], ["Security Council", f"Distr.: General {shown}"])
    head = [
        paragraph(title.format(symbol=symbol.removeprefix("S/RES/")), style="HCh"),
        paragraph(adoption.format(meeting=document.meeting, day=shown), style="H1"),
        paragraph(TAB, run(ENACTING[language], "<w:i/>"), run(",")),
    ]
    return WordFile(
        [*head, *text],
        numbering=numbering(),
        headers=[masthead, paragraph(symbol, style="Normal")],
        footers=[paragraph("25-07317 (E)", style="Normal")],
    ).to_bytes()


def pieces(document: ParsedDocument) -> Iterator[tuple[str, Paragraph | None, tuple[str, ...]]]:
    """Headings, and paragraphs with the labels that are printed before them, those of wordless ones above included."""
    printed: set[str] = set()
    heading = attachment = None
    for one in document.paragraphs:
        address = parse(one.address)
        if address.attachment != attachment:
            attachment = address.attachment
            name = (attachment or "").removeprefix("Annex")
            yield f"{_ANNEX[document.language]}{name}", None, ()
            heading = one.heading
        elif one.heading != heading and one.heading:
            heading = one.heading
            yield heading, None, ()
        labels = tuple(_labels(address, printed))
        yield one.text, one, labels


def _labels(address: Address, printed: set[str]) -> Iterator[str]:
    """The labels that stand before a paragraph and were not printed yet: "3." and "(a)" in "3. (a) Decides"."""
    root = Address(address.part, address.number, (), address.attachment, address.occurrence)
    if address.number and address.part is not Part.PREAMBLE and str(root) not in printed and address.number != "0":
        printed.add(str(root))
        yield f"{address.number}."
    for degree in address.degrees:
        root = root.child(degree)
        if str(root) not in printed and not degree.startswith("+"):
            printed.add(str(root))
            yield "•" if degree.startswith("•") else f"({degree})"


def _typed(piece: tuple[str, Paragraph | None, tuple[str, ...]]) -> Iterator[str]:
    text, one, labels = piece
    if one is None:
        yield paragraph(text, style="H23")
        return
    depth = len(parse(one.address).degrees)
    before = TAB * depth + "".join(TAB + label for label in labels) + TAB
    if not labels:
        is_flush = "+" in one.address and text.endswith((".", ";", ":", ","))
        before = "" if is_flush else TAB
    first = _FIRST_WORDS.match(text)
    words = first[0] if first and one.part in (Part.PREAMBLE, Part.OPERATIVE) else ""
    yield paragraph(before, run(words, "<w:i/>"), run(text[len(words) :]))


def _generated(piece: tuple[str, Paragraph | None, tuple[str, ...]]) -> Iterator[str]:
    text, one, labels = piece
    depth = 0 if one is None else len(parse(one.address).degrees)
    if (
        one is None
        or one.part is not Part.OPERATIVE
        or len(labels) != 1
        or not _LEVELS[min(depth, 3)].fullmatch(labels[0])
    ):
        yield from _typed(piece)
        return
    yield in_list(text, depth)


def differences(document: ParsedDocument, again: ParsedDocument) -> list[str]:
    """The addresses at which two readings differ, in address or words."""
    want = {one.address: one.text for one in document.paragraphs}
    got = {one.address: one.text for one in again.paragraphs}
    return [address for address in want.keys() | got.keys() if want.get(address) != got.get(address)]


def main(folders: Iterable[str]) -> int:
    """Print how many resolutions of the folders come back whole, and the others with what differs."""
    for folder in folders:
        whole, count = 0, 0
        for path in sorted(Path(folder).glob("*.xml")):
            try:
                document = read_akoma_ntoso(path.read_bytes())
            except BodyError:
                continue
            if document.kind != "resolution" or document.language not in PHRASES or document.language not in ENACTING:
                continue
            count += 1
            try:
                differing = differences(document, read_back(as_word_file(document)))
            except BodyError as error:
                differing = [error.code]
            whole += not differing
            if differing:
                print(f"  {document.symbol}: {len(differing)} differ: {', '.join(sorted(differing)[:4])}")
        print(f"{folder}: {whole} of {count} come back whole")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
