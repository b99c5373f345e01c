"""The values of what happens, as frozen dataclasses: what was fetched, each crawl run, each change and what is told.

Like `storage.models`, whose conventions hold here: nothing reads, writes or decides.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class SnapshotState(StrEnum):
    """What became of a fetched body."""

    UNREAD = "unread"
    READ = "read"
    REJECTED = "rejected"  # it is not the document it was fetched as
    FAILED = "failed"  # it could not be read: kept, tried again by the next parser version


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """Where in which archive a body stood: its path there, the hash of the whole archive, the address that gave it."""

    path: str
    archive_sha256: str
    archive_url: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was asked and answered: headers in their order. `asked_url` names the host really asked, a mirror too.

    What would let a reader log in has been taken out of both. `member` is given where the answer was an archive of many
    files; the exchange is the archive's then.
    """

    asked_url: str
    request_headers: tuple[tuple[str, str], ...]
    answer_headers: tuple[tuple[str, str], ...]
    member: ArchiveMember | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One fetched body at one time. `url` is the canonical address asked for; the body is kept under `body_hash`.

    `symbol` and `language` are what it was fetched as, None when the source does not say. `revision` is the
    source's own name for this state of the file (a git blob id), None where it has none. `id` is 0 until saved.
    `exchange` is given when it is saved, and read back by `storage.fetched.snapshot_chain`.
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
    exchange: Exchange | None = None


class ResourceState(StrEnum):
    """Where a listed address stands."""

    LISTED = "listed"  # named by a listing, not fetched yet
    ANNOUNCED = "announced"  # asked for, and the text is not there yet: tried again at `next_attempt_at`
    HELD = "held"  # its present body is archived
    MISSING = "missing"  # no longer in the listing; `missing_runs` complete runs in a row


@dataclass(frozen=True, slots=True)
class Resource:
    """What is remembered of one address of a source between runs: how to ask for it again, and when.

    `is_verified` says that the archived body was checked against `revision`. `looked_at` is when an answer last said
    what body stands there: with the body itself, at `whole_at` for the last time, or by "not modified", `echoed` times
    since.
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
    looked_at: datetime | None = None
    whole_at: datetime | None = None
    echoed: int = 0


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
    RENEWAL_CHANGED = "renewal.changed"  # in place of `extract.new`, where the new document renews a mandate
    RENEWAL_SILENT = "renewal.silent"  # and says nothing about women any more
    RENEWAL_ROLLOVER = "renewal.rollover"  # a mandate goes on as it is for some more time: a line, no alarm
    RENEWAL_DUE = "renewal.due"  # a mandate expires soon: a reminder, no news
    SOURCE_BLOCKED = "source.blocked"
    SOURCE_FAILED = "source.failed"
    SOURCE_SUSPECT = "source.suspect"
    SOURCE_SILENT = "source.silent"
    SOURCE_RECOVERED = "source.recovered"
    SOURCE_DOCUMENT_FAILED = "source.document_failed"
    SOURCE_GAP = "source.gap"
    SOURCE_GAP_CLOSED = "source.gap_closed"
    CHANNEL_MUTED = "channel.muted"
    CHANNEL_FAILING = "channel.failing"  # nothing could be sent on it for long
    DIGEST = "digest"
    TEST = "test"


class DeliveryState(StrEnum):
    """Where one alert on one channel stands."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"  # for good: the last attempt is made, or another could not help
    SUPPRESSED = "suppressed"  # never sent, because the channel was muted


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one recipient of a delivery did: took it, or refused it for good in the words of `error`."""

    recipient: str
    error: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """One alert on one channel. `last_error` is also why it was suppressed.

    One that `is_member` is told in a digest: `digest` is that alert's id, None until the digest is formed; state,
    attempts and times are the digest's then. `receipts` are kept by channels with several recipients.
    """

    alert: str
    channel: str
    state: DeliveryState
    attempts: int
    next_attempt_at: datetime | None
    last_error: str | None
    sent_at: datetime | None
    is_member: bool = False
    digest: str | None = None
    receipts: tuple[Receipt, ...] = ()


@dataclass(frozen=True, slots=True)
class Mute:
    """A channel that is told nothing. `until` is None when only a person ends it."""

    channel: str
    muted_at: datetime
    until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Alert:
    """What is told once: the flagged extracts of one document in one run, or a source's trouble.

    `id` is made from what it tells, so the same news always has the same id. `payload` is the JSON text that channels
    render (see `monitor.alerts.words.message`).
    """

    id: str
    event: Event
    run: int
    subject: str
    created_at: datetime
    payload: str
    deliveries: tuple[Delivery, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldBody:
    """What is held of one address: since when, and whence the newest body came.

    `dated` is when its document was adopted, or else published; None where no text of it says so.
    """

    symbol: str
    since: datetime
    final_url: str
    dated: date | None


@dataclass(frozen=True, slots=True)
class DocumentFailure:
    """An address that gave no document which is believed: since when, in how many runs that asked for it, and why.

    `symbol` and `language` are None for a file of many documents.
    """

    source: str
    url: str
    symbol: str | None
    language: str | None
    since: datetime
    runs: int
    last_run: int
    reason: str
    is_told: bool

    @property
    def name(self) -> str:
        """What it is called in words: the document with its language, else the address."""
        if self.symbol is None:
            return self.url
        return f"{self.symbol} ({self.language})" if self.language else self.symbol
