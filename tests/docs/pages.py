"""The pages of the reference that the program itself fills: commands, settings, database, codes and records.

Each function returns one page. What is written by hand stands in docs/sentences.
"""

import re
import sqlite3
import tempfile
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import Any

import click

from monitor.cli.lazy import LazyGroup
from monitor.cli.main import SECTIONS, cli
from monitor.settings.check import EXPECT_KEYS, KEYS
from monitor.settings.config import Config
from storage.sqlite.database import open_database
from tests.docs.codes import codes_in_source
from tests.docs.records import fields_of, load_records, load_sentences
from tests.paths import ROOT

MADE = "<!-- Made by `python -m tests.docs.generate`; {}. -->\n\n"
WIDTH = 100
HEADINGS = {
    "sources": "[sources.NAME]",
    "expect": "[sources.NAME.expect]",
    "channels": "[[channels]]",
}


def cli_page() -> str:
    """Each command with what its --help prints."""
    assert isinstance(cli, LazyGroup)
    parts = [
        "# Commands\n\n",
        MADE.format("edit the help texts in monitor/cli instead"),
        "Global options stand before the command. Nothing but the answer goes to standard output.\n"
        "[JSON records](json.md) describes what `--json` prints, [exit codes](exit-codes.md) how a command ends.\n\n",
        _fenced(_help(cli, "wpswatch", None)),
    ]
    context = click.Context(cli, info_name="wpswatch")
    for heading, entries in SECTIONS.items():
        parts.append(f"\n## {heading}\n")
        for name in entries:
            command = cli.get_command(context, name)
            assert command is not None
            parts.extend(_command(command, name, context))
    return "".join(parts)


def _command(command: click.Command, name: str, parent: click.Context) -> Iterator[str]:
    yield f"\n### wpswatch {name}\n\n"
    yield _fenced(_help(command, name.rpartition(" ")[2], parent))
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name, parent=parent)
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            assert found is not None
            yield from _command(found, f"{name} {below}", context)


def _help(command: click.Command, name: str, parent: click.Context | None) -> str:
    settings = {"terminal_width": WIDTH, "max_content_width": WIDTH, "help_option_names": ["-h", "--help"]}
    return command.get_help(click.Context(command, info_name=name, parent=parent, **settings))  # type: ignore[arg-type]


