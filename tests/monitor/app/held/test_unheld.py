"""What is near a document that is not held."""

import pytest

from monitor.app.held.unheld import told_near

KNOWN = ["S/RES/1325 (2000)", "S/RES/1385 (2001)", "S/RES/2387 (2017)", "S/RES/2387 (2017)/Corr.1", "S/PRST/2023/5",
         "S/2013/173"]  # fmt: skip


@pytest.mark.parametrize(
    ("meant", "words"),
    [
        ("S/RES/1325 (2001)", "resolution 1325 is of 2000: S/RES/1325 (2000)"),
        ("S/RES/9999", "the highest known is S/RES/2387 (2017)"),
        ("S/RES/1326", "the nearest by number are S/RES/1325 (2000) and S/RES/1385 (2001)"),
        ("S/RES/4 (1946)", "the nearest by number is S/RES/1325 (2000)"),
        ("S/PRST/2023/9", "the highest known of 2023 is S/PRST/2023/5"),
        ("S/PRST/2022/1", "none of 2022 is known; the nearest year is 2023: S/PRST/2023/5"),
        ("S/2013/900", "the highest known of 2013 is S/2013/173"),
        ("S/2013/9", "the nearest by number is S/2013/173"),
        ("A/RES/60/1", None),
    ],
)
def test_the_number_counts_first(meant: str, words: str | None) -> None:
    assert told_near(meant, KNOWN) == words
