"""`deliver`, `replay`, `test-alert`, `mute`, `unmute`, and what `alerts`, `doctor` and `sources` say of it."""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.alerts.delivery.addressing import Addressed, put_into_outbox
from monitor.alerts.news.payload import ExtractNews, news_of, payload_of
from monitor.alerts.news.sample import sample_alert
from monitor.settings.config import load_config
from storage.fetched.runs import open_run
from storage.outbox.channels import leave_alone
from storage.outbox.outbox import record_delivery
from storage.outbox.sending import save_receipt
from storage.records import Alert, DeliveryState, Event
from storage.sqlite.database import DATABASE_NAME, open_database, transaction

Ask = Callable[..., Any]
SETTINGS = """
[[channels]]
name = "log"
type = "file"
path = "{log}"
cap = 2

[[channels]]
name = "broken"
type = "file"
path = "/dev/null/nowhere"

[[channels]]
name = "daily"
type = "file"
path = "{daily}"
schedule = "daily 07:00"

[[channels]]
name = "screen"
type = "stdout"
events = ["extract.removed"]
"""

MAIL = """
[smtp]
host = "mail.example.org"
sender = "wpswatch@example.org"

[[channels]]
name = "log"
type = "email"
to = ["{to}"]
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A data folder with three alerts of yesterday, as one run makes them for these channels."""
    settings = SETTINGS.format(log=tmp_path / "log.txt", daily=tmp_path / "daily.txt")
    (tmp_path / "wpswatch.toml").write_text(settings)
    folder = tmp_path / "desk"
    fill(folder, 3, load_config(tmp_path / "wpswatch.toml").channels)
    return folder


def fill(folder: Path, count: int, channels: Any) -> None:
    now = datetime.now(UTC) - timedelta(days=1)
    news = news_of(sample_alert("desk", now).payload)
    assert isinstance(news, ExtractNews)
    payload = payload_of(replace(news, event=Event.EXTRACT_NEW))
    wanting = tuple(each for each in channels if each.name != "screen")
    with closing(open_database(folder / DATABASE_NAME)) as db, transaction(db):
        run = open_run(db, "unxml", now)
        alerts = [Alert(f"wps-{n}", Event.EXTRACT_NEW, run, f"news {n}", now, payload) for n in range(count)]
        put_into_outbox(db, [Addressed(alert, wanting) for alert in alerts], now)


def told(path: Path) -> list[str]:
    lines = path.read_text().splitlines() if path.exists() else []
    return [line.split()[1] for line in lines if line.startswith("Alert ")]


def states(ask: Ask, folder: Path, alert: str) -> dict[str, tuple[str, bool]]:
    [record] = [each for each in ask("alerts", "--json", folder=folder).json if each["alert"] == alert]
    return {each["channel"]: (each["state"], each["in_digest"]) for each in record["deliveries"]}


def test_deliver_sends_what_is_due_and_says_how_much(ask: Ask, desk: Path, tmp_path: Path) -> None:
    dry = ask("deliver", "--dry-run", "--json", folder=desk)
    assert (dry.code, told(tmp_path / "log.txt")) == (0, [])
    assert {each["channel"] for each in dry.json} == {"log", "broken", "daily"}

    answer = ask("deliver", "--json", folder=desk)

    assert (answer.code, answer.json) == (1, {"sent": 4, "retried": 3, "failed": 0, "paused": ["broken"]})
    assert {"wps-0", "wps-1"} <= set(told(tmp_path / "log.txt"))
    assert len(told(tmp_path / "daily.txt")) == 1
    assert states(ask, desk, "wps-2") == {"log": ("sent", True), "daily": ("sent", True), "broken": ("pending", False)}
    words = ask("deliver", folder=desk)
    assert (words.code, words.stdout, words.stderr) == (0, "", "0 sent, 0 to be tried again, 0 failed for good\n")


