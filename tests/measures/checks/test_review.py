"""A review draws what nobody labelled, shows no label, and joins what two readers say."""

import json
from pathlib import Path

import pytest

from storage.models import Paragraph, Part
from tests.measures.accuracy import Reading
from tests.measures.review import main
from tests.measures.themes.cheap_model import learn
from tests.measures.themes.review_draw import Drawn, draw, loose
from tests.measures.themes.review_page import join, page


def drawn(text: str, *themes: str, source: str = "report") -> Drawn:
    return Drawn("S/2030/1", "para. 1", source, "random", "en", "", "", text, themes)


def reading(text: str, *themes: str) -> Reading:
    paragraph = Paragraph("OP 1", Part.OPERATIVE, text)
    return Reading("S/RES/1 (2030)", paragraph, bool(themes), frozenset(themes), frozenset())


MODEL = learn([reading("women take part in talks", "Participation"), reading("gender units report")] * 5)


def test_a_labelled_paragraph_is_not_drawn_again() -> None:
    pool = [drawn(f"The Mission met women of the village number {place} in the north.") for place in range(30)]
    labelled = {loose(one.text) for one in pool[:20]}

    found = draw(pool, labelled, 6, MODEL, seed=1)

    assert len(found) == 6
    assert not {loose(one.text) for one in found} & labelled


def test_half_is_random_and_half_is_where_rules_and_model_disagree() -> None:
    pool = [drawn(f"Women of town {place} take part in talks about the peace of all.") for place in range(40)]
    pool += [drawn(f"Women of town {place} take part in talks of peace again.", "Participation") for place in range(40)]

    found = draw(pool, set(), 10, MODEL, seed=1)

    assert [one.half for one in found].count("random") == 5
    assert all(one.themes == () for one in found if one.half == "disagree")


def test_the_page_shows_no_label_of_the_rules() -> None:
    told = page([drawn("Women <met> the envoy.", "Participation")], ["Protection"])

    assert "Women &lt;met&gt; the envoy." in told
    assert "Participation" not in told


def answers(path: Path, *themes: list[str]) -> Path:
    rows = [
        {**drawn(f"Women met envoy {place}.").shown(), "wps": bool(one), "themes": one}
        for place, one in enumerate(themes)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_what_both_readers_gave_is_right_and_what_one_gave_is_accepted(tmp_path: Path) -> None:
    first = answers(tmp_path / "a.jsonl", ["Participation", "Protection"], ["Protection"])
    second = answers(tmp_path / "b.jsonl", ["Participation"], [])

    joined = join(first, second)

    (row,) = joined.rows
    assert (row["themes"], row["also_accepted"]) == (["Participation"], ["Protection"])
    assert len(joined.apart) == 1
    assert joined.agreement == pytest.approx(0.5)


def test_answers_become_a_labelled_file_that_is_never_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = answers(tmp_path / "a.jsonl", ["Participation"]), answers(tmp_path / "b.jsonl", ["Participation"])
    taken = ["--answers", str(first), str(second), "--as", str(tmp_path / "2030-01-01-1.jsonl")]

    assert main(taken) == 0
    assert "the readers agree: F1 1.000" in capsys.readouterr().out
    assert main(taken) == 2
