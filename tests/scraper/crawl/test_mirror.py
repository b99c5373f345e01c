"""Which address of a mirror stands for which canonical one, and what its redirects mean."""

import pytest

from scraper.crawl.mirror import Mirror

HOSTS = frozenset({"documents.un.org", "main.un.org"})
ASKED = "https://documents.un.org/api/symbol/access?s=S/RES/1(1946)"
ROOT = Mirror("http://127.0.0.1:8000", HOSTS)
BELOW = Mirror("https://archive.example.org/un/", HOSTS)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://main.un.org/robots.txt", "http://127.0.0.1:8000/main.un.org/robots.txt"),
        ("https://main.un.org", "http://127.0.0.1:8000/main.un.org/"),
        (ASKED, "http://127.0.0.1:8000/documents.un.org/api/symbol/access?s=S/RES/1(1946)"),
        ("https://main.un.org/a%20b", "http://127.0.0.1:8000/main.un.org/a%20b"),
    ],
)
def test_a_canonical_url_lies_below_its_host_s_name(url: str, expected: str) -> None:
    assert ROOT.address_of(url) == expected


def test_a_password_of_the_mirror_is_a_header_and_stands_in_no_address() -> None:
    mirror = Mirror("https://desk:se%40cret@archive.example.org/un", HOSTS)
    assert mirror.address_of("https://main.un.org/a") == "https://archive.example.org/un/main.un.org/a"
    assert mirror.authorization == "Basic ZGVzazpzZUBjcmV0"
    location = "https://archive.example.org/un/documents.un.org/doc/X.PDF"
    assert mirror.canonical_location(location, ASKED) == "https://documents.un.org/doc/X.PDF"
    assert ROOT.authorization is None


def test_a_mirror_may_lie_below_a_path() -> None:
    assert BELOW.address_of("https://main.un.org/a") == "https://archive.example.org/un/main.un.org/a"


@pytest.mark.parametrize(
    ("mirror", "location"),
    [
        (ROOT, "/doc/X.PDF"),
        (ROOT, "https://documents.un.org/doc/X.PDF"),
        (ROOT, "http://127.0.0.1:8000/documents.un.org/doc/X.PDF"),
        (ROOT, "/documents.un.org/doc/X.PDF"),
        (ROOT, "http://127.0.0.1:8000/doc/X.PDF"),
        (BELOW, "https://archive.example.org/un/documents.un.org/doc/X.PDF"),
        (BELOW, "/un/documents.un.org/doc/X.PDF"),
        (BELOW, "/doc/X.PDF"),
    ],
)
def test_every_form_of_a_redirect_means_the_canonical_address(mirror: Mirror, location: str) -> None:
    assert mirror.canonical_location(location, ASKED) == "https://documents.un.org/doc/X.PDF"


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("https://example.org/x", "https://example.org/x"),
        ("../x?y=1", "https://documents.un.org/api/x?y=1"),
        ("/main.un.org/en?y=1", "https://main.un.org/en?y=1"),
    ],
)
def test_redirects_to_elsewhere_stay_what_they_are(location: str, expected: str) -> None:
    assert ROOT.canonical_location(location, ASKED) == expected


def test_a_mirror_is_opened_with_the_name_and_password_of_its_address(desk, library, site) -> None:
    library.add(2825)
    desk.mirror = site.url.replace("//", "//desk:secret@")
    crawled = desk.crawl("unxml")
    assert (crawled.run.finish_reason, crawled.run.counts.fetched) == ("finished", 1)
    assert {asked.headers["authorization"] for asked in site.asked} == {"Basic ZGVzazpzZWNyZXQ="}
    assert "secret" not in (desk.data / "wpswatch.db").read_bytes().decode("latin-1")