def test_alerts_are_narrowed_to_a_state_and_to_a_digest(ask: Ask, desk: Path) -> None:
    ask("deliver", folder=desk)
    everything = ask("alerts", "--json", folder=desk).json
    [digest] = [each for each in everything if each["news"]["event"] == "digest" and each["news"]["channel"] == "daily"]

    members = ask("alerts", "--digest", digest["alert"][:12], "--json", folder=desk).json
    pending = ask("alerts", "--pending", "--json", folder=desk).json

    assert sorted(each["alert"] for each in members) == ["wps-0", "wps-1", "wps-2"]
    assert sorted(each["alert"] for each in pending) == ["wps-0", "wps-1", "wps-2"]
    assert ask("alerts", "--failed", folder=desk).stderr == "No alerts.\n"
    page = " ".join(ask("alerts", folder=desk).stdout.split())
    assert f"daily: sent, in digest {digest['alert']}" in page
    assert "broken: pending, 1 attempt, next" in page
    assert ask("alerts", "--digest", "wps-none", folder=desk).code == 1


def test_what_several_recipients_did_is_shown(ask: Ask, desk: Path) -> None:
    with closing(open_database(desk / DATABASE_NAME)) as db, transaction(db):
        at = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
        save_receipt(db, "wps-0", "log", "a@example.org", None, at)
        save_receipt(db, "wps-0", "log", "b@example.org", "552 mailbox full", at)

    record = next(each for each in ask("alerts", "--json", folder=desk).json if each["alert"] == "wps-0")
    [log] = [each for each in record["deliveries"] if each["channel"] == "log"]

    assert [(each["recipient"], each["state"], each["error"]) for each in log["recipients"]] == [
        ("a@example.org", "accepted", None), ("b@example.org", "refused", "552 mailbox full")
    ]  # fmt: skip
    assert "b@example.org: refused it: 552 mailbox full" in " ".join(ask("alerts", folder=desk).stdout.split())


def test_the_doctor_names_refusals_beside_what_was_given_up_on_and_knows_no_channel_of_broken_settings(
    ask: Ask, desk: Path
) -> None:
    with closing(open_database(desk / DATABASE_NAME)) as db, transaction(db):
        at = datetime.now(UTC)
        save_receipt(db, "wps-0", "log", "b@example.org", "552 mailbox full", at)
        record_delivery(db, "wps-1", "log", DeliveryState.FAILED, 9, None, "550", None)

    (desk.parent / "wpswatch.toml").write_text(MAIL.format(to="B <b@example.org>"))
    words = " ".join(ask("doctor", folder=desk).stdout.split())
    (desk.parent / "wpswatch.toml").write_text("[network]\nmirrow = 1\n")
    broken = ask("doctor", folder=desk).stdout

    assert "1 recipient refused" in words
    assert "1 alert given up on" in words
    assert "fail settings" in " ".join(broken.split())
    assert "is not set up" not in broken
    assert "no channel is configured" not in broken


@pytest.mark.parametrize(("to", "is_fixed"), [("c@example.org", False), ("b@example.org", True)])
def test_a_recipient_that_is_taken_off_or_has_a_later_mail_is_no_trouble(
    ask: Ask, desk: Path, to: str, is_fixed: bool
) -> None:
    (desk.parent / "wpswatch.toml").write_text(MAIL.format(to=to))
    with closing(open_database(desk / DATABASE_NAME)) as db, transaction(db):
        at = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
        save_receipt(db, "wps-0", "log", "b@example.org", "552 mailbox full", at)
        if is_fixed:
            save_receipt(db, "wps-1", "log", "b@example.org", None, at + timedelta(hours=1))

    assert "refused" not in ask("doctor", folder=desk).stdout


def test_what_a_receiver_put_off_is_not_due_and_has_the_time_it_asked_for(ask: Ask, desk: Path) -> None:
    until = datetime.now(UTC) + timedelta(hours=2)
    with closing(open_database(desk / DATABASE_NAME)) as db, transaction(db):
        leave_alone(db, "broken", until)

    due = {each["channel"] for each in ask("deliver", "--dry-run", "--json", folder=desk).json}
    page = " ".join(ask("alerts", folder=desk).stdout.split())

    assert due == {"log", "daily"}
    assert f"broken: pending, next {until:%Y-%m-%d %H:%M} UTC, as its receiver asked" in page


