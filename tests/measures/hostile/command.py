"""The command: chooses rows, plays them two at a time in processes of their own, and prints what came of each."""

import argparse
import json
import logging
import os
import pickle
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from time import monotonic

from tests.measures.hostile.files import PLACE, files, parse
from tests.measures.hostile.places import Row, rows
from tests.measures.hostile.play import Held, Undisturbed, first_day, play, undisturbed
from tests.measures.hostile.sites import Stage, stages

TOGETHER = 2
LONGEST_SECONDS = 300

Work = Callable[[], Held]


def main(arguments: Sequence[str]) -> int:
    """Play what was chosen; 1 when something did not hold."""
    chosen = _parser().parse_args(arguments)
    logging.disable()  # what the program says of hostile answers is part of the play
    began = monotonic()
    met: list[Held] = []
    with tempfile.TemporaryDirectory() as name:
        works = _works(chosen, Path(name))
        if not works:
            sys.stderr.write("no such place and answer\n")
            return 2
        for number, held in enumerate(_played(works), 1):
            met.append(held)
            sys.stderr.write(f"{number} of {len(works)}, {monotonic() - began:.0f} s: {held.place} {held.answer}\n")
            sys.stderr.flush()
            if not chosen.json:
                print(_line(held), flush=True)
    if chosen.json:
        print(json.dumps([asdict(held) for held in met], indent=1, ensure_ascii=False))
    lost = [held for held in met if held.wrong]
    summary = f"held {len(met) - len(lost)} of {len(met)}, in {monotonic() - began:.0f} s"
    print(summary, file=sys.stderr if chosen.json else sys.stdout)
    for held in lost if not chosen.json else ():
        print(f"  not held: {held.place} {held.answer}: {'; '.join(held.wrong)}")
    return int(bool(lost))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.measures.hostile")
    parser.add_argument("--place", default="*", help="only these places, such as 'un-resolutions-*' or parse")
    parser.add_argument("--answer", default="*", help="only these answers, such as gzip-bomb-2G or 'table-*'")
    parser.add_argument("--json", action="store_true", help="print the results as JSON")
    return parser


def _works(chosen: argparse.Namespace, folder: Path) -> list[tuple[Held, Work]]:
    """What is to be played, each with the words that stand for it until it is."""

    def is_wanted(place: str, answer: str) -> bool:
        return fnmatch(place, chosen.place) and fnmatch(answer, chosen.answer)

    wanted = [row for row in rows() if is_wanted(row.place, row.answer)]
    grounds = {}
    for source, stage in stages().items():
        if any(row.source == source for row in wanted):
            sys.stderr.write(f"the first day of {source}\n")
            ground = folder / source
            ground.mkdir()
            grounds[source] = (stage, ground, _in_a_process(partial(_prepared, stage, ground)))
    plays = [(Held(row.place, row.answer), _work(row, *grounds[row.source])) for row in wanted]
    parsed = [
        (Held(PLACE, name), partial(parse, name, make)) for name, make in files().items() if is_wanted(PLACE, name)
    ]
    return [*plays, *parsed]


def _prepared(stage: Stage, ground: Path) -> Undisturbed:
    first_day(stage, ground)
    return undisturbed(stage, ground)


def _work(row: Row, stage: Stage, ground: Path, true: Undisturbed) -> Work:
    return lambda: play(stage, ground, row.hostile, true, Held(row.place, row.answer))


def _played(works: Sequence[tuple[Held, Work]]) -> Iterator[Held]:
    """What came of each, as it comes."""
    waiting = list(reversed(works))
    running: dict[int, tuple[Held, int]] = {}
    while waiting or running:
        while waiting and len(running) < TOGETHER:
            held, work = waiting.pop()
            number, pipe = _started(work)
            running[number] = (held, pipe)
        number, status = os.wait()  # an answer is short: the pipe holds it
        held, pipe = running.pop(number)
        with os.fdopen(pipe, "rb") as answer:
            told = answer.read()
        if told:
            yield pickle.loads(told)  # noqa: S301 - written by our own process
        else:
            held.wrong.append(f"the play ended with {os.waitstatus_to_exitcode(status)} and without a word")
            yield held


def _in_a_process(work: Callable[[], object]) -> object:
    """What a function gives that is called in a process of its own: this one stays without threads."""
    number, pipe = _started(work)
    with os.fdopen(pipe, "rb") as answer:
        told = answer.read()
    os.waitpid(number, 0)
    return pickle.loads(told)  # noqa: S301 - written by our own process


def _started(work: Callable[[], object]) -> tuple[int, int]:
    """A process that does the work, and the pipe by which it answers: short enough for the pipe to hold."""
    reading, writing = os.pipe()
    number = os.fork()
    if number:
        os.close(writing)
        return number, reading
    try:
        os.close(reading)
        signal.alarm(LONGEST_SECONDS)
        answer = pickle.dumps(work())
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(answer)
    except Exception:  # noqa: BLE001 - told, and the missing answer counts as a play that is lost
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(0)


def _line(held: Held) -> str:
    if held.place == PLACE:
        mark = "  NOT HELD: " + "; ".join(held.wrong) if held.wrong else ""
        return f"{held.place} × {held.answer}: {held.outcome}; {held.megabytes} MB, {held.seconds:.0f} s{mark}"
    is_well = "never well again" if held.recovered is None else f"well after {held.recovered} d"
    mark = "  NOT HELD: " + "; ".join(held.wrong) if held.wrong else ""
    return (
        f"{held.place} × {held.answer}: {held.outcome}; recorded {held.recorded}; {is_well}; told {held.told}; "
        f"{held.megabytes} MB, {held.seconds:.0f} s{mark}"
    )
