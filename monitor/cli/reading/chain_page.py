"""The page of a chain: how the mandate stands, then each resolution with its words and what is odd about it."""

from datetime import date

from monitor.app.held.chain_asked import Answer
from monitor.app.held.mandates import Chain, Link, title_words
from monitor.cli.pages.render import BOLD, DIM, GOOD, ODD, Page, plain
from scraper.situations.mandates import mandate_of
from storage.drift_values import Kind

EARLY = 60
"""A renewal mostly comes in the last two months of a mandate: more days before its end are an overlap worth a line."""


def print_chain(answer: Answer, today: date) -> None:
    """Print a chain, and the names of the other mandates of the situation, where one was asked for."""
    page, found = Page(), answer.chain
    first, last = found.links[0], found.links[-1]
    noun = "resolution" if len(found.links) == 1 else "resolutions"
    span = f"{len(found.links)} {noun}, {first.adopted_on} to {last.adopted_on}"
    what = "Chain" if mandate_of(found.body).kind in ("measures", "task") else "Mandate"
    page.line(page.style(plain(f"{what} of {found.body}: {span}"), BOLD))
    _add_standing(page, found, today)
    held = list(dict.fromkeys(link.body for link in found.links))
    if len(held) > 1:
        page.wrapped(plain(f"Held in turn by {', '.join(held)}."))
    if answer.others:
        page.wrapped(plain(f"Other mandates there, to be chosen with --body: {', '.join(answer.others)}."))
    if first.act != "established":
        page.wrapped("What established it is not held, or not read as doing so.")
    for link in found.links:
        page.line()
        whose = f"{link.body}: " if len(held) > 1 else ""
        _add_link(page, link, whose, answer.kinds[link.symbol], is_asked=link.symbol == answer.asked)
    page.print()


def _add_standing(page: Page, found: Chain, today: date) -> None:
    state, last = found.state_on(today), found.last
    until = last.until if last else None
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


def _unknown(found: Chain) -> str:
    """What can be said when the last link gives no day."""
    if found.last is None:
        return "Nothing is known of its expiry"
    days = [until for link in found.links if link.is_renewal and (until := link.until)]
    before = f"; the last day known is {days[-1]}" if days else ""
    return f"When it expires is not known: {found.last.symbol} is the last link, and its day is not{before}"


def _add_link(page: Page, link: Link, whose: str, kind: Kind, *, is_asked: bool) -> None:
    mark = "> " if is_asked else "  "
    page.line(f"{mark}{page.style(plain(link.symbol), BOLD)}{page.style(f', adopted {link.adopted_on}', DIM)}")
    is_short = ", a technical rollover" if kind is Kind.ROLLOVER else ""
    page.wrapped(plain(f"{whose}{_did(link)}{_rests_on(link)}{is_short}"), "    ")
    if link.successor_of:
        page.wrapped(plain(f"successor of {link.successor_of}"), "    ")
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


def _did(link: Link) -> str:
    if link.act is None:
        return "may have extended it"
    words = "extended for the last time" if link.is_final and link.act == "extended" else str(link.act)
    until = f" {'on' if link.act == 'ended' else 'until'} {link.expires_on}" if link.expires_on else ""
    if link.is_renewal and not until:
        return f"{words}; until when is not known"
    return f"{words}{until}" + (f", on a condition until {link.goes_on_until}" if link.goes_on_until else "")


def _rests_on(link: Link) -> str:
    """Where the day comes from, in brackets."""
    if link.expires_on is None:
        return ""
    source = "operative text" if link.basis == "text" else "the library's title"
    return f" ({source}{f'; a period, reckoned from {link.reckoned_from}' if link.reckoned_from else ''})"


def _oddities(link: Link) -> list[str]:
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
    return title_words(title)


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"


def _days_ahead(count: int) -> str:
    return "today" if count == 0 else f"in {_days(count)}"
