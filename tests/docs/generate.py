"""Writes the pages that are made from the program: `python -m tests.docs.generate`.

With --check it writes nothing, names the pages that are not as they should be, and exits with 1.
"""

import json
import sys
from pathlib import Path

from monitor.watch.service_units import SERVER, units
from tests.docs import pages
from tests.docs.described import described_files
from tests.docs.records import load_records, schema_of
from tests.paths import ROOT

REFERENCE = ROOT / "docs/reference"


def made_files() -> dict[Path, str]:
    """Every file that is made, and what must stand in it."""
    records, commands = load_records()
    files = {
        REFERENCE / "cli.md": pages.cli_page(),
        REFERENCE / "settings.md": pages.settings_page(),
        REFERENCE / "database.md": pages.database_page(),
        REFERENCE / "error-codes.md": pages.codes_page(),
        REFERENCE / "json.md": pages.json_page(),
        ROOT / "docs/decisions/README.md": pages.decisions_page(),
    }
    files |= {ROOT / "deploy" / name: text for name, text in units(SERVER).items()}
    files |= described_files()
    for line, kind in commands.items():
        schema = {"title": f"wpswatch {line} --json", **schema_of(records, kind)}
        text = json.dumps(schema, indent=1, ensure_ascii=False)
        files[REFERENCE / "schemas" / pages.schema_name(line)] = f"{text}\n"
    return files


def stale_files() -> list[Path]:
    """The files that are not as they should be, and the schemas of commands that are gone."""
    files = made_files()
    stale = [path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    return stale + [path for path in (REFERENCE / "schemas").glob("*.json") if path not in files]


def main() -> int:
    """Write what is stale; return the exit code."""
    if lacking := pages.missing_sentences():
        print("expected a sentence for each of these, found none:", *lacking, sep="\n  ")
        return 2
    files, stale = made_files(), stale_files()
    is_check = "--check" in sys.argv[1:]
    for path in stale:
        print(path.relative_to(ROOT))
        if is_check:
            continue
        if path in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[path], encoding="utf-8")
        else:
            path.unlink()
    return 1 if is_check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
