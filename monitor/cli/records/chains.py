"""Chains of mandates as JSON."""

from datetime import date
from typing import Any

from monitor.app.held.chain_asked import Answer
from monitor.app.held.mandates import Link
from monitor.cli.records.times import date_record
from storage.drift_values import Kind


def chain_record(answer: Answer, today: date) -> dict[str, Any]:
    """A chain as JSON."""
    found = answer.chain
    until = found.last.until if found.last else None
    return {
        "body": found.body,
        "bodies": list(found.bodies),
        "state": found.state_on(today),
        "expires_on": date_record(until),
        "days": (until - today).days if until else None,
        "others": list(answer.others),
        "may_be_renewed_by": list(found.unread),
        "links": [_link_record(link, answer.kinds[link.symbol]) for link in found.links],
    }


def _link_record(link: Link, kind: Kind) -> dict[str, Any]:
    from monitor.cli.records.times import date_record

    return {
        "symbol": link.symbol,
        "adopted_on": link.adopted_on.isoformat(),
        "act": link.act,
        "kind": kind,
        "body": link.body,
        "successor_of": link.successor_of,
        "final": link.is_final,
        "expires_on": date_record(link.expires_on),
        "basis": link.basis,
        "reckoned_from": date_record(link.reckoned_from),
        "goes_on_until": date_record(link.goes_on_until),
        "title_says": date_record(link.title_says),
        "address": link.term.address if link.term else None,
        "quote": link.term.quote if link.term else None,
        "title": link.title,
        "text_held": link.is_held,
        "confirmed_at": link.confirmed_at,
        "days_without": link.lapse,
        "days_early": link.overlap,
        "cites_before": [{"symbol": one.symbol, "address": one.address, "held": one.is_held} for one in link.cited],
        "also": [
            {"body": one.body, "what": one.what, "act": one.act, "address": one.address, "expires_on": date_record(on)}
            for one in link.others
            if (on := one.expires_on(link.adopted_on))
        ],
    }
