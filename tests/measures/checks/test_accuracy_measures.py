"""The measures of the labels themselves: what counts as found, as missed, and as somebody else's mistake."""

import json
from datetime import date
from pathlib import Path

from storage.models import DocumentKind, Evidence, Extract, Label, Paragraph, ParsedDocument, Part, Place
from tests.measures.themes.accuracy_peacewomen import Found, compare, read_entries, report
from tests.measures.themes.accuracy_translation import Pair, measure
from tests.measures.themes.accuracy_years import count

PROTECTION = Label("Protection", (Evidence("women", 0, 5, "some.rule", Place.TEXT),))
WPS = Paragraph("OP 1", Part.OPERATIVE, "Calls for the protection of women;", labels=(PROTECTION,))
OTHER = Paragraph("OP 2", Part.OPERATIVE, "Decides to remain seized of the matter.")


def document(symbol: str, *paragraphs: Paragraph) -> ParsedDocument:
    return ParsedDocument(
        symbol=symbol,
        kind=DocumentKind.RESOLUTION,
        language="en",
        adopted_on=date(2020, 1, 1),
        published_on=None,
        meeting=None,
        subject=None,
        paragraphs=paragraphs,
        media_type="application/akn+xml",
        reader="test",
        parser_version="test",
    )


def entries(folder: Path, **row: object) -> Path:
    path = folder / "extracts.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


def test_a_year_counts_resolutions_and_paragraphs_with_wps_content() -> None:
    (year,) = count([document("S/RES/2500 (2019)", WPS, OTHER), document("S/RES/2501 (2019)", OTHER)])

    assert (year.year, year.resolutions, year.wps_resolutions) == (2019, 2, 1)
    assert (year.paragraphs, year.wps_paragraphs, year.paragraphs_with_words) == (3, 1, 1)


def test_a_translation_is_right_where_its_original_has_the_label() -> None:
    score = measure(iter([Pair("S/RES/2500 (2019)", WPS, WPS), Pair("S/RES/2500 (2019)", OTHER, WPS)]))

    assert (score.right.total(), score.missed.total(), score.recall) == (1, 1, 0.5)


def test_a_theme_that_they_gave_and_we_did_not_is_told(tmp_path: Path) -> None:
    norm = {"part": "op", "numbers": ["1"]}
    path = entries(tmp_path, resolution=1, para_label="para. 1", para_norm=norm, themes=["Protection", "Human Rights"])
    (entry,) = read_entries(path)

    told = report([Found(entry, (Extract("Para. 1", ("OP 1",), ("Protection",), ""),))])

    assert "not explained: Human Rights" in told
    assert "themes they gave: 1 of 2, share 0.500" in told


def test_a_known_mistake_of_theirs_is_told_with_its_reason(tmp_path: Path) -> None:
    norm = {"part": "op", "numbers": ["18"]}
    themes = ["Displacement and Humanitarian Response"]
    label = "(Operative Clause 18)"
    (entry,) = read_entries(entries(tmp_path, resolution=2414, para_label=label, para_norm=norm, themes=themes))

    told = report([Found(entry, ())])

    assert "says nothing of women" in told
    assert "not explained" not in told


def test_an_entry_without_a_resolution_is_left_out(tmp_path: Path) -> None:
    path = entries(tmp_path, resolution=None, para_label="23.", para_norm={"part": "op", "numbers": ["23"]}, themes=[])

    assert list(compare(read_entries(path), tmp_path)) == []
