"""What a crawl asked and was answered is kept with each body, a mirror's address included, and no password."""

from contextlib import closing

from scrapy.http import Headers

from scraper.crawl.exchange import pairs_of
from storage.fetched.snapshot_chain import chain_faults, exchange_of
from storage.fetched.snapshots import list_snapshots
from storage.sqlite.database import open_readonly
from tests.conftest import Desk


def test_each_body_of_a_crawl_has_its_exchange(desk: Desk) -> None:
    desk.ask("crawl", "unxml", "--json")
    with closing(open_readonly(desk.folder / "data/wpswatch.db")) as db:
        snapshots = list_snapshots(db)
        exchanges = [exchange_of(db, snapshot.id) for snapshot in snapshots]
        assert chain_faults(db) == []
    assert exchanges
    for snapshot, exchange in zip(snapshots, exchanges, strict=True):
        assert exchange is not None
        assert exchange.asked_url == snapshot.url.replace("https:/", desk.server.url.rstrip("/"))
        assert dict(exchange.request_headers)["User-Agent"].startswith("Mozilla/5.0 (compatible; wpswatch/")
        assert "Content-Type" in dict(exchange.answer_headers)


def test_what_lets_a_reader_log_in_is_left_out() -> None:
    headers = Headers({"Authorization": "Bearer abc", "Via": ["a", "b"], "Set-Cookie": "id=abc"})
    assert pairs_of(headers) == (
        ("Authorization", "(left out)"),
        ("Via", "a"),
        ("Via", "b"),
        ("Set-Cookie", "(left out)"),
    )
