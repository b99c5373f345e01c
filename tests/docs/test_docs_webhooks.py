"""The documented recipes for receivers of webhooks work as they stand, and refuse what they should."""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from monitor.alerts.webhook.body import body_of
from monitor.alerts.webhook.signature import secrets_of, signature_of
from monitor.settings.check import KEYS
from tests.paths import ROOT
from tests.servers.webhook_receiver import SECRET, make_alert

WEBHOOKS = (ROOT / "docs/how-to/webhooks.md").read_text()
FEEDS = (ROOT / "docs/how-to/feeds-and-calendar.md").read_text()
OTHER = "whsec_" + "QUJD" * 8


def recipe(name: str) -> str:
    [found] = re.findall(rf"<!-- {name} -->\n```\w+\n(.*?)```", WEBHOOKS, re.DOTALL)
    return str(found)


def verify(way: str, folder: Path, body: bytes, signature: str, timestamp: int) -> subprocess.CompletedProcess[bytes]:
    (folder / "body.json").write_bytes(body)
    if way == "python":
        command = [sys.executable, "-c", recipe("verify with python"), SECRET, "wps-0f3a", str(timestamp), signature]
        return subprocess.run(command, input=body, capture_output=True, check=False)
    values = {"secret": SECRET, "id": "wps-0f3a", "timestamp": str(timestamp), "signature": signature}
    environment = {"PATH": "/usr/bin:/bin", **values}
    command = ["sh", "-c", recipe("verify with openssl")]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)


@pytest.mark.parametrize(("way", "answer"), [("python", b"extract.new\n"), ("openssl", b"genuine\n")])
def test_a_recipe_takes_what_was_sent_and_nothing_else(way: str, answer: bytes, tmp_path: Path) -> None:
    body, now = body_of(make_alert()), int(time.time())
    stale = now - 3600

    def signed(timestamp: int, *secrets: str) -> str:
        return signature_of(secrets_of("\n".join(secrets)), "wps-0f3a", timestamp, body)

    genuine = verify(way, tmp_path, body, signed(now, OTHER, SECRET), now)
    refused = [
        verify(way, tmp_path, body.replace(b'":"', b'": "', 1), signed(now, SECRET), now),
        verify(way, tmp_path, body, signed(stale, SECRET), stale),
        verify(way, tmp_path, body, signed(now, OTHER), now),
    ]

    assert (genuine.returncode, genuine.stdout) == (0, answer), genuine.stderr
    assert [(done.returncode != 0, done.stdout) for done in refused] == [(True, b"")] * 3


def test_the_recipe_for_a_secret_makes_one(tmp_path: Path) -> None:
    [command] = re.findall(r"^\(umask 077; .*$", WEBHOOKS, re.MULTILINE)
    subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True)
    assert len(secrets_of((tmp_path / "hook.secret").read_text())[0]) == 32
    assert (tmp_path / "hook.secret").stat().st_mode & 0o077 == 0


def test_every_field_that_a_webhook_adds_and_every_setting_of_feeds_is_documented() -> None:
    for word in (
        "items",
        "extracts",
        "texts",
        "marks",
        "url",
        "command",
        "webhook-id",
        "webhook-timestamp",
        "webhook-signature",
    ):
        assert f"`{word}`" in WEBHOOKS, word
    assert all(f"`{key}`" in FEEDS or f"[feeds] {key}" in FEEDS for key in KEYS["feeds"])
