import tomllib
from dataclasses import asdict
from datetime import date
from typing import Any

import pytest

from scraper.council.address import annexed, numbered, operative, preambular
from scraper.council.forms.styles import cite_in_forms
from scraper.council.forms.work import Work
from storage.models import DocumentKind
from tests.paths import TESTS

GOLDEN = tomllib.loads((TESTS / "scraper/council/forms/golden.toml").read_text(encoding="utf-8"))["case"]


def work_of(case: dict[str, Any]) -> Work:
    return Work(case["symbol"], DocumentKind(case["kind"]), case.get("day"), case.get("title"))


@pytest.mark.parametrize("case", GOLDEN, ids=[f"{case['symbol']}, {case['address']}" for case in GOLDEN])
def test_a_paragraph_is_cited_as_the_golden_file_says(case: dict[str, Any]) -> None:
    told = asdict(cite_in_forms(work_of(case), case["address"]))

    assert told == {form: case[form] for form in told}


def test_a_whole_document_is_cited_without_a_place() -> None:
    forms = cite_in_forms(Work("S/RES/1325 (2000)", DocumentKind.RESOLUTION, date(2000, 10, 31)))

    assert forms.un == "Security Council resolution 1325 (2000)"
    assert forms.bluebook == "S.C. Res. 1325, U.N. Doc. S/RES/1325 (Oct. 31, 2000)"


@pytest.mark.parametrize(
    "address",
    [preambular(23), operative(8).child("a").bullet(2).child("i"), annexed("Annex II").unnumbered(4), numbered(41),
     numbered().unnumbered(3).child("a"), operative(0).unnumbered(1)],
    ids=str,
)  # fmt: skip
def test_no_form_has_a_hole_in_it(address: object) -> None:
    work = Work("S/RES/1325 (2000)", DocumentKind.RESOLUTION, date(2000, 10, 31))

    for form in asdict(cite_in_forms(work, str(address))).values():
        assert "None" not in form
        assert ", ," not in form
        assert "  " not in form
