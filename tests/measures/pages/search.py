"""Searches a site's pages on a slow phone in Chromium: `python -m tests.measures.pages.search DATA SITE`.

1.6 Mbit/s, 150 ms, a fourth of the processor. For each of five queries: the bytes until the first hits are shown, from
a web host and from the folder; how often it is found, beside `wpswatch search --json`; and the times, which tell little
on a busy machine. Exits with 1 where hits differ or a goal in bytes is missed.
"""

import argparse
import os
import re
import shutil
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from scraper.council.spelling.spellings import other_spelling
from storage.sqlite.database import DATABASE_NAME, open_readonly
from storage.texts.search import search
from tests.measures.pages.web_host import shown

QUERIES = ("survivors reparations", "sexual violence", "women participation", "1325", "gender-based")
HOST_GOAL, FOLDER_GOAL = 200_000, 350_000
SPEED = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
SLOWER = 4
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one query cost: bytes, seconds to the first hits and to those of the same words asked again."""

    bytes: int
    first: float
    warm: float
    hits: int


def asked(browser: Any, base: str, query: str, folder: Path) -> Answer:
    """Open the search page with a query on a phone that knows nothing yet."""
    from playwright.sync_api import expect

    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2)
    page = context.new_page()
    told = context.new_cdp_session(page)
    loaded: list[float] = []
    told.on("Network.loadingFinished", lambda one: loaded.append(one["encodedDataLength"]))
    names: list[str] = []
    page.on("request", lambda one: names.append(unquote(urlsplit(one.url).path)))
    told.send("Network.enable")
    told.send("Network.emulateNetworkConditions", SPEED)
    told.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    started = time.perf_counter()
    page.goto(f"{base}/search.html#q={quote(query)}")
    page.wait_for_selector("#hits li", timeout=120_000)
    first = time.perf_counter() - started
    status = page.locator("#status").inner_text()
    is_file = base.startswith("file:")
    size = sum(Path(name).stat().st_size for name in names) if is_file else int(sum(loaded))
    page.evaluate("location.hash = 'q=women'")
    expect(page.locator("#status")).not_to_have_text(re.compile(f"^(Searching|{re.escape(status)})"), timeout=120_000)
    started = time.perf_counter()
    page.evaluate("words => { location.hash = new URLSearchParams({q: words}); }", query)
    expect(page.locator("#status")).to_have_text(status, timeout=120_000)
    warm = time.perf_counter() - started
    context.close()
    found = re.match(r"[\d,]+", status)
    return Answer(size, first, warm, int(found[0].replace(",", "")) if found else 0)


def main() -> int:
    """Print a line for each query and way."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("site", type=Path)
    given = parser.parse_args()
    chromium = os.environ.get("WPSWATCH_CHROMIUM") or shutil.which("chromium")
    missed = 0
    with (
        closing(open_readonly(given.data / DATABASE_NAME)) as db,
        sync_playwright() as driver,
        shown(given.site) as host,
    ):
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        for query in QUERIES:
            hits = search(db, query, limit=10**6, other_spelling=other_spelling)
            expected = sum(hit.language == "en" for hit in hits)
            for base, goal in ((host, HOST_GOAL), (given.site.resolve().as_uri(), FOLDER_GOAL)):
                got = asked(browser, base, query, given.site)
                is_met = got.hits == expected and got.bytes <= goal
                missed += not is_met
                print(
                    f"{query:22} {urlsplit(base).scheme:4} {got.bytes / 1000:6.0f} kB (goal {goal // 1000}), "
                    f"{got.hits} hits, {expected} by the command line, first {got.first:.1f} s, again {got.warm:.2f} s"
                    f"{'' if is_met else '  MISSED'}"
                )
        browser.close()
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
