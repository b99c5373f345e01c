"""`why`, `relabel` and `export`: the evidence, a person's word over it, and everything as files."""

import csv
import getpass
import io
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from monitor.app.export.export_files import Staging
from monitor.cli.keeping.export import FIELDS
from scraper.ingest.extraction import PARSER_VERSION
from scraper.themes.labeller import VOCABULARY_VERSION
from storage.fetched.snapshots import load_snapshot, save_snapshot
from storage.sqlite.database import open_database, transaction
from storage.texts.documents import load_document
from storage.texts.labels import vocabulary_of
from storage.texts.saving import save_version

Ask = Callable[..., Any]
SYMBOL = "S/RES/2387 (2017)"
WPS = ("2387", "42(a)(iii)")
BARE = ("2387", "41")
HUMAN = {"address", "action", "theme", "by", "at", "note", "text_changed", "said_of_address", "said_of_text"}


@pytest.fixture
def own(data: Path, tmp_path: Path) -> Path:
    """A copy of the data folder that a test may write to."""
    return Path(shutil.copytree(data, tmp_path / "own"))


@pytest.fixture
def say(ask: Ask, own: Path) -> Ask:
    """Correct a paragraph in the name of anna; gives the record."""

    def run(*arguments: str, by: str = "anna") -> Any:
        answer = ask("relabel", *arguments, "--by", by, "--json", folder=own)
        assert (answer.code, answer.stderr) == (0, "")
        return answer.json

    return run


@pytest.fixture
def sql(own: Path) -> Callable[..., list[tuple[Any, ...]]]:
    def run(statement: str, *values: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(own / "wpswatch.db")) as db, db:
            return db.execute(statement, values).fetchall()

    return run


def themes_of(record: Any) -> list[str]:
    return [theme["theme"] for theme in record["themes"]]


# why


def test_why_names_each_rule_with_its_themes_and_phrases(ask: Ask) -> None:
    record = ask("why", *WPS, "--json").json

    words = {"text": record["text"], "chapeau": record["chapeau"], "heading": record["heading"]}
    phrases = [one for rule in record["rules"] for one in rule["phrases"]]
    assert {theme for rule in record["rules"] for theme in rule["themes"]} == {*themes_of(record)} != set()
    assert [words[one["in"]][one["start"] : one["end"]] for one in phrases] == [one["phrase"] for one in phrases]
    assert (record["human_labels"], record["overruled"], record["nearest"]) == ([], [], None)


def test_a_person_reads_the_text_with_the_evidence_marked_and_every_rule_below(ask: Ask) -> None:
    record = ask("why", *WPS, "--json").json

    answer = ask("why", *WPS)

    assert f"[{record['rules'][0]['phrases'][0]['phrase']}]" in answer.stdout
    assert [rule["rule"] for rule in record["rules"] if f"\n{rule['rule']}: " not in answer.stdout] == []
    assert all(len(line) <= 80 for line in answer.stdout.splitlines())


def test_a_paragraph_without_a_theme_is_told_what_came_nearest_and_no_more(ask: Ask) -> None:
    answer = ask("why", *BARE)

    assert answer.code == 0
    assert "No theme. Nothing here speaks of women, girls, gender or sexual violence." in answer.stdout
    record = ask("why", *BARE, "--json").json
    assert record["rules"] == []
    assert [term for term in record["nearest"]["terms"] if term["subject"]] == []


def test_a_hostile_text_is_harmless_in_why(ask: Ask) -> None:
    answer = ask("why", "S/2025/1", "para. 1")

    assert "\x1b" not in answer.stdout
    assert "\u202e" not in answer.stdout
    assert "[women]" in answer.stdout


def test_why_says_that_another_vocabulary_gave_the_labels(ask: Ask) -> None:
    assert "wpswatch relabel --all" in " ".join(ask("why", "S/2025/1", "para. 1").stdout.split())
    assert "relabel --all" not in ask("why", *WPS).stdout


# a person's word


