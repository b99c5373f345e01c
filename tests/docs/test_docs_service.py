"""The units, cron lines and container file under deploy/, each tried as far as this machine allows."""

import os
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


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze")
def test_the_units_are_what_systemd_expects(tmp_path: Path, program: Path) -> None:
    paths = [tmp_path / name for name in UNITS]
    for path in paths:
        path.write_text((DEPLOY / path.name).read_text().replace(PROGRAM, str(program)))

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *paths], capture_output=True, text=True, check=False,
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
    )  # fmt: skip

    about_ours = [line for line in done.stderr.splitlines() if "wpswatch" in line]
    assert (done.returncode, about_ours) == (0, [])


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
