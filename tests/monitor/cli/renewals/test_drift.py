"""The commands on renewals, asked of two held resolutions on Guinea-Bissau and one on Haiti."""

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from storage.fetched.runs import open_run
from storage.fetched.snapshots import save_snapshot
from storage.models import DocumentKind, ParsedDocument
from storage.records import Snapshot, SnapshotState
from storage.sqlite.database import DATABASE_NAME, open_database, transaction
from storage.texts.saving import save_version
from tests.measures.renewal_figures import read_cases

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
OLD, NEW, OTHER = "S/RES/2458 (2019)", "S/RES/2512 (2020)", "S/RES/2600 (2021)"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the texts of two renewals, which nothing changes."""
    folder = tmp_path_factory.mktemp("renewals")
    db = open_database(folder / DATABASE_NAME)
    cases = {case.name: case for case in read_cases()}
    bissau, haiti = cases["uniogbis-2458-2512"], cases["binuh-2476-2600"]
    texts = [(OLD, bissau.old, date(2019, 2, 28)), (NEW, bissau.new, date(2020, 2, 28)),
             (OTHER, haiti.new, date(2021, 10, 15))]  # fmt: skip
    with transaction(db):
        run = open_run(db, "unxml", NOW)
        for n, (symbol, paragraphs, day) in enumerate(texts):
            url = f"https://example.org/{n}"
            snapshot = Snapshot("unxml", run, url, url, 200, None, None, "application/xml", f"{n:064x}", 1, NOW, symbol,
                                "en", None, SnapshotState.READ)  # fmt: skip
            document = ParsedDocument(symbol, DocumentKind.RESOLUTION, "en", day, None, 1, None, "application/xml",
                                      "akn", "1", paragraphs)  # fmt: skip
            save_version(db, document, save_snapshot(db, snapshot), (), NOW)
    db.close()
    return folder


@pytest.fixture
def renewals(held: Path, tmp_path: Path) -> Path:
    """The same, to be written to."""
    folder = tmp_path / "data"
    shutil.copytree(held, folder)
    return folder


def test_the_record_names_both_texts_and_counts_the_lines(ask, held: Path) -> None:
    answer = ask("drift", "2512", "2458", "--json", folder=held)
    record = answer.json
    assert answer.code == 0
    assert (record["drift"], record["new"], record["old"]) == (1, NEW, OLD)
    assert record["counts"]["old"] == 5
    assert record["counts"]["new"] == 7
    assert sum(
        record["counts"][name] for name in ("kept", "reworded", "merged", "split", "dropped", "new_lines")
    ) == len(record["lines"])
    assert {"old_text", "new_text", "reasons", "changes", "confidence"} <= record["lines"][0].keys()


def test_a_person_reads_what_is_gone_before_what_is_new(ask, held: Path) -> None:
    shown = ask("drift", "2512", "2458", folder=held).stdout
    assert "Paragraphs on women: 5 → 7" in shown
    assert shown.index("Reads weaker") < shown.index("New") < shown.index("Reads stronger") < shown.index("Level")
    assert "PP 29 → PP 13 merged" in shown


def test_words_are_shown_whole_when_asked_for(ask, held: Path) -> None:
    assert "{+" not in ask("drift", "2512", "2458", folder=held).stdout
    assert "{+" in ask("drift", "2512", "2458", "--words", folder=held).stdout


def test_an_older_text_can_t_be_the_renewal(ask, held: Path) -> None:
    answer = ask("drift", "2458", "2512", folder=held)
    assert (answer.code, answer.stdout) == (2, "")
    assert "is later than" in answer.stderr
    assert ask("drift", "2512", "2512", folder=held).code == 2


def test_a_text_without_a_chain_has_nothing_to_be_compared_with(ask, data: Path) -> None:
    answer = ask("drift", "1325")
    assert (answer.code, answer.stdout) == (1, "")
    assert "nothing to compare" in answer.stderr
    record = ask("drift", "1325", "--json")
    assert (record.code, record.json["old"], record.json["kind"], record.json["lines"]) == (0, None, "none", [])
    assert record.json["reason"]


def test_an_unheld_symbol_and_one_that_is_none_are_told(ask, held: Path) -> None:
    assert ask("drift", "9999", folder=held).code == 1
    assert ask("drift", "no symbol", folder=held).code == 2


def test_unrelated_texts_are_listed_and_suspect(ask, held: Path) -> None:
    answer = ask("drift", "2600", "2458", "--json", folder=held)
    assert answer.code == 3
    assert answer.json["lines"]
    assert "hardly a paragraph in common" in answer.stderr


def test_options_of_a_correction_need_one(ask, held: Path) -> None:
    assert ask("drift", "2512", "2458", "--note", "why", folder=held).code == 2


def test_a_person_corrects_a_line_and_it_holds(ask, renewals: Path) -> None:
    word = (
        "--correct",
        "PP 29",
        "PP 13",
        "reworded",
        "--direction",
        "neutral",
        "--note",
        "cooperation stays",
        "--by",
        "Ada",
    )
    tried = ask("drift", "2512", "2458", *word, "--dry-run", folder=renewals)
    assert tried.code == 0
    assert "would be" in tried.stdout
    assert ask("drift", "2512", "2458", *word, folder=renewals).code == 0
    lines = ask("drift", "2512", "2458", "--json", folder=renewals).json["lines"]
    [line] = [one for one in lines if one["old_address"] == "PP 29"]
    assert (line["status"], line["direction"], line["by"], line["note"]) == (
        "reworded", "neutral", "Ada", "cooperation stays",
    )  # fmt: skip
    assert "corrected by Ada: cooperation stays" in ask("drift", "2512", "2458", folder=renewals).stdout
    again = ask("drift", "2512", "2458", *word, "--json", folder=renewals)
    assert again.json["kept"] is False


def test_a_dry_run_writes_nothing(ask, renewals: Path) -> None:
    before = ask("drift", "2512", "2458", "--json", folder=renewals).stdout
    ask("drift", "2512", "2458", "--correct", "PP 29", "-", "dropped", "--by", "Ada", "--dry-run", folder=renewals)
    assert ask("drift", "2512", "2458", "--json", folder=renewals).stdout == before


def test_a_correction_tells_nobody(ask, renewals: Path) -> None:
    ask("drift", "2512", "2458", "--correct", "PP 29", "-", "dropped", "--by", "Ada", folder=renewals)
    assert ask("alerts", "--json", folder=renewals).json == []
    assert ask("changes", "--json", folder=renewals).json == []


@pytest.mark.parametrize(
    "word",
    [
        ("PP 29", "-", "reworded"),
        ("PP 29", "PP 13", "dropped"),
        ("-", "-", "new"),
        ("PP 29", "PP 13", "lost"),
        ("PP 29", "PP 13", "kept", "--direction", "weaker"),
    ],
)
def test_a_correction_that_contradicts_itself_is_refused(ask, renewals: Path, word: tuple[str, ...]) -> None:
    answer = ask("drift", "2512", "2458", "--correct", *word, "--by", "Ada", folder=renewals)
    assert (answer.code, answer.stdout) == (2, "")


def test_agreed_finds_the_old_wording_of_a_new_paragraph(ask, held: Path) -> None:
    (case,) = [one for one in read_cases() if one.name == "uniogbis-2458-2512"]
    text = next(one.text for one in case.new if one.address == "OP 5 (d)")
    [first, *_] = ask("agreed", "-", "--before", "2020-02-28", "--json", folder=held, stdin=text).json
    assert (first["symbol"], first["address"]) == (OLD, "OP 6 (d)")
    assert first["citation"] == "Security Council resolution 2458 (2019), para. 6 (d)"
    assert 0.5 < first["similarity"] < 1
    assert first["adopted_on"] == "2019-02-28"


def test_agreed_tells_first_and_last_use_of_a_phrase(ask, held: Path) -> None:
    shown = ask("agreed", "full and effective participation", folder=held).stdout
    assert "stands in 2 paragraphs" in shown
    assert "first: Security Council resolution 2458 (2019)" in shown
    assert "last: Security Council resolution 2512 (2020)" in shown
    record = ask("agreed", "full and effective participation", "--phrase", "--json", folder=held).json
    assert (record["uses"], record["first"]["symbol"], record["last"]["symbol"]) == (2, OLD, NEW)


def test_agreed_asked_with_nothing_or_with_what_nobody_said(ask, held: Path) -> None:
    assert ask("agreed", " ; ", folder=held).code == 2
    answer = ask("agreed", "zzyzx", folder=held)
    assert (answer.code, answer.stdout) == (1, "")
    assert ask("agreed", "zzyzx", "--json", folder=held).json == []


def test_terms_are_counted_with_their_first_and_last_use(ask, held: Path) -> None:
    terms = {one["term"]: one for one in ask("terms", "--json", folder=held).json}
    assert (terms["gender advisers"]["paragraphs"], terms["gender advisers"]["documents"]) == (2, 2)
    assert (terms["gender advisers"]["first"], terms["gender advisers"]["last"]) == (OLD, NEW)
    assert terms["sexual and reproductive health"]["paragraphs"] == 0


def test_one_term_has_its_uses(ask, held: Path) -> None:
    [term] = ask("terms", "gender focal point", "--json", folder=held).json
    assert term["term"] == "gender advisers"
    assert [(use["symbol"], use["address"]) for use in term["uses"]] == [(OLD, "OP 6 (d)"), (NEW, "OP 5 (d)")]
    assert "OP 6 (d)" in ask("terms", "gender advisers", folder=held).stdout
    assert ask("terms", "xyz", folder=held).code == 2


def test_the_json_is_one_document(ask, held: Path) -> None:
    json.loads(ask("drift", "2512", "2458", "--json", folder=held).stdout)
