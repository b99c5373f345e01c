"""The commands that show what is held to others, run as a person would."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from monitor.app.export import extras

Ask = Callable[..., Any]


@pytest.fixture
def own(data: Path, tmp_path: Path) -> Path:
    """A copy of the data folder: a build remembers in it what it published."""
    import shutil

    return Path(shutil.copytree(data, tmp_path / "own"))


def test_build_and_check_go_together(ask: Ask, own: Path, tmp_path: Path) -> None:
    built = ask("site", "build", "public", folder=own)
    assert built.code == 0
    assert "Open public/index.html" in built.stdout
    assert (tmp_path / "public/resolutions/2387.html").is_file()

    checked = ask("site", "check", "public", folder=own)
    assert checked.code == 0
    assert "nothing is wrong" in checked.stdout


def test_build_tells_programs_what_it_wrote(ask: Ask, own: Path) -> None:
    told = ask("site", "build", "public", "--json", folder=own).json

    assert told["files"] == len(told["written"]) > 0
    assert told["removed"] == []
    assert "resolutions/1325.html" in told["written"]


def test_check_ends_with_1_and_a_list(ask: Ask, own: Path, tmp_path: Path) -> None:
    ask("site", "build", "public", folder=own)
    (tmp_path / "public/about.html").unlink()
    told = ask("site", "check", "public", "--json", folder=own)

    assert told.code == 1
    assert {"file": "about.html", "problem": "was published, and is not there"} in told.json["problems"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("site", "build"), "expected a folder, found none"),
        (("site", "build", "x", "--lang", "de"), "found 'de'"),
        (("site", "build", "x", "--base-url", "ftp://x"), "found 'ftp://x'"),
        (("site", "check", "nowhere"), "found no index.html"),
        (("export", "x", "--format", "ris", "--excel"), "--excel goes with --format csv"),
        (("export", "x", "--theme", "protection"), "--theme goes with --format xlsx"),
        (("brief", "-o", "x.docx"), "expected a SYMBOL or --theme"),
    ],
)
def test_what_cannot_be_done_is_said(ask: Ask, arguments: tuple[str, ...], said: str) -> None:
    told = ask(*arguments)

    assert told.code == 2
    assert said in " ".join(told.stderr.split())


def test_settings_give_the_folder_and_the_options(ask: Ask, own: Path, tmp_path: Path) -> None:
    (tmp_path / "wpswatch.toml").write_text('[site]\ndir = "web"\ntitle = "Our desk"\n')

    assert ask("site", "build", folder=own).code == 0
    assert "<title>About · Our desk</title>" in (tmp_path / "web/about.html").read_text()


def test_a_missing_extra_is_named(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "has_package", lambda package: False)

    for arguments, extra in (
        (("serve",), "serve"), (("browse",), "browse"), (("export", "x", "--format", "xlsx"), "office"),
        (("brief", "1325", "-o", "x.docx"), "office"),
    ):  # fmt: skip
        told = ask(*arguments)
        assert told.code == 1
        assert f"pip install 'wpswatch[{extra}]'" in told.stderr


def test_datasette_is_told_of_views_and_queries_that_run(ask: Ask, data: Path) -> None:
    import sqlite3

    told = json.loads(ask("browse", "--metadata").stdout)["databases"]["wpswatch"]
    db = sqlite3.connect(data / "wpswatch.db")
    for query in told["queries"].values():
        db.execute(query["sql"], {"words": "women"}).fetchall()
    assert db.execute("SELECT count(*) FROM wps_paragraphs WHERE symbol = 'S/RES/1325 (2000)'").fetchone()[0] > 10
    db.close()


def test_the_citation_that_show_gives_is_the_one_on_the_page(ask: Ask, own: Path, tmp_path: Path) -> None:
    ask("site", "build", "public", folder=own)
    page = (tmp_path / "public/resolutions/2387.html").read_text()

    shown = " ".join(ask("show", "2387", "43(d)(ii)", folder=own).stdout.split())
    assert "Security Council resolution 2387 (2017), para. 43 (d) (ii)" in shown
    assert "<i class=u>Security Council resolution 2387 (2017), para. 43 (d) (ii)</i>" in page
