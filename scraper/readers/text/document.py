"""Plain text saved from documents to blocks: furniture and notes kept apart, paragraphs joined from their lines."""

from scraper.errors import Unreadable
from scraper.readers.block import ReadDocument
from scraper.readers.text.furniture import name_text_furniture
from scraper.readers.text.lines import decode, lines_of
from scraper.readers.text.notes import set_notes_apart
from scraper.readers.text.numbers import mend_labels
from scraper.readers.text.paragraphs import join_text_lines


def read_text(body: bytes) -> ReadDocument:
    """Reads plain text into blocks, whatever its encoding and line ends.

    Raises:
        Unreadable: `no-text`, for a body of nothing but blanks and control characters.
    """
    lines = list(lines_of(decode(body)))
    if not lines:
        raise Unreadable("no-text", f"expected text, found {len(body)} bytes without a letter")
    blocks = mend_labels(set_notes_apart(join_text_lines(lines, name_text_furniture(lines))))
    return ReadDocument(tuple(blocks), page_count=lines[-1].page)
