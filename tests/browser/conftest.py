"""A built site in Chromium, where Debian's chromium and Playwright are there; else each test says what is missing."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.settings.config import Config
from monitor.site.build import build_site
from monitor.site.options import options_of
from scraper.errors import NotADocument, Unreadable
from scraper.ingest.extraction import extract
from scraper.themes.extract import extracts_of
from storage.fetched.runs import close_run, open_run
from storage.fetched.snapshots import save_snapshot
from storage.records import Outcome, RunCounts, Snapshot, SnapshotState
from storage.sqlite.database import DATABASE_NAME, open_database, transaction
from storage.texts.saving import save_version
from tests.paths import ROOT, TESTS

NOW = datetime(2025, 11, 24, 9, 0, tzinfo=UTC)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
AXE = (os.environ.get("WPSWATCH_AXE", ""), str(ROOT / "node_modules/axe-core/axe.min.js"))


@pytest.fixture(scope="session")
def chromium() -> str:
    if not os.environ.get("WPSWATCH_BROWSER"):
        pytest.skip("the browser tests take minutes and are an extra: WPSWATCH_BROWSER=1 runs them")
    path = os.environ.get("WPSWATCH_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("chromium is not installed: apt-get install chromium, or name it in WPSWATCH_CHROMIUM")
    return path


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="Playwright is not installed: pip install playwright"
    )
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def axe() -> str:
    for path in AXE:
        if path and Path(path).is_file():
            return Path(path).read_text(encoding="utf-8")
    pytest.skip("axe-core is not installed: npm install axe-core, or name axe.min.js in WPSWATCH_AXE")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recorded resolutions among the cases, in all their languages, as a site."""
    folder = tmp_path_factory.mktemp("browser")
    db = open_database(folder / DATABASE_NAME)
    with transaction(db):
        run = open_run(db, "unxml", NOW)
        for path in sorted((TESTS / "cases/akoma_ntoso").glob("*/input.xml")):
            try:
                document = extract(path.read_bytes())
            except (NotADocument, Unreadable):  # some cases are of files that are none
                continue
            if document.symbol is not None and document.paragraphs:
                snapshot = save_snapshot(db, _snapshot(run, path, document.symbol, document.language))
                save_version(db, document, snapshot, extracts_of(document), NOW)
        close_run(db, run, Outcome.COMPLETE, None, RunCounts(), NOW, is_baseline=True)
    db.close()
    database = folder / DATABASE_NAME
    options = options_of(languages=("fr", "es", "ru", "ar", "zh"))
    build_site(lambda: open_database(database), database, Config(), folder / "site", options)
    return folder / "site"


def _snapshot(run: int, path: Path, symbol: str, language: str) -> Snapshot:
    url = f"https://example.org/{path.parent.name}.xml"
    return Snapshot(
        source="unxml", run=run, url=url, final_url=url, status=200, etag=None, last_modified=None,
        media_type="application/xml", body_hash="0" * 64, size=1, fetched_at=NOW, symbol=symbol, language=language,
        revision=None, state=SnapshotState.READ,
    )  # fmt: skip


@pytest.fixture
def opened(browser: Any, site: Path) -> Iterator[Callable[..., Any]]:
    """Opens a page from the folder; what the browser complains of, or asks of others, fails the test."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def open_page(name: str, *, width: int = 1280, scheme: str = "light", scripts: bool = True) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=scripts
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda asked: complaints.append(asked.url) if not asked.url.startswith(("file:", "data:")) else None,
        )
        page.goto((site / name).as_uri() if "?" not in name and "#" not in name else f"{site.as_uri()}/{name}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
