"""The command `chain`: the resolutions of one mandate in order, until when each gave it, and the holes between."""

from contextlib import closing
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    import sqlite3

    from monitor.app.held.mandates import Chain, Link
    from monitor.cli.pages.render import Page

EARLY = 60
"""A renewal mostly comes in the last two months of a mandate: more days before its end are an overlap worth a line."""


@click.command(
    epilog="\b\nExamples:\n  wpswatch chain S/RES/2779\n  wpswatch chain 2350 --body MINUJUSTH\n"
    "  wpswatch chain 2779 --json | jq -r '.links[] | [.symbol, .expires_on] | @tsv'\n\n"
    "Exit codes: 0 shown, 1 not held, 2 no mandate, or several, 3 shown with --strict, and it passed unrenewed."
)
@click.argument("symbol")
@click.option("--body", metavar="NAME", help="Whose mandate, where a resolution gives several: MINUJUSTH.")
@click.option("--strict", is_flag=True, help="Exit with 3 when the last expiry has passed and no renewal is held.")
@click.option("--json", "as_json", is_flag=True, help="Print the chain as JSON.")
@pass_session
def chain(session: Session, symbol: str, body: str | None, strict: bool, as_json: bool) -> None:
    """Show the chain of a mandate: each resolution that gave, extended, changed or ended it, and the next expiry.

    The day is the one in the operative text; where no text is held, or it gives no day, the one in the library's title.
    """
    from monitor.app.held.mandates import bodies_of, chain_of
    from storage.sqlite.database import one_view

    today = datetime.now(UTC).date()
    with closing(session.open_readonly()) as db, one_view(db):
        asked = _symbol(db, symbol)
        plausible, named = bodies_of(db, asked)
        chosen = _body(asked, body, plausible, named)
        found = chain_of(db, chosen)
    if asked not in {link.symbol for link in found.links}:
        raise click.UsageError(f"{asked} is no link of the chain of {chosen}; {_choice(plausible, named)}")
    if as_json:
        from monitor.cli.pages.render import echo_json

        echo_json(_record(found, today))
    else:
        _print(found, asked, today)
    if strict and _state(found, today) == "passed":
        raise click.exceptions.Exit(3)


def _symbol(db: "sqlite3.Connection", typed: str) -> str:
    """The symbol that is meant: of a held document, or of a resolution of which only the record is held."""
    from monitor.app.held.held_names import find_symbol, held_symbol
    from monitor.app.held.mandates import told_symbols

    return find_symbol(typed, told_symbols(db)) or held_symbol(db, typed)


def _body(symbol: str, asked: str | None, plausible: list[str], named: list[str]) -> str:
    from monitor.app.held.held_names import placed_name

    if asked is not None:
        if not named:
            _no_body(symbol, plausible, named)
        return placed_name(asked, named, "body", of_document=symbol)
    return plausible[0] if len(plausible) == 1 else _no_body(symbol, plausible, named)


def _no_body(symbol: str, plausible: list[str], named: list[str]) -> str:
    if plausible:
        raise click.UsageError(f"{symbol} gives more than one mandate; {_choice(plausible, named)}")
    raise click.UsageError(
        f"{symbol} gives, extends, changes or ends no mandate known here; {_choice(plausible, named)}"
    )


def _choice(plausible: list[str], named: list[str]) -> str:
    """What to do: the bodies to choose from."""
    if plausible:
        return f"choose one with --body: {', '.join(repr(one) for one in plausible)}"
    return f"it names {', '.join(named)}: ask for a resolution that extends one" if named else "it names no body"


def _state(found: "Chain", today: date) -> str:
    """How the mandate stands: `running`, `passed` without a renewal held, `ended`, or `unknown`."""
    last = found.last
    if last is None or (last.expires_on is None and last.act != "ended"):
        return "unknown"
    if found.is_over(today):
        return "ended"
    until = _until(last)
    return "running" if until and until >= today else "passed"


def _until(link: "Link") -> date | None:
    return link.goes_on_until or link.expires_on


def _record(found: "Chain", today: date) -> dict[str, Any]:
    from monitor.cli.records.times import date_record

    until = _until(found.last) if found.last else None
    return {
        "body": found.body,
        "state": _state(found, today),
        "expires_on": date_record(until),
        "days": (until - today).days if until else None,
        "may_be_renewed_by": list(found.unread),
        "links": [_link_record(link) for link in found.links],
    }


