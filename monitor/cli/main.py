"""The command `wpswatch`: its global options and the table of its commands.

Nothing but click is imported here: a command's module is imported when it runs, so that help and the commands that
only read answer at once.
"""

import sys

import click

from monitor.cli.lazy import Entry, LazyGroup
from monitor.cli.session import Session

SECTIONS = {
    "Start here": {
        "demo": Entry("monitor.cli.setup:demo", "The whole story offline, in about a minute."),
        "init": Entry("monitor.cli.setup:init", "Write a commented wpswatch.toml to start from."),
    },
    "Watch the sources": {
        "sources": Entry("monitor.cli.records:sources", "What can be crawled, and how each source is doing."),
        "crawl": Entry("monitor.cli.crawling:crawl", "Crawl now: all enabled sources, or those named."),
        "watch": Entry("monitor.cli.crawling:watch", "Crawl and deliver when due, until stopped."),
        "reparse": Entry("monitor.cli.crawling:reparse", "Read the stored bodies again; never reported as news."),
    },
    "Tell people": {
        "alerts": Entry("monitor.cli.alerting:alerts", "Alerts, and how far each has got on each channel."),
        "deliver": Entry("monitor.cli.delivering:deliver", "Send what is due in the outbox, once."),
        "test-alert": Entry("monitor.cli.delivering:test_alert", "Send a sample alert through one channel."),
        "replay": Entry("monitor.cli.delivering:replay", "Send an alert again, with the same id."),
        "mute": Entry("monitor.cli.delivering:mute", "Tell a channel nothing for a while."),
        "unmute": Entry("monitor.cli.delivering:unmute", "Tell a muted channel again what comes."),
    },
    "Read what is held": {
        "extracts": Entry("monitor.cli.reading:extracts", "Extracts about women, peace and security, newest first."),
        "show": Entry("monitor.cli.showing:show", "A document, or one paragraph of it, with proof."),
        "chain": Entry("monitor.cli.chain:chain", "The chain of a mandate: each renewal, and the next expiry."),
        "why": Entry("monitor.cli.explaining:why", "Why a paragraph has its themes, rule by rule."),
        "search": Entry("monitor.cli.reading:search", "Full text over all paragraphs, best first."),
        "compare": Entry("monitor.cli.comparing:compare", "What others published, beside the official words."),
        "changes": Entry("monitor.cli.changing:changes", "What changed, paragraph by paragraph and word by word."),
    },
    "Correct and keep": {
        "relabel": Entry("monitor.cli.relabelling:relabel", "Correct a paragraph's themes, or label all again."),
        "feeds": Entry("monitor.cli.feeding:feeds", "Everything about women as Atom, RSS and JSON feeds."),
        "export": Entry("monitor.cli.exporting:export", "Everything held as files."),
    },
    "Look behind it": {
        "ledger": Entry("monitor.cli.ledger:ledger", "Which numbers are held, announced or missing."),
        "runs": Entry("monitor.cli.records:runs", "Crawl runs with their counts and verdicts."),
        "doctor": Entry("monitor.cli.doctor:doctor", "Check the installation; say what to do."),
    },
    "Try the reading on one text": {
        "parse": Entry("monitor.cli.parsing:parse", "Turn saved files into numbered, labelled paragraphs."),
        "label": Entry("monitor.cli.parsing:label", "Label a piece of text; show the evidence."),
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
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Print the version."
)
@click.pass_context
def cli(ctx: click.Context, data: str | None, config: str | None, verbose: bool, quiet: bool) -> None:
    """See each word about women that the UN Security Council adds, keeps, weakens or drops.

    Global options stand before the command: wpswatch --data DIR extracts
    """
    if verbose and quiet:
        raise click.UsageError("--verbose and --quiet contradict each other; leave one out")
    ctx.obj = Session(data=data or None, config=config or None, is_verbose=verbose, is_quiet=quiet)


def main() -> None:
    """Run the command line; the program's entry point."""
    # A terminal that can't show a letter shows a question mark instead; JSON is written as UTF-8 whatever it is.
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    cli(prog_name="wpswatch")


if __name__ == "__main__":
    main()
