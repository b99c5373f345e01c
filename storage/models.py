"""The values that move between the stages, as frozen dataclasses: read this file first.

Nothing here reads, writes or decides. Times are aware UTC datetimes, dates are `datetime.date`, symbols have the
printed form `S/RES/1325 (2000)`, addresses the form of `scraper.structure.address` (`PP 3`, `OP 8 (a) (ii)`).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

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


class DocumentKind(StrEnum):
    """What kind of Council document a text is."""

    RESOLUTION = "resolution"
    MISSION_REPORT = "mission_report"
    REPORT = "report"
    PRESIDENTIAL_STATEMENT = "presidential_statement"
    DRAFT = "draft"
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
class Evidence:
    """The phrase that gave a label: `words[start:end]` of the paragraph's text, chapeau or heading, and the rule."""

    phrase: str
    start: int
    end: int
    rule: str
    place: Place = Place.TEXT


@dataclass(frozen=True, slots=True)
class Label:
    """One theme of the vocabulary on one paragraph, with at least one piece of evidence."""

    theme: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One addressed paragraph. `chapeau` joins the words of the paragraphs it completes, outermost first."""

    address: str
    part: Part
    text: str
    heading: str | None = None
    chapeau: str | None = None
    labels: tuple[Label, ...] = ()

    @property
    def is_wps(self) -> bool:
        """Whether the paragraph is WPS content: it carries at least one theme."""
        return bool(self.labels)

    @property
    def themes(self) -> tuple[str, ...]:
        """The names of its themes, in the order of its labels."""
        return tuple(label.theme for label in self.labels)


@dataclass(frozen=True, slots=True)
class Aside:
    """Words that are printed but are no paragraph: kept by name so that nothing of a document is lost.

    `kind` is one of `footnote`, `table`, `heading`, `furniture` (running heads, page numbers, job numbers, the
    distribution and adoption lines). `address` is the paragraph it stands at, or None at the document's head.
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
    in it, in printed order.
    """

    title: str
    addresses: tuple[str, ...]
    themes: tuple[str, ...]
    text: str


class SnapshotState(StrEnum):
    """What became of a fetched body."""

    UNREAD = "unread"
    READ = "read"
    REJECTED = "rejected"  # it is not the document it was fetched as
    FAILED = "failed"  # it could not be read: kept, tried again by the next parser version


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One fetched body at one time. `url` is the canonical address asked for; the body is kept under `body_hash`.

    `symbol` and `language` are what it was fetched as, None when the source does not say. `revision` is the
    source's own name for this state of the file (a git blob id), None where it has none. `id` is 0 until saved.
    """

    source: str
    run: int
    url: str
    final_url: str
    status: int
    etag: str | None
    last_modified: str | None
    media_type: str
    body_hash: str
    size: int
    fetched_at: datetime
    symbol: str | None
    language: str | None
    revision: str | None
    state: SnapshotState = SnapshotState.UNREAD
    reason: str | None = None
    id: int = 0


class ResourceState(StrEnum):
    """Where a listed address stands."""

    LISTED = "listed"  # named by a listing, not fetched yet
    ANNOUNCED = "announced"  # asked for, and the text is not there yet: tried again at `next_attempt_at`
    HELD = "held"  # its present body is archived
    MISSING = "missing"  # no longer in the listing; `missing_runs` complete runs in a row


@dataclass(frozen=True, slots=True)
class Resource:
    """What is remembered of one address of a source between runs: how to ask for it again, and when.

    `is_verified` says that the archived body was checked against `revision`.
    """

    source: str
    url: str
    symbol: str | None
    language: str | None
    state: ResourceState
    revision: str | None = None
    is_verified: bool = False
    etag: str | None = None
    last_modified: str | None = None
    attempts: int = 0
    next_attempt_at: datetime | None = None
    missing_runs: int = 0
    reason: str | None = None


class Outcome(StrEnum):
    """The verdict on a crawl run."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    SUSPECT = "suspect"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RunCounts:
    """What a crawl run met, counted in documents (`listed`, `fetched`, ...) and events (`flags`, `alerts`)."""

    listed: int = 0
    fetched: int = 0
    not_modified: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    blocked: int = 0
    flags: int = 0
    alerts: int = 0


@dataclass(frozen=True, slots=True)
class CrawlRun:
    """One execution of one source. `outcome` and `ended_at` are None while it is open.

    `finish_reason` is how the fetching ended in the spider's own word (`finished`, `blocked`, `shutdown`, ...), None
    until then; `reason` is the verdict in words.
    """

    run: int
    source: str
    started_at: datetime
    ended_at: datetime | None
    outcome: Outcome | None
    reason: str | None
    counts: RunCounts
    finish_reason: str | None = None
    is_baseline: bool = False


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


class ChangeKind(StrEnum):
    """What happened to a paragraph between two versions."""

    ADDED = "added"
    MODIFIED = "modified"
    REMOVED = "removed"
    RESTORED = "restored"
    MOVED = "moved"
    RENUMBERED = "renumbered"


class Cause(StrEnum):
    """Why two versions differ. Only `source` is news."""

    SOURCE = "source"
    WITNESS = "witness"
    PARSER = "parser"
    LABELS = "labels"


@dataclass(frozen=True, slots=True)
class Change:
    """One paragraph's change. `before` is None for added and restored, `after` for removed paragraphs.

    `is_wps` says that its words before or after are WPS content; `themes` are those of the newest words.
    `is_confirmed` is False for a removal that only one run has seen. `reasons` is filled when it is flagged.
    """

    kind: ChangeKind
    symbol: str
    language: str
    address: str
    before_address: str | None
    before: str | None
    after: str | None
    is_wps: bool
    themes: tuple[str, ...]
    cause: Cause
    run: int
    detected_at: datetime
    version: int
    reasons: tuple[str, ...] = ()
    is_confirmed: bool = True
    id: int = 0


class Event(StrEnum):
    """What an alert tells."""

    EXTRACT_NEW = "extract.new"
    EXTRACT_CHANGED = "extract.changed"
    EXTRACT_REMOVED = "extract.removed"
    SOURCE_BLOCKED = "source.blocked"
    SOURCE_FAILED = "source.failed"
    SOURCE_RECOVERED = "source.recovered"


class DeliveryState(StrEnum):
    """Where one alert on one channel stands."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One alert on one channel."""

    alert: str
    channel: str
    state: DeliveryState
    attempts: int
    next_attempt_at: datetime | None
    last_error: str | None
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Alert:
    """What is told once: the flagged extracts of one document in one run, or a source's trouble.

    `id` is made from what it tells, so the same news always has the same id. `payload` is the JSON text that channels
    render (see `monitor.alerts.message`).
    """

    id: str
    event: Event
    run: int
    subject: str
    created_at: datetime
    payload: str
    deliveries: tuple[Delivery, ...] = ()
