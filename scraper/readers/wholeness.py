"""Whether XML ends as it should, or was cut off on its way (pure). PDFs and Word files say so to their readers."""

import re
from typing import Final

from scraper.readers import media_type as kinds

# How far back the end of a file is looked for.
_TAIL_BYTES: Final = 2048

# "</akomaNtoso>", "</an:akomaNtoso>", at the end of a file; a comment or blanks may follow
_CLOSED: Final = re.compile(rb"</(?:[\w.-]+:)?([\w.-]+)\s*>\s*(?:<!--.*?-->\s*)*\Z", re.DOTALL)
_ROOT: Final = re.compile(rb"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


def ends_as_it_should(body: bytes, media_type: str) -> bool:
    """Whether XML closes the element that it opened; any other kind says nothing here.

    >>> ends_as_it_should(b"<a><b/></a>", kinds.XML), ends_as_it_should(b"<a><b/>", kinds.XML)
    (True, False)
    """
    if media_type in (kinds.AKN, kinds.XML):
        text = body.replace(b"\x00", b"") if body.startswith(_WIDE_MARKS) else body
        root, closed = _ROOT.search(text), _CLOSED.search(text[-_TAIL_BYTES:])
        return root is not None and closed is not None and root[1] == closed[1]
    return True
