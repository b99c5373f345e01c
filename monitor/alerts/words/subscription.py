"""Says why somebody gets an alert and how to get no more: the channel, what it wants to hear, whom to tell. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a channel was asked to tell: no themes, symbols or events named means all, but for operators' events.

    `stop` is where a reader says that it is enough: an address such as `mailto:desk@example.org` or `https://...`.
    """

    channel: str
    schedule: str
    themes: tuple[str, ...]
    symbols: tuple[str, ...]
    events: tuple[str, ...]
    stop: str
    situations: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    query: str = ""


def why_told(subscription: Subscription) -> str:
    """One sentence: You are on the channel "desk", which tells at once: all themes; documents S/RES/*; all events."""
    how = "at once" if subscription.schedule == "instant" else f"as a digest ({subscription.schedule})"
    wishes = (
        _named("themes", subscription.themes),
        _named("documents", subscription.symbols),
        _named("events", subscription.events) if subscription.events else "all events but those for operators",
        *([_named("situations", subscription.situations)] if subscription.situations else []),
        *([_named("bodies", subscription.bodies)] if subscription.bodies else []),
        *([f"the words {subscription.query}"] if subscription.query else []),
    )
    return f'You are on the channel "{subscription.channel}" of wpswatch, which tells {how}: {"; ".join(wishes)}.'


def how_to_stop(subscription: Subscription) -> str:
    """One sentence for a reader who has no access to the machine: where to ask."""
    scheme, _, rest = subscription.stop.partition(":")
    if scheme == "mailto":
        address = rest.partition("?")[0]
        return f'To get no more of it, write to {address} with the subject "unsubscribe {subscription.channel}".'
    return f"To get no more of it, open {subscription.stop}"


def _named(what: str, words: tuple[str, ...]) -> str:
    return f"{what} {', '.join(words)}" if words else f"all {what}"
