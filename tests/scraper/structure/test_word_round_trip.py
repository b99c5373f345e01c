"""Resolutions written as Word files from their XML, and read back: the same addresses, the same words."""

from pathlib import Path

import pytest

from scraper.errors import BodyError
from scraper.ingest.extraction import extract
from scraper.readers.media_type import DOCX
from scraper.structure.akn.document import read_akoma_ntoso
from storage.models import DocumentKind, ParsedDocument
from tests.measures.reading.word_resolutions import (
    ENACTING,
    as_numbered_word_file,
    as_word_file,
    differences,
    read_back,
)
from tests.paths import ROOT

WHOLE = sorted((ROOT / "monitor" / "demo" / "site").rglob("*.xml"))
CUT = sorted((ROOT / "tests" / "cases" / "akoma_ntoso").glob("*/input.xml"))


def resolution_in(path: Path) -> ParsedDocument | None:
    """The resolution in a file, if it is one in a language whose Word files we write."""
    try:
        document = read_akoma_ntoso(path.read_bytes())
    except BodyError:
        return None
    is_written = document.kind is DocumentKind.RESOLUTION and document.language in ENACTING
    return document if is_written else None


RESOLUTIONS = {path: found for path in (*WHOLE, *CUT) if (found := resolution_in(path)) is not None}


def name_of(path: Path) -> str:
    return path.parent.name if path in CUT else path.name


def test_there_are_enough_resolutions_to_tell_anything():
    assert len(RESOLUTIONS) >= 40


@pytest.mark.parametrize("path", RESOLUTIONS, ids=name_of)
def test_typed_numbers_come_back(path):
    document = RESOLUTIONS[path]
    assert differences(document, read_back(as_word_file(document))) == []


@pytest.mark.parametrize("path", [path for path in RESOLUTIONS if path in WHOLE], ids=name_of)
def test_numbers_that_word_generates_come_back(path):
    document = RESOLUTIONS[path]
    assert differences(document, read_back(as_numbered_word_file(document))) == []


def test_a_file_that_libreoffice_made_has_the_addresses_and_words_of_the_xml():
    document = RESOLUTIONS[next(path for path in WHOLE if "2779-2507317E" in path.name)]
    made = ROOT / "tests" / "cases" / "docx" / "writer-degrees-and-headings-2779" / "input.docx"

    found = extract(made.read_bytes(), symbol=document.symbol, language="en")

    assert differences(document, found) == []
    assert [one.heading for one in found.paragraphs] == [one.heading for one in document.paragraphs]
    assert (found.adopted_on, found.meeting, found.warnings) == (document.adopted_on, document.meeting, ())


def test_fields_come_back_with_the_words():
    document = RESOLUTIONS[next(path for path in WHOLE if "2777-2504360F" in path.name)]
    found = extract(as_word_file(document), symbol="S/RES/2777 (2025)", language="fr")
    assert (found.reader, found.media_type, found.warnings) == ("docx", DOCX, ())
    assert (found.symbol, found.language, found.adopted_on, found.meeting) == (
        document.symbol,
        "fr",
        document.adopted_on,
        document.meeting,
    )
