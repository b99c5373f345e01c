"""The fixtures of the storage: a database in memory, and documents to put into it."""

from tests.storage.conftest import parsed_of, shelf

__all__ = ["parsed_of", "shelf"]
