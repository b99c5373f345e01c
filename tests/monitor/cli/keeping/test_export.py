"""`export`: whole files, what they say of themselves, and a database that others may have."""

import csv
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from monitor.cli.keeping.exported import FIELDS
from scraper.ingest.extraction import PARSER_VERSION
from storage.sqlite.public_copy import VIEWS

Ask = Callable[..., Any]


def test_each_line_is_what_the_schema_beside_it_says(ask: Ask, tmp_path: Path) -> None:
    counts = ask("export", str(tmp_path / "held"), "--json").json["files"]

    for name in FIELDS:
        lines = (tmp_path / "held" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        schema = json.loads((tmp_path / "held" / f"{name}.schema.json").read_text(encoding="utf-8"))
        assert len(lines) == counts[f"{name}.jsonl"]
        assert schema["$defs"][f"line of {name}"]["properties"].keys() >= set(FIELDS[name]) - {"evidence"}
        for line in lines:
            jsonschema.validate(json.loads(line), schema)


def test_an_export_is_its_owners_alone_and_follows_no_link(ask: Ask, tmp_path: Path) -> None:
    folder = tmp_path / "held"
    folder.mkdir(mode=0o700)
    (tmp_path / "elsewhere").write_text("somebody's words", encoding="utf-8")
    (folder / "documents.jsonl").symlink_to(tmp_path / "elsewhere")
    ask("export", str(folder))
    assert {path.stat().st_mode & 0o077 for path in folder.iterdir()} == {0}
    assert not (folder / "documents.jsonl").is_symlink()
    assert (tmp_path / "elsewhere").read_text(encoding="utf-8") == "somebody's words"


def test_a_line_without_a_field_breaks_its_schema(ask: Ask, tmp_path: Path) -> None:
    ask("export", str(tmp_path / "held"))
    schema = json.loads((tmp_path / "held" / "paragraphs.schema.json").read_text(encoding="utf-8"))
    (first, *_) = (tmp_path / "held" / "paragraphs.jsonl").read_text(encoding="utf-8").splitlines()

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**json.loads(first), "text": None}, schema)


def test_the_manifest_names_the_versions_and_counts(ask: Ask, tmp_path: Path) -> None:
    counts = ask("export", str(tmp_path / "held"), "--format", "csv", "--json").json["files"]

    told = json.loads((tmp_path / "held" / "manifest.json").read_text(encoding="utf-8"))
    assert told["files"] == counts
    assert told["parser_version"] == PARSER_VERSION
    assert sum(told["texts_by_parser_version"].values()) == counts["documents.csv"]
    assert told["vocabulary_version"] in told["texts_by_vocabulary_version"]
    assert told["views_version"] == 2


def test_the_dictionary_says_of_each_column_what_it_holds(ask: Ask, tmp_path: Path) -> None:
    ask("export", str(tmp_path / "held"), "--format", "csv")

    with (tmp_path / "held" / "dictionary.csv").open(encoding="utf-8", newline="") as file:
        told = {(row["file"], row["column"]): row for row in csv.DictReader(file)}
    for name in FIELDS:
        with (tmp_path / "held" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            columns = next(csv.reader(file))
        assert all(told[name, column]["meaning"] and told[name, column]["type"] for column in columns)


def test_the_same_holdings_give_the_same_bytes(ask: Ask, tmp_path: Path) -> None:
    for style in ("jsonl", "csv", "sqlite"):
        for folder in ("a", "b"):
            ask("export", str(tmp_path / style / folder), "--format", style)
        first, second = (sorted((tmp_path / style / folder).iterdir()) for folder in ("a", "b"))
        assert [one.read_bytes() for one in first] == [one.read_bytes() for one in second]


def test_a_public_database_has_what_the_views_show_and_nothing_else(ask: Ask, data: Path, tmp_path: Path) -> None:
    counts = ask("export", str(tmp_path / "held"), "--format", "sqlite", "--json").json["files"]

    public = tmp_path / "held" / "wps.db"
    with closing(sqlite3.connect(public)) as db, closing(sqlite3.connect(data / "wpswatch.db")) as own:
        names = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
        assert names == set(VIEWS) == set(counts)
        for view in VIEWS:
            theirs = [row[1] for row in own.execute(f"PRAGMA table_info({view})")]
            assert [row[1] for row in db.execute(f"PRAGMA table_info({view})")] == theirs
            shown = sorted(map(repr, own.execute(f"SELECT * FROM {view}")))  # noqa: S608 - the program's own names
            assert sorted(map(repr, db.execute(f"SELECT * FROM {view}"))) == shown  # noqa: S608
    assert counts["wps"] > 0
    assert b"wps-1f" not in public.read_bytes()  # an alert's id


def test_a_dry_run_counts_and_writes_nothing(ask: Ask, tmp_path: Path) -> None:
    for style in ("csv", "sqlite"):
        dry = ask("export", str(tmp_path / style), "--format", style, "--dry-run", "--json").json
        assert not (tmp_path / style).exists()
        assert ask("export", str(tmp_path / style), "--format", style, "--json").json["files"] == dry["files"]


def test_without_pyarrow_it_says_what_to_install(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.app.export.extras.find_spec", lambda package: None)
    answer = ask("export", str(tmp_path / "held"), "--format", "parquet")

    assert (answer.code, "pip install 'wpswatch[parquet]'" in answer.stderr) == (1, True)
    assert list((tmp_path / "held").iterdir()) == []


def test_parquet_has_the_same_rows_with_lists_as_lists(ask: Ask, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: pip install 'wpswatch[parquet]'")
    counts = ask("export", str(tmp_path / "held"), "--format", "parquet", "--json").json["files"]

    tables = {name: parquet.read_table(tmp_path / "held" / f"{name}.parquet") for name in FIELDS}
    assert {f"{name}.parquet": table.num_rows for name, table in tables.items()} == counts
    assert [table.column_names for table in tables.values()] == [list(columns) for columns in FIELDS.values()]
    (first, *_) = tables["extracts"].to_pylist()
    assert isinstance(first["themes"], list)
    assert isinstance(first["flagged"], bool)
