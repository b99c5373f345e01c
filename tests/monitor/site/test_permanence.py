"""A place on a page that was once published answers in every later build."""

import re
from collections.abc import Callable
from typing import Any

from monitor.site.check import check_site

SYMBOL = "S/RES/2779 (2025)"
LEAD = "Urges all parties to ensure the full, equal and meaningful participation of women in the peace process"
ARMS = "Reaffirms the arms embargo imposed by paragraph 4 of resolution 2428 and its reporting duties"
COURT = "Calls upon the authorities to bring to justice those responsible for attacks on civilians and convoys"
SEIZED = "Decides to remain seized of the matter"


def test_a_renumbered_paragraph_leaves_its_old_place_with_a_link(desk: Any, numbered: Callable[..., Any]) -> None:
    desk.newsroom.crawl({SYMBOL: numbered(LEAD, ARMS, SEIZED)})
    desk.build()
    desk.newsroom.crawl({SYMBOL: numbered(COURT, LEAD, ARMS, SEIZED)}, stamp="2")
    desk.build()

    assert re.search(r"Until [^<]* this number was that of what is now <a href=#op-2>OP 2</a>", desk.page())
    assert check_site(desk.folder, desk.published).problems == ()


def test_a_removed_paragraph_leaves_a_note_with_its_last_words(desk: Any, numbered: Callable[..., Any]) -> None:
    desk.newsroom.crawl({SYMBOL: numbered(ARMS, SEIZED, LEAD)})
    desk.build()
    for stamp in ("2", "3"):  # a removal is believed when a second run has seen it
        desk.newsroom.crawl({SYMBOL: numbered(ARMS, SEIZED)}, stamp=stamp)
    desk.build()

    page = desk.page()
    note = page[page.index("<li id=op-3>") :]
    assert "was removed" in note
    assert LEAD in note
    assert check_site(desk.folder, desk.published).problems == ()


def test_places_answer_over_three_builds(desk: Any, numbered: Callable[..., Any]) -> None:
    wordings = [
        numbered(LEAD, ARMS, COURT, SEIZED),
        numbered(ARMS, LEAD, COURT, SEIZED),
        numbered(ARMS, COURT, SEIZED),
    ]
    for stamp, texts in enumerate(wordings):
        desk.newsroom.crawl({SYMBOL: texts}, stamp=str(stamp))
        desk.build()
        assert check_site(desk.folder, desk.published).problems == ()

    places = {address.fragment for address in desk.published if address.file == "resolutions/2779.html"}
    assert {"op-1", "op-2", "op-3", "op-4"} <= places
    assert all(f"id={place}" in desk.page() for place in places - {""})
