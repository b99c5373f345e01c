"""Makes a case of a file: `python -m tests.new_case KIND NAME FILE --why WORDS --origin WORDS [--url URL]`.

KIND is a folder of tests/cases. The case's own test then writes `expected.json` with what is read of the file today:
that is to be read by a person, and mended where the reading is wrong.
"""

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import ROOT, TESTS

ROOMS = {
    "akoma_ntoso": "scraper/structure/akn",
    **dict.fromkeys(("pdf", "docx", "text", "blocks"), "scraper/structure/printed"),
    "bodies": "scraper/ingest",
    "citations": "scraper/citations",
}
"""Which tests run the cases of a kind; those of all other kinds are pages of sources."""
PAGES = "scraper/pages"
PARSER = "its parser in PARSERS of tests/scraper/pages/test_page_cases.py"


def main() -> int:
    """Make the case; return 0 when its expectation was written."""
    asked = _arguments()
    case = TESTS / "cases" / asked.kind / asked.name
    if not case.parent.is_dir():
        kinds = sorted(path.name for path in case.parent.parent.iterdir() if path.is_dir())
        known = f"known are {', '.join(kinds)}; a new kind needs its folder in tests/cases, and {PARSER}"
        return _refuse(f"expected a kind of case, found {asked.kind!r}; {known}")
    if case.exists():
        return _refuse(f"expected a new name, found a case at {case.relative_to(ROOT)}")
    is_page = asked.kind not in ROOMS
    if is_page and not asked.url:
        return _refuse("expected --url: a page is read with the address it came from")
    if asked.origin == "made by hand" and not asked.by_hand:
        return _refuse("expected --by-hand with the origin 'made by hand', found none")
    case.mkdir()
    shutil.copyfile(asked.file, case / f"input{asked.file.suffix.lower()}")
    (case / "meta.toml").write_text(_meta(asked, is_page=is_page), encoding="utf-8")

    test = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        "0",
        "-q",
        str(TESTS / ROOMS.get(asked.kind, PAGES)),
        "-k",
        asked.name,
    ]
    done = subprocess.run(test, cwd=ROOT, capture_output=True, text=True, check=False)
    expected = case / "expected.json"
    if not expected.exists():
        shutil.rmtree(case)
        no_test = f"no test of the kind {asked.kind}: it needs {PARSER}"
        ran = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)  # a test that writes an expectation fails
        found = no_test if done.returncode in ran else f"\n{done.stdout}"
        return _refuse(f"expected the case's test to write {expected.name}, found {found}")
    print(f"wrote {case.relative_to(ROOT)}: read {expected.name} beside the print, then run")
    print(f"  pytest {TESTS.name}/{ROOMS.get(asked.kind, PAGES)}")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.new_case", description="Make a case of a file.")
    parser.add_argument("kind", metavar="KIND", help="a folder of tests/cases")
    parser.add_argument("name", metavar="NAME", help="what is odd, with hyphens: flat-romans-2252")
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--why", required=True, help="what would break without the case, in a sentence")
    parser.add_argument("--origin", required=True, help="where the file is from")
    parser.add_argument("--url", help="the address a page came from")
    parser.add_argument("--by-hand", action="store_true", help="the file was made up")
    return parser.parse_args()


def _meta(asked: argparse.Namespace, *, is_page: bool) -> str:
    """The meta file. Of a page, which is recorded or made by hand, `origin` says just that."""
    how = "made by hand" if asked.by_hand else "recorded"
    values = {"why": asked.why, "origin": how if is_page else asked.origin}
    if is_page:
        values |= {"url": asked.url, "from": asked.origin}
    else:
        values["recorded"] = how
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())


def _refuse(words: str) -> int:
    print(words, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
