"""The values of what is read, as frozen dataclasses: read this file first, then `storage.records`.

Nothing here reads, writes or decides. Times are aware UTC datetimes, dates are `datetime.date`, symbols have the
printed form `S/RES/1325 (2000)`, addresses the form of `scraper.council.address` (`PP 3`, `OP 8 (a) (ii)`).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

THEMES = (
    "General Women, Peace and Security",
    "Conflict Prevention",
    "Disarmament",
    "Displacement and Humanitarian Response",
    "Human Rights",
    "Implementation",
    "Justice, Rule of Law and Security Sector Reform",
    "Participation",
    "Peace Processes",
    "Peacekeeping",
    "Protection",
    "Reconstruction and Peacebuilding",
    "Sexual and Gender-Based Violence",
)
"""The 13 consolidated themes of PeaceWomen, in their own wording."""


LENT = "english:"
"""Opens the rule of a label that the English text at the same address has lent to a translation."""


class DocumentKind(StrEnum):
    """What kind of Council document a text is."""

    RESOLUTION = "resolution"
    MISSION_REPORT = "mission_report"
    REPORT = "report"
    PRESIDENTIAL_STATEMENT = "presidential_statement"
    DRAFT = "draft"
    CORRIGENDUM = "corrigendum"
    LETTER = "letter"
    UNKNOWN = "unknown"


class Part(StrEnum):
    """Where in a document a paragraph stands."""

    PREAMBLE = "preamble"
    OPERATIVE = "operative"
    ANNEX = "annex"
    BODY = "body"


class Place(StrEnum):
    """Which words an evidence's `start` and `end` count in."""

    TEXT = "text"
    CHAPEAU = "chapeau"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Said:
    """Who gave a label by hand, when, and why. `is_text_changed` says that the paragraph's text is another since."""

    by: str
    at: datetime
    note: str | None
    is_text_changed: bool = False


