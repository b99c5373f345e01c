"""The ways storage can refuse, as one tree.

    StorageError
    ├── NoDatabase           nothing has been stored in this folder yet
    ├── UnreadableDatabase   the file is damaged, locked away, or another program's
    ├── NewerSchema          a newer wpswatch has written it
    ├── OlderSchema          it has to be opened for writing once before it can be read
    ├── UnknownRecord        no row has this key
    ├── RunIsClosed          a verdict stands already, and it is another one
    ├── WithoutSymbol        a text can't be held: neither it nor its snapshot names a document
    └── BodyError            a kept body can't be given back
        ├── BodyMissing          none is kept under this hash
        ├── BodyDamaged          it is no longer what was fetched
        └── BodiesUnreachable    a copy of the bodies does not answer, refuses, or is not whole

Each message says what was expected, what was found, and what to do.
"""
# ruff: noqa: N818 - the names say what happened, as the tree reads; "Error" would only be appended to them


class StorageError(Exception):
    """Anything that storage refuses; never raised itself."""


class NoDatabase(StorageError):
    """There is no database file where one was to be read."""


class UnreadableDatabase(StorageError):
    """The file can't be opened as a database of wpswatch."""


class NewerSchema(StorageError):
    """The database has schema steps that this program does not know."""


class OlderSchema(StorageError):
    """The database lacks schema steps, and was opened only for reading."""


class UnknownRecord(StorageError):
    """A run, snapshot, version or change was asked for that does not exist."""


class RunIsClosed(StorageError):
    """A run was closed a second time with another verdict."""


class WithoutSymbol(StorageError):
    """A parsed document bears no symbol, and neither does the snapshot it was read from."""


class BodyError(StorageError):
    """A body can't be given back as it was fetched; never raised itself."""


class BodyMissing(BodyError):
    """No body is kept under the hash."""


class BodyDamaged(BodyError):
    """What is kept under the hash does not have that hash."""


class BodiesUnreachable(BodyError):
    """A copy of the bodies does not answer, refuses, or is not whole."""
