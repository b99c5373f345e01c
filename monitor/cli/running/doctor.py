"""The command `doctor`: looks at everything the monitor stands on and says what to do where something is wrong."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime

import click

from monitor.app.checking.health import Finding, Health
from monitor.cli.session import Session, pass_session

EXIT_CODES = {Health.OK: 0, Health.WARN: 3, Health.FAIL: 1}


@click.command(
    epilog="\b\nExample:\n  wpswatch doctor\n\nExit codes: 0 all well, 1 something fails, 3 something needs a person."
)
@click.option("--json", "as_json", is_flag=True, help="Print a list of findings as JSON: check, state, found, advice.")
@click.option(
    "--online",
    "is_online",
    is_flag=True,
    help="Also try the mail server and the webhooks' names, and ask each source's robots.txt and listing once.",
)
@pass_session
def doctor(session: Session, as_json: bool, is_online: bool) -> None:
    """Check SQLite, disk, database, bodies, configuration, clock, sources, watch and outbox; say what to do.

    Nothing is asked of the network without --online, nothing is sent with it; nothing is written but a probe file in
    the data folder, which is removed again.
    """
    from monitor.app.checking.examine import examine
    from monitor.evidence.findings import proof_findings

    findings = examine(session, datetime.now(UTC), proof_findings)
    if is_online:
        findings += _online(session)
    if as_json:
        from monitor.cli.pages.render import echo_json_list

        echo_json_list(
            {
                "check": each.check,
                "state": each.health,
                "found": each.found,
                "advice": each.advice,
                "seen": each.seen,
            }
            for each in findings
        )
    else:
        _print_findings(findings)
    worst = max((finding.health for finding in findings), key=list(Health).index)
    sys.exit(EXIT_CODES[worst])


def _online(session: Session) -> list[Finding]:
    """What can be seen of mail, webhooks and sources from here; settings that can't be read ask nobody."""
    from monitor.app.online.channels import channel_findings_online
    from monitor.app.online.sources import source_findings
    from monitor.settings.config import ConfigError

    try:
        config = session.load_config()
    except ConfigError:  # its own finding has said so already
        return []
    return [*channel_findings_online(config), *source_findings(config)]


def _print_findings(findings: Sequence[Finding]) -> None:
    from monitor.cli.pages.render import BAD, GOOD, ODD, Page, plain

    styles = {Health.OK: GOOD, Health.WARN: ODD, Health.FAIL: BAD}
    page = Page()
    width = max(len(finding.check) for finding in findings)
    for finding in findings:
        state = page.style(finding.health.value.ljust(4), styles[finding.health])
        page.wrapped(plain(finding.found), f"{state}  {finding.check.ljust(width)}  ")
        if finding.advice:
            page.wrapped(plain(finding.advice), f"{' ' * (width + 8)}→ ")
    page.print()
