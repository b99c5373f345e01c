"""Whatever a source printed stays text: on every page, in the index, in files to take away."""

import csv
import html
import io
import zipfile
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest

from monitor.settings.config import Config
from monitor.site.check import check_site
from monitor.site.folder import NOTE
from monitor.site.options import options_of
from monitor.site.server.live import LiveSite
from scraper.themes.extract import extracts_of
from storage.sqlite.database import open_readonly

EVIL = (
    "</title><script>alert('x')</script>\"' onmouseover=\"x\" <img src=x> ]]> {{ 7*7 }} \u202etxet \x1b[2J women =1+1"
)
SYMBOL = "S/RES/2779 (2025)"


@pytest.fixture
def evil(desk: Any, paragraph: Callable[..., Any]) -> Any:
    from dataclasses import replace

    texts = [
        replace(paragraph("OP 1", EVIL, "Participation", chapeau=EVIL), heading=EVIL),
        paragraph("OP 2", f"javascript:alert(1) {EVIL}"),
    ]
    desk.newsroom.extracts_of = extracts_of
    desk.newsroom.crawl({SYMBOL: texts, "S/2025/1<script>": texts, '=1+1"<img src=x>': texts}, subject=EVIL)
    desk.newsroom.crawl({SYMBOL: [texts[1], *texts[:1]]}, stamp="2", subject=EVIL)
    desk.build(title="<script>alert('title')</script>")
    return desk


def test_no_page_holds_markup_of_a_source(evil: Any) -> None:
    for name, content in evil.files().items():
        if name.endswith(".html"):
            page = content.decode()
            assert "<script>" not in page, name
            assert "<img" not in page, name
            assert 'onmouseover="' not in page, name
            assert "\u202e" not in page, name
            assert "\x1b" not in page, name
            assert ">49<" not in page, name
            assert "style=" not in page.replace("stylesheet", ""), name


def test_the_words_are_all_there_as_words(evil: Any) -> None:
    page = html.unescape(evil.page("resolutions/2779.html"))

    assert "</title><script>alert('x')</script>" in page
    assert "<U+202E>txet" in page


def test_the_site_still_holds_together(evil: Any) -> None:
    assert check_site(evil.folder, evil.published).problems == ()


def test_no_cell_of_a_workbook_is_a_formula(evil: Any) -> None:
    workbooks = [content for name, content in evil.files().items() if name.endswith(".xlsx")]
    if not workbooks:
        pytest.skip("the extra 'office' is not installed")
    for content in workbooks:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            assert not any(b"<f>" in packed.read(name) for name in packed.namelist())


def test_references_hold_no_second_record(evil: Any) -> None:
    assert evil.page("exports/2025.ris").count("TY  - ") == evil.page("exports/2025.ris").count("ER  - ")


def test_no_cell_of_the_table_is_a_formula(evil: Any) -> None:
    with zipfile.ZipFile(evil.folder / "exports/extracts.zip") as packed:
        table = list(csv.reader(io.StringIO(packed.read("extracts.csv").decode("utf-8-sig"))))

    assert any("alert('x')" in each for row in table for each in row)
    assert any(each.startswith("'=1+1") for row in table for each in row)
    assert not any(each.startswith(("=", "+", "-", "@")) for row in table for each in row)


def test_no_feed_holds_an_element_of_a_source(evil: Any) -> None:
    for name, content in evil.files().items():
        if name.endswith((".atom", ".rss")):
            tags = {each.tag.rpartition("}")[2] for each in ElementTree.fromstring(content).iter()}  # noqa: S314 - ours
            assert tags.isdisjoint({"script", "img", "title>"}), name
        if name.startswith("feeds/") and name.endswith(".html"):
            assert b"<script" not in content, name


def test_a_brief_holds_the_words_as_words(evil: Any) -> None:
    docx = pytest.importorskip("docx", reason="the extra 'office' is not installed")
    from monitor.app.export.brief import docx_of
    from monitor.app.export.briefing import brief_of_document

    content = docx_of(brief_of_document(evil.newsroom.db, SYMBOL, "en", evil.newsroom.now.date()), evil.newsroom.now)
    words = "\n".join(each.text for each in docx.Document(io.BytesIO(content)).paragraphs)

    assert "</title><script>alert('x')</script>" in words
    assert "\u202e" not in words
    assert "\x1b" not in words
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert b"<script" not in packed.read("word/document.xml")


def test_the_server_shows_the_same_text(evil: Any) -> None:
    options = options_of(title="<script>alert('title')</script>")
    site = LiveSite(lambda: open_readonly(evil.database), evil.database, Config(), options)
    for name, content in evil.files().items():
        if name != NOTE:
            assert site.file(name) == content, name
    for query in ("women", "</title><script>alert(1)</script>", '"\u202e'):
        page = site.search_page(query).decode()
        assert "<script>" not in page
        assert "<img" not in page
        assert "\u202e" not in page
