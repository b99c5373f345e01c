"""Checks the ledger over a corpus: crawls it from a local mirror, then compares each number with the files' names.

    python -m tests.measures.sources.ledger CORPUS

A resolution or statement of which the corpus has a file must be held, a resolution that only the library's data names
must be announced, every other number below the highest must be missing. Prints the counts of each series, the numbers
that stand otherwise, what sources contradict, and how long `wpswatch ledger --json` took; exits with 1 when a number
stands otherwise.
"""

import json
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from monitor.ledger.series import few_ranges
from tests.servers.corpus_server import Handler, answers, corpus_paths, other_paths

SETTINGS = '[network]\nmirror = "http://127.0.0.1:{port}"\ndelay_seconds = 0\n[sources.unxml.expect]\nmin_listed = 1\n'
# "S_RES_2825-2609566E.xml", "SC_2561_2021-E.xml", "S_PRST_2006_42_0-0658865E.xml"
RESOLUTION = re.compile(r"(?:S_RES[_-]|SC_)(\d+)")
STATEMENT = re.compile(r"S_PRST_(\d{4})_(\d+)(?!\d)(?!_(?:Add|Corr|Rev))")
NAMED = re.compile(r'"symbol":\s*"\s*S/RES/(\d+)')

Numbers = dict[str, set[int]]


def numbers_of_files(corpus: Path) -> Numbers:
    """The numbers of each series of which the corpus has an English text, by the names of its files."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for path in {**corpus_paths(corpus), **other_paths(corpus)}:
        name = path.rsplit("/", 1)[-1]
        if statement := STATEMENT.match(name):
            if path.startswith("PRST/"):
                found[f"S/PRST/{statement[1]}"].add(int(statement[2]))
        elif resolution := RESOLUTION.match(name):
            found["S/RES"].add(int(resolution[1]))
    return dict(found)


def numbers_of_data(corpus: Path) -> set[int]:
    """The resolutions that the library's yearly data names."""
    files = (corpus / "unxml-data-extract").glob("*.json")
    return {int(number) for file in files for number in NAMED.findall(file.read_text("utf-8"))}


def expected_states(held: Numbers, named: set[int]) -> dict[str, dict[int, str]]:
    """How each number up to the highest known one must stand."""
    states = {}
    for series, numbers in held.items():
        announced = named - numbers if series == "S/RES" else set()
        states[series] = {
            number: "held" if number in numbers else "announced" if number in announced else "missing"
            for number in range(1, max(numbers | announced) + 1)
        }
    return states


def differences(ledger: dict[str, Any], expected: dict[str, dict[int, str]]) -> list[str]:
    """One line for each number that stands otherwise than the names of the files say."""
    found = {one["series"]: {entry["number"]: entry["state"] for entry in one["entries"]} for one in ledger["series"]}
    lines = []
    for series in sorted(found.keys() | expected.keys()):
        have, want = found.get(series, {}), expected.get(series, {})
        lines += [
            f"{series}/{number}: expected {want.get(number)}, found {have.get(number)}"
            for number in sorted(have.keys() | want.keys())
            if have.get(number) != want.get(number)
        ]
    return lines


@contextmanager
def served(corpus: Path) -> Iterator[int]:
    """The corpus as a mirror on loopback; gives its port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, answers(corpus, is_whole=True)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def main() -> int:
    """Crawl, compare, print."""
    corpus = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder, served(corpus) as port:
        settings = Path(folder) / "wpswatch.toml"
        settings.write_text(SETTINGS.format(port=port))
        program = [sys.executable, "-m", "monitor.cli.main", "--config", str(settings), "--data", folder]
        subprocess.run([*program, "crawl", "unxml"], check=True, stdout=subprocess.DEVNULL)
        begun = time.monotonic()
        done = subprocess.run([*program, "ledger", "--json"], check=True, capture_output=True)
        seconds = time.monotonic() - begun
    ledger = json.loads(done.stdout)
    for one in ledger["series"]:
        missing = [entry["number"] for entry in one["entries"] if entry["state"] == "missing"]
        counts = f"held {one['held']} of {one['highest']}, announced {one['announced']}, missing {one['missing']}"
        print(f"{one['series']}: {counts}{': ' if missing else ''}{few_ranges(missing)}")
    for found in ledger["contradictions"]:
        told = ", ".join(f"{json.dumps(one['value'])} ({one['source']} {one['origin']})" for one in found["values"])
        print(f"contradiction: {found['symbol']}, {found['field']}: {told}")
    wrong = differences(ledger, expected_states(numbers_of_files(corpus), numbers_of_data(corpus)))
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(f"{len(wrong)} numbers stand otherwise than the files say; ledger --json took {seconds:.2f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