def test_who_unmutes_is_told_how_to_send_the_rest_to_that_channel_only(ask: Ask, desk: Path) -> None:
    settings = desk.parent / "wpswatch.toml"
    settings.write_text(settings.read_text().replace('"log"', '"the log"'))
    ask("mute", "the log", folder=desk)

    muted = ask("replay", "wps-0", "the log", folder=desk).stderr
    again = ask("unmute", "the log", folder=desk).stderr

    assert "first: wpswatch unmute 'the log'" in muted
    assert again.endswith("wpswatch replay ALERT 'the log'\n")
    assert "wpswatch unmute 'the log' --send" in again


def set_cap(desk: Path, cap: int) -> None:
    settings = desk.parent / "wpswatch.toml"
    settings.write_text(settings.read_text().replace("cap = 2", f"cap = {cap}"))


def test_who_unmutes_can_send_what_the_channel_was_not_told(ask: Ask, desk: Path, tmp_path: Path) -> None:
    ask("mute", "log", folder=desk)
    dry = ask("unmute", "log", "--send", "--dry-run", folder=desk)
    assert "3 alerts that it was not told would be sent" in dry.stderr
    answer = ask("unmute", "log", "--send", folder=desk)

    assert (answer.code, answer.stderr.splitlines()[-1]) == (0, "3 sent, 0 to be tried again, 0 failed for good")
    assert states(ask, desk, "wps-0")["log"][0] == "sent"
    shown = (tmp_path / "log.txt").read_text()
    again = ask("unmute", "log", "--send", folder=desk)
    assert (again.code, "0 alerts" in again.stderr) == (0, True)
    assert (tmp_path / "log.txt").read_text() == shown


def test_more_than_the_cap_that_a_channel_was_not_told_comes_in_one_digest(ask: Ask, desk: Path) -> None:
    ask("mute", "log", folder=desk)
    set_cap(desk, 1)
    answer = ask("unmute", "log", "--send", "--json", folder=desk).json
    # the digest that was made for it at once, and another of the two that it would have been told alone
    assert (answer["untold"], answer["sent"]["sent"]) == (3, 2)
    assert states(ask, desk, "wps-0")["log"] == ("sent", True)
    assert states(ask, desk, "wps-1")["log"] == ("sent", True)


def test_a_replay_on_one_channel_leaves_the_others_alone(ask: Ask, desk: Path) -> None:
    answer = ask("replay", "wps-0", "log", folder=desk)

    assert (answer.code, answer.stderr.splitlines()[-1]) == (0, "1 sent, 0 to be tried again, 0 failed for good")
    assert states(ask, desk, "wps-0")["broken"] == ("pending", False)
    [record] = [each for each in ask("alerts", "--json", folder=desk).json if each["alert"] == "wps-0"]
    assert {each["channel"]: each["attempts"] for each in record["deliveries"]}["broken"] == 0


def test_a_replay_has_the_same_id(ask: Ask, desk: Path, tmp_path: Path) -> None:
    ask("deliver", folder=desk)
    before = told(tmp_path / "log.txt")
    assert ask("replay", "wps-0", "log", "--dry-run", folder=desk).stderr == (
        "wps-0 would be sent again, with the same id, on log\n"
    )

    answer = ask("replay", "wps-0", "log", "--json", folder=desk)
    assert (answer.code, answer.json["channels"], answer.json["deliveries"][0]["state"]) == (0, ["log"], "sent")
    assert told(tmp_path / "log.txt") == [*before, "wps-0"]
    everywhere = ask("replay", "wps-1", folder=desk)
    assert everywhere.code == 1
    assert "wps-1 is sent again, with the same id, on broken, daily, log" in everywhere.stderr
    assert told(tmp_path / "daily.txt")[1:] == ["wps-1"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["replay", "wps-"], 1, "write more of it"),
        (["replay", "wps-none"], 1, "wpswatch alerts lists them"),
        (["replay", "wps-0", "lok"], 2, "the nearest is 'log'"),
        (["mute", "lok"], 2, "the nearest is 'log'"),
        (["unmute", "lok"], 2, "the nearest is 'log'"),
        (["test-alert", "lok"], 2, "the nearest is 'log'"),
        (["mute", "log", "--until", "2020-01-01"], 2, "expected a time to come"),
    ],
)
def test_a_wrong_word_is_told_with_what_to_do(
    ask: Ask, desk: Path, arguments: list[str], code: int, words: str
) -> None:
    answer = ask(*arguments, folder=desk)
    assert answer.code == code
    assert words in " ".join(answer.stderr.split())