def test_a_correction_changes_the_themes_and_stands_as_evidence(ask: Ask, own: Path, say: Ask) -> None:
    record = say(*BARE, "--add", "participation", "--note", " women's\ngroups ")

    assert (record["added"], record["removed"], record["kept"]) == (["Participation"], [], 1)
    (evidence,) = ask("show", *BARE, "--json", folder=own).json["themes"][0]["evidence"]
    assert evidence.items() >= {
        "phrase": "", "start": 0, "end": 0, "rule": "human:anna", "by": "anna", "note": "women's groups",
        "text_changed": False,
    }.items()  # fmt: skip
    assert ask("extracts", "--symbol", "2387", "--json", folder=own).json[0]["addresses"] == ["OP 41"]


def test_a_theme_that_a_person_removed_is_gone_everywhere_but_in_why(ask: Ask, own: Path, say: Ask) -> None:
    before = themes_of(ask("why", *WPS, "--json", folder=own).json)

    say(*WPS, *(option for theme in before for option in ("--remove", theme)))

    record = ask("why", *WPS, "--json", folder=own).json
    assert themes_of(record) == []
    assert [theme["theme"] for theme in record["overruled"]] == before
    assert "OP 42 (a) (iii)" not in str(ask("extracts", "--symbol", "2387", "--json", folder=own).json)
    assert "A person removed what the rules say" in ask("why", *WPS, folder=own).stdout


def test_a_correction_is_undone_by_saying_the_opposite_and_both_are_kept(ask: Ask, own: Path, say: Ask) -> None:
    say(*BARE, "--add", "protection")

    record = say(*BARE, "--remove", "protection", by="bo")

    assert themes_of(record) == []
    said = ask("show", *BARE, "--json", folder=own).json["human_labels"]
    assert [(one["by"], one["action"], one["theme"]) for one in said] == [
        ("anna", "add", "Protection"),
        ("bo", "remove", "Protection"),
    ]
    assert said[0].keys() == HUMAN


def test_the_same_word_twice_is_kept_once(say: Ask, sql: Ask) -> None:
    say(*BARE, "--add", "protection")

    assert say(*BARE, "--add", "protection")["kept"] == 0
    assert sql("SELECT count(*) FROM human_labels") == [(1,)]


def test_a_confirmed_paragraph_is_reviewed_and_keeps_its_themes(ask: Ask, own: Path, say: Ask) -> None:
    before = themes_of(ask("why", *WPS, "--json", folder=own).json)

    assert themes_of(say(*WPS, "--confirm")) == before
    assert say(*BARE, "--confirm")["kept"] == 1

    (extract,) = ask("extracts", "--reviewed", "--json", folder=own).json
    assert (extract["reviewed"], "OP 42 (a) (iii)" in extract["addresses"]) == (True, True)
    others = ask("extracts", "--unreviewed", "--json", folder=own).json
    assert {one["reviewed"] for one in others} == {False}
    assert len(others) + 1 == len(ask("extracts", "--json", folder=own).json)
    assert "[reviewed]" in ask("extracts", "--reviewed", folder=own).stdout


def test_a_dry_run_shows_the_same_change_and_writes_nothing(ask: Ask, own: Path, say: Ask) -> None:
    before = (own / "wpswatch.db").read_bytes()

    dry = say(*BARE, "--add", "protection", "--dry-run")

    assert (own / "wpswatch.db").read_bytes() == before
    assert ask("show", *BARE, "--json", folder=own).json["themes"] == []
    real = say(*BARE, "--add", "protection")
    assert {key for key in real if real[key] != dry[key]} <= {"dry_run", "themes"}  # the time in the evidence
    assert themes_of(real) == themes_of(dry)


def test_the_author_is_the_user_unless_another_is_named(ask: Ask, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "desk officer")

    assert ask("relabel", *BARE, "--add", "protection", "--json", folder=own).json["by"] == "desk officer"


