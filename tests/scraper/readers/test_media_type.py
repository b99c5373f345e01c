import pytest

from scraper.readers import media_type as kinds
from scraper.readers.media_type import media_type_of

AKN = b'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">'


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%PDF-1.7\n", kinds.PDF),
        (b"junk before the header\n%PDF-1.4\n", kinds.PDF),
        (AKN, kinds.AKN),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a copy -->\n" + AKN, kinds.AKN),
        ("\ufeff<?xml version='1.0' encoding='utf-16'?><akomaNtoso>".encode("utf-16-le"), kinds.AKN),
        (b"<?xml version='1.0'?><rss></rss>", kinds.XML),
        (b"<!DOCTYPE html><html><head>", kinds.HTML),
        (b"\r\n<HTML><BODY>Please enable JavaScript", kinds.HTML),
        (b"<title>Error</title> %PDF-1.4", kinds.HTML),
        (b"PK\x03\x04\x14\x00word/document.xml", kinds.DOCX),
        (b"PK\x03\x04\x14\x00xl/workbook.xml", kinds.ZIP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", kinds.DOC),
        ("Adopted by the Security Council – 1325".encode("cp1252"), kinds.TEXT),
        (b"\x00\x01\x02\x03", kinds.UNKNOWN),
        (b"", kinds.EMPTY),
        (b" \r\n", kinds.EMPTY),
    ],
)
@pytest.mark.parametrize("declared", [None, "application/pdf", "text/html; charset=utf-8"])
def test_bytes_say_what_they_are_whatever_was_declared(body, kind, declared):
    assert media_type_of(body, declared) == kind
