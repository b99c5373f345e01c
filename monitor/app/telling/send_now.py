"""Sends one alert through one channel at once, and says in words what came of it."""

from dataclasses import dataclass
from typing import Any

from monitor.alerts.delivery.channel import Channel, DeliveryError
from monitor.alerts.delivery.receipts import PassingReceipts
from storage.records import Alert


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one attempt. `error` is None when it was told."""

    channel: str
    alert: str
    error: DeliveryError | None
    receipts: PassingReceipts

    @property
    def is_sent(self) -> bool:
        """Whether all of its recipients have it."""
        return self.error is None and not self.receipts.refused


def try_channel(channel: Channel, alert: Alert) -> Result:
    """Send an alert that is not kept; anything but a DeliveryError is a defect and raised as it is."""
    receipts = PassingReceipts()
    try:
        channel.send(alert, receipts)
    except DeliveryError as error:
        return Result(channel.name, alert.id, error, receipts)
    return Result(channel.name, alert.id, None, receipts)


def result_record(result: Result) -> dict[str, Any]:
    """The result for programs; `recipients` is empty where the channel has only one."""
    error = result.error
    return {
        "channel": result.channel,
        "alert": result.alert,
        "sent": result.is_sent,
        "error": None if error is None else str(error),
        "permanent": error is not None and error.is_permanent,
        "recipients": [{"recipient": each, "error": None} for each in result.receipts.accepted]
        + [{"recipient": each, "error": why} for each, why in result.receipts.refused.items()],
    }


def result_words(result: Result) -> list[str]:
    """The result for a person, a line each."""
    lines = [f"  {each}: has it" for each in result.receipts.accepted]
    lines += [f"  {each}: refused it for good: {why}" for each, why in result.receipts.refused.items()]
    error = result.error
    if error is None:
        said = "sent" if result.is_sent else "sent, but not to all"
        return [f"{result.channel}: {said} ({result.alert})", *lines]
    advice = "news would not be tried again" if error.is_permanent else "news would be tried again later"
    return [f"{result.channel}: not sent: {error}", *lines, f"  {advice}"]
