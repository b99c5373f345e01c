"""Crawls of the Council's table and the documents service: two steps, budget, announced texts, answers that lie."""

from contextlib import closing
from datetime import date, datetime, timedelta

from storage.fetched.runs import open_run
from storage.fetched.snapshots import save_snapshot
from storage.models import DocumentKind, ParsedDocument
from storage.records import ResourceState, Snapshot
from storage.sqlite.database import DATABASE_NAME, open_database, transaction
from storage.texts.saving import save_version

PDF = b"%PDF-1.7\nResolution\n%%EOF\n"
APP_PAGE = b"<!DOCTYPE html><html><head><title>ODS</title></head><body><app-root></app-root></body></html>"
ADDRESS = "https://documents.un.org/api/symbol/access?s=S/RES/{}(2026)&l=en&t=pdf"


def test_a_document_is_fetched_in_two_steps_and_known_by_its_symbol_address(desk, table, site):
    table.publish(2825)
    table.look_up(2825)
    table.document(2825, PDF)
    crawled = desk.crawl("un-resolutions")
    assert (crawled.run.finish_reason, crawled.run.reason) == ("finished", None)
    assert (crawled.run.counts.listed, crawled.run.counts.fetched) == (1, 1)
    assert site.paths("documents.un.org") == [
        "/documents.un.org/api/symbol/access?s=S%2FRES%2F2825(2026)&l=en&t=pdf",
        "/documents.un.org/doc/undoc/gen/n26/2825.pdf",
    ]
    [snapshot] = desk.snapshots()
    assert snapshot.url == ADDRESS.format(2825)
    assert snapshot.final_url == "https://documents.un.org/doc/undoc/gen/n26/2825.pdf"
    assert (snapshot.symbol, snapshot.language) == ("S/RES/2825 (2026)", "en")
    for asked in site.asked[-2:]:
        assert asked.headers["accept"] == "application/pdf"
        assert asked.headers["referer"] == "https://docs.un.org/en/S/RES/2825(2026)"


def test_answers_that_are_no_document_are_told_apart(desk, table, site):
    table.publish(*range(2820, 2829))
    table.look_up(2828, status=200, headers={}, body=b"")
    for is_encoded in (True, False):
        table.look_up(2827, is_encoded=is_encoded, status=200, headers={"Content-Type": "text/html"}, body=APP_PAGE)
        table.look_up(2826, is_encoded=is_encoded, headers={"Location": "https://documents.un.org/error"})
    table.look_up(2825, headers={"Location": "https://example.org/doc/x.pdf"})
    table.look_up(2824)
    table.document(2824, APP_PAGE)
    table.look_up(2823)
    table.document(2823, b"%PDF-1.7\nResolution, and then the line")
    table.look_up(2822)
    table.look_up(2821)
    table.document(2821, PDF, length=65_000_000)
    table.look_up(2820)
    table.document(2820, b"PK\x03\x04 a Word file")
    crawled = desk.crawl("un-resolutions")
    told = {
        held.symbol[6:10]: (held.state, held.attempts)
        for held in desk.resources("un-resolutions").values()
        if held.symbol
    }
    announced, listed = (ResourceState.ANNOUNCED, 1), (ResourceState.LISTED, 0)
    assert told == {
        "2828": announced,  # an empty answer: there is no such document yet
        "2827": announced,  # the application page, also after asking again
        "2826": listed,  # refused
        "2825": listed,  # led elsewhere
        "2824": announced,  # the application page in the document's place, three times
        "2823": announced,  # cut off: kept, and asked for again
        "2822": announced,  # 404
        "2821": listed,  # too large
        "2820": listed,  # another format
    }
    assert (crawled.run.counts.fetched, crawled.run.counts.failed, crawled.run.finish_reason) == (1, 4, "finished")
    assert [snapshot.symbol for snapshot in desk.snapshots()] == ["S/RES/2823 (2026)"]
    assert len(site.paths("2824.pdf")) == 3
    assert not site.paths("example.org")


def test_raw_slashes_are_tried_where_encoded_ones_give_the_application_page(desk, table, site):
    table.publish(2825)
    table.look_up(2825, status=200, headers={"Content-Type": "text/html"}, body=APP_PAGE)
    table.look_up(2825, is_encoded=False)
    table.document(2825, PDF)
    assert desk.crawl("un-resolutions").run.counts.fetched == 1


