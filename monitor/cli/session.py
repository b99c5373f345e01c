"""What every command is told before it starts: where the data is, which settings, how much to say."""

from dataclasses import dataclass

import click

from monitor.app.installation import Installation


@dataclass(frozen=True, slots=True)
class Session(Installation):
    """The global options of one call."""

    is_debugged: bool = False

    def note(self, words: str) -> None:
        """Tell a person something beside the answer, on stderr; silent with --quiet."""
        if not self.is_quiet:
            click.echo(words, err=True)


pass_session = click.make_pass_decorator(Session, ensure=True)
