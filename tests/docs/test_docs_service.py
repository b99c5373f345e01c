"""The units, cron lines and container file under deploy/, each tried as far as this machine allows."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from scraper.sources.loader import load_sources
from tests.paths import ROOT

DEPLOY = ROOT / "deploy"
UNITS = ("wpswatch.service", "wpswatch-crawl.service", "wpswatch-crawl.timer")
PROGRAM = "/opt/wpswatch/bin/wpswatch"
SETTINGS = '[network]\ncontact = "desk@example.org"\n' + "".join(  # nothing is to be asked of anybody
    f"[sources.{name}]\nenabled = false\n" for name in load_sources()
)


def verified(folder: Path, texts: dict[str, str]) -> tuple[int, list[str]]:
    """What systemd says of units: its exit code, and its lines that name ours."""
    for name, text in texts.items():
        (folder / name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(folder / name for name in texts)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{folder}:"},
    )
    return done.returncode, [line for line in done.stderr.splitlines() if "wpswatch" in line]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze")
def test_the_units_are_what_systemd_expects(tmp_path: Path, program: Path) -> None:
    texts = {name: (DEPLOY / name).read_text().replace(PROGRAM, str(program)) for name in UNITS}
    assert verified(tmp_path, texts) == (0, [])


@pytest.mark.parametrize("kind", ["feeds", "log"])
def test_init_prints_the_units_of_this_installation(desk, program: Path, kind: str) -> None:
    settings, data = desk.folder / "wpswatch.toml", desk.folder / "my data"
    outside = desk.folder.parent / "outside"
    more = {
        "feeds": f'[feeds]\ndir = "{outside}"\n',
        "log": f'[[channels]]\nname = "far"\ntype = "file"\npath = "{outside}/alerts.txt"\n',
    }
    settings.write_text(more[kind])
    command = [program, "--data", data, "--config", settings, "init", "--systemd"]

    done = subprocess.run(command, capture_output=True, text=True, check=True)

    _, *parts = re.split(r"^# /etc/systemd/system/(\S+)\n", done.stdout, flags=re.MULTILINE)
    texts = dict(zip(parts[::2], parts[1::2], strict=True))
    assert tuple(texts) == UNITS
    start = f'--data "{data}" --config {settings} watch'
    assert start in texts["wpswatch.service"]
    assert f"ReadWritePaths={outside}\n" in texts["wpswatch.service"]
    assert f"{data} is not there yet" in done.stderr
    if shutil.which("systemd-analyze"):
        folder = desk.folder / "units"
        folder.mkdir()
        found = re.findall(r"^ExecStart=(\S+)", texts["wpswatch.service"], re.MULTILINE)
        assert verified(folder, {name: text.replace(found[0], str(program)) for name, text in texts.items()}) == (0, [])


def test_init_prints_no_units_without_settings(program: Path, tmp_path: Path) -> None:
    environment = os.environ | {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    done = subprocess.run(
        [program, "init", "--systemd"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "wpswatch init" in done.stderr
    assert not (tmp_path / "wpswatch.toml").exists()


def test_the_cron_lines_run_in_an_empty_environment(desk, program: Path) -> None:
    settings = desk.folder / "wpswatch.toml"
    settings.write_text(SETTINGS)
    for line in (DEPLOY / "crontab").read_text().splitlines():
        assert "%" not in line  # a line end to cron
        *times, command = line.split(maxsplit=5)
        assert len(times) == 5
        command = command.replace(PROGRAM, str(program)).replace("/etc/wpswatch.toml", str(settings))
        command = command.replace("/var/lib/wpswatch", str(desk.folder / "data"))

        done = subprocess.run(["env", "-i", "/bin/sh", "-c", command], capture_output=True, text=True, check=False)

        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")  # cron mails whatever is printed
    assert (desk.folder / "data/wpswatch.db").exists()


def test_the_container_copies_installs_and_starts_what_there_is() -> None:
    lines = (DEPLOY / "Dockerfile").read_text().splitlines()
    steps = dict(line.split(maxsplit=1) for line in lines if not line.startswith("RUN"))
    assert set(steps) == {"FROM", "COPY", "USER", "WORKDIR", "VOLUME", "ENV", "STOPSIGNAL", "ENTRYPOINT", "CMD"}
    assert steps["ENTRYPOINT"] == '["wpswatch"]'
    assert steps["ENV"] == f"WPSWATCH_DATA={steps['VOLUME']}"
    minor = int(steps["FROM"].removeprefix("python:3.").removesuffix("-slim"))
    assert f"Programming Language :: Python :: 3.{minor}" in (ROOT / "pyproject.toml").read_text()
