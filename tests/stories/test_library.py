"""The catalogue and the tables of meetings through a mirror, by the command as a user runs it: facts, and no news."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from monitor.cli.main import cli
from storage.outbox.outbox import list_alerts
from storage.sqlite.database import DATABASE_NAME, open_readonly
from storage.texts.changes import list_changes
from tests.scraper.conftest import Site
from tests.site.library_site import RENDERED, TABLE_2017, VETOES, answer, error, following, month, record, table

pytestmark = pytest.mark.long

SETTINGS = """
[network]
mirror = "{mirror}"
delay_seconds = 0
[[channels]]
name = "log"
type = "file"
path = "{folder}/log"
"""
HTML = {"Content-Type": "text/html"}
YEARS = range(2000, datetime.now(UTC).year + 1)


def months() -> list[str]:
    """This month and the two before it, newest first, as a mirror has them: the command goes by the real clock."""
    now = datetime.now(UTC)
    numbers = [12 * now.year + now.month - 1 - back for back in range(3)]
    firsts = [datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC) for number in (*numbers, numbers[0] + 1)]
    ends = [firsts[3], *firsts[:2]]
    days = [datetime.fromtimestamp(end.timestamp() - 1, UTC) for end in ends]
    return [month(f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}") for first, last in zip(firsts[:3], days, strict=True)]


@pytest.fixture
def site() -> Iterator[Site]:
    """Two pages, a page of HTML where the third should be, an empty month; a real table and the list of vetoes."""
    site = Site()
    this, last, before = months()
    site.put(this, answer(record("S/RES/2812 (2026)"), more="a|1", size=3))
    site.put(following("a%7C1"), answer(record("S/RES/2813 (2026)", 10093, "Adopted unanimously"), more="a|2", size=3))
    site.put(following("a%7C2"), b"<!DOCTYPE html><html><body>Please try again</body></html>", headers=HTML)
    site.put(last, error("noRecordsMatch"))
    site.put(before, b"", status=503, headers={"Retry-After": "0"})
    for year in YEARS:
        site.put(f"{RENDERED}/scmeetings_{year}/EN", table((4000, f"6 June {year}", "--")), headers=HTML)
    outcome = "<a>S/RES/2812 (2026)</a><br>13-0-2"
    site.put(f"{RENDERED}/scmeetings_2026/EN", table((10089, "14 October 2026", outcome)), headers=HTML)
    site.put(f"{RENDERED}/scmeetings_2017/EN", TABLE_2017.read_bytes(), headers=HTML)
    site.put(f"{RENDERED}_veto/sc_veto_list/EN", VETOES.read_bytes(), headers=HTML)
    yield site
    site.close()


@pytest.fixture
def ask(tmp_path: Path, site: Site) -> Callable[..., Any]:
    settings = tmp_path / "wpswatch.toml"
    settings.write_text(SETTINGS.format(mirror=site.url, folder=tmp_path))

    def call(*arguments: str, code: int = 0) -> Any:
        given = ["--data", str(tmp_path / "data"), "--config", str(settings), "-q", *arguments]
        done = CliRunner().invoke(cli, given, catch_exceptions=False)
        assert done.exit_code == code, done.output
        return json.loads(done.stdout) if "--json" in arguments else done.stdout

    return call


def test_both_tell_facts_of_documents_and_nobody_is_alerted(ask: Any, site: Site, tmp_path: Path) -> None:
    [first] = ask("crawl", "un-library", "--json")
    assert (first["outcome"], first["fetched"], first["failed"]) == ("complete", 3, 2)
    assert "html-instead: expected XML, found b'<!DOCTYPE html>" in first["reason"]
    assert "server-error: expected status 200, found 503" in first["reason"]
    [tables] = ask("crawl", "sc-meetings", "--json")
    assert (tables["outcome"], tables["failed"], tables["reason"]) == ("complete", 0, None)

    told = told_of(ask, "S/RES/2812 (2026)")
    assert told["meeting"] == {"un-library catalogue": 10089, "sc-meetings table": 10089}
    assert told["adopted_on"] == {"un-library catalogue": "2026-10-14", "sc-meetings table": "2026-10-14"}
    assert set(told["press_release"].values()) == {"SC/16271"}
    assert told_of(ask, "S/2022/431")["vetoed_by"] == {"sc-meetings vetoes": ["China", "Russian Federation"]}
    assert told_of(ask, "S/RES/2388 (2017)")["vote"]["sc-meetings table"]["for"] == 15

    site.put(following("a%7C2"), answer(record("S/PRST/2026/9", 10094), size=3))
    site.put(months()[2], answer(record("S/RES/2811 (2026)")))
    site.asked.clear()
    [second] = ask("crawl", "un-library", "--json")
    assert (second["outcome"], second["failed"], second["reason"]) == ("complete", 0, None)
    # in the first week of a month last month's is asked for once more
    assert [path for path in site.paths("oai2d") if path != f"/{months()[1]}"] == [
        f"/{following('a%7C2')}",
        f"/{months()[2]}",
    ]
    assert told_of(ask, "S/PRST/2026/9")["meeting"] == {"un-library catalogue": 10094}

    site.asked.clear()
    [quiet] = ask("crawl", "sc-meetings", "--json")
    assert (quiet["outcome"], quiet["fetched"], len(site.paths("amazonaws"))) == ("complete", 0, 3)
    before = told_of(ask, "S/RES/2812 (2026)")
    ask("reparse")
    assert told_of(ask, "S/RES/2812 (2026)") == before

    page = ask("show", "2812")
    assert "its text is not held; this is what is told of it" in page
    assert "meeting       10089 (sc-meetings table, un-library catalogue)" in page
    with closing(open_readonly(tmp_path / "data" / DATABASE_NAME)) as db:
        assert (list_alerts(db), list_changes(db)) == ([], [])
    held = {each["source"]: each["held"] for each in ask("sources", "--json")}
    assert (held["un-library"], held["sc-meetings"]) == (4, 8)


def told_of(ask: Any, symbol: str) -> dict[str, dict[str, Any]]:
    """The facts of a document by field, then by who tells them, as `show` gives them though its text is not held."""
    shown = ask("show", symbol, "--json")
    assert (shown["symbol"], shown["is_held"]) == (symbol, False)
    told: dict[str, dict[str, Any]] = {}
    for fact in shown["facts"]:
        told.setdefault(fact["field"], {})[f"{fact['source']} {fact['origin']}"] = fact["value"]
    return told
