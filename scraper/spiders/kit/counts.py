"""What a crawl run has met so far, counted by the spider and the archive, read by the run record at the end."""

from dataclasses import dataclass, field

from scraper.spiders.kit.to_disk import Sink
from storage.credentials import without_credentials
from storage.records import RunCounts

NOTES_KEPT = 8
LISTING_DOUBTED = "listing-doubted"


@dataclass(slots=True)
class Tally:
    """The counts of one run, the notes that explain them, and the reason to end early if there is one.

    `shape` says in words what the listing is made of. `asked` counts documents that are asked for, `left_over` those
    that were due but are not; `archived` those that are asked for as one archive, `archive` is where that goes while
    it is under way. `finish_reason` is None while nothing speaks against an ordinary end.
    """

    listed: int = 0
    shape: str | None = None
    fetched: int = 0
    unchanged: int = 0
    not_modified: int = 0
    failed: int = 0
    blocked: int = 0
    asked: int = 0
    archived: int = 0
    archive: Sink | None = None
    left_over: int = 0
    finish_reason: str | None = None
    notes: list[str] = field(default_factory=list)
    unsaid: int = 0

    @property
    def has_answers(self) -> bool:
        """Whether any document was answered as a document: a body, or "not modified"."""
        return self.fetched + self.not_modified > 0

    @property
    def is_clean(self) -> bool:
        """Whether everything that was due was asked for and answered."""
        return self.failed == self.blocked == self.left_over == 0 and self.finish_reason is None

    def doubt_listing(self, doubt: str) -> None:
        """Keeps why a listing cannot be trusted; the run goes on, and is suspect."""
        self.finish_reason = self.finish_reason or LISTING_DOUBTED
        self.note(doubt)

    def note(self, text: str) -> None:
        """Keeps a sentence for the run's reason; of many only the first few, and how many there were."""
        text = without_credentials(text)
        if text in self.notes:
            return
        if len(self.notes) < NOTES_KEPT:
            self.notes.append(text)
        else:
            self.unsaid += 1

    def reason(self) -> str | None:
        """The run's reason in words, None when there is nothing to say."""
        more = [f"and {self.unsaid} more"] if self.unsaid else []
        return "; ".join([*self.notes, *more]) or None

    def counts(self) -> RunCounts:
        """The counts as they are recorded."""
        return RunCounts(
            listed=self.listed,
            fetched=self.fetched,
            not_modified=self.not_modified,
            unchanged=self.unchanged,
            failed=self.failed,
            blocked=self.blocked,
        )
