"""The rules that the listings' parsers follow, on the whole list of real paths and on single addresses."""

import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest

from scraper.errors import FalseAnswer, SourceError
from scraper.pages.symbol_access import document_address, look_up_address
from scraper.pages.unxml_tree import parse_tree, raw_path
from scraper.spiders.unxml import git_blob_id

PATHS = Path(__file__).parents[2] / "cases" / "unxml_tree" / "paths-2026-07-21.txt"
ACCESS = "https://documents.un.org/api/symbol/access?s={symbol}&l={language}&t=pdf"
ASKED = "https://documents.un.org/api/symbol/access?s=S/RES/2728(2024)&l=en&t=pdf"


def test_of_the_real_resolution_paths_all_but_one_are_understood() -> None:
    paths = PATHS.read_text(encoding="utf-8").splitlines()
    entries = [{"path": path, "type": "blob", "sha": "0" * 40} for path in paths]
    tree = parse_tree(json.dumps({"tree": entries, "truncated": False}).encode(), "https://api.github.com/")
    resolutions = len(tree.resolutions) + len(tree.duplicates)
    assert (tree.paths, resolutions) == (4289, 3334)
    assert tree.unknown == ("2020/English/S_PRST_2020_11.xml",)
    assert {(file.number, file.language) for file in tree.duplicates} == {
        *((number, "en") for number in (2193, 2194, 2195, 2464)),
        *((number, "de") for number in (2770, 2772, 2778)),
    }
    languages = Counter(file.language for file in tree.resolutions)
    assert languages["en"] == max(languages.values())
    assert set(languages) == {"ar", "de", "en", "es", "fr", "ru", "zh"}


def test_a_blank_in_a_path_is_encoded_and_parentheses_are_not() -> None:
    assert raw_path("2020/English/S_RES_2504 (2020)-2000407E.xml") == "2020/English/S_RES_2504%20(2020)-2000407E.xml"


def test_a_blob_id_is_the_one_git_gives() -> None:
    assert git_blob_id(b"test content\n") == "d670460b4b4aece5915caf5c68d12f560a9fe3e4"
    assert git_blob_id(b"") == hashlib.sha1(b"blob 0\0", usedforsecurity=False).hexdigest()


@pytest.mark.parametrize(
    ("is_encoded", "expected"),
    [(False, "s=S/RES/2768(2025)&l=fr"), (True, "s=S%2FRES%2F2768(2025)&l=fr")],
    ids=["raw", "encoded"],
)
def test_a_symbol_is_looked_up_without_its_blank(is_encoded: bool, expected: str) -> None:
    assert expected in look_up_address(ACCESS, "S/RES/2768 (2025)", "fr", is_encoded=is_encoded)


def test_a_language_the_service_would_silently_answer_in_english_is_refused() -> None:
    with pytest.raises(ValueError, match="'ja'"):
        look_up_address(ACCESS, "S/RES/2768 (2025)", "ja")


@pytest.mark.parametrize(
    "location",
    [
        "/doc/UNDOC/GEN/N24/080/81/PDF/N2408081.PDF",
        "https://documents.un.org/doc/UNDOC/GEN/N24/080/81/PDF/N2408081.PDF",
        "https://documents.un.org:443/doc/undoc/gen/n24/080/81/pdf/n2408081.pdf?OpenElement",
    ],
    ids=["path", "absolute", "port"],
)
def test_a_document_s_address_is_in_lower_case_on_the_same_host(location: str) -> None:
    assert document_address(location, ASKED) == ("https://documents.un.org/doc/undoc/gen/n24/080/81/pdf/n2408081.pdf")


@pytest.mark.parametrize(
    ("location", "error", "code"),
    [
        ("https://documents.un.org/error", SourceError, "refused"),
        ("/error", SourceError, "refused"),
        ("https://example.org/doc/x.pdf", FalseAnswer, "foreign-redirect"),
        ("http://documents.un.org/doc/x.pdf", FalseAnswer, "foreign-redirect"),
        ("/login", FalseAnswer, "foreign-redirect"),
        ("", FalseAnswer, "foreign-redirect"),
    ],
)
def test_a_redirect_that_leads_to_no_document_is_refused(location: str, error: type[SourceError], code: str) -> None:
    with pytest.raises(error) as raised:
        document_address(location, ASKED)
    assert raised.value.code == code
