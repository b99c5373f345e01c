"""The entries of theme pages beside PeaceWomen's own, on the resolution whose page they cut by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from monitor.site.held.document import doc_of
from monitor.site.views.entries import entry_views
from scraper.ingest.extraction import extract
from scraper.themes.extract import extracts_of
from storage.models import HeldDocument
from storage.texts.extracts import ExtractRow
from storage.told.situations import PlacedDocument
from tests.paths import TESTS

CASE = TESTS / "cases/akoma_ntoso/lists-headings-and-tasks-2387/input.xml"


@pytest.fixture(scope="module")
def entries() -> Callable[[str], list[Any]]:
    from datetime import UTC, datetime

    document = extract(CASE.read_bytes())
    doc = doc_of(HeldDocument(document, datetime(2025, 1, 1, tzinfo=UTC), ()), PlacedDocument(), ())
    rows = [
        ExtractRow(
            symbol=doc.symbol, language="en", title=f"Security Council Resolution 2387: {each.title}",
            addresses=each.addresses, themes=each.themes, text=each.text, adopted_on=doc.day,
            url="https://example.org", first_seen_at=datetime(2025, 1, 1, tzinfo=UTC), flagged=False,
        )
        for each in extracts_of(document)
    ]  # fmt: skip
    return lambda theme: entry_views([row for row in rows if theme in row.themes], {doc.symbol: doc}, theme)


def test_paragraph_42_stands_under_implementation_as_peacewomen_has_it(entries: Callable[[str], list[Any]]) -> None:
    titles = [entry.title for entry in entries("Implementation")]

    assert "Security Council Resolution 2387: Para. 42" in titles


def test_an_entry_shows_its_chapeau_its_words_and_where_something_is_left_out(
    entries: Callable[[str], list[Any]],
) -> None:
    entry = next(each for each in entries("Protection") if each.title.endswith("Para. 42"))
    words = ["".join(run.text for run in piece.runs) for piece in entry.pieces]

    assert words[0].startswith("Decides that the mandate of MINUSCA shall include the following")
    assert any("specific protection for women and children" in each for each in words)
    assert any(run.is_mark for piece in entry.pieces for run in piece.runs)


def test_words_of_other_themes_are_left_out_and_said_to_be(entries: Callable[[str], list[Any]]) -> None:
    entry = next(each for each in entries("Protection") if each.title.endswith("Para. 42"))

    assert all("political parties" not in run.text for piece in entry.pieces for run in piece.runs)
