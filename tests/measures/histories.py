"""Drives random histories of two sources through the program and compares what it tells with a small model of the rule.

    python -m tests.measures.histories [COUNT [SEED]]

A history is a list of steps: a resolution is adopted, a paragraph is edited, dropped or put back, a document comes up
at a source, a source is crawled. A crawl may be whole, cut short, suspect, failed, or of some years only, and a source
may be switched on late. At the end both sources are well again. The program runs on a real database; the model knows
nothing of it and keeps four things: when the watch began, which source has had a complete crawl, which documents are
decided, and the words that readers know last.

Prints each history in which they differ, the counts so far every thousand, and the counts at the end; exits with 1 when
one differed. `tests/monitor/noticing/test_histories.py` runs some hundred in each suite, and shrinks what it finds.
"""

import random
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

from storage.models import Paragraph
from storage.records import ChangeKind
from storage.sqlite.database import open_memory
from tests.monitor.conftest import Newsroom, make_paragraph

SOURCES: Final = {"unxml": "akn", "un-resolutions": "pdf"}
START: Final = datetime(2026, 6, 1, 9, tzinfo=UTC)
STEP: Final = timedelta(hours=9)
NEWS_DAYS: Final = 120  # that of the newsroom
DOCUMENTS: Final = 4
PLACES: Final = ("the talks on Libya", "the police of Haiti", "the mission in Mali")
WORDS: Final = ("full", "safe", "equal")  # what an edit puts in the place of what stood there
DROPPED: Final = 2  # the paragraph that may be dropped, and is never edited


class How(StrEnum):
    """How a crawl goes."""

    WHOLE = "whole"
    SOME_YEARS = "some years"
    CUT_SHORT = "cut short"
    SUSPECT = "suspect"
    FAILED = "failed"


class Printed(StrEnum):
    """What date a source's text bears."""

    TRUE = "true"
    NONE = "none"
    YEAR_BEFORE = "year before"


@dataclass(frozen=True)
class Adopt:
    """The next document comes into being."""


@dataclass(frozen=True)
class Appear:
    """A document comes up at a source."""

    document: int
    source: str


@dataclass(frozen=True)
class Edit:
    """A paragraph of a document gets other words; the last one is dropped or put back."""

    document: int
    paragraph: int
    word: int


@dataclass(frozen=True)
class Crawl:
    """A crawl that brings at most so many bodies (all when it is whole), and looks again at what it holds, or not."""

    source: str
    how: How
    most: int = 9
    looks: bool = True


Step = Adopt | Appear | Edit | Crawl


@dataclass(frozen=True)
class Setting:
    """What is so from the start: how many documents are old and recent then, and what date each source prints."""

    old: int
    recent: int
    printed: tuple[tuple[Printed, Printed], ...]


@dataclass(frozen=True)
class History:
    """A setting and what happens in it."""

    setting: Setting
    steps: tuple[Step, ...]


@dataclass(frozen=True, order=True)
class Told:
    """One thing that readers were told: new or changed words, or words that are gone."""

    document: int
    paragraph: int
    words: str
    is_gone: bool = False


Text = tuple[int | None, ...]  # the word of each paragraph, None for one that is dropped


