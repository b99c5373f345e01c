"""`watch` crawls what is due, each in its own process, and ends within seconds when it is told to."""

import signal
import subprocess
import time
from collections.abc import Callable


def wait_for(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait until a condition holds; fail when it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def ended_runs(desk) -> list[str]:
    if not (desk.folder / "data/wpswatch.db").exists():
        return []
    done = subprocess.run(desk.command("runs", "--json"), capture_output=True, text=True, check=False)
    return [run["source"] for run in desk.read_json(done.stdout) if run["outcome"]] if done.returncode == 0 else []


def test_overdue_sources_are_crawled_at_once_and_a_second_watcher_is_refused(desk) -> None:
    with subprocess.Popen(desk.command("watch"), stderr=subprocess.PIPE, text=True) as watching:
        try:
            wait_for(lambda: sorted(ended_runs(desk)) == ["un-resolutions", "unxml"])
            second = subprocess.run(desk.command("watch"), capture_output=True, text=True, check=False)
            assert second.returncode == 1
            assert f"process {watching.pid}" in second.stderr
            told_at = time.monotonic()
            watching.send_signal(signal.SIGTERM)
            assert watching.wait(20) == 0
            assert time.monotonic() - told_at < 10
        finally:
            watching.kill()
    assert sorted(ended_runs(desk)) == ["un-resolutions", "unxml"]
