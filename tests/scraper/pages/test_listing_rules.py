"""The rules that the listings' parsers follow, on the whole list of real paths and on single addresses."""

import hashlib
from collections import Counter

import pytest

from scraper.council.symbol import parse_symbol
from scraper.errors import FalseAnswer, SourceError, UnexpectedPage
from scraper.pages.council_site.symbol_access import document_address, look_up_address
from scraper.pages.unxml.blob_name import git_blob_id
from scraper.pages.unxml.file_names import ResolutionFile
from scraper.pages.unxml.file_tree import Tree, parse_tree, raw_path
from scraper.pages.unxml.metadata import parse_metadata
from tests.measures.sources.unxml_paths import count, read_paths
from tests.paths import TESTS

PATHS = TESTS / "cases" / "unxml_tree" / "paths-2026-07-21.txt"
ACCESS = "https://documents.un.org/api/symbol/access?s={symbol}&l={language}&t=pdf"
ASKED = "https://documents.un.org/api/symbol/access?s=S/RES/2728(2024)&l=en&t=pdf"


@pytest.fixture(scope="module")
def tree() -> Tree:
    return read_paths(PATHS)


DEEP = b"[" * 100_000 + b"]" * 100_000


def test_a_tree_nested_without_end_is_refused_by_name() -> None:
    with pytest.raises(UnexpectedPage, match="nested without end") as refused:
        parse_tree(b'{"tree": ' + DEEP + b"}", "https://example.org/tree")
    assert refused.value.code == "too-deep"


def test_a_line_of_metadata_nested_without_end_costs_itself_alone() -> None:
    sound = b'{"symbol": "S/RES/2387 (2017)"}'
    read = parse_metadata(b"\n".join((DEEP, sound)), "https://example.org/2017.json")
    assert read.warnings[0] == "line 1: expected a JSON object, found one nested without end"
    assert [one.symbol for one in read.resolutions] == ["S/RES/2387 (2017)"]


def test_of_the_real_resolution_paths_all_but_one_are_understood(tree: Tree) -> None:
    resolutions = count(tree)["resolutions"]
    assert (tree.paths, resolutions.paths, resolutions.understood) == (4289, 3335, 3334)
    assert tree.unknown == ("2020/English/S_PRST_2020_11.xml",)
    duplicates = [file for file in tree.duplicates if isinstance(file, ResolutionFile)]
    assert {(file.number, file.language) for file in duplicates} == {
        *((number, "en") for number in (2193, 2194, 2195, 2464)),
        *((number, "de") for number in (2770, 2772, 2778)),
    }
    languages = Counter(file.language for file in tree.resolutions)
    assert languages["en"] == max(languages.values())
    assert set(languages) == {"ar", "de", "en", "es", "fr", "ru", "zh"}


def test_every_real_path_of_a_statement_a_draft_and_metadata_is_understood(tree: Tree) -> None:
    counted = count(tree)
    assert {name: (one.paths, one.understood) for name, one in counted.items() if name != "resolutions"} == {
        "statements": (759, 759),
        "drafts": (132, 132),
        "metadata": (27, 27),
    }
    assert len(tree.no_texts) == 36


def test_statements_have_the_symbols_that_the_united_nations_give_them(tree: Tree) -> None:
    symbols = {file.path.rpartition("/")[2]: file.symbol for file in tree.statements}
    assert symbols["S_PRST_2000_27_Corr.1-0060049E.xml"] == "S/PRST/2000/27/Corr.1"
    assert symbols["S_PRST_2000_27-0059266E.xml"] == "S/PRST/2000/27"
    assert symbols["S_PRST_2006_42_0-0658865E.xml"] == "S/PRST/2006/42"
    assert symbols["S_PRST_2010_6_0_0-1028164E.xml"] == "S/PRST/2010/6"
    assert symbols["S_PRST_2022_7_E.xml"] == "S/PRST/2022/7"
    assert all(parse_symbol(symbol) == symbol for symbol in symbols.values())
    held = [(file.symbol, file.language) for file in tree.statements]
    assert len(held) == len(set(held))
    assert ("S/PRST/2000/25", "en") in held, "beside the reissue in French that bears an English name"


def test_drafts_are_of_the_language_of_their_folder(tree: Tree) -> None:
    assert Counter(file.language for file in tree.drafts) == dict.fromkeys(["ar", "en", "es", "fr", "ru", "zh"], 19) | {
        "de": 18
    }
    assert "S/2025/353" in {file.symbol for file in tree.drafts}


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
