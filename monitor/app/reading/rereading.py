"""Reads a body again with today's parser, in a process with limits: for those who check what was once read."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.models import ParsedDocument


@dataclass(frozen=True, slots=True)
class Fetched:
    """A body as it came, and what it was fetched as."""

    body: bytes
    url: str
    media_type: str
    symbol: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Unread:
    """Why today's parser reads no document from a body."""

    why: str


def parser_version() -> str:
    """The version of today's parser."""
    from scraper.ingest.extraction import PARSER_VERSION

    return PARSER_VERSION


def read_again(fetched: Fetched) -> "ParsedDocument | Unread":
    """What today's parser reads from a body, or why it reads nothing."""
    import storage.models  # noqa: F401 - both processes need it: it is loaded before they part
    from monitor.app.guarded import Lost, guarded

    answer = next(iter(guarded(_read, [fetched])))
    return Unread(answer.message) if isinstance(answer, Lost) else answer


def _read(fetched: Fetched) -> "ParsedDocument | Unread":
    from scraper.errors import BodyError
    from scraper.ingest.extraction import extract

    try:
        return extract(
            fetched.body,
            url=fetched.url,
            media_type=fetched.media_type,
            symbol=fetched.symbol,
            language=fetched.language,
        )
    except BodyError as error:
        return Unread(error.message)
    except Exception as error:  # noqa: BLE001 - the process can only answer: it is told as what it is
        return Unread(f"{type(error).__name__}: {error}")
