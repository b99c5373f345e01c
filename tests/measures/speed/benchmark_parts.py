"""Times single stages beside the least that any program pays for them, in turn: XML, PDF, labels, storing."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import pypdfium2
from lxml import etree

from scraper.ingest.extraction import extract
from scraper.readers.pdf.document import read_pdf
from scraper.structure.akn.document import read_akoma_ntoso
from scraper.themes.extract import extracts_of
from scraper.themes.labeller import label_paragraphs
from scraper.themes.vocabulary import vocabulary
from storage.fetched.bodies import BodyStore
from storage.fetched.snapshots import unread_snapshots
from storage.models import ParsedDocument
from storage.sqlite.database import open_database, transaction
from storage.texts.prepared.rows import TextRows, rows_of
from storage.texts.saving import save_rows
from tests.measures.speed.benchmark_commands import Pairs
from tests.measures.speed.benchmark_reading import NOW, TAGS, archive, phrases_of_the_vocabulary, store_bare
from tests.measures.speed.timing import measure_here

PDF_FOLDERS = ("un-2025-resolutions-pdf", "un-2025-secretary-general-reports-pdf", "un-2025-letters-pdf")


def xml_pairs(corpus: Path, rounds: int) -> Pairs:
    """Addressed paragraphs of all XML beside its parsed and folded texts."""
    bodies = [path.read_bytes() for path in xml_files(corpus)]
    _read_all(bodies[:20])
    return [(measure_here(partial(_read_all, bodies)), measure_here(partial(_texts, bodies))) for _ in range(rounds)]


def pdf_pairs(corpus: Path, rounds: int) -> Pairs:
    """Blocks of all PDFs beside the raw text that pdfium gives."""
    bodies = [path.read_bytes() for name in PDF_FOLDERS for path in sorted((corpus / name).glob("*.pdf"))]
    if not bodies:
        raise SystemExit(f"expected PDFs in {', '.join(PDF_FOLDERS)}, found none in {corpus}")
    return [(measure_here(partial(_blocks, bodies)), measure_here(partial(_raw, bodies))) for _ in range(rounds)]


def label_pairs(corpus: Path, rounds: int) -> Pairs:
    """The labels of all paragraphs beside finding some phrases in them."""
    documents, phrases = documents_of(corpus), phrases_of_the_vocabulary()
    texts = [paragraph.text for one in documents for paragraph in one.paragraphs]
    vocabulary()

    def label() -> None:
        for one in documents:
            label_paragraphs(one.paragraphs, symbol=one.symbol, kind=one.kind, language=one.language)

    def find() -> None:
        for text in texts:
            set(phrases.findall(text.lower()))

    label()
    return [(measure_here(label), measure_here(find)) for _ in range(rounds)]


def store_pairs(corpus: Path, folder: Path, rounds: int) -> Pairs:
    """All rows of all texts, by documents, beside their paragraphs and a full-text index in one transaction."""
    paths = xml_files(corpus)
    rows = [rows_of(one, extracts_of(one)) for one in documents_of(corpus)]
    texts = [[row[-1] for row in one.paragraphs] for one in rows]
    pairs = []
    for number in range(rounds):
        with closing(open_database(folder / f"store{number}" / "wpswatch.db")) as db:
            archive(db, paths, BodyStore(folder / f"store{number}" / "bodies"))
            floor = measure_here(partial(store_bare, texts, folder / f"bare{number}.db"))
            pairs.append((measure_here(partial(_store, db, rows)), floor))
    return pairs


def xml_files(corpus: Path) -> list[Path]:
    """The resolutions in XML."""
    return sorted((corpus / "unxml-resolutions-en").glob("*.xml"))


def documents_of(corpus: Path) -> list[ParsedDocument]:
    """The resolutions, read to the end."""
    return [extract(path.read_bytes(), symbol=None, language="en") for path in xml_files(corpus)]


def _store(db: sqlite3.Connection, rows: Sequence[TextRows]) -> None:
    snapshots = unread_snapshots(db)
    for at in range(0, len(rows), 128):
        with transaction(db):
            for snapshot, one in zip(snapshots[at : at + 128], rows[at : at + 128], strict=True):
                save_rows(db, one, snapshot.id, NOW)


def _read_all(bodies: Sequence[bytes]) -> None:
    for body in bodies:
        read_akoma_ntoso(body)


def _texts(bodies: Sequence[bytes]) -> None:
    for body in bodies:
        for each in etree.fromstring(body).iter(*TAGS):
            " ".join("".join(each.itertext()).split())


def _blocks(bodies: Sequence[bytes]) -> None:
    for body in bodies:
        read_pdf(body)


def _raw(bodies: Sequence[bytes]) -> None:
    for body in bodies:
        with closing(pypdfium2.PdfDocument(body)) as document:
            for page in document:
                page.get_textpage().get_text_range()
