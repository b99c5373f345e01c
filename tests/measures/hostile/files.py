"""Gives hostile files to `wpswatch parse`, one at a time as a person would, and says what came of each."""

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from time import monotonic

from tests.measures.hostile.crawling import peak_megabytes
from tests.measures.hostile.pdfs import PDFS
from tests.measures.hostile.play import Held
from tests.measures.hostile.texts import OUTSIDE, TEXTS, XMLS
from tests.measures.hostile.word_files import WORD_FILES
from tests.paths import ROOT

PLACE = "parse"
#: What a reader may take, and what the command itself takes besides.
MOST_MEGABYTES = 2300
MOST_SECONDS = 75.0
OWNED = Path("/tmp/wpswatch-owned")  # noqa: S108 - where a file that climbs out of its package would land


def files() -> Mapping[str, Callable[[], bytes]]:
    """Every file by its name, made when it is asked for. Some bytes are given as one kind alone."""
    pdfs = {f"{name}.pdf": make for name, make in PDFS.items() if name not in {"citing-first", "notice"}}
    xmls = {f"{name}.xml": make for name, make in XMLS.items()}
    return {**pdfs, **xmls, **{f"{name}.docx": make for name, make in WORD_FILES.items()}, **TEXTS}


def parse(name: str, make: Callable[[], bytes]) -> Held:
    """What came of one file."""
    held = Held(PLACE, name, recorded="nothing false", recovered=0, told="nothing")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(make())
        began = monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "monitor.cli.main", "parse", str(path), "--json"],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        held.seconds = monotonic() - began
        left = sorted(other.name for other in Path(folder).iterdir() if other != path)
    held.megabytes = peak_megabytes()
    held.wrong += _wrong(held, done, left)
    return held


def _wrong(held: Held, done: "subprocess.CompletedProcess[str]", left: list[str]) -> list[str]:
    wrong = [f"left {', '.join(left)} behind"] if left or OWNED.exists() else []
    if "Traceback" in done.stderr:
        wrong.append("a traceback")
    if held.megabytes > MOST_MEGABYTES:
        wrong.append(f"took {held.megabytes} MB")
    if held.seconds > MOST_SECONDS:
        wrong.append(f"took {held.seconds:.0f} s")
    if len(name := socket.gethostname()) > 3 and name in Path(OUTSIDE).read_text() and name in done.stdout:
        wrong.append(f"words of {OUTSIDE}")
    try:
        [record] = json.loads(done.stdout)
    except ValueError:
        return [*wrong, f"no record, exit code {done.returncode}"]
    error = record.get("error")
    if error:
        held.outcome = f"refused ({error['code']})"
        wrong += ["a defect of ours"] if error["code"] == "reader-defect" else []
        wrong += [] if done.returncode == 1 else [f"exit code {done.returncode} with an error"]
    else:
        codes = sorted({warning["code"] for warning in record["warnings"]})
        held.outcome = f"read, {len(record['paragraphs'])} paragraphs" + (f" ({', '.join(codes)})" if codes else "")
        wrong += [] if done.returncode == 0 else [f"exit code {done.returncode} without an error"]
    return wrong
