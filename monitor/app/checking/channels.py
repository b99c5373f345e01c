"""What the doctor looks at of channels: whether a secret can be read, what they need, and what their queries find."""

import sqlite3
import stat
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from shlex import quote

from monitor.alerts.webhook.secret import SecretError, read_secret
from monitor.app.checking.health import Finding, Health
from monitor.settings.config import ChannelSettings, Config
from scraper.council.spelling.spellings import other_spelling
from storage.texts.search import count_hits

_ADVICE = {
    "webhook": "make a secret as docs/how-to/webhooks.md says, and give it to the receiver",
    "apprise": "put its addresses there, one a line",
}


def channel_findings(config: Config, environment: Mapping[str, str]) -> Iterator[Finding]:
    """How each channel of type webhook or apprise is, as far as that can be seen without sending."""
    for channel in config.channels:
        if channel.type in ("webhook", "apprise"):
            yield _finding(channel, environment)


def query_findings(db: sqlite3.Connection, config: Config) -> Iterator[Finding]:
    """What each channel's query finds of all that is held: one that finds nothing is most likely mistyped."""
    for channel in config.channels:
        if channel.query:
            yield _query_finding(db, channel)


def _query_finding(db: sqlite3.Connection, channel: ChannelSettings) -> Finding:
    check = f"query of {channel.name}"
    count = count_hits(db, channel.query, other_spelling=other_spelling)
    if count:
        return Finding(check, Health.OK, f"finds {count:,} {'paragraph' if count == 1 else 'paragraphs'} held")
    advice = f"try it: wpswatch search {quote(channel.query)}"
    return Finding(check, Health.WARN, "finds nothing of what is held", advice)


def _finding(channel: ChannelSettings, environment: Mapping[str, str]) -> Finding:
    check = f"channel {channel.name}"
    if channel.type == "apprise" and find_spec("apprise") is None:
        from monitor.alerts.webhook.apprise import INSTALL

        return Finding(check, Health.FAIL, "the package apprise is not installed", INSTALL)
    try:
        secret = read_secret(channel.name, channel.secret_file, environment)
        if channel.type == "webhook":
            from monitor.alerts.webhook.signature import secrets_of

            secrets_of(secret)
    except (SecretError, ValueError) as error:
        return Finding(check, Health.FAIL, str(error), f"{_ADVICE[channel.type]}; its alerts wait until then")
    if channel.secret_file and stat.S_IMODE(Path(channel.secret_file).expanduser().stat().st_mode) & 0o077:
        return Finding(check, Health.WARN, "others can read its secret_file", f"chmod 600 {channel.secret_file}")
    return Finding(check, Health.OK, "its secret can be read")
