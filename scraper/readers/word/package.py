"""Opens a Word file as the ZIP archive it is, within limits, and gives its parts as XML trees.

Nothing is unpacked to disk and no name from the archive is used as a path; what a part links to outside the file is
never fetched.
"""

import posixpath
import zipfile
import zlib
from io import BytesIO
from typing import Final

from lxml import etree

from scraper.errors import NotADocument, TooLarge, Unreadable
from scraper.readers.safe_xml import refuse_declarations, safe_parser

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# a file saved as "Strict Open XML" says the same in other namespaces
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
)
_MAX_PARTS = 2_000
_MAX_PART_BYTES = 48 * 1024**2  # the text of 2,000 pages takes some 20 MB of XML
_MAX_BYTES = 96 * 1024**2
_MAX_RATIO = 250  # Word's XML packs 10 to 40 times; a bomb a thousand times
_RATIO_FROM = 1024**2  # a small part may pack better


class Package:
    """The parts of one Word file, each parsed when it is asked for."""

    def __init__(self, body: bytes) -> None:
        """Open the archive.

        Raises:
            Unreadable: `damaged-docx`, `encrypted-docx`.
            TooLarge: `zip-bomb`.
        """
        try:
            self._zip = zipfile.ZipFile(BytesIO(body))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise Unreadable("damaged-docx", f"expected a Word file, found a broken ZIP archive: {error}") from error
        self._infos = {info.filename: info for info in self._zip.infolist()}
        if len(self._infos) > _MAX_PARTS:
            raise TooLarge("zip-bomb", f"expected at most {_MAX_PARTS} parts in a Word file, found {len(self._infos)}")
        self._left = _MAX_BYTES
        self._roots: dict[str, etree._Element] = {}
        self.main = self._main_name()

    def _main_name(self) -> str:
        found = self.related("", "officeDocument")
        if not found:
            raise NotADocument("not-a-word-file", "expected a Word file, found a ZIP archive without a main document")
        return next(iter(found.values()))

    def root(self, name: str) -> etree._Element | None:
        """The tree of a part, None when the file has no such part.

        Raises:
            Unreadable: `damaged-docx`, `encrypted-docx`, `xml-bomb`.
            TooLarge: `zip-bomb`.
        """
        if name not in self._roots and name in self._infos:
            self._roots[name] = self._parse(name)
        return self._roots.get(name)

    def related(self, name: str, kind: str) -> dict[str, str]:
        """The parts that a part refers to as `kind` ("footnotes", "header"): id of the reference to name."""
        folder, _, base = name.rpartition("/")
        root = self.root(posixpath.join(folder, "_rels", f"{base}.rels"))
        return {
            link.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/")
            for link in ([] if root is None else root.iter(_RELATIONSHIP))
            if link.get("Type", "").rpartition("/")[2] == kind and link.get("TargetMode") != "External"
        }

    def _parse(self, name: str) -> etree._Element:
        text = self._read(name)
        for strict, usual in _STRICT:
            text = text.replace(strict, usual)
        refuse_declarations(text)
        try:
            return etree.fromstring(text, safe_parser())
        except etree.XMLSyntaxError as error:
            code = "xml-bomb" if "depth" in str(error.msg) or "huge" in str(error.msg) else "damaged-docx"
            raise Unreadable(code, f"expected well-formed XML in {name}, found: {error.msg}") from error

    def _read(self, name: str) -> bytes:
        info = self._infos[name]
        if info.flag_bits & 1:
            raise Unreadable("encrypted-docx", f"expected a Word file without a password, found {name} encrypted")
        limit = min(_MAX_PART_BYTES, self._left)
        is_packed_too_well = info.file_size > max(_RATIO_FROM, _MAX_RATIO * info.compress_size)
        if info.file_size > limit or is_packed_too_well:
            found = f"{info.file_size} bytes in {info.compress_size}"
            raise TooLarge("zip-bomb", f"expected at most {limit} bytes of {name}, found {found}")
        try:
            with self._zip.open(info) as part:
                text = part.read(limit + 1)  # what the archive declares may be untrue
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise Unreadable("damaged-docx", f"expected the part {name} whole, found: {error}") from error
        if len(text) > limit:
            raise TooLarge("zip-bomb", f"expected at most {limit} bytes of {name}, found more")
        self._left -= len(text)
        return text
