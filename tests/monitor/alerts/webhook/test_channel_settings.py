"""Settings of webhooks and of Apprise: what is wrong is said before anything starts, and by the doctor."""

from pathlib import Path

import pytest

from monitor.alerts.webhook.secret import SecretError, read_secret, variable_of
from monitor.app.checking.channels import channel_findings
from monitor.app.checking.health import Health
from monitor.settings.config import ChannelSettings, Config, ConfigError, load_config
from tests.servers.webhook_receiver import SECRET


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("type = 'webhook'\nurl = 'http://hooks.example.org/'", "line 4: url: expected https://"),
        ("type = 'webhook'\nurl = 'https://0x7f.1/'", "line 4: url: expected a host as everyone writes it"),
        ("type = 'webhook'", "line 1: a channel of type 'webhook' needs 'url'"),
        ("type = 'apprise'\nurl = 'https://hooks.example.org/'", "put them into its secret_file"),
    ],
)
def test_an_address_that_cannot_be_used_is_named_with_its_line(tmp_path: Path, lines: str, words: str) -> None:
    path = tmp_path / "wpswatch.toml"
    path.write_text(f"[[channels]]\nname = 'hook'\n{lines}\n")
    with pytest.raises(ConfigError, match=words):
        load_config(path)


def test_http_to_an_own_network_is_a_setting(tmp_path: Path) -> None:
    path = tmp_path / "wpswatch.toml"
    url = "http://127.0.0.1:8080/"
    path.write_text(f"[[channels]]\nname = 'h'\ntype = 'webhook'\nurl = '{url}'\nallow_private_addresses = true\n")
    assert load_config(path).channels[0].url == url


def test_a_folder_for_feeds_must_be_named(tmp_path: Path) -> None:
    path = tmp_path / "wpswatch.toml"
    path.write_text("[feeds]\nlimit = 3\n")
    with pytest.raises(ConfigError, match=r"line 1: \[feeds\] needs a 'dir'"):
        load_config(path)


def test_a_secret_is_in_its_file_or_in_the_environment(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("of the file\n")
    environment = {"WPSWATCH_SECRET_DESK_1": "of the environment"}
    assert variable_of("desk-1") == "WPSWATCH_SECRET_DESK_1"
    assert read_secret("desk-1", "", environment) == "of the environment"
    assert read_secret("desk-1", str(tmp_path / "secret"), environment) == "of the file\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "No such file"),
        (b"", "an empty file"),
        (b"x" * 70_000, "more than 64 KiB"),
        (b"\xff", "found other bytes"),
    ],
)
def test_a_secret_that_cannot_be_read_is_an_error_in_words(tmp_path: Path, content: bytes | None, words: str) -> None:
    path = tmp_path / "secret"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SecretError, match=words):
        read_secret("desk", str(path), {})


def test_the_doctor_says_how_each_secret_is(tmp_path: Path) -> None:
    for name, text, mode in (("good", SECRET, 0o600), ("open", SECRET, 0o644), ("bad", "whsec_open", 0o600)):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(mode)
    names = ("good", "open", "bad", "none")
    hooks = [ChannelSettings(name, "webhook", url="https://x.org/", secret_file=str(tmp_path / name)) for name in names]

    found = {
        each.check: each for each in channel_findings(Config(channels=(*hooks, ChannelSettings("log", "file"))), {})
    }

    assert {check: each.health for check, each in found.items()} == {
        "channel good": Health.OK,
        "channel open": Health.WARN,
        "channel bad": Health.FAIL,
        "channel none": Health.FAIL,
    }
    assert "chmod 600" in (found["channel open"].advice or "")
    assert "whsec_open" not in found["channel bad"].found


def test_the_doctor_says_what_to_install_for_apprise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.app.checking.channels.find_spec", lambda name: None)
    [found] = channel_findings(Config(channels=(ChannelSettings("chat", "apprise"),)), {})
    assert (found.health, found.advice) == (Health.FAIL, "pip install 'wpswatch[apprise]'")
