"""`drift SYMBOL --biography ADDRESS`: one paragraph through all renewals of its mandate."""

from typing import TYPE_CHECKING, Any

from monitor.cli.session import Session

if TYPE_CHECKING:
    from monitor.cli.pages.render import Page
    from monitor.cli.renewals.asked import Asked
    from monitor.renewals.biography import Life, Step


def show_biography(session: Session, asked: "Asked", address: str) -> None:
    """Print the life of a paragraph: its first appearance, each change, its last use."""
    from monitor.app.held.held_names import held_symbol, placed_name
    from monitor.app.held.mandates import bodies_of
    from monitor.app.renewals.lives import life_of

    with session.view() as db:
        symbol = held_symbol(db, asked.new)
        body = placed_name(asked.body, bodies_of(db, symbol)[1], "body", of_document=symbol) if asked.body else None
        life = life_of(db, symbol, address, body=body, language=asked.language)
    if asked.is_json:
        from monitor.cli.pages.render import echo_json

        echo_json(_record(life))
    else:
        _print(life, has_words=asked.has_words)


def _record(life: "Life") -> dict[str, Any]:
    from monitor.cli.records.drift import line_record

    return {
        "first": life.steps[0].symbol,
        "last": life.steps[-1].symbol,
        "gone_in": life.gone_in,
        "steps": [
            {
                "symbol": step.symbol,
                "address": step.paragraph.address,
                "same": step.is_same,
                "text": step.paragraph.text,
                "line": line_record(step.line) if step.line else None,
            }
            for step in life.steps
        ],
    }


def _print(life: "Life", *, has_words: bool) -> None:
    from monitor.cli.pages.render import BOLD, Page, plain

    page = Page()
    first, last = life.steps[0], life.steps[-1]
    page.wrapped(page.style(plain(f"First in {first.symbol}, last in {last.symbol}"), BOLD))
    if life.gone_in:
        page.wrapped(plain(f"Gone in {life.gone_in}."), "  ")
    for step in life.steps:
        page.line()
        page.wrapped(page.style(plain(f"{step.symbol}, {step.paragraph.address}"), BOLD) + plain(_fate(step)), "  ")
        if not step.is_same:
            _add_words(page, step, has_words=has_words)
    page.print()


def _fate(step: "Step") -> str:
    if step.line is None:
        return " the same words" if step.is_same else ""
    direction = f", reads {step.line.direction}" if step.line.direction not in (None, "neutral") else ""
    return f" {step.line.status}{direction}"


def _add_words(page: "Page", step: "Step", *, has_words: bool) -> None:
    from monitor.cli.pages.changed_words import compared_words
    from monitor.cli.pages.render import plain

    if step.line is None or step.line.old is None:
        page.wrapped(plain(step.paragraph.text), "    ")
    elif has_words:
        page.wrapped(compared_words(page, step.line.old.text, step.paragraph.text), "    ")
    else:
        for change in step.line.changes:
            page.wrapped(plain(_exchanged(change.before, change.after)), "    ", "      ")


def _exchanged(before: str, after: str) -> str:
    """Words in place of others; those alone that only went or only came."""
    if before and after:
        return f"“{before}” → “{after}”"
    return f"− “{before}”" if before else f"+ “{after}”"
