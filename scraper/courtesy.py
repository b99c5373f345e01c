"""How the program behaves towards any server: says who it is, and waits for as long as it is asked to."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib import metadata
from typing import Final

LONGEST_WAIT: Final = timedelta(days=3)
"""No server is believed that asks for more; a date may be mistyped, or its clock wrong."""


def user_agent(contact: str | None) -> str:
    """The honest agent: which program, and whom to write to about it.

    The form is the one of crawlers: a server that knows no other takes it for no browser either.
    """
    try:
        version = metadata.version("wpswatch")
    except metadata.PackageNotFoundError:  # run from a folder of sources
        version = "0"
    whom = "".join(sign for sign in contact or "" if " " <= sign <= "~" and sign not in "();").strip()
    return f"Mozilla/5.0 (compatible; wpswatch/{version}; +{whom or 'monitor of UN texts'})"


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """How long the header Retry-After (RFC 9110, 10.2.3: seconds, or a date) asks to wait.

    None when it is not there, or can't be read.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:9])), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:  # "-0000": UTC all the same
        moment = moment.replace(tzinfo=UTC)
    return min(max(moment - now, timedelta()), LONGEST_WAIT)
