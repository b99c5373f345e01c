"""Runs crawls one after another, each in a fork of this process, which has imported everything once.

Reads lines of JSON with the files to use as standard input, output and error; answers each with the exit code. It is
what `python -m scraper.crawl.process` does, without half a second of imports for each test.
"""

import json
import os
import sys

from scraper.crawl import process as crawl
from scraper.spiders import mission_reports, peacewomen, sc_meetings, un_library, un_resolutions, unxml

LOADED = (mission_reports, peacewomen, sc_meetings, un_library, un_resolutions, unxml)


def run(files: dict[str, str]) -> int:
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 70
    try:
        for name, flags, number in (("in", os.O_RDONLY, 0), ("out", os.O_WRONLY, 1), ("err", os.O_WRONLY, 2)):
            os.dup2(os.open(files[name], flags), number)
        sys.stdin = open(0, closefd=False)  # noqa: SIM115 - the one this process read is not the child's
        code = crawl.main()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


for line in sys.stdin:
    sys.stdout.write(f"{run(json.loads(line))}\n")
    sys.stdout.flush()
