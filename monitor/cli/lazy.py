"""A group of commands that imports a command's module only when that command is run, and tells errors in words.

What a user can mend — a wrong word, a missing database, a full disk — is a message and an exit code, never a traceback.
"""

import os
import sys
from collections.abc import Mapping
from typing import IO, Any, NamedTuple

import click

from monitor.text.nearest import nearest_of

GLOBAL_OPTIONS = frozenset({"--data", "--config", "--verbose", "--quiet", "--debug", "--version", "-v", "-q"})


class CommandEntry(NamedTuple):
    """One command of the group: where it is defined, and its line in the list of commands."""

    target: str  # "module:attribute"
    help: str


Sections = Mapping[str, Mapping[str, CommandEntry]]
"""The commands by name, under the headings they are listed with."""


class LazyGroup(click.Group):
    """A group whose commands are named in a table and imported when they are asked for."""

    def __init__(self, *args: Any, sections: Sections, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = sections
        self.entries = {name: entry for section in sections.values() for name, entry in section.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order of the table."""
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command; None when there is none of this name."""
        entry = self.entries.get(cmd_name)
        if entry is None:
            return None
        from importlib import import_module

        module, _, attribute = entry.target.partition(":")
        command = getattr(import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"expected a click command at {entry.target}, found {command!r}")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was typed; an unknown one is told with the nearest that exists."""
        typed = args[0]
        if typed not in self.entries and not typed.startswith("-") and not ctx.resilient_parsing:
            raise click.UsageError(f"No such command {typed!r}; {nearest_of(typed, self.entries)}.", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table, under their headings."""
        width = max(map(len, self.entries)) + 2
        for heading, entries in self.sections.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(width - 2), entry.help) for name, entry in entries.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for, and turn what a user can mend into a message."""
        try:
            return self._run(ctx)
        except click.UsageError as error:
            raise _ReasonFirst(error) from error

    def _run(self, ctx: click.Context) -> Any:
        try:
            try:
                return super().invoke(ctx)
            finally:
                _flush()
        except click.NoSuchOption as error:
            if error.option_name in GLOBAL_OPTIONS:
                raise click.UsageError(_put_before(error), error.ctx) from error
            raise
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            told = _told(error)
            if told is not None:
                raise told from error
            session = ctx.obj
            if session is None or session.is_debugged:
                raise
            from monitor.cli.defects import as_defect

            raise as_defect(error, session.data_dir) from error


class _Wrong(click.ClickException):
    exit_code = 2


class _ReasonFirst(click.UsageError):
    """A wrong use, told with its reason first; how the command is used stands behind it, but of no wrong value."""

    def __init__(self, error: click.UsageError) -> None:
        super().__init__(error.format_message(), error.ctx)
        self._is_value = isinstance(error, click.BadParameter) and not isinstance(error, click.MissingParameter)

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the reason, then the usage line and where help is."""
        click.echo(f"Error: {self.format_message()}", file=file, err=file is None)
        if self.ctx is not None and not self._is_value:
            click.echo(self.ctx.get_usage(), file=file, err=file is None)
            click.echo(f"Try '{self.ctx.command_path} --help'.", file=file, err=file is None)


def _put_before(error: click.NoSuchOption) -> str:
    """Say where a global option belongs that was written behind the command."""
    command = error.ctx.info_name if error.ctx else ""
    return f"{error.option_name} stands before the command: wpswatch {error.option_name} ... {command}"


def _told(error: Exception) -> click.ClickException | None:
    """The message and exit code for an error that is the user's or the machine's; None for a defect of ours."""
    import errno
    import sqlite3

    from monitor.app.questions import WrongQuestion, speaks_to_a_person
    from monitor.settings.check import ConfigError

    if isinstance(error, ConfigError | WrongQuestion):
        return _Wrong(str(error))
    if speaks_to_a_person(error):
        return click.ClickException(str(error))
    if isinstance(error, sqlite3.DatabaseError):
        from monitor.app.questions import remedy

        return click.ClickException(f"the database refused: {error}; {remedy(error)}")
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        where = f" at {error.filename}" if error.filename else ""
        return click.ClickException(f"the disk takes no more{where} ({error.strerror}); make room, then run it again")
    if isinstance(error, OSError) and error.strerror:
        return click.ClickException(f"{error.strerror}: {error.filename}" if error.filename else error.strerror)
    return None


def _flush() -> None:
    """Write out what is still held back, so that a full disk or a closed pipe is met here and not at the exit."""
    try:
        sys.stdout.flush()
    except OSError:
        # Python would try again at its exit, fail again, and say so in its own words.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise
