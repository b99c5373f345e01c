"""The command `chain`: the resolutions of one mandate in order, until when each gave it, and the holes between."""

from datetime import UTC, datetime

import click

from monitor.cli.session import Session, pass_session


@click.command(
    epilog="\b\nExamples:\n  wpswatch chain S/RES/2779\n  wpswatch chain UNMISS\n  wpswatch chain haiti\n"
    "  wpswatch chain 2497 --body jbvmm\n"
    "  wpswatch chain 2779 --json | jq -r '.links[] | [.symbol, .expires_on] | @tsv'\n\n"
    "Exit codes: 0 shown, 1 not held, 2 no mandate, or several, 3 shown with --strict, and it passed unrenewed."
)
@click.argument("what")
@click.option("--body", metavar="NAME", help="Whose mandate, where there are several: BINUH, sanctions.")
@click.option("--strict", is_flag=True, help="Exit with 3 when the last expiry has passed and no renewal is held.")
@click.option("--json", "as_json", is_flag=True, help="Print the chain as JSON.")
@pass_session
def chain(session: Session, what: str, body: str | None, strict: bool, as_json: bool) -> None:
    """Show the chain of a mandate: each resolution that gave, extended, changed or ended it, and the next expiry.

    WHAT is a resolution, a mission, panel or other mandate, or a situation: of its mandates the one with most
    resolutions is shown and the others are named.

    The day is the one in the operative text; where no text is held, or it gives no day, the one in the library's title.
    """
    from monitor.app.held.chain_asked import ask_chain

    today = datetime.now(UTC).date()
    with session.view() as db:
        answer = ask_chain(db, what, body)
    if as_json:
        from monitor.cli.pages.render import echo_json
        from monitor.cli.records.chains import chain_record

        echo_json(chain_record(answer, today))
    else:
        from monitor.cli.reading.chain_page import print_chain

        print_chain(answer, today)
    if strict and answer.chain.state_on(today) == "passed":
        raise click.exceptions.Exit(3)
