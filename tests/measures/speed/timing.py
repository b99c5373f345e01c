"""Times a command or a piece of work: by the clock, and by the processor with all children, which a busy machine leaves
nearly as it is."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Measure:
    """One piece of work: seconds by the clock, seconds of processor, largest process in MB."""

    wall: float
    cpu: float
    peak: float


def measure(command: Sequence[str], allowed: Sequence[int] = (0,)) -> Measure:
    """Run a command and measure it; one that ends with another code than is allowed ends the measuring.

    A process begins as a copy of this one: memory below that of this process is not seen.
    """
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in allowed:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{said.decode()}")
    return Measure(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def measure_here(work: Callable[[], object]) -> Measure:
    """Do some work in this process and measure it, with the children that it starts and waits for."""
    before, started = _processor(), time.perf_counter()
    work()
    wall = time.perf_counter() - started
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Measure(wall, _processor() - before, peak / 1024)


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def wpswatch(data: Path, config: Path | None = None) -> list[str]:
    """The installed command, with its data folder and settings."""
    settings = ["--config", str(config)] if config else []
    return [str(Path(sys.executable).with_name("wpswatch")), "--data", str(data), *settings]
