"""What the doctor looks at of channels that have a secret: whether it can be read, and what they need is installed."""

import stat
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from monitor.alerts.webhook.secret import SecretError, read_secret
from monitor.app.checking.health import Finding, Health
from monitor.settings.config import ChannelSettings, Config

_ADVICE = {
    "webhook": "make a secret as docs/how-to/webhooks.md says, and give it to the receiver",
    "apprise": "put its addresses there, one a line",
}


def channel_findings(config: Config, environment: Mapping[str, str]) -> Iterator[Finding]:
    """How each channel of type webhook or apprise is, as far as that can be seen without sending."""
    for channel in config.channels:
        if channel.type in ("webhook", "apprise"):
            yield _finding(channel, environment)


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
