"""How far a crawl is, as one line of JSON that its process tells to whoever started it (pure)."""

import json
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Step:
    """What a crawl asks for and has.

    Of `documents` `done` are answered; `archived` of them come as one archive, of which `archive_bytes` are here.
    `left_over` are due and left for later runs. `polite_seconds` is what the pauses between all requests take at
    least, the archive's own time left out. `seconds_left` is None while nobody can tell. A source that does not know
    beforehand how much there is has 0 documents, and counts what was answered.

    `listed` entries were read of the listing, `shape` says in words what they are made of; `reason` is what the crawl
    has to remark. `paces` holds the seconds between two requests to each host whose robots.txt was asked for.
    """

    source: str
    documents: int
    done: int
    archived: int
    archive_bytes: int
    left_over: int
    delay_seconds: float
    polite_seconds: float
    seconds_left: float | None
    listed: int = 0
    shape: str | None = None
    reason: str | None = None
    paces: dict[str, float] = field(default_factory=dict)

    def to_line(self) -> str:
        """The line, with its end."""
        return f"{json.dumps(asdict(self))}\n"

    @classmethod
    def from_line(cls, line: str) -> "Step":
        """The step that `to_line` wrote."""
        return cls(**json.loads(line))


def seconds_left(left: int, each: float, passed: float, done: int) -> float:
    """The seconds that so many documents still take: at the pace so far, and never faster than politeness lets.

    >>> seconds_left(100, each=1.0, passed=0.0, done=0)
    100.0
    >>> seconds_left(100, each=1.0, passed=30.0, done=10)
    300.0
    """
    return left * max(each, passed / done if done else 0.0)
