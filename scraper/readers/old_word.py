"""Says why a file in the container of old Office programs cannot be read: an old .doc, or one with a password."""

from scraper.errors import BodyError, NotADocument, Unreadable

# names of streams, as the container writes them
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NO_TEXTS = ("Workbook".encode("utf-16-le"), "PowerPoint Document".encode("utf-16-le"))


def old_word_error(body: bytes) -> BodyError:
    """The error for such a file: `encrypted-docx`, `unknown-format` for tables and slides, else `old-word-format`."""
    if _ENCRYPTED in body:
        return Unreadable("encrypted-docx", "expected a Word file without a password, found one that asks for it")
    if any(name in body for name in _NO_TEXTS):
        return NotADocument("unknown-format", "expected a PDF, a Word file or the UN's XML, found a table or slides")
    return Unreadable(
        "old-word-format", "expected a Word file (.docx), found the .doc of before 2007: save it as .docx, or as PDF"
    )
