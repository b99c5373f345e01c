"""The settings, read once from `wpswatch.toml` into values; every key is optional.

A wrong key, type, theme or schedule raises ConfigError with the line and the nearest right word. Secrets are never in
the file: it names the file or environment variable that holds them.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from monitor.settings.check import ConfigError, ConfigFile, Spot
from monitor.text.theme_names import find_theme

if TYPE_CHECKING:
    from scraper.sources.loader import Source

__all__ = [
    "ChannelSettings",
    "Config",
    "ConfigError",
    "EvidenceSettings",
    "Feeds",
    "Network",
    "SiteSettings",
    "Smtp",
    "SourceSettings",
    "Watching",
    "find_config",
    "load_config",
]

FILE_NAME = "wpswatch.toml"
FOLDER: Final = "folder"
"""A key before all tables: the folder that relative paths follow, where it is not the file's own."""
PATHS: Final = frozenset({"path", "secret_file", "password_file", "ca_file", "dir", "timestamp_ca_file"})


@dataclass(frozen=True, slots=True)
class Network:
    """How pages are asked for. `mirror` is empty when the real hosts are asked.

    `delay_seconds` counts per host; None leaves each source its own pace.
    """

    contact: str = ""
    mirror: str = ""
    delay_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """What the operator sets for one source; None keeps what the source itself, or `[watch]`, declares."""

    is_enabled: bool | None = None
    schedule: str | None = None
    languages: tuple[str, ...] | None = None
    budget: int | None = None
    crawl_minutes: int | None = None
    min_listed: int | None = None


@dataclass(frozen=True, slots=True)
class Watching:
    """How `watch` works: minutes that one crawl may take, and an address that is asked while all is well (or empty)."""

    crawl_minutes: int = 360
    ping: str = ""


@dataclass(frozen=True, slots=True)
class Smtp:
    """The mail server; the password is in `password_file` or the environment, `ca_file` holds certificates to trust."""

    host: str
    port: int = 587
    security: str = "starttls"
    username: str = ""
    password_file: str = ""
    ca_file: str = ""
    own_name: str = ""
    sender: str = ""


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """One way to tell, and what it wants to hear: no themes, symbols, situations or bodies named means all.

    No events named means all but those for operators. `query` are words that one of the paragraphs must have, as
    `wpswatch search` reads them; "" where none are asked for.

    `timezone` is that of `schedule`; `cap` is how many alerts of one run it is told at once.
    """

    name: str
    type: str
    path: str = ""
    to: tuple[str, ...] = ()
    unsubscribe: str = ""
    url: str = ""
    secret_file: str = ""
    allow_private_addresses: bool = False
    schedule: str = "instant"
    timezone: str = "UTC"
    cap: int = 10
    themes: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    query: str = ""


@dataclass(frozen=True, slots=True)
class Feeds:
    """The folder that feeds are written to after each run, and how.

    `url` is where a web server shows that folder, empty when none does; `limit` is the most entries of one feed.
    """

    dir: str
    url: str = ""
    title: str = "Women, Peace and Security in the Security Council"
    limit: int = 100


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """The folder that pages are written to after each run, and how; `base_url` is where it is shown, or empty."""

    dir: str
    base_url: str = ""
    title: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceSettings:
    """The time-stamping server (RFC 3161) that is asked after each crawl, empty for none, and whose stamps are trusted.

    `timestamp_ca_file` holds the server's root certificates in PEM.
    """

    timestamp_url: str = ""
    timestamp_ca_file: str = ""


@dataclass(frozen=True, slots=True)
class Config:
    """All settings. `path` is the file they came from, None when there is none."""

    network: Network = field(default_factory=Network)
    news_days: int = 120
    failures_before_alert: int = 2
    reminders: bool = True
    watch: Watching = field(default_factory=Watching)
    sources: Mapping[str, SourceSettings] = field(default_factory=dict)
    smtp: Smtp | None = None
    channels: tuple[ChannelSettings, ...] = ()
    feeds: Feeds | None = None
    site: SiteSettings | None = None
    evidence: EvidenceSettings = field(default_factory=EvidenceSettings)
    path: Path | None = None

    def source(self, name: str) -> SourceSettings:
        """The settings of one source, the defaults when it is not named."""
        return self.sources.get(name, SourceSettings())

    def is_enabled(self, source: "Source") -> bool:
        """Whether a source is crawled without being named: as the settings say, else as the source declares."""
        enabled = self.source(source.name).is_enabled
        return source.is_enabled if enabled is None else enabled

    def crawl_seconds(self, name: str) -> float:
        """How long one crawl of a source may take before it is told to end."""
        own = self.source(name).crawl_minutes
        return 60.0 * (self.watch.crawl_minutes if own is None else own)


