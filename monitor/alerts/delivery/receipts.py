"""Keeps what each recipient of a delivery did: on disk at once, or in memory for a test that is not news."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from storage.outbox.sending import is_settled, is_told, save_receipt
from storage.sqlite.database import transaction


@dataclass(frozen=True, slots=True)
class KeptReceipts:
    """The receipts of one delivery in the database; each one renews the sender's lease."""

    db: sqlite3.Connection
    alert: str
    channel: str
    clock: Callable[[], datetime]

    def is_settled(self, recipient: str) -> bool:
        """Whether the recipient has the alert, or refused it for good."""
        return is_settled(self.db, self.alert, self.channel, recipient)

    def is_told(self) -> bool:
        """Whether anybody has the alert."""
        return is_told(self.db, self.alert, self.channel)

    def accept(self, recipient: str) -> None:
        """Write down that the recipient has it."""
        self._save(recipient, None)

    def refuse(self, recipient: str, error: str) -> None:
        """Write down that the recipient refused it for good."""
        self._save(recipient, error)

    def _save(self, recipient: str, error: str | None) -> None:
        with transaction(self.db):
            save_receipt(self.db, self.alert, self.channel, recipient, error, self.clock())


@dataclass(slots=True)
class PassingReceipts:
    """Receipts that are forgotten with the program: the recipients that took it, and why others did not."""

    accepted: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)

    def is_settled(self, recipient: str) -> bool:
        """Whether the recipient has been served."""
        return recipient in self.accepted or recipient in self.refused

    def is_told(self) -> bool:
        """Whether anybody took it."""
        return bool(self.accepted)

    def accept(self, recipient: str) -> None:
        """Remember that the recipient has it."""
        self.accepted.append(recipient)

    def refuse(self, recipient: str, error: str) -> None:
        """Remember that the recipient refused it for good."""
        self.refused[recipient] = error
