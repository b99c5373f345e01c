import json
from datetime import date

from scraper.council.forms.bibtex import bibtex_of
from scraper.council.forms.csl import csl_of
from scraper.council.forms.ris import ris_of
from scraper.council.forms.work import Work
from storage.models import DocumentKind

RESOLUTION = Work("S/RES/1325 (2000)", DocumentKind.RESOLUTION, date(2000, 10, 31))
REPORT = Work("S/2013/173", DocumentKind.MISSION_REPORT, None, "Mission {to} 100% of\nYemen & Mali")


def test_ris_has_one_ended_record_for_each_document() -> None:
    lines = ris_of([RESOLUTION, REPORT]).split("\r\n")

    assert lines.count("TY  - GOVDOC") == 2
    assert lines.count("ER  - ") == 2
    assert "DA  - 2000/10/31" in lines
    assert "UR  - https://docs.un.org/en/S/RES/1325(2000)" in lines


def test_a_line_end_in_a_title_makes_no_second_field_of_ris() -> None:
    assert "TI  - Mission {to} 100% of Yemen & Mali\r\n" in ris_of([REPORT])


def test_signs_of_tex_are_escaped_in_bibtex() -> None:
    told = bibtex_of([REPORT])

    assert r"title = {{Mission \{to\} 100\% of Yemen \& Mali}}" in told
    assert told.startswith("@techreport{S-2013-173,")
    assert "year" not in told


def test_csl_tells_the_day_in_parts_and_none_where_none_is_known() -> None:
    first, second = json.loads(csl_of([RESOLUTION, REPORT]))

    assert first["issued"] == {"date-parts": [[2000, 10, 31]]}
    assert first["title"] == "Resolution 1325 (2000)"
    assert "issued" not in second
