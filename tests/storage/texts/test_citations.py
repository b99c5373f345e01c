"""Citations are stored with their paragraph and found from the document they cite."""

from dataclasses import replace
from datetime import date

from storage.models import Citation
from storage.texts.citations import citing_paragraphs
from storage.texts.documents import load_parsed

CITED = "S/RES/1325 (2000)"
WORDS = "Recalls, é, paragraph 8 of resolution 1325 (2000) on women"
CITATION = Citation(CITED, ("OP 8",), 12, 49, WORDS[12:49])


def citing(document, *citations):
    """The document with these citations in its first paragraph."""
    first, *others = document.paragraphs
    return replace(document, paragraphs=(replace(first, citations=citations), *others))


def test_citations_come_back_with_their_paragraph(shelf, parsed_of):
    document = citing(parsed_of(WORDS, "women"), CITATION)
    saved = shelf.save(document)

    assert load_parsed(shelf.db, saved.id) == document


def test_who_cites_a_document_is_found_with_the_paragraphs_it_names(shelf, parsed_of):
    shelf.save(citing(parsed_of(WORDS), CITATION))

    (found,) = citing_paragraphs(shelf.db, CITED)

    assert (found.symbol, found.address, found.adopted_on) == ("S/RES/2387 (2017)", "OP 1", date(2017, 11, 15))
    assert found.citation == CITATION


def test_another_year_or_none_is_the_same_resolution_and_a_longer_number_is_not(shelf, parsed_of):
    symbols = ("S/RES/132 (1960)", "S/RES/1325", "S/RES/1325 (2001)", "S/RES/1326 (2000)", "S/RES/13250 (2099)")
    shelf.save(citing(parsed_of(WORDS), *(replace(CITATION, symbol=symbol) for symbol in symbols)))

    assert [one.citation.symbol for one in citing_paragraphs(shelf.db, CITED)] == ["S/RES/1325", "S/RES/1325 (2001)"]


def test_another_document_is_found_by_its_whole_symbol_alone(shelf, parsed_of):
    symbols = ("S/2013/17", "S/2013/173", "S/2013/173/Add.1")
    shelf.save(citing(parsed_of(WORDS), *(replace(CITATION, symbol=symbol) for symbol in symbols)))

    assert [one.citation.symbol for one in citing_paragraphs(shelf.db, "S/2013/173")] == ["S/2013/173"]


def test_a_document_does_not_cite_itself(shelf, parsed_of):
    shelf.save(citing(parsed_of(WORDS), replace(CITATION, symbol="S/RES/2387 (2017)")))

    assert citing_paragraphs(shelf.db, "S/RES/2387 (2017)") == []


def test_only_the_text_as_now_held_counts(shelf, parsed_of):
    shelf.save(citing(parsed_of(WORDS, reader="pdf"), CITATION), source="un-resolutions")
    shelf.save(parsed_of("Recalls women", reader="akn"))

    assert citing_paragraphs(shelf.db, CITED) == []


def test_another_reading_of_the_same_body_replaces_its_citations(shelf, parsed_of):
    snapshot = shelf.snapshot()
    shelf.save(citing(parsed_of(WORDS), CITATION), snapshot)
    shelf.save(citing(parsed_of(WORDS, parser_version="2"), replace(CITATION, addresses=())), snapshot)

    assert [one.citation.addresses for one in citing_paragraphs(shelf.db, CITED)] == [()]


def test_a_text_without_citations_writes_none(shelf, parsed_of):
    shelf.save(parsed_of(WORDS))

    assert shelf.db.execute("SELECT count(*) FROM citations").fetchone()[0] == 0
