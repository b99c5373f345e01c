"""The command `wpswatch`: its global options and the table of its commands.

Nothing but click is imported here: a command's module is imported when it runs, so that help and the commands that
only read answer at once.
"""

import os
import sys

import click

from monitor.cli.lazy import CommandEntry, LazyGroup
from monitor.cli.session import Session

SECTIONS = {
    "Start here": {
        "demo": CommandEntry("monitor.cli.running.init:demo", "The whole story offline, in about a minute."),
        "init": CommandEntry("monitor.cli.running.init:init", "Write a commented wpswatch.toml to start from."),
    },
    "Watch the sources": {
        "sources": CommandEntry(
            "monitor.cli.running.sources:sources", "What can be crawled, and how each source is doing."
        ),
        "crawl": CommandEntry("monitor.cli.running.crawl:crawl", "Crawl now: all enabled sources, or those named."),
        "watch": CommandEntry("monitor.cli.running.crawl:watch", "Crawl and deliver when due, until stopped."),
        "reparse": CommandEntry(
            "monitor.cli.running.crawl:reparse", "Read the stored bodies again; never reported as news."
        ),
    },
    "Tell people": {
        "alerts": CommandEntry(
            "monitor.cli.telling.alerts:alerts", "Alerts, and how far each has got on each channel."
        ),
        "deliver": CommandEntry("monitor.cli.telling.deliver:deliver", "Send what is due in the outbox, once."),
        "test-alert": CommandEntry(
            "monitor.cli.telling.deliver:test_alert", "Send a sample alert through one channel."
        ),
        "replay": CommandEntry("monitor.cli.telling.deliver:replay", "Send an alert again, with the same id."),
        "mute": CommandEntry("monitor.cli.telling.muting:mute", "Tell a channel nothing for a while."),
        "unmute": CommandEntry("monitor.cli.telling.muting:unmute", "Tell a muted channel again what comes."),
    },
    "Read what is held": {
        "extracts": CommandEntry(
            "monitor.cli.reading.extracts:extracts", "Extracts about women, peace and security, newest first."
        ),
        "show": CommandEntry("monitor.cli.reading.show:show", "A document, or one paragraph of it, with proof."),
        "chain": CommandEntry(
            "monitor.cli.reading.chain:chain", "The chain of a mandate: each renewal, and the next expiry."
        ),
        "drift": CommandEntry(
            "monitor.cli.renewals.drift:drift", "What a renewal kept, weakened and dropped of the words on women."
        ),
        "terms": CommandEntry(
            "monitor.cli.renewals.terms:terms", "Terms of art through the years, and in one mandate."
        ),
        "agreed": CommandEntry("monitor.cli.renewals.agreed:agreed", "Where the Council has said a thing before."),
        "why": CommandEntry("monitor.cli.reading.why:why", "Why a paragraph has its themes, rule by rule."),
        "themes": CommandEntry("monitor.cli.reading.lists:themes", "The 13 themes, with how much has each."),
        "situations": CommandEntry(
            "monitor.cli.reading.lists:situations", "The situations that documents belong to, with counts."
        ),
        "bodies": CommandEntry("monitor.cli.reading.lists:bodies", "The missions, committees and panels, with counts."),
        "mandates": CommandEntry("monitor.cli.reading.lists:mandates", "The mandates, the next to expire first."),
        "search": CommandEntry("monitor.cli.reading.search:search", "Full text over all paragraphs, best first."),
        "compare": CommandEntry(
            "monitor.cli.reading.compare:compare", "What others published, beside the official words."
        ),
        "changes": CommandEntry(
            "monitor.cli.reading.changes:changes", "What changed, paragraph by paragraph and word by word."
        ),
    },
    "Show it to others": {
        "site": CommandEntry("monitor.cli.showing.site:site", "Everything as pages: build them, or check them."),
        "serve": CommandEntry("monitor.cli.showing.serve:serve", "The same pages from the live database."),
        "browse": CommandEntry("monitor.cli.showing.serve:browse", "The database itself, in a browser (Datasette)."),
        "brief": CommandEntry("monitor.cli.showing.brief:brief", "A Word brief of a document or a theme."),
    },
    "Correct and keep": {
        "relabel": CommandEntry(
            "monitor.cli.keeping.relabel:relabel", "Correct a paragraph's themes, or label all again."
        ),
        "feeds": CommandEntry("monitor.cli.telling.feeds:feeds", "Everything about women as Atom, RSS and JSON feeds."),
        "export": CommandEntry("monitor.cli.keeping.export:export", "Everything held as files."),
        "evidence": CommandEntry(
            "monitor.cli.keeping.evidence:evidence", "Proof of a document or paragraph, to hand to others."
        ),
        "verify": CommandEntry("monitor.cli.keeping.evidence:verify", "Say what holds of a file of evidence."),
        "key": CommandEntry("monitor.cli.keeping.evidence:key", "The key that signs evidence."),
        "backup": CommandEntry(
            "monitor.cli.keeping.backup:backup", "Database, bodies and settings as one file, also while a watch runs."
        ),
        "restore": CommandEntry("monitor.cli.keeping.backup:restore", "Put a backup into an empty data folder."),
    },
    "Look behind it": {
        "ledger": CommandEntry("monitor.cli.keeping.ledger:ledger", "Which numbers are held, announced or missing."),
        "runs": CommandEntry("monitor.cli.running.sources:runs", "Crawl runs with their counts and verdicts."),
        "completion": CommandEntry(
            "monitor.cli.running.completion:completion", "What a shell needs to complete these commands."
        ),
        "doctor": CommandEntry("monitor.cli.running.doctor:doctor", "Check the installation; say what to do."),
    },
    "Try the reading on one text": {
        "parse": CommandEntry(
            "monitor.cli.keeping.parse:parse", "Turn saved files into numbered, labelled paragraphs."
        ),
        "label": CommandEntry("monitor.cli.keeping.parse:label", "Label a piece of text; show the evidence."),
    },
}


