import pytest

from scraper.council.title_case import in_mixed_case


@pytest.mark.parametrize(
    ("printed", "listed"),
    [
        (
            "REPORT OF THE SECRETARY-GENERAL ON THE UNITED NATIONS MISSION IN HAITI",
            "Report of the Secretary-General on the United Nations Mission in Haiti",
        ),
        (
            "REPORT OF THE SECURITY COUNCIL MISSION TO JAKARTA AND DILI, 8 TO 12 SEPTEMBER 1999",
            "Report of the Security Council mission to Jakarta and Dili, 8 to 12 September 1999",
        ),
        (
            "REPORT OF THE SPECIAL MISSION OF THE SECURITY COUNCIL ESTABLISHED UNDER RESOLUTION 294 (1971)",
            "Report of the special mission of the Security Council established under resolution 294 (1971)",
        ),
        ("THE SITUATION IN CÔTE D'IVOIRE (S/1995/222)", "The situation in Côte d'Ivoire (S/1995/222)"),
        ("REPORT ON UNPROFOR AND PART II", "Report on UNPROFOR and Part II"),
    ],
)
def test_title_typed_in_capitals_is_listed_like_the_others(printed, listed):
    assert in_mixed_case(printed) == listed


@pytest.mark.parametrize("printed", ["Report of the Secretary-General on UNMIH", "", "S/1996/112", "Доклад"])
def test_title_in_mixed_case_stays_as_printed(printed):
    assert in_mixed_case(printed) == printed