def test_an_announced_text_is_asked_for_again_when_it_is_due_and_then_held(desk, table, site):
    table.publish(2825)
    table.look_up(2825, status=200, headers={}, body=b"")
    first = desk.crawl("un-resolutions")
    desk.accept(first)
    [waiting] = [held for held in desk.resources("un-resolutions").values() if held.symbol]
    assert waiting.state is ResourceState.ANNOUNCED
    assert waiting.next_attempt_at == _now() + timedelta(hours=1)

    site.asked.clear()
    desk.accept(desk.crawl("un-resolutions", now=_now() + timedelta(minutes=59)))
    assert site.paths("documents.un.org") == []

    table.look_up(2825)
    table.document(2825, PDF)
    third = desk.crawl("un-resolutions", now=_now() + timedelta(minutes=61))
    assert third.run.counts.fetched == 1
    [held] = [held for held in desk.resources("un-resolutions").values() if held.symbol]
    assert (held.state, held.next_attempt_at) == (ResourceState.HELD, None)


def test_a_symbol_held_from_any_source_is_not_asked_for(desk, table, site):
    table.publish(2825, 2824)
    table.look_up(2824)
    table.document(2824, PDF)
    _hold(desk, "S/RES/2825 (2026)")
    desk.crawl("un-resolutions")
    assert not site.paths("2825")
    assert len(site.paths("2824")) == 2


def test_the_budget_goes_to_the_newest_and_a_choice_of_years_lifts_it(desk, table, site):
    table.publish(2823, 2825, 2824)
    for number in (2823, 2824, 2825):
        table.look_up(number)
        table.document(number, PDF + str(number).encode())
    crawled = desk.crawl("un-resolutions", budget=2)
    assert [snapshot.symbol for snapshot in desk.snapshots()] == ["S/RES/2824 (2026)", "S/RES/2825 (2026)"]
    assert (crawled.run.finish_reason, crawled.run.counts.failed) == ("finished", 0)
    assert crawled.run.reason == "budget: asked for 2 documents, 1 left for later runs"


def test_older_years_are_asked_for_only_when_chosen(desk, table, site):
    table.publish(2300, year=2016)
    table.look_up(2300, year=2016)
    table.document(2300, PDF)
    assert desk.crawl("un-resolutions").run.counts.fetched == 0
    assert desk.crawl("un-resolutions", first_year=2016, last_year=2016).run.counts.fetched == 1


def test_a_table_with_another_column_ends_the_run_as_failed(desk, site):
    row = "<tr><td>S/RES/2825 (2026)</td><td>3 March 2026</td><td>Title</td><td>15-0-0</td></tr>"
    page = f"<html><body><dl><dt>2026</dt><dd><table>{row}</table></dd></dl></body></html>"
    site.put("main.un.org/securitycouncil/en/content/resolutions-0", page.encode())
    crawled = desk.crawl("un-resolutions")
    assert crawled.run.finish_reason == "listing-failed"
    assert crawled.run.reason.startswith("other-columns: expected 1 to 3 columns in 2026, found 4")


def _now() -> datetime:
    return datetime.fromisoformat("2026-11-24T12:00:00+00:00")


def _hold(desk, symbol: str) -> None:
    with closing(open_database(desk.data / DATABASE_NAME)) as db, transaction(db):
        snapshot = Snapshot(
            source="unxml",
            run=open_run(db, "unxml", _now()),
            url="https://example.org/a.xml",
            final_url="https://example.org/a.xml",
            status=200,
            etag=None,
            last_modified=None,
            media_type="application/xml",
            body_hash="0" * 64,
            size=1,
            fetched_at=_now(),
            symbol=symbol,
            language="en",
            revision=None,
        )
        parsed = ParsedDocument(
            symbol=symbol,
            kind=DocumentKind.RESOLUTION,
            language="en",
            adopted_on=date(2026, 3, 3),
            published_on=None,
            meeting=None,
            subject=None,
            media_type="application/xml",
            reader="akn",
            parser_version="1",
            paragraphs=(),
        )
        save_version(db, parsed, save_snapshot(db, snapshot), (), _now())