@dataclass
class World:
    """The documents as they are."""

    setting: Setting
    now: datetime = START
    adopted: dict[int, date] = field(default_factory=dict)
    texts: dict[int, Text] = field(default_factory=dict)
    there: set[tuple[int, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        for number in range(self.setting.old + self.setting.recent):
            is_old = number < self.setting.old
            self.adopted[number] = (START - timedelta(days=220 if is_old else 12)).date() + timedelta(days=number)
            self.texts[number] = (0, 0, 0)
            self.there |= {(number, source) for source in SOURCES}

    def adopt(self) -> None:
        number = len(self.adopted)
        if number < DOCUMENTS:
            self.adopted[number] = self.now.date()
            self.texts[number] = (0, 0, 0)

    def edit(self, step: Edit) -> None:
        text = self.texts.get(step.document)
        if text is None:
            return
        is_dropped = text[DROPPED] is None
        word = (0 if is_dropped else None) if step.paragraph == DROPPED else step.word
        self.texts[step.document] = (*text[: step.paragraph], word, *text[step.paragraph + 1 :])

    def symbol(self, number: int) -> str:
        return f"S/RES/{9 + 9 * number} ({self.adopted[number].year})"  # low ones: the ledger counts from 1

    def printed(self, number: int, source: str) -> date | None:
        how = self.setting.printed[number][list(SOURCES).index(source)]
        day = self.adopted[number]
        return {Printed.TRUE: day, Printed.NONE: None, Printed.YEAR_BEFORE: day - timedelta(days=365)}[how]

    def at(self, source: str) -> dict[int, Text]:
        """What a source shows now."""
        return {number: self.texts[number] for number, where in sorted(self.there) if where == source}


# The program


@dataclass
class Program:
    """The program on a database of its own."""

    room: Newsroom
    held: dict[tuple[int, str], Text] = field(default_factory=dict)

    def crawl(self, world: World, step: Crawl) -> None:
        """One crawl: bodies that are other than those held, and the verdict."""
        room = self.room
        room.now = world.now
        run = room.open(step.source)
        for number in fetched(world, step, self.held):
            words = paragraphs(number, world.texts[number])
            day = world.printed(number, step.source)
            room.publish(
                run, world.symbol(number), words, source=step.source, reader=SOURCES[step.source], adopted_on=day,
                stamp=str(room.now),
            )  # fmt: skip
            self.held[number, step.source] = world.texts[number]
        if step.looks and step.how is not How.FAILED:
            for number, source in self.held:
                if source == step.source:
                    room.look(world.symbol(number), source)
        ends = {How.CUT_SHORT: "shutdown", How.SUSPECT: "blocked", How.FAILED: "listing-failed"}
        counts = {"blocked": 3} if step.how is How.SUSPECT else {}
        room.fetched(run, ends.get(step.how, "finished"), **counts)
        room.notice(run, step.source, may_be_baseline=step.how is not How.SOME_YEARS)

    def told(self, world: World) -> Counter[Told]:
        """What readers were told."""
        numbers = {world.symbol(number): number for number in world.adopted}
        flagged = [change for change in self.room.changes() if change.reasons]
        found = Counter(
            Told(numbers[change.symbol], *read_words(change.after or change.before or ""), change.after is None)
            for change in flagged
        )
        in_alerts = sum(
            len(self.room.news(alert).extracts) for alert in self.room.alerts() if alert.event.startswith("extract.")
        )
        assert in_alerts == len(flagged), "each flagged change is in one alert"
        assert all((change.kind is ChangeKind.REMOVED) == (change.after is None) for change in flagged)
        return found


def fetched(world: World, step: Crawl, held: dict[tuple[int, str], Text]) -> list[int]:
    """The documents whose bodies a crawl brings."""
    if step.how is How.FAILED:
        return []
    due = [number for number, text in world.at(step.source).items() if held.get((number, step.source)) != text]
    return due if step.how is How.WHOLE else due[: step.most]


def paragraphs(number: int, text: Text) -> list[Paragraph]:
    """A document's text: one paragraph that says nothing of women, and those that do."""
    address = iter(range(1, 9))
    found = [make_paragraph(f"OP {next(address)}", f"Decides to extend mandate {number} of the mission")]
    for place, word in zip(PLACES, text, strict=True):
        if word is not None:
            words = f"Calls for the {WORDS[word]} participation of women of all ages in {place}, number {number}"
            found.append(make_paragraph(f"OP {next(address)}", words, "Participation"))
    return found


def read_words(text: str) -> tuple[int, str]:
    """Which paragraph words are of, and the word that may be edited."""
    place = next(n for n, words in enumerate(PLACES) if words in text)
    return place, text.split()[3]


# The model


@dataclass
class Model:
    """What readers should be told, from the rule in words."""

    watch_began_on: date | None = None
    had_complete: set[str] = field(default_factory=set)
    last_word: dict[str, bool] = field(default_factory=dict)  # whether a source's last telling run was well
    decided: set[int] = field(default_factory=set)  # told, or let go by quietly
    known: dict[tuple[int, int], int | None] = field(default_factory=dict)  # the words that readers know last
    looked_at: dict[tuple[int, str], Text] = field(default_factory=dict)  # as the monitor saw them last
    waiting: dict[str, list[tuple[int, Text]]] = field(default_factory=lambda: {name: [] for name in SOURCES})
    fetched: dict[tuple[int, str], Text] = field(default_factory=dict)
    first_fetched_on: dict[int, date] = field(default_factory=dict)
    made: list[tuple[int, int, int | None, int | None, str, int]] = field(default_factory=list)
    pending: dict[tuple[int, str], int] = field(default_factory=dict)  # dropped words, and the crawl that missed them
    seen_in: dict[tuple[int, str], int] = field(default_factory=dict)
    crawls: int = 0
    told: Counter[Told] = field(default_factory=Counter)

    def crawl(self, world: World, step: Crawl) -> None:
        """One crawl of a source."""
        self.crawls += 1
        brought = fetched(world, step, self.fetched)
        for number in brought:
            self.fetched[number, step.source] = world.texts[number]
            self.waiting[step.source].append((number, world.texts[number]))
            self.first_fetched_on.setdefault(number, world.now.date())
        is_complete = step.how in (How.WHOLE, How.SOME_YEARS) and self._holds_any(step.source)
        is_well = is_complete or (step.how is How.CUT_SHORT and self.last_word.get(step.source, True))
        if is_complete or step.how is not How.CUT_SHORT:
            self.last_word[step.source] = is_complete
        if is_well:
            self._notice(world, step, is_whole=is_complete and step.how is How.WHOLE)
        if is_complete and step.source in self.had_complete:
            self._settle(step.source, {number for number, _ in self.fetched} if step.looks else {*brought})
        if is_complete and step.how is How.WHOLE:
            self.had_complete.add(step.source)

    def _holds_any(self, source: str) -> bool:
        return any(where == source for _, where in self.fetched)

    def _notice(self, world: World, step: Crawl, *, is_whole: bool) -> None:
        if self.watch_began_on is None:
            if is_whole:
                self.watch_began_on = world.now.date()
                for number, text in self._take(step.source):
                    self._let_by(number, text, step.source, is_again=True)
            return
        quiet_now: dict[int, bool] = {}  # whether it was this source that let the document go by
        kept = []
        for number, text in self._take(step.source):
            is_first = (number, step.source) not in self.looked_at
            if number in quiet_now:
                self._let_by(number, text, step.source, is_again=quiet_now[number])
            elif not is_first:
                self._compare(number, text, step.source)
            elif any(number == waiting for waiting, _ in kept):
                kept.append((number, text))
            elif number in self.decided:
                if is_whole or step.source in self.had_complete:
                    self._see(number, text, step.source)
                    if step.source not in self.had_complete:
                        quiet_now[number] = False
                else:
                    kept.append((number, text))
            elif self._is_news(world, number, step.source):
                self._tell_new(number, text, step.source)
            elif is_whole or step.source in self.had_complete:
                self._let_by(number, text, step.source)
                if step.source not in self.had_complete:
                    quiet_now[number] = True
            else:
                kept.append((number, text))
        self.waiting[step.source] = kept

    def _take(self, source: str) -> list[tuple[int, Text]]:
        taken, self.waiting[source] = self.waiting[source], []
        return taken

    def _is_news(self, world: World, number: int, source: str) -> bool:
        """By its date: not old, and since the watch began, unless its source has had its first complete crawl."""
        adopted = world.adopted[number]
        if (START.date() - adopted).days > NEWS_DAYS:
            return False
        began_on = self.watch_began_on or adopted
        is_sure = world.printed(number, source) == adopted
        # what was fetched before the watch began was adopted before it, whatever date it bears
        is_before = (is_sure and adopted < began_on) or self.first_fetched_on[number] < began_on
        return source in self.had_complete or not is_before

    def _tell_new(self, number: int, text: Text, source: str) -> None:
        self._let_by(number, text, source)
        for paragraph, word in enumerate(text):
            if word is not None:
                self.told[Told(number, paragraph, WORDS[word])] += 1
                self.made.append((number, paragraph, None, word, source, self.crawls))

    def _let_by(self, number: int, text: Text, source: str, *, is_again: bool = False) -> None:
        if is_again or number not in self.decided:
            self.decided.add(number)
            self.known |= {(number, paragraph): word for paragraph, word in enumerate(text)}
        self._see(number, text, source)

    def _see(self, number: int, text: Text, source: str) -> None:
        self.looked_at[number, source] = text
        self.seen_in[number, source] = self.crawls

    def _compare(self, number: int, text: Text, source: str) -> None:
        """What a source changed since it was looked at: told unless readers know it, or another made it since."""
        before, since = self.looked_at[number, source], self.seen_in[number, source]
        for paragraph, (old, new) in enumerate(zip(before, text, strict=True)):
            if old == new:
                continue
            if old is None and self.pending.pop((number, source), None) is not None:
                continue
            is_following = self._follows(number, paragraph, old, new, source, since)
            if is_following or self.known[number, paragraph] == new:
                continue
            if new is None:
                self.pending[number, source] = self.crawls
                continue
            self.known[number, paragraph] = new
            self.told[Told(number, paragraph, WORDS[new])] += 1
            self.made.append((number, paragraph, old, new, source, self.crawls))
        self._see(number, text, source)

    def _follows(self, number: int, paragraph: int, old: int | None, new: int | None, source: str, since: int) -> bool:
        return any(
            made[:4] == (number, paragraph, old, new) and made[4] != source and made[5] > since for made in self.made
        )

    def _settle(self, source: str, looked_at: set[int]) -> None:
        """Dropped words are told to be gone when a later crawl has looked and misses them too."""
        for (number, where), missed_in in sorted(self.pending.items()):
            if where != source or missed_in == self.crawls or number not in looked_at:
                continue
            del self.pending[number, where]
            if self.fetched[number, source][DROPPED] is not None:
                continue
            if self.known[number, DROPPED] is not None:
                self.known[number, DROPPED] = None
                self.told[Told(number, DROPPED, WORDS[0], is_gone=True)] += 1
                self.made.append((number, DROPPED, 0, None, source, self.crawls))


# Histories


def play(history: History) -> tuple[Counter[Told], Counter[Told]]:
    """What the program told, and what the model says."""
    world, model = World(history.setting), Model()
    db = _fresh()
    program = Program(Newsroom(db))
    try:
        for step in (*history.steps, *_recovery()):
            world.now += STEP
            match step:
                case Adopt():
                    world.adopt()
                case Appear():
                    if step.document in world.adopted:
                        world.there.add((step.document, step.source))
                case Edit():
                    world.edit(step)
                case Crawl():
                    program.crawl(world, step)
                    model.crawl(world, step)
        return program.told(world), model.told
    finally:
        db.close()


def _recovery() -> Iterator[Step]:
    """In the end both sources show all and are well."""
    for source in SOURCES:
        yield from (Appear(number, source) for number in range(DOCUMENTS))
    for _ in range(3):
        for source in SOURCES:
            yield Crawl(source, How.WHOLE)


_TEMPLATE: list[sqlite3.Connection] = []


def _fresh() -> sqlite3.Connection:
    """A fresh database, copied from one that is migrated once."""
    if not _TEMPLATE:
        _TEMPLATE.append(open_memory())
    db = sqlite3.connect(":memory:", isolation_level=None)
    _TEMPLATE[0].backup(db)
    db.row_factory = sqlite3.Row
    db.execute("PRAGMA foreign_keys = ON")
    return db


def random_history(chance: random.Random) -> History:
    """One history; crawls are half of its steps."""
    printed = tuple(
        (chance.choices(list(Printed), (6, 1, 1))[0], chance.choices(list(Printed), (6, 1, 1))[0])
        for _ in range(DOCUMENTS)
    )
    setting = Setting(chance.randint(1, 2), chance.randint(0, 1), printed)
    late = chance.choice([None, None, *SOURCES])
    steps: list[Step] = []
    length = chance.randint(4, 26)
    for at in range(length):
        number, source = chance.randrange(DOCUMENTS), chance.choice(list(SOURCES))
        kind = chance.random()
        if kind < 0.5:
            if source == late and at < length / 2:
                continue
            how = chance.choices(list(How), (6, 1, 2, 2, 2))[0]
            steps.append(Crawl(source, how, chance.randint(0, 3), chance.random() < 0.7))
        elif kind < 0.62:
            steps.append(Adopt())
        elif kind < 0.78:
            steps.append(Appear(number, source))
        else:
            steps.append(Edit(number, chance.randrange(len(PLACES)), chance.randrange(len(WORDS))))
    return History(setting, tuple(steps))


def main(arguments: Sequence[str]) -> int:
    """Play the histories."""
    count, seed = (int(arguments[n]) if len(arguments) > n else default for n, default in ((0, 1000), (1, 1325)))
    chance = random.Random(seed)  # noqa: S311 - histories, no secrets
    started_at, differed, crawls, told = time.monotonic(), 0, 0, 0
    for number in range(1, count + 1):
        history = random_history(chance)
        found, expected = play(history)
        crawls += sum(isinstance(step, Crawl) for step in history.steps)
        told += found.total()
        if found != expected:
            differed += 1
            print(f"history {number} differs: {history}")
            print(f"  told and should not be: {sorted((found - expected).elements())}")
            print(f"  not told: {sorted((expected - found).elements())}", flush=True)
        if number % 1000 == 0 or number == count:
            seconds = time.monotonic() - started_at
            print(
                f"{number} histories, {crawls} crawls, {told} extracts told: {number - differed} as the model says, "
                f"{differed} not ({seconds:.0f} s)",
                flush=True,
            )
    return int(differed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
