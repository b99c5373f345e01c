"""Every kind of page in a browser: accessible, still, silent, and narrow enough for a small phone."""

from collections.abc import Callable
from typing import Any

import pytest

KINDS = (
    "index.html", "themes/index.html", "themes/participation.html", "themes/participation-2000.html",
    "resolutions/index.html", "resolutions/in-2017.html", "resolutions/2387.html", "resolutions/2387-2301.html",
    "resolutions/1325.html", "situations/index.html", "situations/central-african-republic.html",
    "bodies/index.html", "bodies/minusca.html", "changes/index.html", "changes/2025-12.html", "sources.html",
    "accuracy.html", "cite.html", "about.html", "search.html#q=women",
)  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def arabic(site: Any) -> str:
    return next(iter(sorted(path.relative_to(site).as_posix() for path in site.glob("resolutions/*.ar.html"))))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", [*KINDS, "arabic"])
def test_axe_finds_nothing(opened: Callable[..., Any], axe: str, site: Any, name: str, width: int, scheme: str) -> None:
    page = opened(arabic(site) if name == "arabic" else name, width=width, scheme=scheme)
    if name.startswith("search"):
        page.wait_for_selector("#hits li")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    page.evaluate(axe)
    found = page.evaluate("tags => axe.run({runOnly: tags, preload: false})", RULES)
    told = [
        (rule["id"], node["target"], node["failureSummary"]) for rule in found["violations"] for node in rule["nodes"]
    ]

    assert told == []


@pytest.mark.parametrize("name", [*KINDS, "arabic"])
def test_nothing_scrolls_sideways_on_a_small_phone(opened: Callable[..., Any], site: Any, name: str) -> None:
    page = opened(arabic(site) if name == "arabic" else name, width=320)

    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


SHIFTS = """() => new Promise(done => {
  let sum = 0;
  const watch = new PerformanceObserver(list => list.getEntries().forEach(each => { sum += each.value; }));
  watch.observe({type: 'layout-shift', buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""


@pytest.mark.parametrize(
    "name", ["index.html", "resolutions/2387.html", "themes/participation.html", "bodies/minusca.html"]
)
def test_nothing_moves_after_it_is_shown(opened: Callable[..., Any], name: str) -> None:
    assert opened(name).evaluate(SHIFTS) == 0
