"""Checks what a configuration file holds and says where it is wrong: the line, what was found, the nearest right word.

It knows the shape of the file only; `monitor.settings.config` turns a checked file into values.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor.settings.value_checks import (
    LANGUAGES,
    Check,
    are_bodies,
    are_situations,
    are_themes,
    is_address,
    is_addresses,
    is_count,
    is_digest,
    is_flag,
    is_name,
    is_positive,
    is_query,
    is_schedule,
    is_seconds,
    is_text,
    is_texts,
    is_timezone,
    is_unsubscribe,
    is_url,
    one_of,
    some_of,
)
from monitor.text.nearest import nearest_of
from storage.credentials import without_credentials
from storage.records import Event

HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?")  # [network], [[channels]], [sources.unxml.expect]


class ConfigError(Exception):
    """The configuration can't be used as it stands; nothing starts."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file: the table's dotted name, its number among tables of that name, and the key."""

    table: str
    number: int = 0
    key: str | None = None


def line_of(text: str, spot: Spot) -> int:
    """The line (from 1) where a table or one of its keys is written; 1 when it can't be found."""
    seen, header_line = -1, 0
    for index, line in enumerate(text.splitlines(), start=1):
        if match := HEADER.fullmatch(line):
            inside = match[2].replace('"', "").replace(" ", "") == spot.table
            seen += inside
            if header_line and not inside:
                break
            header_line = index if inside and seen == spot.number else 0
        elif (header_line or not spot.table) and spot.key and re.match(rf'\s*"?{re.escape(spot.key)}"?\s*[.=]', line):
            return index
        if header_line and not spot.key:
            return header_line
    return header_line or 1


