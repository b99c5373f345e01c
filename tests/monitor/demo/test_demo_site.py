"""The demonstration site publishes and corrects what it says, and nothing else, in the shape the parsers read."""

import json
from collections import Counter
from urllib.parse import quote

import pytest

from monitor.demo.catalogue import SITE, XML_FOLDER, DemoCorrection, load_catalogue, xml_body
from monitor.demo.git import blob_sha, read_tree
from monitor.demo.site import LOOK_UP, RAW, TABLE, TREE, DemoSite, SiteAnswer, open_site
from scraper.pages.challenge import Answer as Received
from scraper.pages.challenge import Expected, check_answer
from scraper.pages.council_site.resolutions_table import Table, parse_resolutions
from scraper.pages.council_site.symbol_access import document_address, look_up_address
from scraper.pages.unxml.file_tree import Tree, parse_tree
from tests.site.late_xml import with_xml

CATALOGUE = load_catalogue()
NEWS = CATALOGUE.news.symbol
WPS = CATALOGUE.correction(is_wps=True)
ORDINARY = CATALOGUE.correction(is_wps=False)


def tree_of(site: DemoSite) -> Tree:
    return parse_tree(site.answer(*TREE, "recursive=1").body, "https://api.github.com/")


def table_of(site: DemoSite) -> Table:
    return parse_resolutions(site.answer(*TABLE).body, "https://main.un.org/")


def shas_of(site: DemoSite) -> dict[str, str]:
    entries = json.loads(site.answer(*TREE, "recursive=1").body)["tree"]
    return {entry["path"]: entry["sha"] for entry in entries if entry["type"] == "blob"}


def look_up(site: DemoSite, symbol: str) -> SiteAnswer:
    address = look_up_address("https://documents.un.org/api/symbol/access?s={symbol}&l={language}&t=pdf", symbol, "en")
    return site.answer(*LOOK_UP, address.partition("?")[2])


def received(path: str, answer: SiteAnswer) -> Received:
    return Received(f"https://documents.un.org{path}", answer.status, {"content-type": answer.media_type}, answer.body)


def test_an_empty_file_has_the_id_that_git_gives_it() -> None:
    assert blob_sha(b"") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"


def test_a_tree_has_the_ids_and_the_order_that_git_gives_it() -> None:
    root, entries = read_tree({"a/b": b"one\n", "a.txt": b"two\n", "a/c/d": b""})
    assert [entry.path for entry in entries] == ["a.txt", "a", "a/b", "a/c", "a/c/d"]
    assert root == "47bd7ac25b67891a0e18f9f4fa308a031b22a4af"


def test_every_path_of_the_tree_answers_with_the_body_whose_id_is_listed() -> None:
    site = open_site()
    bodies = {path: site.answer(RAW[0], RAW[1] + quote(path)) for path in shas_of(site)}
    assert {answer.status for answer in bodies.values()} == {200}
    assert {path: blob_sha(answer.body) for path, answer in bodies.items()} == shas_of(site)


def test_the_tree_and_the_table_are_read_without_a_remark() -> None:
    tree, table = tree_of(open_site()), table_of(open_site())
    assert (table.ignored, table.warnings, tree.duplicates) == ((), (), ())
    assert tree.unknown == ("2020/English/S_PRST_2020_11.xml",)
    assert tree.no_texts == ("2021/English/test", "Pre-2020/2004/desktop.ini")


def test_the_table_lists_every_published_resolution_newest_first_under_its_date() -> None:
    site = open_site()
    rows = table_of(site).rows
    assert [row.number for row in rows] == sorted((row.number for row in rows), reverse=True)
    assert {row.symbol: row.title for row in rows} == {each.symbol: each.agenda for each in site.documents}
    adopted_on = {each.symbol: each.adopted_on for each in site.documents}
    dates = {row.symbol: row.adopted_on for row in rows}
    assert {symbol for symbol, date in dates.items() if date is None} == {"S/RES/1325 (2000)", "S/RES/1820 (2008)"}
    assert {symbol: date for symbol, date in dates.items() if date} == {
        symbol: adopted_on[symbol] for symbol, date in dates.items() if date
    }


def test_every_resolution_of_the_first_day_has_one_text_and_the_pdf_only_where_there_is_no_xml() -> None:
    site = open_site()
    with_xml = {f"S/RES/{each.number}" for each in tree_of(site).resolutions if each.language == "en"}
    for document in site.documents:
        has_pdf = look_up(site, document.symbol).status == 302
        assert has_pdf is not (document.symbol.split(" (")[0] in with_xml)


def test_a_look_up_leads_in_upper_case_to_a_pdf_in_lower_case() -> None:
    site = open_site()
    answer = look_up(site, "S/RES/2782 (2025)")
    assert answer.location == "/doc/UNDOC/GEN/N25/107/06/PDF/N2510706.PDF"
    path = document_address(answer.location, "https://documents.un.org/").removeprefix("https://documents.un.org")
    check_answer(received(path, site.answer("documents.un.org", path)), Expected.PDF)