def test_a_user_without_a_name_is_asked_for_one(ask: Ask, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise OSError("no such user")

    monkeypatch.setattr(getpass, "getuser", nameless)

    answer = ask("relabel", *BARE, "--add", "protection", folder=own)

    assert (answer.code, answer.stdout) == (2, "")
    assert "--by NAME" in answer.stderr


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        ((), "expected SYMBOL and ADDRESS"),
        (("2387",), "expected SYMBOL and ADDRESS"),
        (BARE, "expected --add, --remove or --confirm"),
        ((*BARE, "--add", "protection", "--confirm"), "leave out --add and --remove"),
        ((*BARE, "--add", "protection", "--remove", "protection"), "both added and removed"),
        ((*BARE, "--add", "protecton"), "the nearest is 'Protection'"),
        ((*BARE, "--add", "protection", "--by", " "), "expected a name in --by"),
        ((*BARE, "--add", "protection", "--by", "a\x1b[2J"), "expected a name in --by"),
        ((*BARE, "--confirm", "--force"), "--force belongs to --all"),
        (("--all", "2387"), "--all takes no SYMBOL"),
        (("--all", "--add", "protection"), "--all takes no SYMBOL"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_what_makes_no_sense_is_refused_and_nothing_is_kept(
    ask: Ask, own: Path, sql: Ask, arguments: tuple[str, ...], hint: str
) -> None:
    answer = ask("relabel", *arguments, folder=own)

    assert (answer.code, answer.stdout) == (2, "")
    assert hint in " ".join(answer.stderr.split())
    assert sql("SELECT count(*) FROM human_labels") == [(0,)]


def test_a_correction_makes_no_database_where_there_is_none(ask: Ask, tmp_path: Path) -> None:
    answer = ask("relabel", *BARE, "--confirm", folder=tmp_path / "empty")

    assert answer.code == 1
    assert "crawl a source first" in answer.stderr
    assert not (tmp_path / "empty").exists()


def test_a_persons_word_survives_a_reparse_and_every_labelling(ask: Ask, own: Path, say: Ask, sql: Ask) -> None:
    say(*BARE, "--add", "protection")
    removed = themes_of(ask("why", *WPS, "--json", folder=own).json)[0]
    say(*WPS, "--remove", removed)
    sql("UPDATE versions SET parser_version = '2026.10.1+old'")

    assert ask("reparse", "--symbol", "2387", folder=own).code == 0
    assert ask("relabel", "--all", "--force", folder=own).code == 0

    assert themes_of(ask("show", *BARE, "--json", folder=own).json) == ["Protection"]
    assert removed not in themes_of(ask("show", *WPS, "--json", folder=own).json)
    assert ask("extracts", "--reviewed", "--json", folder=own).json[0]["addresses"] == ["OP 41"]


def test_a_word_about_a_text_that_has_changed_is_applied_and_marked(ask: Ask, own: Path, say: Ask, sql: Ask) -> None:
    say(*BARE, "--add", "protection")
    sql("UPDATE paragraphs SET text = text || ' and more' WHERE address = 'OP 41'")
    assert ask("relabel", "--all", "--force", folder=own).code == 0

    record = ask("show", *BARE, "--json", folder=own).json

    assert record["themes"][0]["evidence"][0]["text_changed"] is True
    assert record["human_labels"][0]["text_changed"] is True
    for command in (("show", *BARE), ("why", *BARE), ("extracts", "--symbol", "2387", "--limit", "1")):
        assert "the text has changed since this was said on 20" in " ".join(ask(*command, folder=own).stdout.split())
    assert ask("extracts", "--reviewed", "--json", folder=own).json[0]["text_changed_since"]


def test_every_version_of_the_document_gets_the_word_so_that_it_holds_whichever_is_shown(
    ask: Ask, own: Path, say: Ask, sql: Ask
) -> None:
    with closing(open_database(own / "wpswatch.db")) as db, transaction(db):
        held = load_document(db, SYMBOL)
        assert held is not None
        snapshot = replace(load_snapshot(db, held.current.snapshot), source="un-resolutions", id=0)
        save_version(db, replace(held.document, reader="pdf"), save_snapshot(db, snapshot), (), snapshot.fetched_at)

    say(*BARE, "--add", "protection")

    assert sql(
        "SELECT v.source, v.is_current, l.theme FROM labels l JOIN paragraphs p ON p.id = l.paragraph "
        "JOIN versions v ON v.id = p.version WHERE p.address = 'OP 41' ORDER BY v.id"
    ) == [("unxml", 1, "Protection"), ("un-resolutions", 0, "Protection")]


# all labels again


def test_the_vocabulary_that_labelled_a_version_is_part_of_its_parser_version() -> None:
    assert vocabulary_of(PARSER_VERSION) == VOCABULARY_VERSION


def test_the_same_vocabulary_gives_the_same_labels_from_the_stored_paragraphs(ask: Ask, own: Path) -> None:
    record = ask("relabel", "--all", "--force", "--dry-run", "--json", folder=own).json

    assert [one for one in record["paragraphs"] if one["symbol"].startswith("S/RES/")] == []
    assert record["versions"] == 4


def test_only_what_another_vocabulary_labelled_is_labelled_again(ask: Ask, own: Path) -> None:
    first = ask("relabel", "--all", "--json", folder=own).json  # the letter was labelled by none that is known
    again = ask("relabel", "--all", "--json", folder=own).json

    assert (first["versions"], first["relabelled"]) == (1, 1)
    assert (again["versions"], again["vocabulary"]) == (0, VOCABULARY_VERSION)
    assert "All labels are of today's vocabulary" in ask("relabel", "--all", folder=own).stdout


def test_a_changed_vocabulary_is_told_paragraph_by_paragraph_and_never_as_news(ask: Ask, own: Path, sql: Ask) -> None:
    given = themes_of(ask("why", *WPS, "--json", folder=own).json)
    old = next(theme for theme in ("Disarmament", "Displacement and Humanitarian Response") if theme not in given)
    sql(
        "UPDATE labels SET theme = ? WHERE position = 0 AND paragraph = (SELECT p.id FROM paragraphs p "
        "JOIN versions v ON v.id = p.version JOIN documents d ON d.id = v.document "
        "WHERE d.symbol = ? AND p.address = 'OP 42 (a) (iii)')",
        old,
        SYMBOL,
    )
    structure = PARSER_VERSION.partition("+")[0]
    sql(f"UPDATE versions SET parser_version = '{structure}+old'")  # noqa: S608 - our own version
    told = ask("changes", "--json", folder=own).json, ask("alerts", "--json", folder=own).json

    dry = ask("relabel", "--all", "--dry-run", "--json", folder=own).json
    page = ask("relabel", "--all", "--dry-run", folder=own).stdout
    real = ask("relabel", "--all", "--json", folder=own).json

    (change,) = [one for one in dry["paragraphs"] if one["symbol"] == SYMBOL]
    assert change == {
        "symbol": SYMBOL, "language": "en", "address": "OP 42 (a) (iii)", "added": given[:1], "removed": [old],
        "reviewed": False,
    }  # fmt: skip
    assert dry["themes"][old]["removed"] == 1
    assert real == {**dry, "dry_run": False}
    assert f"{SYMBOL}, OP 42 (a) (iii)" in page
    assert f"[-{old}-]" in page
    assert themes_of(ask("show", *WPS, "--json", folder=own).json) == given
    assert told == (ask("changes", "--json", folder=own).json, ask("alerts", "--json", folder=own).json)
    assert set(sql("SELECT parser_version FROM versions WHERE reader = 'akn'")) == {(PARSER_VERSION,)}


# export


@pytest.mark.parametrize("style", ["jsonl", "csv"])
def test_an_export_holds_everything_and_is_the_same_each_time(
    ask: Ask, own: Path, say: Ask, tmp_path: Path, style: str
) -> None:
    say(*BARE, "--add", "protection")

    first, second = (ask("export", str(tmp_path / name), "--format", style, folder=own) for name in ("one", "two"))

    assert (first.code, second.code) == (0, 0)
    records = {f"{name}.{style}" for name in FIELDS}
    assert records <= {path.name for path in (tmp_path / "one").iterdir()}  # what describes them: test_export
    for name in sorted(records):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
        is_held = not name.startswith("published")  # PeaceWomen was not crawled for these tests
        assert ((tmp_path / "one" / name).stat().st_size > 0) == (is_held or style == "csv")


def test_exported_json_lines_are_the_records_of_the_other_commands(ask: Ask, own: Path, tmp_path: Path) -> None:
    counts = ask("export", str(tmp_path / "out"), "--json", folder=own).json["files"]

    def lines(name: str) -> list[Any]:
        text = (tmp_path / "out" / f"{name}.jsonl").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    assert {name: len(lines(name)) for name in FIELDS} == {name: counts[f"{name}.jsonl"] for name in FIELDS}
    for command in ("extracts", "changes", "runs", "alerts"):
        assert lines(command) == ask(command, "--json", folder=own).json
    shown = ask("show", "2387", "--json", folder=own).json
    (document,) = [one for one in lines("documents") if one["symbol"] == SYMBOL]
    assert document == {name: shown[name] for name in FIELDS["documents"]}
    paragraphs = [one for one in lines("paragraphs") if one["symbol"] == SYMBOL]
    assert [one | {} for one in shown["paragraphs"]] == [
        {name: one[name] for name in shown["paragraphs"][0]} for one in paragraphs
    ]
    assert [set(lines(name)[0]) - {*FIELDS[name]} for name in FIELDS if lines(name)] == [set()] * 8


def test_an_exported_cell_is_no_formula_and_names_the_themes(ask: Ask, own: Path, say: Ask, tmp_path: Path) -> None:
    say(*BARE, "--add", "protection", "--add", "participation", "--note", "=1+1")
    ask("export", str(tmp_path / "out"), "--format", "csv", folder=own)

    def rows(name: str) -> list[dict[str, str]]:
        text = (tmp_path / "out" / f"{name}.csv").read_bytes().decode()
        return list(csv.DictReader(io.StringIO(text, newline="")))

    cells = [cell for name in FIELDS for row in rows(name) for cell in row.values()]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))] == []
    assert {row["note"] for row in rows("human_labels")} == {"'=1+1"}
    (row,) = [row for row in rows("paragraphs") if row["symbol"] == SYMBOL and row["address"] == "OP 41"]
    assert row["themes"] == "Participation; Protection"
    assert json.loads(row["evidence"])[0]["evidence"][0]["rule"] == "human:anna"


