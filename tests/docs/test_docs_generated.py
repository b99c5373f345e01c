"""The pages that are made from the program are as the program is, and nothing is described that does not exist."""

import ast
from contextlib import closing
from pathlib import Path

from storage.sqlite.database import open_database
from tests.docs.codes import PACKAGES
from tests.docs.generate import stale_files
from tests.docs.pages import missing_sentences, relations, settings_keys
from tests.docs.records import fields_of, load_records, load_sentences
from tests.paths import ROOT

HOW = "run: python -m tests.docs.generate"


def test_the_made_pages_are_as_the_program_is() -> None:
    assert [str(path.relative_to(ROOT)) for path in stale_files()] == [], HOW


def test_every_setting_column_and_code_has_a_sentence() -> None:
    assert missing_sentences() == []


def test_every_line_is_of_a_word_that_the_source_has() -> None:
    words = {
        text.split(":")[0]
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(text := node.value, str)
    }
    told = {code for codes in load_sentences("error-codes").values() for code in codes}
    assert sorted(told - words) == [], "take it out of docs/sentences/error-codes.toml"


def test_no_code_is_told_twice() -> None:
    told = [code for codes in load_sentences("error-codes").values() for code in codes]
    assert sorted(code for code in set(told) if told.count(code) > 1) == []


def test_every_sentence_on_a_setting_is_of_one_that_exists() -> None:
    known = {(table, key) for table, keys in settings_keys().items() for key in (*keys, "about")}
    told = {(table, key) for table, keys in load_sentences("settings").items() for key in keys}
    assert sorted(told - known) == []


def test_every_sentence_on_a_column_is_of_one_that_exists(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "wpswatch.db")) as db:
        columns = {
            (table, column)
            for table, _ in relations(db)
            for column in ("about", *(row["name"] for row in db.execute(f"PRAGMA table_info({table})")))
        }
    told = {
        (table, column)
        for table, sentences in load_sentences("database").items()
        for column in sentences
        if table != "every"
    }
    assert sorted(told - columns) == []
    assert sorted(set(load_sentences("database")["every"]) - {column for _, column in columns}) == []


def test_every_record_is_printed_by_a_command_or_stands_in_one_that_is() -> None:
    records, commands = load_records()
    text = " ".join(commands.values()) + " ".join(
        f"{kind} {records[name].get('includes', '')}"
        for name in records
        for kind, _ in fields_of(records, name).values()
    )
    assert [name for name in records if name not in text] == []
