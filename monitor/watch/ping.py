"""Asks an address now and then to say that all is well, so that a dead man's switch elsewhere notices silence.

One that answers with an error, slowly or not at all never stops the watch: the request has its own thread and a limit.
"""

import logging
from http.client import HTTPException
from threading import Thread
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

log = logging.getLogger(__name__)

SECONDS = 10.0
LONGEST_ANSWER = 1024


def ping(url: str, agent: str) -> Thread:
    """Ask the address once, in the background. Returns the thread that does it."""
    thread = Thread(target=_ask, args=(url, agent), name="ping", daemon=True)
    thread.start()
    return thread


def _ask(url: str, agent: str) -> None:
    request = Request(url, headers={"User-Agent": agent})  # noqa: S310 - the settings allow http and https only
    try:
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            answer.read(LONGEST_ANSWER)
    except (OSError, HTTPException, ValueError) as error:
        # the path of such an address is a secret: whoever has it can say that all is well
        log.warning("the ping address did not answer: expected 200 from %s, found %s", urlsplit(url).hostname, error)