class _Packed:
    """Goes from process to process as its fields: half the time of what dataclasses do by themselves, for the many."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        """The class, and what it is called with to be made again."""
        names: tuple[str, ...] = type(self).__slots__
        return type(self), tuple([getattr(self, name) for name in names])


@dataclass(frozen=True, slots=True)
class Evidence(_Packed):
    """The phrase that gave a label: `words[start:end]` of the paragraph's text, chapeau or heading, and the rule.

    A person speaks of the whole paragraph: then the phrase is empty, at 0, and the rule is `human:NAME`. `said` is
    None for a rule of the vocabulary. A label lent by the English text at the same address marks none of these words
    either: its rule is `english:` and the rule that holds there.
    """

    phrase: str
    start: int
    end: int
    rule: str
    place: Place = Place.TEXT
    said: Said | None = None

    @property
    def is_lent(self) -> bool:
        """Whether the evidence stands in the English text at the same address."""
        return self.rule.startswith(LENT)


@dataclass(frozen=True, slots=True)
class Label(_Packed):
    """One theme of the vocabulary on one paragraph, with at least one piece of evidence."""

    theme: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Citation(_Packed):
    """A reference to a document, at `text[start:end]` of the paragraph's text.

    `symbol` is the cited document's, `addresses` the paragraphs of it that are named, none when it is cited whole.
    """

    symbol: str
    addresses: tuple[str, ...]
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph(_Packed):
    """One addressed paragraph. `chapeau` joins the words of the paragraphs it completes, outermost first."""

    address: str
    part: Part
    text: str
    heading: str | None = None
    chapeau: str | None = None
    labels: tuple[Label, ...] = ()
    citations: tuple[Citation, ...] = ()

    @property
    def is_wps(self) -> bool:
        """Whether the paragraph is WPS content: it carries at least one theme."""
        return bool(self.labels)

    @property
    def themes(self) -> tuple[str, ...]:
        """The names of its themes, in the order of its labels."""
        return tuple(label.theme for label in self.labels)


@dataclass(frozen=True, slots=True)
class Aside(_Packed):
    """Words that are printed but are no paragraph: kept by name so that nothing of a document is lost.

    `kind` is one of `footnote`, `table`, `heading`, `furniture` (running heads, page numbers, job numbers, the
    distribution and adoption lines), `signature` (under a letter), `draft` (the draft that was adopted, and who
    submitted it), `vote` and `reissued` ("* Reissued for technical reasons on 12 March 2025.").
    `address` is the paragraph it stands at, or None at the document's head.
    """

    kind: str
    text: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class ParseWarning:
    """One odd place in a document whose rest is sound. `code` is a stable word such as `number-jumps`."""

    code: str
    message: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """One text as extracted from one body. `symbol` is None only when the body bears none."""

    symbol: str | None
    kind: DocumentKind
    language: str
    adopted_on: date | None
    published_on: date | None
    meeting: int | None
    subject: str | None
    media_type: str
    reader: str
    parser_version: str
    paragraphs: tuple[Paragraph, ...]
    warnings: tuple[ParseWarning, ...] = ()
    asides: tuple[Aside, ...] = ()


@dataclass(frozen=True, slots=True)
class Extract:
    """Paragraphs kept for their WPS content, as PeaceWomen cuts them; `[...]` in `text` marks what was left out.

    `title` is the part behind the colon: `Preamble`, `Para. 42`, `Para. 6 (a)`. `addresses` holds the WPS paragraphs
    in it, in printed order. The entry of a mission report as a whole has no title of its own: "".
    """

    title: str
    addresses: tuple[str, ...]
    themes: tuple[str, ...]
    text: str


class FactField(StrEnum):
    """What can be told of a document besides its text; behind each the form of its value."""

    ADOPTED_ON = "adopted_on"  # "2025-05-08"
    MEETING = "meeting"  # 9913
    RECORD = "record"  # "S/PV.9913", or the letter that tells the result of a vote by mail
    OUTCOME = "outcome"  # "adopted", "not_adopted"
    VOTE = "vote"  # {"manner": "recorded", "for": 12, "against": 0, "abstaining": 3}; see `facts_of_metadata`
    VOTED_BY_MAIL = "voted_by_mail"  # true
    CHAPTER_VII = "chapter_vii"  # true: it acts under Chapter VII of the Charter; false: that question does not arise
    AGENDA_ITEM = "agenda_item"  # "The situation in Libya"
    SUBJECTS = "subjects"  # [["UN Mission in South Sudan", "DHLAUTH"], ["SANCTIONS", "UNBIS Thesaurus"]]
    TITLE = "title"  # the source's own: resolutions have none
    EXPIRES_ON = "expires_on"  # [{"on": "2026-04-30", "words": "until ...", "of": "...", "computed": false}]
    DRAFT_SYMBOL = "draft_symbol"  # "S/2025/278"
    SPONSORS = "sponsors"  # ["UNITED STATES"]
    ADDITIONAL_SPONSORS = "additional_sponsors"
    PUBLISHED_ON = "published_on"  # "2025-05-09": the day on the document, where a source tells it apart
    PRESS_RELEASE = "press_release"  # "SC/13141": of the meeting
    VETOED_BY = "vetoed_by"  # ["Russian Federation"]


class FactOrigin(StrEnum):
    """What of a source tells facts of many documents, without being one."""

    METADATA = "metadata"
    CATALOGUE = "catalogue"
    TABLE = "table"
    VETOES = "vetoes"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a source tells of a document. `value` is what JSON can hold; `note` says how it was come by."""

    symbol: str
    field: FactField
    value: Any
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One text of one document as one snapshot gave it. A document's witnesses are its sources.

    `text_hash` is of the loosely folded text: equal hashes differ at most in white space, hyphens and quotation marks.
    """

    id: int
    symbol: str
    language: str
    source: str
    url: str
    snapshot: int
    body_hash: str
    reader: str
    parser_version: str
    text_hash: str
    fetched_at: datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """A document as held: its current version's text, and every version it has had, newest first."""

    document: ParsedDocument
    first_seen_at: datetime
    versions: tuple[Version, ...]

    @property
    def current(self) -> Version:
        """The version whose text is shown."""
        return next(version for version in self.versions if version.is_current)
