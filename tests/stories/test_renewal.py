"""A mandate is renewed twice with a rollover between, the machine goes down on the way: one mail, about the renewal.

S/RES/2777 (2025) gave the mandate of UNAMA, S/RES/2818 (2026) rolled it over, S/RES/2822 (2026) renews it: all real.
"""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from tests.conftest import ENVIRONMENT, Desk
from tests.servers.mail_post import Post, PostOffice

pytestmark = pytest.mark.long

OLD, ROLLOVER, NEW = "S/RES/2777 (2025)", "S/RES/2818 (2026)", "S/RES/2822 (2026)"
ROLLED_OVER = ["extract.new"]
MAIL = """
[smtp]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "wpswatch <alerts@example.org>"
[[channels]]
name = "mail"
type = "email"
to = ["reader@example.org"]
unsubscribe = "mailto:people@example.org"
"""
# The command itself, and a machine that goes down when every text is stored and nothing is queued yet.
KILLED = """
import os, signal, sys
from monitor.app import crawling
from monitor.cli.main import cli
notice = crawling.notice_run
def go_down(db, run, *, source, **options):
    if source == "unxml":
        os.kill(os.getpid(), signal.SIGKILL)
    return notice(db, run, source=source, **options)
crawling.notice_run = go_down
cli(sys.argv[1:])
"""


@pytest.fixture
def post(desk: Desk) -> Iterator[Post]:
    """A mail server, and a channel of the desk that sends to it."""
    post = Post()
    office = PostOffice(post, None)
    with (desk.folder / "wpswatch.toml").open("a") as settings:
        settings.write(MAIL.format(port=office.port))
    yield post
    office.close()


def without(desk: Desk, symbol: str) -> None:
    """Take a resolution that is published from the start off the site again."""
    site = desk.server.site
    document = site.catalogue.document(symbol)
    files = {path: file for path, file in site.files.items() if path != document.xml}
    desk.server.site = replace(site, documents=tuple(one for one in site.documents if one != document), files=files)


def publish(desk: Desk, symbol: str) -> None:
    desk.server.site = desk.server.site.publish(symbol)


def crawl_killed_before_it_queues(desk: Desk) -> None:
    arguments = desk.command("crawl", "--json")[3:]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, *arguments], cwd=desk.folder, env=ENVIRONMENT, capture_output=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def is_stored(desk: Desk, symbol: str) -> bool:
    with closing(sqlite3.connect(desk.folder / "data/wpswatch.db")) as db:
        return db.execute("SELECT 1 FROM documents WHERE symbol = ?", [symbol]).fetchone() is not None


def test_a_renewal_behind_a_rollover_is_one_mail_however_the_machine_went_down(desk: Desk, post: Post) -> None:
    without(desk, ROLLOVER)
    desk.crawl()
    assert is_stored(desk, OLD)
    publish(desk, ROLLOVER)
    desk.crawl()
    (rolled,) = desk.ask("alerts", "--json")
    assert [rolled["event"]] == ROLLED_OVER
    (new_words,) = post.mails  # it says of women what the text before does not say word for word
    assert "increasing and widespread erosion" in " ".join(new_words.get_body(["plain"]).get_content().split())

    publish(desk, NEW)
    crawl_killed_before_it_queues(desk)
    assert is_stored(desk, NEW)
    assert [alert["event"] for alert in desk.ask("alerts", "--json")] == ROLLED_OVER
    desk.crawl()
    desk.crawl()

    _, mail = post.mails
    text = " ".join(mail.get_body(["plain"]).get_content().split())
    assert mail["Subject"].startswith("Afghanistan (UNAMA): 2 → 5 paragraphs on women, 1 lost its words on women")
    assert mail["X-WPSWatch-Event"] == "renewal.changed"
    assert f"Beside: {OLD} Skipped: {ROLLOVER} (rollover)" in text
    (told,) = [alert for alert in desk.ask("alerts", "--json") if alert["event"] == "renewal.changed"]
    assert {delivery["state"] for delivery in told["deliveries"]} == {"sent"}
    new = {extract["symbol"] for extract in desk.ask("extracts", "--new", "--json")}
    assert NEW in new
    check_that_all_commands_agree(desk, told["alert"])


def check_that_all_commands_agree(desk: Desk, alert: str) -> None:
    """`drift`, `chain`, `changes`, `ledger`, `show` and the alert say one thing of the renewal."""
    drift = desk.ask("drift", NEW, "--json")
    assert (drift["kind"], drift["old"]) == ("renewal", OLD)
    assert [one["symbol"] for one in drift["skipped"]] == [ROLLOVER]
    links = {one["symbol"]: one for one in desk.ask("chain", "UNAMA", "--json")["links"]}
    assert {symbol: links[symbol]["kind"] for symbol in (OLD, ROLLOVER, NEW)} == {
        OLD: "renewal", ROLLOVER: "rollover", NEW: "renewal",
    }  # fmt: skip
    paragraphs = desk.ask("show", NEW, "--json")["paragraphs"]
    about_women = {one["address"] for one in paragraphs if one["themes"]}
    assert {line["new_address"] for line in drift["lines"]} >= about_women
    assert drift["counts"]["new"] == len(about_women)
    changes = [one for one in desk.ask("changes", "--symbol", NEW, "--json") if one["cause"] == "source"]
    assert {one["address"] for one in changes if one["wps"]} == about_women
    assert {one["kind"] for one in changes} == {"added"}
    (series,) = [one for one in desk.ask("ledger", "--json")["series"] if one["series"] == "S/RES"]
    assert [one["state"] for one in series["entries"] if one["symbol"] == NEW] == ["held"]
    told = desk.ask("alerts", "--show", alert, "--json")["news"]["renewal"]
    assert (told["old"], told["old_count"], told["new_count"]) == (OLD, drift["counts"]["old"], drift["counts"]["new"])
    assert told["expires_on"] == links[NEW]["expires_on"]
    assert len(told["lines"]) + len(told["kept"]) == len(drift["lines"])
