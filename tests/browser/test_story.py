"""What a reader does, by mouse, by keyboard and without scripts: theme, paragraph, citation, search."""

from collections.abc import Callable
from typing import Any

CITATION = "Security Council resolution 2387 (2017), para. 42 (a) (iii)"


def selected(page: Any) -> str:
    return str(page.evaluate("getSelection().toString()")).strip()


def test_from_a_theme_to_a_citation_without_scripts(opened: Callable[..., Any]) -> None:
    page = opened("themes/protection.html", scripts=False)
    page.get_by_role("link", name="Security Council Resolution 2387: Para. 42").first.click()
    assert page.url.endswith("resolutions/2387.html#op-42-a-iii")
    note = page.locator("#op-42-a-iii")
    note.get_by_text("Cite", exact=True).click()

    assert note.locator(".cite .u").is_visible()
    assert note.locator(".cite").inner_text().strip() == CITATION
    page.get_by_label("OSCOLA").check()
    assert note.locator(".cite").inner_text().strip().startswith("UNSC Res 2387 (15 November 2017)")


def test_one_tap_selects_the_whole_citation_and_no_more(opened: Callable[..., Any]) -> None:
    page = opened("resolutions/2387.html#op-42-a-iii")
    note = page.locator("#op-42-a-iii")
    note.get_by_text("Cite", exact=True).click()
    note.locator(".cite").click()
    assert selected(page) == CITATION

    page.get_by_label("with the words").check()
    note.locator(".cite").click()
    assert selected(page).startswith("“To provide specific protection for women and children")
    assert selected(page).endswith(CITATION)


def test_only_what_speaks_of_women_is_shown_on_demand(opened: Callable[..., Any]) -> None:
    page = opened("resolutions/2387.html", scripts=False)
    assert page.locator("#pp-1").is_visible()
    page.get_by_label("Show only what speaks of women").check()

    assert not page.locator("#pp-1").is_visible()
    assert page.locator("#op-42-a-iii").is_visible()
    assert page.locator("#op-42").is_visible()  # its words introduce one that does


def test_search_by_keyboard_with_facets_and_back(opened: Callable[..., Any]) -> None:
    from playwright.sync_api import expect

    page = opened("index.html")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("sexual violence")
    page.keyboard.press("Enter")
    page.wait_for_selector("#hits li")
    status = page.locator("#status")
    all_found = status.inner_text()
    theme = page.get_by_label("Protection").first
    theme.focus()
    page.keyboard.press("Space")
    expect(status).to_contain_text(" of ")
    one_facet = status.inner_text()
    page.get_by_label("Only women, peace and security").focus()
    page.keyboard.press("Space")
    page.wait_for_url("**w=*")
    page.go_back()
    expect(status).to_have_text(one_facet)
    page.go_back()
    expect(status).to_have_text(all_found)
    page.go_forward()
    expect(status).to_have_text(one_facet)


def test_a_query_that_is_a_citation_offers_the_paragraph_first(opened: Callable[..., Any]) -> None:
    for query in ("2387 para 42 a iii", "OP 42 (a) (iii) of 2387", "S/RES/2387 (2017) 42(a)(iii)"):
        page = opened(f"search.html?q={query.replace(' ', '+')}")
        page.wait_for_selector("#jumpto a")
        assert page.locator("#jumpto a").get_attribute("href") == "resolutions/2387.html#op-42-a-iii"


def test_a_word_that_stands_nowhere_is_named_and_half_a_word_completed(opened: Callable[..., Any]) -> None:
    from playwright.sync_api import expect

    page = opened("search.html#q=women+xylophonists")
    expect(page.locator("#status")).to_contain_text("nowhere")
    assert "“xylophonists” stands nowhere" in page.locator("#status").inner_text()

    page = opened("search.html#q=women+particip")
    page.wait_for_selector("#hits li")
    assert "words that begin with it were searched" in page.locator("#status").inner_text()
