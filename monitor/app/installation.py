"""Where the data and the settings of one call are."""

from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from monitor.settings.config import Config
    from storage.fetched.bodies import BodyStore


@dataclass(frozen=True, slots=True)
class Installation:
    """A data folder, settings, and how much is to be said. `data` and `config` are None where the defaults hold."""

    data: str | None = None
    config: str | None = None
    is_verbose: bool = False
    is_quiet: bool = False

    @property
    def data_dir(self) -> "Path":
        """The folder that holds the database and the fetched bodies."""
        from pathlib import Path

        if self.data is not None:
            return Path(self.data).expanduser()
        from platformdirs import user_data_path

        return user_data_path("wpswatch", appauthor=False)

    @property
    def database(self) -> "Path":
        """The database file in the data folder; it need not exist."""
        from storage.sqlite.database import DATABASE_NAME

        return self.data_dir / DATABASE_NAME

    def open_readonly(self) -> "sqlite3.Connection":
        """The database for reading; raises a StorageError that says what to do when it can't be read."""
        from storage.sqlite.database import open_readonly

        return open_readonly(self.database)

    def open_if_any(self) -> "sqlite3.Connection | None":
        """The database for reading, None when nothing has been stored yet."""
        from storage.errors import NoDatabase

        try:
            return self.open_readonly()
        except NoDatabase:
            return None

    def open(self) -> "sqlite3.Connection":
        """The database for writing, made or brought up to date."""
        from storage.sqlite.database import open_database

        return open_database(self.database)

    @contextmanager
    def view(self) -> "Iterator[sqlite3.Connection]":
        """The database for reading, as it is at one moment; closed behind it."""
        from storage.sqlite.database import one_view

        with closing(self.open_readonly()) as db, one_view(db):
            yield db

    @property
    def bodies(self) -> "BodyStore":
        """The fetched bodies in the data folder."""
        from storage.fetched.bodies import BodyStore

        return BodyStore(self.data_dir / "bodies")

    def load_config(self) -> "Config":
        """The settings; raises ConfigError when the file can't be used."""
        from pathlib import Path

        from monitor.settings.config import load_config

        return load_config(Path(self.config).expanduser() if self.config else None)

    def note(self, words: str) -> None:
        """Tell something beside the answer; nobody listens here, a terminal does."""
