"""Kills builds of a site at random moments: `python -m tests.measures.pages.killed_builds DATA [ROUNDS]`.

On a copy of a data folder of which only the newest documents are left in sight: a site is built, the documents change,
and the next build is killed. Then each file must be the old one or the new one, never half of one, and every address
that was published must answer; the build after it must leave what a build from nothing leaves. Exits with 1 otherwise.
"""

import argparse
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from monitor.site.check import check_site
from monitor.site.folder import NOTE, PART
from storage.sqlite.database import DATABASE_NAME, open_database, open_readonly
from storage.told.site_addresses import published_addresses

IN_SIGHT = 60
_OUT_OF_SIGHT = """
UPDATE versions SET is_current = 0 WHERE document NOT IN (
    SELECT v.document FROM versions v JOIN documents d ON d.id = v.document
    WHERE v.is_current AND d.language = 'en' ORDER BY v.adopted_on DESC LIMIT ? OFFSET ?
)
"""
#: What the second reading changes on every page that shows a paragraph.
_REWORDED = (
    "UPDATE paragraphs SET text = text || ' (reworded)' WHERE version IN (SELECT id FROM versions WHERE is_current)"
)


def build(data: Path, folder: Path) -> "subprocess.Popen[bytes]":
    """A build in a process of its own."""
    command = [sys.executable, "-m", "monitor.cli.main", "--data", str(data), "site", "build", str(folder)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def files_of(folder: Path) -> dict[str, bytes]:
    """The files of a site, without the note and without what a killed build left beside them."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != NOTE and not path.name.endswith(PART)
    }


def prepared(source: Path, data: Path, changes: str = "") -> None:
    """A copy of the database with few documents in sight."""
    data.mkdir()
    shutil.copy(source / DATABASE_NAME, data / DATABASE_NAME)
    open_database(data / DATABASE_NAME).close()
    with closing(sqlite3.connect(data / DATABASE_NAME)) as db:
        db.execute(_OUT_OF_SIGHT, (IN_SIGHT, 0))
        if changes:
            db.execute(changes)
        db.commit()


def main() -> int:
    """Kill, look, and print how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("rounds", nargs="?", type=int, default=50)
    given = parser.parse_args()
    chance = random.Random(1325)  # noqa: S311 - moments, no secret
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        prepared(given.data, root / "old")
        build(root / "old", root / "before").wait()
        prepared(given.data, root / "new", _REWORDED)
        with closing(open_readonly(root / "old" / DATABASE_NAME)) as db:
            published = published_addresses(db)
        started = time.perf_counter()
        build(root / "new", root / "after").wait()
        seconds = time.perf_counter() - started
        old, new = files_of(root / "before"), files_of(root / "after")
        halves = lost = in_between = 0
        for number in range(given.rounds):
            folder = root / f"site-{number}"
            shutil.copytree(root / "before", folder)
            running = build(root / "new", folder)
            try:
                running.wait(timeout=seconds * chance.uniform(0.3, 1.0))
            except subprocess.TimeoutExpired:
                running.send_signal(signal.SIGKILL)
                running.wait()
            held = files_of(folder)
            halves += sum(content not in (old.get(each), new.get(each)) for each, content in held.items())
            lost += sum("was published" in problem.what for problem in check_site(folder, published).problems)
            changed = sum(held.get(each) == content for each, content in new.items() if old.get(each) != content)
            in_between += 0 < changed < sum(old.get(each) != content for each, content in new.items())
            shutil.rmtree(folder) if number + 1 < given.rounds else None
        build(root / "new", folder).wait()
        is_whole = files_of(folder) == new and not list(folder.rglob(f"*{PART}"))
    print(f"{given.rounds} builds killed, {in_between} of them with some files new and some old")
    print(f"{halves} files neither old nor new, {lost} of {len(published):,} published addresses without an answer")
    print(f"the build behind the last leaves {'the same as' if is_whole else 'OTHER FILES THAN'} a build from nothing")
    return int(bool(halves or lost or not is_whole or not in_between))


if __name__ == "__main__":
    sys.exit(main())
