"""Themes by the names that people use in daily work."""

import pytest

from monitor.text.theme_names import UnknownTheme, find_theme
from storage.models import THEMES


@pytest.mark.parametrize(
    ("typed", "theme"),
    [
        ("SGBV", "Sexual and Gender-Based Violence"),
        ("GBV", "Sexual and Gender-Based Violence"),
        ("crsv", "Sexual and Gender-Based Violence"),
        ("SSR", "Justice, Rule of Law and Security Sector Reform"),
        ("DDR", "Disarmament"),
        ("refugees", "Displacement and Humanitarian Response"),
        ("WPS", "General Women, Peace and Security"),
        ("particip", "Participation"),
    ],
)
def test_a_theme_is_found_by_its_nickname(typed: str, theme: str) -> None:
    assert find_theme(typed) == theme


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_is_found_by_its_name(theme: str) -> None:
    assert find_theme(theme.upper()) == theme


def test_a_word_that_may_be_two_themes_is_refused_with_both() -> None:
    with pytest.raises(UnknownTheme, match="'Peace Processes' or 'Peacekeeping'"):
        find_theme("peace")
