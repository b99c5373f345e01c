"""Tries the mail server, and looks up the names of webhooks. Sends nothing to anybody."""

from collections.abc import Iterator

from monitor.alerts.delivery.channel import DeliveryError
from monitor.alerts.delivery.deadline import Deadline
from monitor.alerts.mail.smtp import MailServer, hang_up
from monitor.alerts.webhook.post import RefusedAddressError, checked_addresses, look_up
from monitor.app.checking.health import Finding, Health
from monitor.settings.config import ChannelSettings, Config, Smtp
from monitor.text.safe_address import target_of

SECONDS = 20.0


def channel_findings_online(config: Config) -> Iterator[Finding]:
    """Whether mail could be handed over, and where each webhook leads."""
    if config.smtp is not None:
        yield try_mail(config.smtp)
    for channel in config.channels:
        if channel.type == "webhook":
            yield try_webhook(channel)


def try_mail(smtp: Smtp) -> Finding:
    """Connect, encrypt and log in as an alert would, and hang up before any mail."""
    server = MailServer(
        smtp.host, smtp.port, smtp.security, smtp.username, smtp.password_file, smtp.ca_file, smtp.own_name
    )
    try:
        hang_up(server.connect())
    except DeliveryError as error:
        return Finding("mail, online", Health.FAIL, str(error), "correct [smtp], then: wpswatch doctor --online")
    login = f", logged in as {smtp.username}" if smtp.username else ""
    return Finding("mail, online", Health.OK, f"{smtp.host}:{smtp.port} takes mail ({smtp.security}{login})")


def try_webhook(channel: ChannelSettings) -> Finding:
    """Look up the name of a webhook, and see whether alerts may go to its addresses; nothing is posted."""
    check = f"channel {channel.name}, online"
    try:
        target = target_of(channel.url, allows_private=channel.allow_private_addresses)
        addresses = checked_addresses(
            target, look_up, Deadline(SECONDS), allows_private=channel.allow_private_addresses
        )
    except (OSError, ValueError, RefusedAddressError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        advice = "correct its url, or see whether this machine's name server answers"
        return Finding(check, Health.FAIL, f"{channel.url}: {reason}", advice)
    found = f"{target.host} is {', '.join(addresses)}"
    return Finding(check, Health.OK, found, f"wpswatch test-alert {channel.name} sends a sample")