def test_a_muted_channel_is_told_nothing_until_it_is_unmuted_and_a_replay_brings_back(
    ask: Ask, desk: Path, tmp_path: Path
) -> None:
    assert ask("mute", "log", "--dry-run", "--json", folder=desk).json["suppressed"] == 4
    muted = ask("mute", "log", "--until", "2999-01-01", "--reason", "holidays", "--json", folder=desk)
    assert muted.json == {
        "channel": "log", "muted": True, "until": "2999-01-01T00:00:00+00:00", "suppressed": 4
    }  # fmt: skip
    ask("deliver", folder=desk)

    assert told(tmp_path / "log.txt") == []
    assert len(ask("alerts", "--suppressed", "--json", folder=desk).json) == 4
    assert "log: suppressed, muted: holidays" in ask("alerts", folder=desk).stdout
    assert "muted until 2999-01-01 00:00 UTC: holidays" in " ".join(ask("doctor", folder=desk).stdout.split())
    assert "channel 'log' is muted (holidays)" in ask("sources", folder=desk).stderr
    dry = ask("unmute", "log", "--dry-run", "--json", folder=desk).json
    assert (dry["was_muted"], dry["muted"], dry["sent"]) == (True, True, None)
    assert ask("unmute", "log", "--json", folder=desk).json["muted"] is False
    assert ask("unmute", "log", folder=desk).stderr == "log is not muted\n"
    assert ask("replay", "wps-2", "log", folder=desk).code == 0
    assert told(tmp_path / "log.txt") == ["wps-2"]


def test_a_test_alert_says_what_came_of_it_and_is_kept_nowhere(ask: Ask, desk: Path, tmp_path: Path) -> None:
    dry = ask("test-alert", "log", "--dry-run", folder=desk)
    assert dry.stdout.splitlines()[1].startswith("A test, nothing happened: S/RES/1325 (2000)")

    answer = ask("test-alert", "log", "--json", folder=desk)

    assert (answer.code, answer.json["sent"], answer.json["error"]) == (0, True, None)
    assert told(tmp_path / "log.txt") == [answer.json["alert"]]
    broken = ask("test-alert", "broken", folder=desk)
    assert broken.code == 1
    assert "broken: not sent: expected to append to /dev/null/nowhere" in broken.stderr
    assert len(ask("alerts", "--json", folder=desk).json) == 4
    assert "(test)" in ask("test-alert", "screen", folder=desk).stdout


def test_an_alert_that_cannot_be_read_is_listed_all_the_same(ask: Ask, desk: Path) -> None:
    with closing(open_database(desk / DATABASE_NAME)) as db, transaction(db):
        db.execute("UPDATE alerts SET payload = 'not JSON' WHERE id = 'wps-0'")
    ask("deliver", folder=desk)

    failed = ask("alerts", "--failed", "--json", folder=desk).json

    assert [(each["alert"], each["news"]) for each in failed] == [("wps-0", None)]
    assert "1 alert given up on" in ask("doctor", folder=desk).stdout
    assert "1 alert was given up on" in ask("sources", folder=desk).stderr
    assert json.loads(ask("deliver", "--dry-run", "--json", folder=desk).stdout) == []


def test_the_doctor_names_a_channel_that_does_not_get_through_and_one_that_is_not_set_up(
    ask: Ask, desk: Path, tmp_path: Path
) -> None:
    ask("deliver", folder=desk)
    with closing(open_database(desk / DATABASE_NAME)) as db, transaction(db):
        db.execute("UPDATE deliveries SET attempts = 4 WHERE channel = 'broken'")
    page = " ".join(ask("doctor", folder=desk).stdout.split())
    assert "3 of 3 waiting were tried three times or more: broken: expected to append to /dev/null/nowhere" in page

    (tmp_path / "wpswatch.toml").write_text("")
    assert "channel broken is not set up, and alerts wait for it" in " ".join(ask("doctor", folder=desk).stdout.split())
