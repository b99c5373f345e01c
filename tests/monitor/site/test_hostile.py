"""Whatever a source printed stays text: on every page, in the index, in files to take away."""

import html
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from monitor.site.check import check_site

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
    desk.newsroom.crawl({SYMBOL: texts, "S/2025/1<script>": texts})
    desk.newsroom.crawl({SYMBOL: [texts[1], *texts[:1]]}, stamp="2")
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
