"""A build that makes only what changed leaves the same bytes as a build from nothing, whatever happened in between."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from monitor.site.folder import NOTE
from monitor.site.search_index.kept import NAME as KEPT
from scraper.themes.extract import extracts_of
from storage.models import Citation, Fact, FactField
from storage.sqlite.database import transaction
from storage.told.facts import save_facts
from storage.told.situations import save_placement
from storage.told_values import Witness

WORDS = (
    "Decides to extend the mandate", "Urges women to lead", "Recalls the protection of civilians and of women",
    "Demands that all parties end sexual violence against women", "Requests reports", "Reaffirms resolution 1325",
)  # fmt: skip
SYMBOLS = ("S/RES/2700 (2023)", "S/RES/2750 (2024)", "S/RES/2779 (2025)", "S/RES/2790 (2025)", "S/PRST/2025/3")


def from_nothing(desk: Any, folder: Any) -> dict[str, bytes]:
    """What a build makes that knows of none before it."""
    kept = desk.database.with_name(KEPT)
    kept.unlink(missing_ok=True)
    before, desk.folder = desk.folder, folder
    desk.build()
    made = desk.files()
    desk.folder = before
    return made


def same(held: dict[str, bytes], made: dict[str, bytes]) -> list[str]:
    """The names of files that differ, the note of the builds left aside."""
    return sorted(name for name in held.keys() | made.keys() if name != NOTE and held.get(name) != made.get(name))


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 6))])
def test_builds_one_after_the_other_leave_what_a_build_from_nothing_leaves(
    desk: Any, paragraph: Callable[..., Any], tmp_path: Any, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - a choice of words, no secret

    def text() -> list[Any]:
        made = []
        for number in range(1, chance.randrange(2, 7)):
            words = chance.choice(WORDS)
            themes = chance.sample(["Participation", "Protection", "Human Rights"], chance.randrange(1, 3))
            each = paragraph(f"OP {number}", words, *(themes if "women" in words else []))
            cited = chance.choice(SYMBOLS)
            made.append(replace(each, citations=(Citation(cited, ("OP 1",), 0, 5, words[:5]),)))
        return made

    desk.newsroom.extracts_of = extracts_of
    for turn in range(5):
        chosen = chance.sample(SYMBOLS, chance.randrange(1, 4))
        desk.newsroom.crawl({symbol: text() for symbol in chosen}, stamp=str(turn))
        with transaction(desk.newsroom.db):
            save_placement(desk.newsroom.db, chosen[0], "text", "South Sudan", chance.choice((["UNMISS"], [])))
        desk.build()

        assert same(desk.files(), from_nothing(desk, tmp_path / f"nothing-{turn}")) == []


def test_a_renewal_follows_the_text_before_it(desk: Any, numbered: Callable[..., Any], tmp_path: Any) -> None:
    """The newer text stays as it is; what became of the older one's words is told on its pages."""
    old, new = SYMBOLS[:2]
    names = "Aweil Bor Juba Kapoeta Leer Malakal Maridi Nasir Pibor Raga Renk Rumbek Terekeka Tonj Torit Wau Yambio Yei"
    places = [f"Reaffirms that all parties in {name} shall let convoys pass" for name in names.split()]
    until = "Decides to extend the mandate of UNMISS until 31 May {};"
    lead = "Urges all parties to ensure the full participation of women in the peace process"

    def published(stamp: str, *words: str) -> None:
        texts = {old: (date(2023, 5, 30), [until.format(2024), *words, *places])}
        if not stamp:
            texts[new] = (date(2024, 5, 30), [until.format(2025), lead, *places])
        run = desk.newsroom.open()
        for symbol, (day, text) in texts.items():
            desk.newsroom.publish(run, symbol, numbered(*text), adopted_on=day, stamp=stamp)
            with transaction(desk.newsroom.db):
                save_placement(desk.newsroom.db, symbol, "text", "South Sudan", ["UNMISS"])
        desk.newsroom.fetched(run)
        desk.newsroom.notice(run)
        desk.build()

    published("", lead)
    before = desk.page("resolutions/2750.html")
    published("2", lead, "Requests the Mission to send women protection advisers to each of its offices")

    assert desk.page("resolutions/2750.html") != before
    assert same(desk.files(), from_nothing(desk, tmp_path / "nothing")) == []


def test_a_fact_told_later_and_a_removal_believed_later_are_shown(
    desk: Any, numbered: Callable[..., Any], tmp_path: Any
) -> None:
    symbol = SYMBOLS[2]
    desk.newsroom.crawl({symbol: numbered("Urges women to lead", "Recalls women", "Requests reports")})
    desk.build()
    for stamp in ("2", "3"):  # a removal is believed when a second run has seen it
        desk.newsroom.crawl({symbol: numbered("Urges women to lead", "Recalls women")}, stamp=stamp)
        desk.build()
        assert same(desk.files(), from_nothing(desk, tmp_path / f"nothing-{stamp}")) == []
    with transaction(desk.newsroom.db):
        save_facts(
            desk.newsroom.db, Witness("un-library", "metadata"), [Fact(symbol, FactField.MEETING, "9876")], None,
            desk.newsroom.now,
        )  # fmt: skip
    desk.build()

    assert "9876" in desk.page("resolutions/2779.html")
    assert same(desk.files(), from_nothing(desk, tmp_path / "nothing-facts")) == []


def test_a_page_whose_text_is_as_it_was_is_not_made_again(desk: Any, numbered: Callable[..., Any]) -> None:
    from monitor.site.pages import SitePages

    made: list[str] = []
    page = SitePages._page

    def noted(self: Any, template: str, file: str, *given: Any, **named: Any) -> bytes:
        made.append(file)
        return page(self, template, file, *given, **named)

    desk.newsroom.crawl({"S/RES/2700 (2023)": numbered("Urges women to lead"), SYMBOLS[2]: numbered("Decides")})
    desk.build()
    desk.newsroom.crawl({SYMBOLS[3]: numbered("Recalls women")})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SitePages, "_page", noted)
        desk.build()

    assert "resolutions/2790.html" in made
    assert "resolutions/2700.html" not in made
    assert "resolutions/2779.html" not in made


@pytest.mark.parametrize("content", [b"", b"{", b'[["a",5]]\nabc', b'[["a",3]]\nabc', b"7\n"])
def test_what_is_kept_between_builds_may_be_spoilt(
    desk: Any, numbered: Callable[..., Any], tmp_path: Any, content: bytes
) -> None:
    desk.newsroom.crawl({SYMBOLS[2]: numbered("Urges women to lead")})
    desk.build()
    kept = desk.database.with_name(KEPT)
    assert kept.stat().st_size > 0
    kept.write_bytes(content)
    desk.newsroom.crawl({SYMBOLS[3]: numbered("Recalls women")})
    desk.build()

    assert same(desk.files(), from_nothing(desk, tmp_path / "nothing")) == []


def test_a_day_that_passes_changes_only_pages_that_count_days(desk: Any, numbered: Callable[..., Any]) -> None:
    desk.newsroom.crawl({SYMBOLS[2]: numbered("Urges women to lead")})
    desk.build()
    desk.newsroom.now = desk.newsroom.now.replace(month=desk.newsroom.now.month + 1)
    desk.newsroom.crawl({}, looks_at=[SYMBOLS[2]])

    assert set(desk.build().written) == {"index.html", "sources.html", "accuracy.html", "about.html"}
