from datetime import UTC, datetime
from typing import Any

from storage.told.site_addresses import SiteAddress, keep_addresses, published_addresses

NOW = datetime(2026, 11, 30, tzinfo=UTC)


def test_an_address_is_kept_once_and_for_ever(shelf: Any) -> None:
    first = [SiteAddress("resolutions/2387.html"), SiteAddress("resolutions/2387.html", "op-5")]

    assert keep_addresses(shelf.db, first, NOW) == 2
    assert keep_addresses(shelf.db, [first[0], SiteAddress("about.html")], NOW) == 1
    assert published_addresses(shelf.db) == {*first, SiteAddress("about.html")}
