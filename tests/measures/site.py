"""Builds the site of a data folder and prints what it costs: `python -m tests.measures.site DATA`.

From nothing, again with nothing new, and with one document more (the newest is held back first, on a copy of the
database). Then files and bytes, the sizes of pages as a web host sends them, and how often 200 random words and phrases
are found by the index and by the search of the command line. Exits with 1 where the two differ or a link is broken.
"""

import argparse
import gzip
import random
import re
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from monitor.settings.config import Config
from monitor.site.build import Built, build_site
from monitor.site.check import check_site
from monitor.site.folder import NOTE
from monitor.site.options import options_of
from monitor.site.search_index.kept import NAME as KEPT_NAME
from scraper.council.spelling.spellings import other_spelling
from storage.sqlite.database import DATABASE_NAME, open_database
from storage.texts.search import search
from storage.told.site_addresses import published_addresses
from tests.monitor.site.search_index.reading import Index

HOLD_BACK = """
SELECT v.document FROM versions v JOIN documents d ON d.id = v.document
WHERE v.is_current AND d.language = 'en' AND v.kind = 'resolution' ORDER BY v.adopted_on DESC LIMIT 1
"""


def built(database: Path, folder: Path, name: str) -> Built:
    """Build in this process, and print what it took."""
    started, used = time.perf_counter(), time.process_time()
    done = build_site(lambda: open_database(database), database, Config(), folder, options_of())
    seconds, processor = time.perf_counter() - started, time.process_time() - used
    print(f"{name}: {seconds:.1f} s by the clock, {processor:.1f} s of processor, {len(done.written)} files written")
    return done


def hold_back(database: Path) -> int:
    """Take the newest English resolution out of sight; returns its document."""
    with closing(sqlite3.connect(database)) as db:
        (document,) = db.execute(HOLD_BACK).fetchone()
        db.execute("UPDATE versions SET is_current = 0 WHERE document = ?", (document,))
        db.commit()
    return int(document)


def give_back(database: Path, document: int) -> None:
    """Put it in sight again."""
    with closing(sqlite3.connect(database)) as db:
        db.execute(
            "UPDATE versions SET is_current = 1 WHERE id = (SELECT max(id) FROM versions WHERE document = ?)",
            (document,),
        )
        db.commit()


def compared(folder: Path, database: Path, other: Path) -> int:
    """How many files a build from nothing makes otherwise than builds one behind the other did."""
    kept = database.with_name(KEPT_NAME)
    kept.unlink()
    built(database, other, "from nothing, beside it")
    names = {path.relative_to(each) for each in (folder, other) for path in each.rglob("*") if path.is_file()}
    apart = sorted(
        str(name) for name in names - {Path(NOTE)}
        if not (folder / name).is_file()
        or not (other / name).is_file()
        or (folder / name).read_bytes() != (other / name).read_bytes()
    )  # fmt: skip
    print(f"{len(names):,} files, {len(apart)} otherwise than from nothing {apart[:5] or ''}")
    return len(apart)


def print_sizes(folder: Path) -> None:
    """Print how large the pages are as they are and compressed."""
    pages = sorted(folder.rglob("*.html"))
    sizes = sorted(len(gzip.compress(page.read_bytes(), 6)) for page in pages)
    middle, most = sizes[len(sizes) // 2] / 1000, sizes[int(len(sizes) * 0.99)] / 1000
    print(f"pages, gzip: median {middle:.1f} kB, 99 % {most:.1f} kB")
    for name in ("resolutions/2231.html", "assets/style.css", "assets/search.js"):
        if (folder / name).exists():
            print(f"  {name}: {len(gzip.compress((folder / name).read_bytes(), 6)) / 1000:.1f} kB")
    rooms: dict[str, int] = {}
    for path in folder.rglob("*"):
        if path.is_file():
            room = path.relative_to(folder).parts[0]
            rooms[room] = rooms.get(room, 0) + path.stat().st_size
    largest = sorted(rooms.items(), key=lambda one: -one[1])[:8]
    print("  MB: " + ", ".join(f"{room} {size / 1e6:.1f}" for room, size in largest))


def differing(database: Path, folder: Path) -> int:
    """How many of 200 random words and phrases the index and the command line find differently often."""
    index, chance, wrong = Index(folder), random.Random(1325), 0  # noqa: S311 - a choice of words, no secret
    with closing(open_database(database)) as db:
        texts = [row[0] for row in db.execute("SELECT text FROM current_paragraphs ORDER BY random() LIMIT 2000")]
        texts = [text for text in texts if re.fullmatch(r"[\x20-\x7e‘’“”–]{60,}", text)]
        for number in range(200):
            words = re.findall(r"[a-z0-9]+", chance.choice(texts).lower())
            at = chance.randrange(len(words) - 2)
            chosen = words[at : at + chance.choice([1, 2, 3])] if number % 2 else chance.sample(words, 2)
            query = f'"{" ".join(chosen)}"' if number % 2 else " ".join(chosen)
            hits = search(db, query, limit=10**6, other_spelling=other_spelling)
            expected = sum(hit.language == "en" for hit in hits)
            found = index.count(chosen, is_phrase=bool(number % 2))
            if found != expected:
                wrong += 1
                print(f"  {query}: {found} in the index, {expected} by the command line")
    print(f"200 random queries: {wrong} found differently often")
    return wrong


def main() -> int:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        database, folder = Path(name) / DATABASE_NAME, Path(name) / "site"
        shutil.copy(given.data / DATABASE_NAME, database)
        open_database(database).close()
        document = hold_back(database)
        built(database, folder, "from nothing")
        built(database, folder, "again, nothing new")
        give_back(database, document)
        done = built(database, folder, "one document more")
        apart = compared(folder, database, Path(name) / "again")
        print(f"largest process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
        print(f"{done.files:,} files, {done.pages:,} pages, {done.bytes / 1e6:.1f} MB")
        print_sizes(folder)
        with closing(open_database(database)) as db:
            looked = check_site(folder, published_addresses(db))
        print(f"{looked.links:,} links: {len(looked.problems)} problems")
        wrong = differing(database, folder)
    return int(bool(wrong or looked.problems or apart))


if __name__ == "__main__":
    sys.exit(main())