def _show_version(ctx: click.Context, param: click.Parameter, is_asked: bool) -> None:
    if not is_asked or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("wpswatch")
    except PackageNotFoundError:
        number = "(not installed)"
    click.echo(f"wpswatch {number}")
    ctx.exit()


@click.group(
    cls=LazyGroup,
    sections=SECTIONS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, 3 done, but something needs a person.",
)
@click.option(
    "--data",
    metavar="DIR",
    envvar="WPSWATCH_DATA",
    help="Where wpswatch.db and the fetched bodies live; env WPSWATCH_DATA.",
)
@click.option(
    "--config", metavar="FILE", envvar="WPSWATCH_CONFIG", help="The settings, wpswatch.toml; env WPSWATCH_CONFIG."
)
@click.option("-v", "--verbose", is_flag=True, help="Say more.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but the answer.")
@click.option("--debug", "is_debugged", is_flag=True, help="Show the traceback of an error of the program itself.")
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Print the version."
)
@click.pass_context
def cli(
    ctx: click.Context, data: str | None, config: str | None, verbose: bool, quiet: bool, is_debugged: bool
) -> None:
    """See each word about women that the UN Security Council adds, keeps, weakens or drops.

    Global options stand before the command: wpswatch --data DIR extracts
    """
    if verbose and quiet:
        raise click.UsageError("--verbose and --quiet contradict each other; leave one out")
    if config and not os.path.exists(os.path.expanduser(config)):  # noqa: PTH110, PTH111 - pathlib takes longer to load than --help
        raise click.BadParameter(f"expected the settings, found no file {config}", param_hint="--config")
    ctx.obj = Session(
        data=data or None, config=config or None, is_verbose=verbose, is_quiet=quiet, is_debugged=is_debugged
    )


def main() -> None:
    """Run the command line; the program's entry point."""
    # A terminal that can't show a letter shows a question mark instead; JSON is written as UTF-8 whatever it is.
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    cli(prog_name="wpswatch")


if __name__ == "__main__":
    main()
