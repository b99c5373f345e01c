"""What a crawl tells of how far it is, and network errors in words."""

import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from scrapy.exceptions import CannotResolveHostError, DownloadFailedError, DownloadTimeoutError, ResponseDataLossError
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from monitor.app.crawl_process import run_crawl
from monitor.cli.pages.progress import LogStage
from scraper.crawl.step import Step
from scraper.spiders.kit.answers import network_words


def test_a_crawl_tells_what_it_asks_for_and_when_all_is_there(desk, library):
    for number in range(2800, 2812):
        library.add(number)
    steps = []
    ended = run_crawl(desk.order("unxml").to_json(), on_step=steps.append)
    assert (ended.code, ended.output) == (0, "")
    last = steps[-1]
    assert (last.source, last.documents, last.done, last.archived, last.seconds_left) == ("unxml", 12, 12, 0, 0.0)


def test_a_crawl_whose_reader_has_gone_goes_on(desk, library):
    library.add(2825)
    ours, theirs = os.pipe()
    os.close(ours)
    order = desk.order("unxml")
    process = subprocess.Popen(
        [sys.executable, "-m", "scraper.crawl.process", "--progress", str(theirs)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, pass_fds=[theirs],
    )  # fmt: skip
    os.close(theirs)
    out, err = process.communicate(order.to_json(), timeout=30)
    assert (process.returncode, out, err) == (0, "", "")
    assert desk.run(order.run).counts.fetched == 1


def step(done, left=60.0, archive_bytes=0):
    return Step("unxml", 1840, done, 0, archive_bytes, 0, 1.0, 1840.0, left)


def test_a_log_gets_what_will_be_asked_and_then_a_line_a_minute(capsys):
    times = iter([0.0, 1.0, 59.0, 60.0, 61.0, 121.0, 200.0])
    stage = LogStage(clock=lambda: next(times))
    for done in (0, 1, 50, 60, 62, 120, 120):
        stage.stepped(step(done))
    lines = [line.partition(" UTC ")[2] for line in capsys.readouterr().err.splitlines()]
    assert lines == [
        "unxml: asks for 1,840 documents: at least 30 min, at 1 s between two requests",
        "unxml: 60 of 1,840 documents, 1 min left at this pace",
        "unxml: 120 of 1,840 documents, 1 min left at this pace",
    ]


def test_a_source_that_does_not_know_how_much_there_is_tells_its_pages(capsys):
    times = iter([0.0, 1.0, 70.0])
    stage = LogStage(clock=lambda: next(times))
    for done in (0, 1, 35):
        stage.stepped(Step("peacewomen", 0, done, 0, 0, 0, 10.0, 0.0, None))
    assert [line.partition(" UTC ")[2] for line in capsys.readouterr().err.splitlines()] == [
        "peacewomen: 35 pages so far"
    ]


def test_what_a_crawl_remarks_is_told_at_its_end(desk, library):
    for number in range(2800, 2812):
        library.put(f"2026/Klingon/S_RES_{number}.xml", b"<a/>")
    library.add(2825)
    steps = []
    run_crawl(desk.order("unxml", first_year=2026, last_year=2026).to_json(), on_step=steps.append)
    assert steps[-1].done == 1
    assert "unknown-paths: 12 paths" in steps[-1].reason


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (CannotResolveHostError("DNS lookup failed: no results"), "no address is known for api.github.com; "),
        (DownloadTimeoutError("took longer"), "api.github.com gave no answer in time; "),
        (ResponseDataLossError(), "api.github.com closed the connection before the end of its answer; "),
        (DownloadFailedError("[<twisted.python.failure.Failure x>]"), "api.github.com closed the connection; "),
        (OSError(113, "No route to host"), "the connection to api.github.com failed; "),
    ],
)
def test_network_errors_are_told_in_words_with_what_to_do(error, words):
    told = network_words(error, "api.github.com")
    assert told.startswith(words)
    assert "<" not in told
    assert type(error).__name__ not in told


def test_a_certificate_that_cannot_be_trusted_is_told_as_such():
    class VerificationError(Exception):
        pass

    error = DownloadFailedError("x")
    error.__cause__ = ResponseFailed([Failure(VerificationError())])
    assert network_words(error, "main.un.org").startswith("the certificate of main.un.org can't be trusted; ")


def test_a_mirror_that_does_not_run_is_named(desk):
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
    crawled = desk.crawl("unxml", mirror=f"http://127.0.0.1:{port}")
    assert crawled.run.finish_reason == "listing-failed"
    assert f"found that 127.0.0.1:{port} refused the connection; see whether it runs" in crawled.run.reason


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate with")
def test_a_certificate_that_nobody_vouches_for_is_told_in_a_line(desk, tmp_path):
    certificate = ("-keyout", "key.pem", "-out", "cert.pem", "-days", "3", "-subj", "/CN=localhost")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *certificate],
        cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        order = desk.order("unxml", mirror=f"https://localhost:{server.server_port}")
        crawled = desk.end(desk.start(order), order)
    finally:
        server.shutdown()
        server.server_close()
    assert f"found that the certificate of localhost:{server.server_port} can't be trusted" in crawled.run.reason
    assert "Traceback" not in crawled.err
    assert "verifying" not in crawled.err


def test_a_mirror_with_a_short_listing_is_told_how_to_expect_less(desk, library):
    library.add(2825)
    crawled = desk.crawl("unxml", expect_min_listed=4000)
    assert crawled.run.reason.endswith("; a mirror may hold less: [sources.unxml.expect] min_listed = 1")