def test_the_upper_case_path_answers_with_a_page_that_is_no_pdf() -> None:
    answer = open_site().answer("documents.un.org", "/doc/UNDOC/GEN/N25/107/06/PDF/N2510706.PDF")
    assert (answer.status, answer.media_type) == (200, "text/html")
    assert answer.body.startswith(b"<!doctype html>")


@pytest.mark.parametrize("symbol", ["S/RES/2780 (2025)", NEWS, "S/RES/1325 (2000)"])
def test_a_symbol_without_a_pdf_is_answered_with_nothing(symbol: str) -> None:
    answer = look_up(open_site(), symbol)
    assert (answer.status, answer.body, answer.location) == (200, b"", None)


@pytest.mark.parametrize("host", ["api.github.com", "raw.githubusercontent.com", "main.un.org", "documents.un.org"])
def test_each_host_has_its_robots_txt(host: str) -> None:
    answer = open_site().answer(host, "/robots.txt")
    assert answer.status == 200
    assert b"User-agent: *" in answer.body


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("example.org", "/robots.txt"),
        ("..", "/robots.txt"),
        ("raw.githubusercontent.com", "/UNxml/SCresolutions/main/../../../../documents.toml"),
        ("raw.githubusercontent.com", f"/UNxml/SCresolutions/main/{CATALOGUE.news.xml}"),
        ("main.un.org", "/securitycouncil/en/content/resolutions-adopted-security-council-2024"),
    ],
)
def test_what_the_site_does_not_have_is_not_found(host: str, path: str) -> None:
    assert open_site().answer(host, path).status == 404


def test_publishing_adds_exactly_one_row_and_one_path() -> None:
    before, after = open_site(), open_site().publish(NEWS)
    (row,) = set(table_of(after).rows) - set(table_of(before).rows)
    assert row.symbol == NEWS
    assert set(table_of(before).rows) < set(table_of(after).rows)
    assert dict(shas_of(after).items() - shas_of(before).items()) == {
        CATALOGUE.news.xml: blob_sha(xml_body(str(CATALOGUE.news.xml)))
    }
    assert shas_of(before).items() < shas_of(after).items()


@pytest.mark.parametrize("correction", CATALOGUE.corrections, ids=lambda correction: str(correction.symbol))
def test_a_correction_changes_exactly_one_file_and_no_row(correction: DemoCorrection) -> None:
    before = open_site()
    after = before.correct(correction.symbol, correction.before, correction.after)
    changed = {path for path, sha in shas_of(after).items() if shas_of(before)[path] != sha}
    assert changed == {before.catalogue.document(correction.symbol).xml}
    assert table_of(after) == table_of(before)


def test_a_correction_replaces_one_word() -> None:
    for correction in CATALOGUE.corrections:
        gone = Counter(correction.before.split()) - Counter(correction.after.split())
        come = Counter(correction.after.split()) - Counter(correction.before.split())
        assert (gone.total(), come.total()) == (1, 1)


def test_correcting_back_gives_the_first_state_again() -> None:
    site = open_site().correct(WPS.symbol, WPS.before, WPS.after).correct(WPS.symbol, WPS.after, WPS.before)
    assert shas_of(site) == shas_of(open_site())


def test_the_xml_that_follows_a_pdf_adds_one_path_and_no_row() -> None:
    before = open_site()
    after = with_xml(before, "S/RES/2777 (2025)")
    assert set(shas_of(after)) - set(shas_of(before)) == {"2025/English/S_RES_2777-2504360E.xml"}
    assert table_of(after) == table_of(before)


def test_publishing_leaves_the_site_it_started_from_as_it_was() -> None:
    site = open_site()
    site.publish(NEWS)
    site.correct(ORDINARY.symbol, ORDINARY.before, ORDINARY.after)
    assert site == open_site()


def test_what_cannot_be_published_or_corrected_is_refused() -> None:
    site = open_site()
    with pytest.raises(KeyError, match="S/RES/9999"):
        site.publish("S/RES/9999 (2099)")
    with pytest.raises(ValueError, match="not published yet"):
        site.publish("S/RES/1325 (2000)")
    with pytest.raises(ValueError, match=r"once in .*, found it 0 times"):
        site.correct(WPS.symbol, "words that do not stand there", "others")
    with pytest.raises(ValueError, match="whose XML is published"):
        site.correct(NEWS, "women", "men")
    with pytest.raises(ValueError, match="still to come"):
        with_xml(site, "S/RES/1325 (2000)")


def test_every_file_that_ships_is_in_the_catalogue() -> None:
    known = {f"{XML_FOLDER}/{path}" for path in CATALOGUE.others}
    known |= {f"{XML_FOLDER}/{each.xml}" for each in CATALOGUE.documents if each.xml}
    known |= {f"documents.un.org/{each.pdf}" for each in CATALOGUE.documents if each.pdf}
    shipped = {path.relative_to(SITE).as_posix() for path in SITE.rglob("*") if path.is_file()}
    assert {path for path in shipped if not path.endswith("robots.txt")} == known | {"documents.toml"}
