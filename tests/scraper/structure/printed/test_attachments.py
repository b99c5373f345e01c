from scraper.readers.block import Block, BlockKind, Furniture, ReadDocument
from scraper.structure.printed.document import parse_resolution
from storage.models import DocumentKind, ParsedDocument

HEAD = (
    Block("S/1995/163", kind=BlockKind.FURNITURE, furniture=Furniture.MASTHEAD, size=10.0),
    Block("Letter dated 28 February 1995 addressed to the President of the Security Council", left=99.0, size=10.0),
    Block("I have the honour to transmit the report.", left=95.0, size=10.0),
    Block("(Signed) Ibrahim A. GAMBARI", left=355.0, size=10.0),
)


def parse(*behind: str) -> ParsedDocument:
    blocks = (Block(words, page=2, left=95.0, hang=65.0, size=10.0) for words in behind)
    read = ReadDocument((*HEAD, *blocks), 2)
    return parse_resolution(read, media_type="application/pdf", reader="pdf", parser_version="1")


def told(document: ParsedDocument) -> list[tuple[str, str | None]]:
    return [(paragraph.address, paragraph.heading) for paragraph in document.paragraphs]


def test_report_of_a_council_mission_that_a_letter_transmits_is_a_mission_report():
    document = parse("ANNEX", "REPORT OF THE SECURITY COUNCIL MISSION TO BURUNDI", "1. The mission left New York.")
    assert document.kind is DocumentKind.MISSION_REPORT
    assert document.subject == "Report of the Security Council mission to Burundi"


def test_terms_of_reference_that_a_letter_transmits_leave_it_a_letter():
    document = parse("ANNEX", "Terms of reference of the Security Council mission to Burundi", "1. To hold talks.")
    assert document.kind is DocumentKind.LETTER


def test_lines_without_a_stop_below_the_name_of_an_annex_are_its_title():
    document = parse("ANNEX", "Declaration by the European Union", "The European Union welcomes the visit.")
    assert told(document) == [("para. +1", None), ("Annex +1", "Declaration by the European Union")]


def test_list_of_names_below_the_name_of_an_annex_is_its_text():
    names = ["Algeria", "Benin", "Canada", "Djibouti", "France"]
    assert [address for address, _ in told(parse("ANNEX", *names, "The list is closed."))][1:3] == [
        "Annex +1",
        "Annex +2",
    ]


def test_date_line_above_an_annexed_letter_is_no_title():
    assert told(parse("ANNEX", "New York, 20 August 2025", "I have the honour."))[1] == ("Annex +1", "ANNEX")


def test_text_in_arabic_behind_the_signature_is_the_annex():
    document = parse("القرار الذي اتخذه مجلس الأمن في جلسته " * 8)
    assert [paragraph.address for paragraph in document.paragraphs] == ["para. +1", "Annex +1"]
    assert document.language == "en"
