"""What spiders yield: a body untouched, with where it came from and what is to be remembered of its address.

The other thing a spider yields is a `Resource` of `storage.records`: an address of which this run brought no new body
("not modified", "not there yet", "failed"), with what is to be remembered of it. An
`Announcement` is for another source.
"""

from dataclasses import dataclass, field
from datetime import datetime

from storage.models import Fact
from storage.records import Exchange, Resource


@dataclass(frozen=True, slots=True)
class FetchedDocument:
    """One body as the source gave it.

    `resource` is the address that was asked for (a listed file, a symbol address) as it is to be remembered once the
    body is archived: its symbol, language, revision and validators. `final_url` is the address that gave the body.
    `exchange` is None where nothing recorded it.
    """

    resource: Resource
    final_url: str
    status: int
    media_type: str
    fetched_at: datetime
    body: bytes = field(repr=False)  # Scrapy logs items: a body never goes to a log
    exchange: Exchange | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Listing:
    """One listing as a run read it.

    `page` carries the listing's own validators. It is remembered only when the run did all that the listing asked for,
    so that "not modified" always means "nothing to do". `urls` names every document that is listed; `is_whole` says
    that nothing is known to be missing from them, so that a held document which is not among them is gone. `facts` is
    what the listing itself tells of documents; `withdrawn` are addresses that it names no more, and that gave no text;
    `kept` are symbols of which an earlier reading of it still holds.
    """

    page: Resource
    urls: frozenset[str]
    is_whole: bool
    facts: tuple[Fact, ...] = ()
    withdrawn: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Announcement:
    """A document that one source has heard of and another one fetches; remembered if that one knows nothing of it."""

    resource: Resource


@dataclass(frozen=True, slots=True)
class DocumentFailed:
    """A document that its source did not give, and why; a refusal of the whole source is none."""

    resource: Resource
    reason: str
    at: datetime
