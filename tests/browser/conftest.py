"""A built site in Chromium, where Debian's chromium and Playwright are there; else each test says what is missing."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from monitor.noticing.run import notice_run
from monitor.settings.config import Config
from monitor.site.build import build_site
from monitor.site.options import options_of
from scraper.errors import NotADocument, Unreadable
from scraper.ingest.extraction import extract
from scraper.themes.extract import extracts_of
from storage.fetched.runs import open_run, record_fetch
from storage.fetched.snapshots import save_snapshot
from storage.models import ParsedDocument
from storage.records import RunCounts, Snapshot, SnapshotState
from storage.sqlite.database import DATABASE_NAME, open_database, transaction
from storage.texts.saving import save_version
from storage.told.situations import save_placement
from tests.paths import ROOT, TESTS

RENEWAL, EARLIER, CHANGED = "S/RES/2387 (2017)", "S/RES/2301 (2016)", "S/RES/1325 (2000)"
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
    """The recorded resolutions among the cases, in all their languages, as a site.

    Made by hand beside them: resolution 2301 as an earlier 2387, so that there is a mandate that was renewed, and words
    of 1325 that its source changed later.
    """
    folder = tmp_path_factory.mktemp("browser")
    db = open_database(folder / DATABASE_NAME)
    texts = list(_recorded())
    at = next(n for n, each in enumerate(texts) if each.symbol == RENEWAL and each.language == "en")
    texts[at] = _renewing(texts[at])
    _publish(db, [*texts, _earlier(texts[at])], NOW)
    with transaction(db):
        for symbol in (RENEWAL, EARLIER):
            save_placement(db, symbol, "text", "Central African Republic", ["MINUSCA"])
    first = next(each for each in texts if each.symbol == CHANGED and each.language == "en")
    _publish(db, [_reworded(first)], NOW + timedelta(days=30))
    db.close()
    database = folder / DATABASE_NAME
    options = options_of(languages=("fr", "es", "ru", "ar", "zh"))
    build_site(lambda: open_database(database), database, Config(), folder / "site", options)
    return folder / "site"


def _recorded() -> Iterator[ParsedDocument]:
    for path in sorted((TESTS / "cases/akoma_ntoso").glob("*/input.xml")):
        try:
            document = extract(path.read_bytes())
        except (NotADocument, Unreadable):  # some cases are of files that are none
            continue
        if document.symbol is not None and document.paragraphs:
            yield document


def _renewing(document: ParsedDocument) -> ParsedDocument:
    """A text with a last paragraph that extends the mandate, which the case leaves away."""
    last = replace(document.paragraphs[-1], text="Decides to extend the mandate of MINUSCA until 15 November 2018.")
    return replace(document, paragraphs=(*document.paragraphs[:-1], last))


def _earlier(renewed: ParsedDocument) -> ParsedDocument:
    """The text before a renewal: a year earlier, without one of its paragraphs on women, others worded otherwise."""
    wps = [each.address for each in renewed.paragraphs if each.is_wps]
    kept = [
        replace(each, text=each.text.replace("November 2018", "November 2017").replace("ensuring", "seeking"))
        for each in renewed.paragraphs
        if each.address != wps[0]
    ]
    return replace(renewed, symbol=EARLIER, adopted_on=date(2016, 11, 15), paragraphs=tuple(kept))


def _reworded(document: ParsedDocument) -> ParsedDocument:
    """A text that its source changed: a word in its first paragraph on women, and its last paragraph gone."""
    at = next(n for n, each in enumerate(document.paragraphs) if each.is_wps)
    paragraphs = list(document.paragraphs[:-1])
    paragraphs[at] = replace(paragraphs[at], text=f"{paragraphs[at].text} and of all who speak for them")
    return replace(document, paragraphs=tuple(paragraphs))


def _publish(db: sqlite3.Connection, documents: Sequence[ParsedDocument], at: datetime) -> None:
    """One run that brings some documents, and what is noticed of it."""
    with transaction(db):
        run = open_run(db, "unxml", at)
        for document in documents:
            snapshot = save_snapshot(db, _snapshot(run, document, at))
            save_version(db, document, snapshot, extracts_of(document), at)
        record_fetch(db, run, RunCounts(listed=len(documents), fetched=len(documents)), "finished", None)
    notice_run(
        db, run, source="unxml", min_listed=1, news_days=120, channels=(), now=at + timedelta(minutes=1)
    )  # fmt: skip


def _snapshot(run: int, document: ParsedDocument, at: datetime) -> Snapshot:
    symbol = document.symbol or ""
    url = f"https://example.org/{symbol.replace(' ', '')}.{document.language}.xml"
    return Snapshot(
        source="unxml", run=run, url=url, final_url=url, status=200, etag=None, last_modified=None,
        media_type="application/xml", body_hash=sha256(f"{document}".encode()).hexdigest(), size=1, fetched_at=at,
        symbol=symbol, language=document.language, revision=None, state=SnapshotState.READ,
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
