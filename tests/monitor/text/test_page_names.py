import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.page_names import document_file, fragment, slug, year_file
from scraper.council.address import annexed, numbered, operative, preambular


@pytest.mark.parametrize(
    ("symbol", "kind", "language", "file"),
    [
        ("S/RES/2387 (2017)", "resolution", "en", "resolutions/2387.html"),
        ("S/RES/2387 (2017)", "resolution", "fr", "resolutions/2387.fr.html"),
        ("S/PRST/2019/16", "presidential_statement", "en", "statements/2019-16.html"),
        ("S/2013/173", "mission_report", "en", "missions/S-2013-173.html"),
        ("S/2025/389", "report", "en", "documents/S-2025-389.html"),
        ("S/RES/2776 (2025)/Corr.1", "corrigendum", "en", "resolutions/S-RES-2776-2025-Corr.1.html"),
        ("../../etc/passwd", "unknown", "en", "documents/etc-passwd.html"),
        ('S/1"><script>', "unknown", "en", "documents/S-1-script.html"),
    ],
)
def test_a_document_has_one_file_whatever_its_symbol_holds(symbol: str, kind: str, language: str, file: str) -> None:
    assert document_file(symbol, kind, language) == file


def test_the_list_of_a_year_takes_no_resolutions_page() -> None:
    assert year_file("resolutions", 2017) != document_file("S/RES/2017 (2011)", "resolution")


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("OP 43 (d) (ii)", "op-43-d-ii"),
        ("PP 7", "pp-7"),
        ("Annex II, para. 3 (b)", "annex-ii-para-3-b"),
        ("OP 4 (•2)", "op-4-bullet-2"),
        ("OP 7 +1", "op-7-after-1"),
        ("OP 8 (b) #2", "op-8-b-again-2"),
        ("para. +5", "para-after-5"),
        ("Annex +4", "annex-after-4"),
        ("OP 4 (A)", "op-4-cap-a"),
    ],
)
def test_a_place_is_made_from_the_address(address: str, place: str) -> None:
    assert fragment(address) == place


LABELS = st.sampled_from(["a", "b", "i", "ii", "1", "2", "A", "I", "•1", "•2", "+1", "+2"])
STEMS = st.sampled_from(
    [preambular(1), operative(1), operative("1.1"), annexed("Annex", 1), annexed("Annex II"), numbered(1)]
)


@given(STEMS, st.lists(LABELS, max_size=3), STEMS, st.lists(LABELS, max_size=3))
def test_two_addresses_have_two_places(one: object, ones: list[str], other: object, others: list[str]) -> None:
    for label in ones:
        one = one.child(label)  # type: ignore[attr-defined]
    for label in others:
        other = other.child(label)  # type: ignore[attr-defined]
    addresses = [str(each) for each in (one, other) if str(each) != "Annex II"]

    assert len({fragment(each) for each in addresses}) == len(set(addresses))


def test_a_name_becomes_part_of_a_file_name() -> None:
    assert slug("Côte d'Ivoire") == "cote-d-ivoire"
    assert len(slug("The responsibility of the Security Council " * 9)) <= 80
