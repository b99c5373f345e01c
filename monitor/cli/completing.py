"""What a shell may complete: themes by short names, sources, channels, and the symbols and places that are held.

A shell shows no error: where there are no settings or no database, nothing is completed.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import sqlite3

    from monitor.app.installation import Installation

Completer = Callable[[click.Context, click.Parameter, str], list[str]]


def complete_themes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The themes by names of one word, which need no quotation marks."""
    from monitor.text.theme_names import short_names

    return _beginning(short_names(), incomplete)


def complete_sources(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The sources by name."""
    from scraper.sources.loader import load_sources

    return _beginning(load_sources(), incomplete)


def complete_channels(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The channels of the settings by name."""
    from monitor.settings.check import ConfigError

    try:
        channels = _installation(ctx).load_config().channels
    except ConfigError:
        return []
    return _beginning((channel.name for channel in channels), incomplete)


def complete_symbols(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The held symbols as they need no quotation marks: resolutions by number, others whole."""

    def short(db: "sqlite3.Connection") -> Iterable[str]:
        from monitor.app.held.held_names import every_symbol

        return (symbol.partition(" (")[0].removeprefix("S/RES/") for symbol in every_symbol(db))

    return _held(ctx, short, incomplete)


def complete_situations(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The situations that are held."""

    def names(db: "sqlite3.Connection") -> Iterable[str]:
        from monitor.app.held.held_names import every_situation

        return every_situation(db)

    return _held(ctx, names, incomplete)


def _held(ctx: click.Context, names: "Callable[[sqlite3.Connection], Iterable[str]]", incomplete: str) -> list[str]:
    from contextlib import closing

    from storage.errors import StorageError

    try:
        with closing(_installation(ctx).open_readonly()) as db:
            return _beginning(names(db), incomplete)
    except StorageError:
        return []


def _installation(ctx: click.Context) -> "Installation":
    """The data and settings that the line names; a shell completes before the program reads them."""
    from monitor.app.installation import Installation

    given: dict[str, Any] = ctx.find_root().params
    return Installation(data=given.get("data"), config=given.get("config"))


def _beginning(names: Iterable[str], incomplete: str) -> list[str]:
    return sorted(name for name in names if name.casefold().startswith(incomplete.casefold()))
