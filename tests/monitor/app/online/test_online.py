"""What `doctor --online` sees of sources, mail and webhooks; it stores and sends nothing."""

import json
import socket
import subprocess
from contextlib import closing

import pytest
from aiosmtpd.controller import Controller

from monitor.app.checking.health import Health
from monitor.app.crawl_process import CrawlEnded, Step
from monitor.app.online.channels import try_mail, try_webhook
from monitor.app.online.sources import judge_look
from monitor.settings.config import ChannelSettings, Smtp
from scraper.sources.loader import load_sources


class Mute:
    """Takes no mail."""

    mails = 0

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802
        Mute.mails += 1
        return "250 OK"


@pytest.mark.long
def test_each_sources_listing_is_asked_once_and_nothing_is_stored(desk) -> None:
    done = subprocess.run(
        desk.command("doctor", "--online", "--json"), cwd=desk.folder, capture_output=True, text=True, check=False
    )
    findings = {each["check"]: each for each in json.loads(done.stdout)}
    seen = findings["unxml, online"]["seen"]
    assert findings["unxml, online"]["state"] == "ok", findings
    assert seen["listed"] > 0
    assert seen["last"].startswith("S/RES/")
    assert seen["paces"] == {"api.github.com": 0.0}
    assert findings["un-resolutions, online"]["seen"]["shape"].startswith("rows with a symbol ")
    assert "mission-reports, online" not in findings
    assert findings["sqlite" if "sqlite" in findings else "SQLite"]["seen"] is None
    asked = [path for path in map(str, desk.server.requests) if "robots.txt" not in path]
    assert len(asked) == 2, asked
    assert not (desk.folder / "data").exists()


def test_a_source_that_does_not_answer_fails_with_the_reason() -> None:
    source = load_sources()["un-resolutions"]
    step = Step("un-resolutions", 0, 0, 0, 0, 0, 5.0, 0.0, None, reason="forbidden: expected status 200, found 403")
    finding = judge_look(source, CrawlEnded("", 1), step)
    assert (finding.health, finding.found) == (Health.FAIL, "forbidden: expected status 200, found 403")
    assert judge_look(source, CrawlEnded("", 1), None).health is Health.FAIL


def test_a_mail_server_is_greeted_and_gets_no_mail() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    server = Controller(Mute(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        finding = try_mail(Smtp("127.0.0.1", port, "none", sender="desk@example.org"))
    finally:
        server.stop()
    assert (finding.health, finding.found) == (Health.OK, f"127.0.0.1:{port} takes mail (none)")
    assert Mute.mails == 0
    assert try_mail(Smtp("127.0.0.1", port, "none", sender="desk@example.org")).health is Health.FAIL


def test_a_webhooks_name_is_looked_up_and_its_addresses_are_judged() -> None:
    inside = ChannelSettings("hook", "webhook", url="https://localhost/x")
    finding = try_webhook(inside)
    assert (finding.health, "loopback" in finding.found) == (Health.FAIL, True)
    allowed = ChannelSettings("hook", "webhook", url="https://localhost/x", allow_private_addresses=True)
    assert try_webhook(allowed).health is Health.OK
    nowhere = ChannelSettings("hook", "webhook", url="https://nowhere.invalid/x")
    finding = try_webhook(nowhere)
    assert finding.health is Health.FAIL
    assert finding.found.startswith("https://nowhere.invalid/x: ")
    assert "gaierror" not in finding.found
