"""Mutes a channel and lets it be told again; who is muted now, and what was given up on."""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.app.installation import Installation
from monitor.app.questions import WrongQuestion
from monitor.app.telling.alerts import pending_on
from storage.records import Mute

if TYPE_CHECKING:
    import sqlite3

    from monitor.settings.config import ChannelSettings, Config


@dataclass(frozen=True, slots=True)
class Silence:
    """The channels that are muted, and how many alerts were given up on."""

    mutes: tuple[Mute, ...]
    given_up: int


@dataclass(frozen=True, slots=True)
class Unmuted:
    """A channel that is told again: the mute that was lifted, if there was one, and how many alerts it missed."""

    held: Mute | None
    untold: int


def channel_of(config: "Config", name: str) -> "ChannelSettings":
    """The channel of this name in the settings. Raises WrongQuestion, which names the nearest."""
    from monitor.text.nearest import nearest_of

    known = {channel.name: channel for channel in config.channels}
    if name in known:
        return known[name]
    hint = nearest_of(name, known) if known else "the settings have no [[channels]]; wpswatch init shows how"
    raise WrongQuestion(f"there is no channel {name!r}; {hint}")


def mute_channel(installation: Installation, mute: Mute, *, is_dry: bool) -> int:
    """Tell a channel nothing from now on; how many alerts that waited there are, or would be, suppressed."""
    from storage.outbox.channels import mute as keep_mute
    from storage.sqlite.database import transaction

    if is_dry:
        db = installation.open_if_any()
        try:
            return pending_on(db, mute.channel)
        finally:
            if db is not None:
                db.close()
    with closing(installation.open()) as db, transaction(db):
        return keep_mute(db, mute)


def unmute_channel(
    installation: Installation, channel: str, now: datetime, *, is_dry: bool, puts_back: bool = False
) -> Unmuted:
    """Tell a channel again; with `puts_back` also what it was not told is due there now.

    Raises WrongQuestion for a channel that was not muted and is none.
    """
    from monitor.app.telling.untold import put_back_untold, untold
    from storage.outbox.channels import mute_of, unmute
    from storage.sqlite.database import transaction

    with closing(installation.open()) as db, transaction(db):
        held = mute_of(db, channel, now)
        settings = None
        if held is None or puts_back:
            settings = channel_of(installation.load_config(), channel)
        count = len(untold(db, channel))
        if held is not None and not is_dry:
            unmute(db, channel)
        if puts_back and settings is not None and not is_dry:
            put_back_untold(db, settings, now)
    return Unmuted(held, count)


def silence_now(db: "sqlite3.Connection", now: datetime) -> Silence:
    """Why what the sources bring does not reach everybody."""
    from storage.outbox.channels import list_mutes
    from storage.sqlite.inspection import inspect_outbox

    return Silence(tuple(list_mutes(db, now)), inspect_outbox(db, now).failed)
