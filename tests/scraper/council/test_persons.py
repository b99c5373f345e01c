import pytest

from scraper.council.fixed_phrases import names_person


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Karam Chand Vohrah (Malaysia)",
        "Theodor Meron (United States of America)",
        "Ms. Aura Emérita Guerra de Villalaz (Panama)",
        "Alphons Orie (The Netherlands)",
    ],
)
def test_name_and_country_in_brackets_is_a_row_of_persons(text):
    assert names_person(text)


@pytest.mark.parametrize(
    "text",
    ["Special Criminal Court (SCC)", "Support for elections (Mali)", "Rule of law", "Libya (continued)", "(Mali)"],
)
def test_heading_is_no_row_of_persons(text):
    assert not names_person(text)