def find_config(given: Path | None) -> Path | None:
    """The file to read: the one given, else the working directory's, else the user's; None when there is none."""
    if given is not None:
        return given
    if Path(FILE_NAME).is_file():
        return Path(FILE_NAME)
    from platformdirs import user_config_path

    users = user_config_path("wpswatch") / FILE_NAME
    return users if users.is_file() else None


def load_config(given: Path | None = None) -> Config:
    """The settings of the file `find_config` names, or the defaults.

    Raises:
        ConfigError: the file can't be read, is no TOML, or holds something that is not known.
    """
    path = find_config(given)
    if path is None:
        return Config()
    try:
        text = path.read_text(encoding="utf-8-sig")  # an editor may put a mark before the first table
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: expected a readable UTF-8 file, found: {error}") from error
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: expected TOML, found: {error}") from error
    return _config(ConfigFile(text, path), data)


def _config(file: ConfigFile, data: Mapping[str, Any]) -> Config:
    from scraper.sources.loader import load_sources

    base = _folder(file, data)
    file.check({name: table for name, table in data.items() if name != FOLDER}, load_sources())
    smtp = data.get("smtp")
    if smtp is not None and not smtp.get("host"):
        raise file.error(Spot("smtp"), "[smtp] needs a 'host'")
    feeds = data.get("feeds")
    if feeds is not None and not feeds.get("dir"):
        raise file.error(Spot("feeds"), "[feeds] needs a 'dir', the folder to write to")
    site = data.get("site")
    if site is not None and not site.get("dir"):
        raise file.error(Spot("site"), "[site] needs a 'dir', the folder to write to")
    file.check_mail(data)
    return Config(
        network=Network(**data.get("network", {})),
        watch=Watching(**data.get("watch", {})),
        sources={name: _source(table) for name, table in data.get("sources", {}).items()},
        smtp=None if smtp is None else Smtp(**_placed(smtp, base)),
        channels=tuple(_channel(_placed(table, base)) for table in data.get("channels", [])),
        feeds=None if feeds is None else Feeds(**_placed(feeds, base)),
        site=None if site is None else _site(_placed(site, base)),
        evidence=EvidenceSettings(**_placed(data.get("evidence", {}), base)),
        path=file.path,
        **data.get("monitor", {}),
    )


def _folder(file: ConfigFile, data: Mapping[str, Any]) -> Path:
    """Where relative paths of the settings lead from: `folder`, else the folder of the file itself."""
    given = data.get(FOLDER, "")
    if not isinstance(given, str):
        raise file.error(Spot("", key=FOLDER), f"{FOLDER}: expected a text in quotation marks, found {given!r}")
    return file.path.absolute().parent / Path(given).expanduser()


def _placed(table: Mapping[str, Any], base: Path) -> dict[str, Any]:
    """The table with its paths as they are meant, wherever the program was started."""
    return {
        key: str(base / Path(value).expanduser()) if key in PATHS and value else value for key, value in table.items()
    }


def _source(table: Mapping[str, Any]) -> SourceSettings:
    languages = table.get("languages")
    return SourceSettings(
        is_enabled=table.get("enabled"),
        schedule=table.get("schedule"),
        languages=None if languages is None else tuple(languages),
        budget=table.get("budget"),
        crawl_minutes=table.get("crawl_minutes"),
        min_listed=table.get("expect", {}).get("min_listed"),
    )


def _site(table: Mapping[str, Any]) -> SiteSettings:
    return SiteSettings(**{**table, "languages": tuple(table.get("languages", ()))})


def _channel(table: Mapping[str, Any]) -> ChannelSettings:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    if "themes" in values:
        values["themes"] = tuple(dict.fromkeys(map(find_theme, values["themes"])))
    return ChannelSettings(**values)