def test_a_word_about_a_paragraph_that_is_gone_is_exported_too(
    ask: Ask, own: Path, say: Ask, sql: Ask, tmp_path: Path
) -> None:
    say(*BARE, "--add", "protection")
    sql("UPDATE human_labels SET address = 'OP 999', text = 'gone'")

    ask("export", str(tmp_path / "out"), folder=own)

    (line,) = (tmp_path / "out" / "human_labels.jsonl").read_text(encoding="utf-8").splitlines()
    assert (json.loads(line)["address"], json.loads(line)["said_of_address"]) == (None, "OP 999")


def test_a_dry_export_counts_and_writes_nothing(ask: Ask, tmp_path: Path) -> None:
    dry = ask("export", str(tmp_path / "out"), "--dry-run", "--json").json

    assert not (tmp_path / "out").exists()
    assert dry["files"] == ask("export", str(tmp_path / "out"), "--json").json["files"]


def test_a_file_in_the_place_of_the_folder_is_refused(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")

    answer = ask("export", str(tmp_path / "out"))

    assert (answer.code, (tmp_path / "out").read_text()) == (2, "mine")


def test_an_export_that_fails_leaves_the_earlier_one_whole(tmp_path: Path) -> None:
    def broken() -> Any:
        yield {"a": 2}
        raise OSError("no room")

    with Staging(tmp_path) as staging:
        staging.write_json_lines("a.jsonl", [{"a": 1}])

    def fail() -> None:
        with Staging(tmp_path) as staging:
            staging.write_json_lines("a.jsonl", [{"a": 2}])
            staging.write_json_lines("b.jsonl", broken())

    with pytest.raises(OSError, match="no room"):
        fail()

    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.jsonl", '{"a": 1}\n')]