EXPECT_KEYS: Mapping[str, Check] = {"min_listed": is_count}
KEYS: Mapping[str, Mapping[str, Check]] = {
    "network": {"contact": is_text, "mirror": is_url, "delay_seconds": is_seconds},
    "monitor": {"news_days": is_count, "failures_before_alert": is_positive, "reminders": is_flag},
    "watch": {"crawl_minutes": is_positive, "ping": is_url},
    "sources": {
        "enabled": is_flag, "schedule": is_schedule, "languages": some_of(LANGUAGES), "budget": is_count,
        "crawl_minutes": is_positive,
    },
    "feeds": {"dir": is_text, "url": is_url, "title": is_text, "limit": is_count},
    "site": {"dir": is_text, "base_url": is_url, "title": is_text, "languages": some_of(LANGUAGES)},
    "evidence": {"timestamp_url": is_url, "timestamp_ca_file": is_text},
    "smtp": {
        "host": is_text, "port": is_count, "security": one_of("tls", "starttls", "none"), "username": is_text,
        "password_file": is_text, "ca_file": is_text, "own_name": is_text, "sender": is_address,
    },
    "channels": {
        "name": is_name, "type": one_of("email", "webhook", "apprise", "file", "stdout"), "path": is_text,
        "to": is_addresses, "unsubscribe": is_unsubscribe,
        "url": is_url, "secret_file": is_text, "allow_private_addresses": is_flag, "schedule": is_digest,
        "timezone": is_timezone, "cap": is_count, "themes": are_themes, "symbols": is_texts,
        "situations": are_situations, "bodies": are_bodies, "query": is_query,
        "events": some_of(event.value for event in Event if event not in (Event.DIGEST, Event.TEST)),
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A configuration file's text and path: what an error message points into."""

    text: str
    path: Path

    def error(self, spot: Spot, message: str) -> ConfigError:
        """The error that names the file and the line."""
        return ConfigError(f"{self.path}, line {line_of(self.text, spot)}: {without_credentials(message)}")

    def check(self, data: Mapping[str, object], source_names: Iterable[str]) -> None:
        """Raise ConfigError at the first table, key or value that is not known."""
        for name, value in data.items():
            if name not in KEYS:
                spot = Spot("", key=name) if not isinstance(value, dict | list) else Spot(name)
                raise self.error(spot, f"there is no table or key {name!r}; {nearest_of(name, KEYS)}")
            if name == "channels":
                self._check_channels(value)
            elif not isinstance(value, dict):
                raise self.error(Spot("", key=name), f"expected a table [{name}], found {value!r}")
            elif name == "sources":
                self._check_sources(value, tuple(source_names))
            else:
                self._check_table(value, KEYS[name], Spot(name))

    def check_mail(self, data: Mapping[str, Any]) -> None:
        """Raise ConfigError when mail is wanted and can't be sent as the settings stand."""
        smtp = data.get("smtp", {})
        numbers = [n for n, channel in enumerate(data.get("channels", [])) if channel["type"] == "email"]
        if numbers and not smtp.get("sender"):
            raise self.error(
                Spot("smtp") if smtp else Spot("channels", numbers[0]),
                "a channel of type 'email' needs [smtp] with 'host' and 'sender'",
            )
        is_near = smtp.get("host") in ("localhost", "127.0.0.1", "::1")
        if smtp.get("security") == "none" and smtp.get("username") and not is_near:
            raise self.error(
                Spot("smtp", key="security"),
                "security: expected 'starttls' or 'tls' where there is a username, found 'none'; "
                "it would send the password in clear",
            )

    def _check_table(self, table: Mapping[str, object], keys: Mapping[str, Check], spot: Spot) -> None:
        for key, value in table.items():
            here = Spot(spot.table, spot.number, key)
            if key not in keys:
                raise self.error(here, f"[{spot.table}] has no key {key!r}; {nearest_of(key, keys)}")
            if expected := keys[key](value):
                raise self.error(here, f"{key}: expected {expected}, found {value!r}")

    def _check_sources(self, sources: Mapping[str, object], known: tuple[str, ...]) -> None:
        for name, table in sources.items():
            spot = Spot(f"sources.{name}")
            if name not in known:
                raise self.error(spot, f"there is no source {name!r}; {nearest_of(name, known)}")
            if not isinstance(table, dict):
                raise self.error(Spot("sources", key=name), f"expected a table [sources.{name}], found {table!r}")
            expect = table.get("expect", {})
            if not isinstance(expect, dict):
                raise self.error(Spot(spot.table, key="expect"), f"expected a table, found {expect!r}")
            self._check_table(expect, EXPECT_KEYS, Spot(f"sources.{name}.expect"))
            self._check_table({key: value for key, value in table.items() if key != "expect"}, KEYS["sources"], spot)

    def _check_channels(self, channels: object) -> None:
        if not isinstance(channels, list) or not all(isinstance(channel, dict) for channel in channels):
            raise self.error(Spot("channels"), "expected tables written [[channels]]")
        names: set[str] = set()
        for number, channel in enumerate(channels):
            spot = Spot("channels", number)
            self._check_table(channel, KEYS["channels"], spot)
            for key in ("name", "type"):
                if key not in channel:
                    raise self.error(spot, f"a channel needs a {key!r}")
            if channel["name"] in names:
                raise self.error(Spot("channels", number, "name"), f"two channels are called {channel['name']!r}")
            names.add(channel["name"])
            needed = {"file": "path", "email": "to", "webhook": "url"}.get(channel["type"])
            if needed and not channel.get(needed):
                raise self.error(spot, f"a channel of type {channel['type']!r} needs {needed!r}")
            if problem := _url_problem(channel):
                raise self.error(Spot("channels", number, "url"), problem)


def _url_problem(channel: Mapping[str, Any]) -> str | None:
    """What is wrong with a channel's address for a channel of its type."""
    if channel["type"] == "apprise" and channel.get("url"):
        return (
            "url: the addresses of a channel of type 'apprise' hold secrets: put them into its secret_file, one a line"
        )
    if channel["type"] == "webhook":
        from monitor.text.safe_address import target_of

        try:
            target_of(channel["url"], allows_private=channel.get("allow_private_addresses", False))
        except ValueError as error:
            return f"url: {error}"
    return None