def _fenced(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return f"```text\n{lines}\n```\n"


def settings_page() -> str:
    """Each table of wpswatch.toml with its keys."""
    told = load_sentences("settings")
    parts = [
        "# Settings\n\n",
        MADE.format("edit docs/sentences/settings.toml and monitor/settings instead"),
        "`wpswatch init` writes a `wpswatch.toml` with every key explained. Every key is optional, unless its default\n"
        "says *required*: then it is required where its table is written.\n\n"
        "wpswatch looks for the file in the working directory, then in your configuration folder. `--config FILE` or\n"
        "`WPSWATCH_CONFIG` names another. A wrong key or value is an error that names the line and the nearest right\n"
        "word. Nothing starts then.\n\n"
        "What is fetched lives in one folder: `--data DIR`, `WPSWATCH_DATA`, or your data folder. It holds\n"
        "`wpswatch.db`, a SQLite database, and `bodies/`, every body as it was fetched.\n",
    ]
    for table, keys in settings_keys().items():
        defaults = _defaults("sources" if table == "expect" else table)
        parts.append(f"\n## {HEADINGS.get(table, f'[{table}]')}\n\n{told[table]['about']}\n\n")
        rows = (
            (f"`{key}`", _expected(check), _default(key, defaults), told[table][key]) for key, check in keys.items()
        )
        parts.append(_table(("key", "value", "default", "what it does"), rows))
    return "".join(parts)


def settings_keys() -> dict[str, Mapping[str, Callable[[object], str | None]]]:
    """The keys of each table with their checks; what a source expects stands behind the sources."""
    return {
        name: keys
        for table in KEYS
        for name, keys in ((table, KEYS[table]), ("expect", EXPECT_KEYS))
        if name != "expect" or table == "sources"
    }


def _expected(check: Callable[[object], str | None]) -> str:
    """What a key takes, in the words of the error that a wrong value gets."""
    expected = (check(object()) or "").split(";")[0]
    found = re.search(r"known are (.*)", check(["\0"]) or "")
    return f"a list of: {found[1]}" if found and not expected.startswith("one of ") else expected


def _defaults(table: str) -> Mapping[str, Any]:
    """The defaults of a table's keys, from the value that it becomes; `[monitor]` is part of the whole."""
    hint = typing.get_type_hints(Config).get(table, Config)
    kind = next(one for one in (hint, *typing.get_args(hint)) if is_dataclass(one))
    return {
        field.name: "required"
        if field.default is MISSING and field.default_factory is MISSING
        else field.default_factory()
        if field.default_factory is not MISSING
        else field.default
        for field in fields(kind)
    }


def _default(key: str, defaults: Mapping[str, Any]) -> str:
    value = defaults[key] if key in defaults else defaults[f"is_{key}"]
    if value == "required":
        return "*required*"
    if value is None or value == "" or value == ():
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def database_page() -> str:
    """Each table and view with its columns."""
    told = load_sentences("database")
    parts = [
        "# The database\n\n",
        MADE.format("edit docs/sentences/database.toml instead"),
        "`wpswatch.db` is a SQLite database. Open it with any program that only reads; let nothing else write to it.\n"
        "Times are UTC in ISO 8601, dates are ISO, and lists are JSON. A column may be NULL only where it says so.\n\n"
        "A program should prefer the [JSON records](json.md): they stay as they are. Tables may change.\n",
    ]
    with tempfile.TemporaryDirectory() as folder, closing(open_database(Path(folder) / "wpswatch.db")) as db:
        for name, kind in relations(db):
            parts.append(f"\n## {name}\n\n{told[name]['about']}{' A view.' if kind == 'view' else ''}\n\n")
            parts.append(_table(("column", "type", "what it is"), _columns(db, name, told)))
    return "".join(parts)


def relations(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """Our tables and views, without those that SQLite and its packages keep for themselves."""
    rows = [tuple(row) for row in db.execute("SELECT name, type, sql FROM sqlite_master ORDER BY name")]
    indexes = [name for name, _, sql in rows if "USING fts5" in (sql or "").replace("FTS5", "fts5")]
    inner = {f"{index}_{part}" for index in indexes for part in ("data", "idx", "content", "docsize", "config")}
    return [
        (name, kind)
        for name, kind, _ in rows
        if kind in ("table", "view") and name not in inner and not name.startswith(("sqlite_", "_"))
    ]


def sentence_of_column(relation: str, column: str) -> str:
    """What a column of a table or view holds."""
    told = load_sentences("database")
    return told[relation].get(column) or told["every"][column]


def _columns(db: sqlite3.Connection, relation: str, told: Mapping[str, Mapping[str, str]]) -> Iterator[Sequence[str]]:
    targets = {row["from"]: row["table"] for row in db.execute(f"PRAGMA foreign_key_list({relation})")}
    is_table = any(row["notnull"] or row["pk"] for row in db.execute(f"PRAGMA table_info({relation})"))
    for row in db.execute(f"PRAGMA table_info({relation})"):
        column = row["name"]
        sentence = told[relation].get(column) or told["every"][column]
        may_be_null = is_table and not row["notnull"] and not row["pk"] and "NULL" not in sentence
        target = f"; see [{targets[column]}](#{targets[column]})" if column in targets else ""
        yield f"`{column}`", row["type"], f"{sentence}{', or NULL' if may_be_null else ''}{target}"


def codes_page() -> str:
    """Each error and warning code: what it means, what to do."""
    told = load_sentences("error-codes")
    headings = {
        "files": ("A file that cannot be read", "`wpswatch parse` prints these, and a run counts them as `failed`."),
        "answers": ("What a source answered", "These stand in the reason of a run or of one document."),
        "listings": ("A listing of another shape", "These stand in the reason of a run."),
        "warnings": ("Warnings on a document", "The rest of the document is sound. `wpswatch show` lists them."),
        "runs": ("How a run ended", "These stand in the reason of a run."),
        "clusters": ("Machines that read", "`wpswatch reparse --cluster` ends with these."),
    }
    parts = ["# Error and warning codes\n\n", MADE.format("edit docs/sentences/error-codes.toml instead")]
    parts.append("A code stays as it is for ever; the message behind it may get better words.\n")
    for name, (heading, words) in headings.items():
        parts.append(f"\n## {heading}\n\n{words}\n\n")
        rows = ((f"`{code}`", meaning, advice) for code, (meaning, advice) in sorted(told[name].items()))
        parts.append(_table(("code", "what it means", "what to do"), rows))
    return "".join(parts)


def json_page() -> str:
    """Each record that --json prints, with its fields."""
    records, commands = load_records()
    parts = [
        "# JSON records\n\n",
        MADE.format("edit docs/sentences/records.toml instead"),
        "A command that lists prints a list, also for one record or none. A command about one thing prints it.\n"
        "Times are UTC in ISO 8601, dates are ISO, and what is unknown is null. Fields may be added; none is renamed.\n"
        "[schemas](schemas) holds a JSON Schema for the output of each command.\n\n",
        _table(
            ("command", "prints", "schema"),
            (
                (f"`{line}`", _linked(kind, records), f"[{schema_name(line)}](schemas/{schema_name(line)})")
                for line, kind in commands.items()
            ),
        ),
    ]
    for name in records:
        parts.append(f"\n## {name}\n\n{records[name]['about']}\n\n")
        rows = (
            (f"`{field.removesuffix('?')}`", _linked(kind, records), sentence + _left_out(field))
            for field, (kind, sentence) in fields_of(records, name).items()
        )
        parts.append(_table(("field", "type", "what it is"), rows))
    return "".join(parts)


def decisions_page() -> str:
    """The list of decision records, by their numbers."""
    parts = [
        "# Decisions\n\n",
        MADE.format("add a record beside this page instead"),
        "Each record says what was decided, why, and what it costs. A record is never rewritten: a later one takes\n"
        "its place and says so.\n\n",
    ]
    for path in sorted((ROOT / "docs/decisions").glob("[0-9]*.md")):
        title = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
        number = path.name.partition("-")[0]
        parts.append(f"- [{number} {title.removeprefix(number).lstrip(' .:·-')}]({path.name})\n")
    return "".join(parts)


def schema_name(line: str) -> str:
    """The file of a command's schema: `show-symbol-cited-by.schema.json`."""
    return f"{'-'.join(re.findall(r'[a-z]+', line.lower()))}.schema.json"


def _left_out(field: str) -> str:
    return " May be left out." if field.endswith("?") else ""


def _linked(kind: str, records: Mapping[str, Any]) -> str:
    """A type in words, the names of records as links."""
    words = re.sub(r"'([^']*)'", r"`\1`", kind).replace("|", " or ")
    words = re.sub(r"\[([\w ]+)\]", r"list of \1", words)
    words = re.sub(r"\{(\w+)\}", r"object of \1", words)
    return re.sub(r"(?<![`\w-])[a-z_]+(?![`\w-])", lambda m: f"[{m[0]}](#{m[0]})" if m[0] in records else m[0], words)


def missing_sentences() -> list[str]:
    """What nobody has described yet, and where a sentence for it belongs."""
    settings, database = load_sentences("settings"), load_sentences("database")
    codes = {code for told in load_sentences("error-codes").values() for code in told}
    lacking = [
        f"docs/sentences/settings.toml [{table}] {key}"
        for table, keys in settings_keys().items()
        for key in ("about", *keys)
        if key not in settings.get(table, {})
    ]
    with tempfile.TemporaryDirectory() as folder, closing(open_database(Path(folder) / "wpswatch.db")) as db:
        lacking += [
            f"docs/sentences/database.toml [{name}] {column}"
            for name, _ in relations(db)
            for column in ("about", *(row["name"] for row in db.execute(f"PRAGMA table_info({name})")))
            if column not in database.get(name, {}) and column not in database["every"]
        ]
    return lacking + [f"docs/sentences/error-codes.toml {code}" for code in sorted(codes_in_source() - codes)]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)
