"""Asks a server for every file of a built site: `python -m tests.measures.pages.served DATA SITE`.

Counts the files that are not byte for byte those of the build, and prints how long an answer takes once the server has
read the database. Exits with 1 where a file differs.
"""

import argparse
import http.client
import statistics
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote

from monitor.settings.config import Config
from monitor.site.folder import NOTE
from monitor.site.options import options_of
from monitor.site.server.app import app_of
from monitor.site.server.live import LiveSite
from storage.sqlite.database import DATABASE_NAME, open_readonly

GOAL = 15.0


def main() -> int:
    """Print both figures."""
    import uvicorn

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("site", type=Path)
    given = parser.parse_args()
    database = given.data / DATABASE_NAME
    site = LiveSite(lambda: open_readonly(database), database, Config(), options_of())
    server = uvicorn.Server(uvicorn.Config(app_of(site), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.05)
    connection = http.client.HTTPConnection("127.0.0.1", server.servers[0].sockets[0].getsockname()[1], timeout=600)
    apart: list[str] = []
    times: list[float] = []
    names = sorted(path.relative_to(given.site).as_posix() for path in given.site.rglob("*") if path.is_file())
    for warm in ("index.html", "s/about.js", "feeds/all.atom", "exports/extracts.zip"):
        connection.request("GET", f"/{warm}")
        connection.getresponse().read()
    for name in names:
        if name == NOTE:
            continue
        started = time.perf_counter()
        connection.request("GET", f"/{quote(name)}")
        content = connection.getresponse().read()
        if name.endswith(".html"):
            times.append(1000 * (time.perf_counter() - started))
        if content != (given.site / name).read_bytes():
            apart.append(name)
    server.should_exit = True
    thread.join(30)
    middle = statistics.median(times)
    print(f"{len(names):,} files, {len(apart)} served otherwise than built {apart[:5] or ''}")
    print(f"a page: median {middle:.1f} ms (goal {GOAL:.0f}), 99 % {sorted(times)[int(len(times) * 0.99)]:.0f} ms")
    return int(bool(apart))


if __name__ == "__main__":
    sys.exit(main())
