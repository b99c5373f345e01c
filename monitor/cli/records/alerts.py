"""Alerts and deliveries as JSON records."""

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from storage.records import Alert, Delivery
from monitor.cli.records.times import time_record


def alert_record(alert: "Alert") -> dict[str, Any]:
    """An alert with each channel's delivery; `news` is what it tells, as channels are given it, null if unreadable."""
    return {
        "alert": alert.id,
        "event": alert.event,
        "created_at": time_record(alert.created_at),
        "deliveries": [delivery_record(delivery) for delivery in alert.deliveries],
        "run": alert.run,
        "subject": alert.subject,
        "news": _news_record(alert.payload),
    }


def delivery_record(delivery: "Delivery") -> dict[str, Any]:
    """A delivery; `digest` is null until the digest is formed, `recipients` empty where there is only one."""
    return {
        "channel": delivery.channel,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "next_attempt_at": time_record(delivery.next_attempt_at),
        "last_error": delivery.last_error,
        "sent_at": time_record(delivery.sent_at),
        "in_digest": delivery.is_member,
        "digest": delivery.digest,
        "recipients": [
            {
                "recipient": receipt.recipient,
                "state": "accepted" if receipt.error is None else "refused",
                "error": receipt.error,
                "at": time_record(receipt.at),
            }
            for receipt in delivery.receipts
        ],
    }


def _news_record(payload: str) -> Any:
    try:
        return json.loads(payload)
    except ValueError:
        return None