def _link_record(link: "Link") -> dict[str, Any]:
    from monitor.cli.records.times import date_record

    return {
        "symbol": link.symbol,
        "adopted_on": link.adopted_on.isoformat(),
        "act": link.act,
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


def _print(found: "Chain", asked: str, today: date) -> None:
    from monitor.cli.pages.render import BOLD, Page, plain

    page = Page()
    first, last = found.links[0], found.links[-1]
    noun = "resolution" if len(found.links) == 1 else "resolutions"
    span = f"{len(found.links)} {noun}, {first.adopted_on} to {last.adopted_on}"
    page.line(page.style(plain(f"Mandate of {found.body}: {span}"), BOLD))
    _add_standing(page, found, today)
    if first.act != "established":
        page.wrapped("What established it is not held, or not read as doing so.")
    for link in found.links:
        page.line()
        _add_link(page, link, is_asked=link.symbol == asked)
    page.print()


def _add_standing(page: "Page", found: "Chain", today: date) -> None:
    from monitor.cli.pages.render import GOOD, ODD, plain

    state, last = _state(found, today), found.last
    until = _until(last) if last else None
    days = (until - today).days if until else 0
    words = {
        "running": f"Expires on {until}, {_days_ahead(days)}{', for good' if last and last.is_final else ''}",
        "passed": f"Expired on {until}, {_days(-days)} ago, and no renewal is held",
        "ended": f"Ended{f' on {until}' if until else ''}",
        "unknown": _unknown(found),
    }[state]
    page.wrapped(page.style(plain(f"{words}."), GOOD if state in ("running", "ended") else ODD))
    if state == "passed" and found.unread:
        which = "it may be the renewal" if len(found.unread) == 1 else "one of them may be the renewal"
        page.wrapped(plain(f"Adopted about then, neither text nor title held: {', '.join(found.unread)}; {which}."))


def _unknown(found: "Chain") -> str:
    """What can be said when the last link gives no day."""
    if found.last is None:
        return "Nothing is known of its expiry"
    days = [until for link in found.links if link.is_renewal and (until := _until(link))]
    before = f"; the last day known is {days[-1]}" if days else ""
    return f"When it expires is not known: {found.last.symbol} is the last link, and its day is not{before}"


def _add_link(page: "Page", link: "Link", *, is_asked: bool) -> None:
    from monitor.cli.pages.render import BOLD, DIM, ODD, plain

    mark = "> " if is_asked else "  "
    page.line(f"{mark}{page.style(plain(link.symbol), BOLD)}{page.style(f', adopted {link.adopted_on}', DIM)}")
    page.wrapped(plain(f"{_did(link)}{_rests_on(link)}"), "    ")
    if link.term:
        page.wrapped(plain(f"{link.term.address}: {link.term.quote}"), "    ", "      ")
    elif link.title:
        page.wrapped(plain(f"title: {_bracketed(link.title)}"), "    ", "      ")
    if link.confirmed_at:
        page.line(page.style(plain(f"    cites the one before it in {link.confirmed_at}"), DIM))
    for one in link.others:
        on = one.expires_on(link.adopted_on)
        page.wrapped(
            page.style(plain(f"also: {one.what}, {one.act} until {on} ({one.address})"), DIM), "    ", "      "
        )
    for oddity in _oddities(link):
        page.wrapped(page.style(plain(oddity), ODD), "    ", "      ")


def _did(link: "Link") -> str:
    if link.act is None:
        return "may have extended it"
    words = "extended for the last time" if link.is_final and link.act == "extended" else str(link.act)
    until = f" {'on' if link.act == 'ended' else 'until'} {link.expires_on}" if link.expires_on else ""
    if link.is_renewal and not until:
        return f"{words}; until when is not known"
    return f"{words}{until}" + (f", on a condition until {link.goes_on_until}" if link.goes_on_until else "")


def _rests_on(link: "Link") -> str:
    """Where the day comes from, in brackets."""
    if link.expires_on is None:
        return ""
    source = "operative text" if link.basis == "text" else "the library's title"
    return f" ({source}{f'; a period, reckoned from {link.reckoned_from}' if link.reckoned_from else ''})"


def _oddities(link: "Link") -> list[str]:
    """What a reader should know of a link: holes before it, contradictions, and what is not held."""
    said = []
    if link.lapse:
        said.append(f"adopted {_days(link.lapse)} after the expiry before it: a gap, or a link that is not known here")
    if link.overlap > EARLY:
        said.append(f"adopted {_days(link.overlap)} before the expiry before it, {link.until_before}: they overlap")
    if link.is_shorter:
        said.append(f"brings the expiry forward from {link.until_before}")
    for one in link.cited:
        held = "held, and read as no link of this mandate" if one.is_held else "not held"
        said.append(f"{one.symbol} is cited in {one.address} as one before, and is {held}")
    if link.title_says:
        said.append(f"the library's title says {link.title_says}")
    if not link.is_held:
        known = "title" if link.title else "record, which has no title"
        said.append(f"its text is not held; it is known by the library's {known}")
    return said


def _bracketed(title: str) -> str:
    from monitor.app.held.mandates import title_words

    return title_words(title)


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"


def _days_ahead(count: int) -> str:
    return "today" if count == 0 else f"in {_days(count)}"
