import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.council.symbol import (
    ResolutionNumber,
    base_of,
    find_other_body,
    find_symbol,
    find_title,
    is_same,
    kind_of,
    parse_symbol,
    read_typed,
    resolution_number,
    root_of,
    symbol_in_file_name,
    year_in_symbol,
)
from storage.models import DocumentKind


@pytest.mark.parametrize(
    ("printed", "symbol"),
    [
        ("S/RES/1325(2000)", "S/RES/1325 (2000)"),
        ("S/RES/1325 (2000)", "S/RES/1325 (2000)"),
        ("S/RES/1325\u00a0(2000)", "S/RES/1325 (2000)"),
        ("S/RES/1325\n(2000)", "S/RES/1325 (2000)"),
        ("S/RES/2776(2025)/CORR.1*", "S/RES/2776 (2025)/Corr.1"),
        ("s/res/1325 (2000)", "S/RES/1325 (2000)"),
        ("Resolution 1325 (2000)", "S/RES/1325 (2000)"),
        ("Résolution 2767 (2024)", "S/RES/2767 (2024)"),
        ("Resolución 2767 (2024)", "S/RES/2767 (2024)"),
        ("S/2013/173", "S/2013/173"),
        ("S/2013/173*", "S/2013/173"),
        ("S/PRST/2014/21", "S/PRST/2014/21"),
        ("s/prst/2014/21/corr.1", "S/PRST/2014/21/Corr.1"),
        ("S/2025/108/Rev.1", "S/2025/108/Rev.1"),
        ("S/26015", "S/26015"),
        ("S/PV.9872", "S/PV.9872"),
        ("S/2023/10/Add.24", "S/2023/10/Add.24"),
    ],
)
def test_symbols_have_one_form(printed, symbol):
    assert parse_symbol(printed) == symbol


@pytest.mark.parametrize(
    "text", ["", "2387", "A/RES/60/1", "CEDAW/C/CAF/CO/6", "S/RES/", "resolution 1325", "see S/2013/173"]
)
def test_what_is_no_symbol_of_the_council_is_none(text):
    assert parse_symbol(text) is None


@given(st.integers(1, 9999), st.integers(1946, 2099))
def test_a_resolution_symbol_is_read_back(number, year):
    symbol = f"S/RES/{number} ({year})"
    assert parse_symbol(symbol) == parse_symbol(symbol.replace(" ", "")) == symbol
    assert resolution_number(symbol) == ResolutionNumber(number, year)


@given(st.text())
def test_any_text_may_be_searched(text):
    found = find_symbol(text)
    assert found is None or parse_symbol(found) == found


def test_the_first_symbol_in_a_text_is_found():
    assert find_symbol("its Presidential Statement S/PRST/2015/22 and S/RES/2272 (2016)") == "S/PRST/2015/22"
    assert find_symbol("document A/58/S/2013/173 of another body") is None


def test_a_printed_title_is_found():
    assert find_title("Resolution 2776 (2025)\nAdopted by the Security Council") == "S/RES/2776 (2025)"


def test_another_body_is_recognised_by_its_symbol():
    assert find_other_body("Distr.: General CEDAW/C/CAF/CO/6 24 July 2014") == "CEDAW/C/CAF/CO/6"
    assert find_other_body("S/2024/145 and S/RES/2387 (2017)") is None


@pytest.mark.parametrize(
    ("typed", "symbol"),
    [
        ("2387", "S/RES/2387"),
        ("RES/2387", "S/RES/2387"),
        ("resolution 2387", "S/RES/2387"),
        ("UNSCR 2387", "S/RES/2387"),
        ("S_RES_2387 (2017)", "S/RES/2387 (2017)"),
        ("S-RES-2387(2017)", "S/RES/2387 (2017)"),
        ("S/2387", "S/2387"),
        ("2387 (2017)", "S/RES/2387 (2017)"),
        ("s/res/2387(2017)", "S/RES/2387 (2017)"),
        ("S/PRST/2014/21", "S/PRST/2014/21"),
        ("women", None),
    ],
)
def test_people_type_resolutions_by_number(typed, symbol):
    assert read_typed(typed) == symbol


def test_a_symbol_without_its_year_names_the_same_resolution():
    assert is_same("S/RES/2387", "S/RES/2387 (2017)")
    assert not is_same("S/RES/2387 (2016)", "S/RES/2387 (2017)")
    assert not is_same("S/RES/2387 (2017)", "S/2387/2017")
    assert not is_same("S/2025/108", "S/2025/108/Rev.1")


def test_a_symbol_tells_the_kind_when_it_can():
    assert kind_of("S/RES/2387 (2017)") is DocumentKind.RESOLUTION
    assert kind_of("S/PRST/2014/21") is DocumentKind.PRESIDENTIAL_STATEMENT
    assert kind_of("S/2025/389") is DocumentKind.UNKNOWN


@pytest.mark.parametrize(
    ("symbol", "base", "root", "year"),
    [
        ("S/PRST/2000/27/Corr.1", "S/PRST/2000/27", "S/PRST/2000/27", 2000),
        ("S/2025/108/Rev.1/Corr.2", "S/2025/108/Rev.1", "S/2025/108", 2025),
        ("S/RES/2776 (2025)/Corr.1", "S/RES/2776 (2025)", "S/RES/2776 (2025)", 2025),
        ("S/RES/2776 (2025)", None, "S/RES/2776 (2025)", 2025),
        ("S/26015/Add.1", "S/26015", "S/26015", None),
    ],
)
def test_a_symbol_tells_what_it_is_of(symbol, base, root, year):
    assert (base_of(symbol), root_of(symbol), year_in_symbol(symbol)) == (base, root, year)


def test_a_corrigendum_is_neither_what_it_corrects_nor_a_number_of_its_series():
    assert kind_of("S/RES/2776 (2025)/Corr.1") is DocumentKind.CORRIGENDUM
    assert kind_of("S/2025/108/Rev.1") is DocumentKind.UNKNOWN
    assert resolution_number("S/RES/2776 (2025)/Corr.1") is None
    assert is_same("S/RES/2776/Corr.1", "S/RES/2776 (2025)/Corr.1")
    assert not is_same("S/RES/2776 (2025)", "S/RES/2776 (2025)/Corr.1")


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("S_PRST_2007_22-0739405E.xml", "S/PRST/2007/22"),
        ("S_RES_2387_1720324E.xml", "S/RES/2387"),
        ("S_2025_389.en.pdf", "S/2025/389"),
        ("S_2025_108_Rev.1.en.pdf", "S/2025/108/Rev.1"),
        ("S_PRST_2000_27_Corr.1-0060049E.xml", "S/PRST/2000/27/Corr.1"),
        ("report.pdf", None),
        ("S_20.pdf", None),
    ],
)
def test_name_of_a_saved_file_spells_its_symbol(name, symbol):
    assert symbol_in_file_name(name) == symbol
