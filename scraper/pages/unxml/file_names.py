"""Reads the names of UNxml/SCresolutions: which path is which document, in which language, of which year (pure)."""

import re
from dataclasses import dataclass

LANGUAGE_OF_FOLDER = {
    "Arabic": "ar",
    "Chinese": "zh",
    "English": "en",
    "French": "fr",
    "German": "de",
    "Russian": "ru",
    "Spanish": "es",
}
_FOLDER = rf"(?P<language>{'|'.join(LANGUAGE_OF_FOLDER)})"
#: All of 2026/English/S_RES_2825-2609566E.xml, 2020/English/S_RES_2504 (2020)-2000407E.xml,
#: 2021/English/SC_2561_2021-E.xml, 2021/English/S_RES_2572_2105407E.xml, 2023/English/S_RES_2672_E.xml,
#: 2022/German/S_RES_2650_2221218de.xml, Pre-2020/2000/S_RES_1285_N0023963.xml,
#: Pre-2020/2019/S_RES_2464 (2019)-1906112E.xml. The folder tells the language, the suffix does not:
#: 2022/French/S_RES_2635 (2022)-2208534E.xml.
RESOLUTION = re.compile(
    rf"""(?:Pre-2020/)?(?P<folder>\d{{4}})/
        (?:{_FOLDER}/)?
        (?:S_RES[_-]|SC_)(?P<number>\d{{3,4}})
        (?:[ ]\((?P<printed>\d{{4}})\)|_(?P<named>20\d\d)(?=-[A-Z]\.))?
        (?:[-_]N?(?P<job>\d{{7}}))?
        [-_]?[A-Za-z]{{0,2}}\.xml""",
    re.VERBOSE,
)
#: PRST/2026/S_PRST_2026_1-2604259E.xml, PRST/2019/S_PRST_2019_10.xml, PRST/2022/S_PRST_2022_7_E.xml. A `_0` is one
#: part of a statement that was uploaded in several: PRST/2006/S_PRST_2006_42_0-0658865E.xml. Its text bears the whole
#: symbol. A correction has a symbol of its own: PRST/2000/S_PRST_2000_27_Corr.1-0060049E.xml.
STATEMENT = re.compile(
    r"""PRST/\d{4}/S_PRST_(?P<year>\d{4})_(?P<number>\d{1,3})
        (?:_0)*
        (?:_(?P<suffix>(?:Add|Corr|Rev)\.\d{1,2}))?
        (?:[-_](?P<job>\d{7}))?
        [-_]?[A-Za-z]{0,2}\.xml""",
    re.VERBOSE,
)
#: Not adopted/English/S_2023_212-2305680E.xml, Not adopted/English/S_2025-353-2508520E.xml
DRAFT = re.compile(
    rf"""Not[ ]adopted/{_FOLDER}/S_(?P<year>\d{{4}})[_-](?P<number>\d{{1,4}})
        (?:_(?P<suffix>(?:Add|Corr|Rev)\.\d{{1,2}}))?
        (?:[-_](?P<job>\d{{7}}))?
        [-_]?[A-Za-z]{{0,2}}\.xml""",
    re.VERBOSE,
)
#: data_extract/2026.json
METADATA = re.compile(r"data_extract/(?P<year>\d{4})\.json")
#: README.md, 2020/Arabic/test, 2021/text, PRST/2000/test.txt, Pre-2020/2004/desktop.ini
NO_TEXT = re.compile(r"README\.md|(?:.+/)?(?:test|text|test\.txt|desktop\.ini)")
#: Files that the folder and the name call English: this reissue of S/PRST/2000/25 is in French.
LANGUAGE_OF_FILE = {"PRST/2000/S_PRST_2000_25-0054631E.xml": "fr"}


@dataclass(frozen=True, slots=True)
class ResolutionFile:
    """One file of one resolution in one language.

    `year` is that of the name, or else of the folder. `job` is the printed job number, 0 where the name has none; `sha`
    is git's id of the file's content.
    """

    path: str
    number: int
    year: int
    language: str
    job: int
    sha: str
    is_year_sure: bool

    @property
    def symbol(self) -> str:
        """The symbol as far as the listing vouches for it: `S/RES/2825 (2026)`, or `S/RES/2194` without a year.

        The folders before 2020 were filled in bulk, and some files of 2014 lie in that of 2015 only.
        """
        return f"S/RES/{self.number} ({self.year})" if self.is_year_sure else f"S/RES/{self.number}"


@dataclass(frozen=True, slots=True)
class NumberedFile:
    """One file of a presidential statement (`S/PRST/2000/27/Corr.1`) or of a draft (`S/2023/212`) in one language."""

    path: str
    symbol: str
    year: int
    language: str
    job: int
    sha: str


@dataclass(frozen=True, slots=True)
class MetadataFile:
    """The library's data on one year's resolutions, for all languages: it is of no one document."""

    path: str
    year: int
    sha: str

    @property
    def symbol(self) -> None:
        """None: it is of many documents."""

    @property
    def language(self) -> None:
        """None: it is of all languages."""


def read_resolution(path: str, sha: str) -> ResolutionFile | None:
    """The resolution that a path names, None when it names none."""
    found = RESOLUTION.fullmatch(path)
    if found is None:
        return None
    return ResolutionFile(
        path=path,
        number=int(found["number"]),
        year=int(found["printed"] or found["named"] or found["folder"]),
        language=LANGUAGE_OF_FOLDER[found["language"] or "English"],  # the folders before 2020 are English and flat
        job=int(found["job"] or 0),
        sha=sha,
        is_year_sure=bool(found["printed"] or found["named"]) or not path.startswith("Pre-2020/"),
    )


def read_statement(path: str, sha: str) -> NumberedFile | None:
    """The presidential statement that a path names, None when it names none. The folder is flat and English."""
    found = STATEMENT.fullmatch(path)
    return None if found is None else _numbered(found, "S/PRST", "en", sha)


def read_draft(path: str, sha: str) -> NumberedFile | None:
    """The draft resolution, not adopted, that a path names; None when it names none."""
    found = DRAFT.fullmatch(path)
    return None if found is None else _numbered(found, "S", LANGUAGE_OF_FOLDER[found["language"]], sha)


def read_metadata(path: str, sha: str) -> MetadataFile | None:
    """The year's metadata that a path names, None when it names none."""
    found = METADATA.fullmatch(path)
    return None if found is None else MetadataFile(path, int(found["year"]), sha)


def _numbered(found: re.Match[str], series: str, language: str, sha: str) -> NumberedFile:
    suffix = f"/{found['suffix']}" if found["suffix"] else ""
    return NumberedFile(
        path=found[0],
        symbol=f"{series}/{found['year']}/{int(found['number'])}{suffix}",
        year=int(found["year"]),
        language=LANGUAGE_OF_FILE.get(found[0], language),
        job=int(found["job"] or 0),
        sha=sha,
    )
