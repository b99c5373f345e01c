"""A renewal beside the text before it: its page, the box on the newer text's page, the line on the front page."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from monitor.site.check import check_site
from storage.sqlite.database import transaction
from storage.told.situations import save_placement

OLD, NEW = "S/RES/2700 (2023)", "S/RES/2750 (2024)"
PAGE = "resolutions/2750-2700.html"
UNTIL = "Decides to extend the mandate of UNMISS until 31 May {};"
LEAD = "Urges all parties to ensure the full, equal and meaningful participation of women in the peace process"
COURT = "Demands that those who committed sexual violence against women and girls be brought to justice without delay"
ADVISE = "Requests the Mission to deploy women protection advisers to each of its field offices without delay"
COUNTIES = (
    "Aweil", "Bor", "Juba", "Kapoeta", "Leer", "Malakal", "Maridi", "Nasir", "Pibor", "Raga", "Renk", "Rumbek",
    "Terekeka", "Tonj", "Torit", "Wau", "Yambio", "Yei",
)  # fmt: skip
REST = [f"Reaffirms the duty of all parties in {name} to let convoys pass, and asks for reports" for name in COUNTIES]


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<.*?>", " ", page))


Renew = Callable[[dict[str, list[str]]], Any]


@pytest.fixture
def renew(desk: Any, numbered: Callable[..., list[Any]]) -> Renew:
    """Publishes texts that extend a mandate, each for a year, and builds the site."""

    def make(texts: dict[str, list[str]]) -> Any:
        for year, (symbol, decides) in enumerate(texts.items(), 2023):
            run = desk.newsroom.open()
            text = numbered(UNTIL.format(year + 1), *decides)
            desk.newsroom.publish(run, symbol, text, adopted_on=date(year, 5, 30))
            with transaction(desk.newsroom.db):
                save_placement(desk.newsroom.db, symbol, "text", "South Sudan", ["UNMISS"])
            desk.newsroom.fetched(run)
            desk.newsroom.notice(run)
        desk.build()
        return desk

    return make


@pytest.fixture
def renewed(renew: Renew) -> Any:
    """A mandate that was renewed: one paragraph about women was kept, one dropped, one added."""
    return renew({OLD: [LEAD, COURT, *REST], NEW: [LEAD, ADVISE, *REST]})


def test_a_renewal_has_a_page_that_says_what_was_kept_dropped_and_added(renewed: Any) -> None:
    page = renewed.page(PAGE)
    gone, new, kept = (page[page.index(f"<section aria-labelledby={name}>") :] for name in ("gone", "new", "kept"))

    assert f"<p class=diff>{COURT}" in gone[: gone.index("</section>")]
    assert f"<p class=diff>{ADVISE}" in new[: new.index("</section>")]
    assert f"<p class=diff>{LEAD}" in kept
    assert "Paragraphs about women: 2 before, 2 now. 1 kept, 1 dropped, 1 new." in words(page)


def test_the_newer_text_tells_what_is_no_longer_there(renewed: Any) -> None:
    box = re.search(r"<section class=box.*?</section>", renewed.page("resolutions/2750.html"), re.DOTALL)

    assert box is not None
    assert "Since Resolution 2700 (2023) of 30 May 2023" in words(box[0])
    assert f"OP 3: {COURT[:40]}" in box[0]
    assert "href=../resolutions/2750-2700.html" in box[0]
    assert "class=box" not in renewed.page("resolutions/2700.html")


def test_the_front_page_names_the_latest_renewals_with_their_losses(renewed: Any) -> None:
    told = "UNMISS: Resolution 2750 (2024) beside 2700 (2023): 1 dropped, 1 new"
    assert f"<a href={PAGE}>{told}</a>" in renewed.page("index.html")


def test_every_link_of_a_comparison_leads_somewhere(renewed: Any) -> None:
    assert check_site(renewed.folder, renewed.published).problems == ()


def test_what_only_goes_on_has_no_page(renew: Renew) -> None:
    desk = renew({OLD: [LEAD, COURT, *REST], NEW: []})

    assert (desk.folder / "resolutions/2750.html").exists()
    assert not (desk.folder / PAGE).exists()


def test_words_of_a_hostile_text_stay_text(renew: Renew) -> None:
    desk = renew({OLD: ["Urges <script>alert(1)</script> women to lead", *REST], NEW: [ADVISE, *REST]})

    for name in (PAGE, "resolutions/2750.html", "index.html"):
        assert "<script>alert" not in desk.page(name)
    assert "&lt;script&gt;alert(1)" in desk.page(PAGE)
