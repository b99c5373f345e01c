"""What a build writes, when it writes nothing, and what it never does."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from monitor.site import build as building
from monitor.site.build import LostAddressError
from monitor.site.check import check_site
from monitor.site.folder import NOTE
from storage.sqlite.database import transaction
from storage.told.site_addresses import SiteAddress, keep_addresses

SYMBOL = "S/RES/2779 (2025)"
PAGE = "resolutions/2779.html"
Numbered = Callable[..., list[Any]]


def test_two_builds_of_one_database_are_the_same_bytes(desk: Any, numbered: Numbered, tmp_path: Any) -> None:
    desk.newsroom.crawl({SYMBOL: numbered("Decides", "Urges women to lead")})
    desk.build()
    first = desk.files()
    desk.folder = tmp_path / "again"
    desk.build()

    second = desk.files()
    del first[NOTE], second[NOTE]  # the note holds the times of the files
    assert first == second


def test_a_build_with_nothing_new_writes_nothing(desk: Any, numbered: Numbered) -> None:
    desk.newsroom.crawl({SYMBOL: numbered("Decides", "Urges women to lead")})
    desk.newsroom.db.close()
    first, second = desk.build(), desk.build()

    assert len(first.written) == first.files
    assert second.is_skipped
    assert not second.written
    assert second.files == first.files


def test_a_page_that_somebody_touched_is_written_again(desk: Any, numbered: Numbered) -> None:
    desk.newsroom.crawl({SYMBOL: numbered("Urges women to lead")})
    desk.build()
    (desk.folder / PAGE).write_text("scribbled over")

    assert desk.build().written == (PAGE,)
    assert "Urges women to lead" in re.sub("<.*?>", "", desk.page())


def test_one_document_more_changes_only_pages_that_speak_of_it(desk: Any, numbered: Numbered) -> None:
    desk.newsroom.crawl({SYMBOL: numbered("Decides", "Urges women to lead"), "S/RES/2700 (2023)": numbered("Decides")})
    desk.build()
    desk.newsroom.crawl({"S/RES/2780 (2025)": numbered("Recalls women")})

    written = set(desk.build().written)
    may_change = re.compile(
        r"(resolutions/(2780|index|in-2025)|themes/(index|participation(-2025)?)|(index|sources|search|about|accuracy)"
        r"|changes/(index|\d{4}-\d\d)|situations/index|bodies/index)\.html|(s|feeds|exports)/.*"
    )
    assert "resolutions/2780.html" in written
    assert [name for name in written if not may_change.fullmatch(name)] == []


def test_a_dry_run_writes_nothing_and_keeps_no_address(desk: Any, numbered: Numbered) -> None:
    desk.newsroom.crawl({SYMBOL: numbered("Urges women to lead")})
    done = desk.build(is_dry=True)

    assert PAGE in done.written
    assert not desk.folder.exists()
    assert not desk.published


def test_every_link_of_a_built_site_leads_somewhere(desk: Any, numbered: Numbered) -> None:
    desk.newsroom.crawl({SYMBOL: numbered("Decides", "Urges women to lead")})
    desk.newsroom.crawl({SYMBOL: numbered("Decides", "Urges women to lead and decide")})
    desk.build()

    looked = check_site(desk.folder, desk.published)
    assert looked.problems == ()
    assert looked.links > 100


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ('<a href="nowhere.html">', "leads to nowhere.html, which is not there"),
        ('<a href="themes/index.html#gone">', "leads to #gone of themes/index.html"),
        ('<img src="https://example.org/x.png">', "loads https://example.org/x.png"),
        ('<a href="javascript:alert(1)">', "leads to javascript:alert(1)"),
        ('<a href="http://example.org/">', "leads to http://example.org/"),
        ('<a href="../secret.html">', "leads out of the folder"),
    ],
)
def test_check_names_what_is_wrong(desk: Any, numbered: Numbered, broken: str, told: str) -> None:
    desk.newsroom.crawl({SYMBOL: numbered("Decides")})
    desk.build()
    about = desk.folder / "about.html"
    about.write_text(about.read_text().replace("</main>", f"{broken}x</a></main>"))

    (problem,) = check_site(desk.folder, desk.published).problems
    assert problem.file == "about.html"
    assert told in problem.what


def test_check_names_a_published_place_that_is_gone(desk: Any, numbered: Numbered) -> None:
    desk.newsroom.crawl({SYMBOL: numbered("Decides")})
    desk.build()
    page = desk.folder / PAGE
    page.write_text(page.read_text().replace("id=op-1 ", "").replace("id=op-1>", ">").replace("#op-1", "#main"))

    (problem,) = check_site(desk.folder, desk.published).problems
    assert problem.what == "#op-1 was published, and is not there"


def test_a_page_that_nothing_belongs_on_any_more_still_answers(desk: Any, numbered: Numbered) -> None:
    desk.newsroom.crawl({SYMBOL: numbered("Decides")})
    with transaction(desk.newsroom.db):
        keep_addresses(desk.newsroom.db, [SiteAddress("themes/participation-1999.html")], desk.newsroom.now)
    desk.build()

    assert "published earlier" in desk.page("themes/participation-1999.html")


def test_a_build_that_would_lose_a_published_file_fails_and_writes_nothing(desk: Any, numbered: Numbered) -> None:
    desk.newsroom.crawl({SYMBOL: numbered("Decides")})
    with transaction(desk.newsroom.db):
        keep_addresses(desk.newsroom.db, [SiteAddress("resolutions/2387.pdf")], desk.newsroom.now)

    with pytest.raises(LostAddressError, match=r"found none for resolutions/2387\.pdf"):
        desk.build()
    assert not desk.folder.exists()


def test_a_build_that_dies_leaves_whole_pages_and_the_next_one_clears_up(
    desk: Any, numbered: Numbered, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.newsroom.crawl({SYMBOL: numbered("Urges women to lead")})
    desk.build()
    before = desk.files()
    desk.newsroom.crawl({SYMBOL: numbered("Urges women to lead now")})

    class Killed(BaseException):
        pass

    whole = building.all_files
    for limit in range(0, 40, 7):

        def dies(*given: Any, limit: int = limit) -> Any:
            for at, file in enumerate(whole(*given)):
                if at == limit:
                    raise Killed
                yield file

        monkeypatch.setattr(building, "all_files", dies)
        with pytest.raises(Killed):
            desk.build()
        held = desk.files()
        assert held.keys() >= before.keys()
        assert all(content.endswith(b"</html>\n") for name, content in held.items() if name.endswith(".html"))
    (desk.folder / "resolutions/.2779.html.77.part").write_text("half")
    monkeypatch.setattr(building, "all_files", whole)
    desk.build()

    assert "lead now" in re.sub("<.*?>", "", desk.page())
    assert not [name for name in desk.files() if name.endswith(".part")]


def test_a_base_url_gives_canonical_addresses_and_a_sitemap(desk: Any, numbered: Numbered) -> None:
    desk.newsroom.crawl({SYMBOL: numbered("Urges women to lead")})
    desk.build(base_url="https://example.org/wps")

    assert f"<link rel=canonical href=https://example.org/wps/{PAGE}>" in desk.page()
    assert f"<loc>https://example.org/wps/{PAGE}</loc>" in desk.page("sitemap.xml")
    assert f"https://example.org/wps/{PAGE}#op-1" in desk.page()
