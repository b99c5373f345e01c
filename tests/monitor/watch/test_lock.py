"""One crawl at a time on a data folder."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.watch.lock import AlreadyRunning, only_one

HOLDER = """
import sys
from pathlib import Path
from monitor.watch.lock import only_one

with only_one(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_process_is_refused_and_told_who_holds_the_folder(holder, tmp_path: Path) -> None:
    with pytest.raises(AlreadyRunning, match=f"process {holder.pid}"), only_one(tmp_path, patience_seconds=0):
        pytest.fail("held twice")


def test_the_lock_of_a_killed_process_is_free(holder, tmp_path: Path) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with only_one(tmp_path, patience_seconds=0):
        pass


def test_the_lock_is_free_after_the_block(tmp_path: Path) -> None:
    for _ in range(2):
        with only_one(tmp_path, patience_seconds=0):
            pass


def test_a_lock_is_its_owners_alone_and_follows_no_link(tmp_path: Path) -> None:
    with only_one(tmp_path):
        assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}
    [lock] = tmp_path.iterdir()
    lock.unlink()
    lock.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match=lock.name), only_one(tmp_path):
        pytest.fail("a lock behind a link")
    assert not (tmp_path / "elsewhere").exists()
