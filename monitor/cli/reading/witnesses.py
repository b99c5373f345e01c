"""`show SYMBOL --witnesses`: each source's text of a document, where it differs, and what others published of it."""

from contextlib import closing
from typing import TYPE_CHECKING, Any

from monitor.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor.app.held.published import ExtractMatch
    from monitor.app.reading.witnesses import WitnessText
    from monitor.changes.agreement import Agreement
    from monitor.changes.diff import ParagraphChange
    from monitor.cli.pages.render import Page
    from storage.models import HeldDocument


def show_witnesses(session: Session, typed: str, language: str | None, *, as_json: bool) -> None:
    """Print each witness of a document and how far it agrees with the text that is shown, by paragraph.

    Behind them the publishers of extracts of it, in English: how many, and how many of them have the official words.
    """
    from monitor.app.held.published import summary
    from monitor.app.reading.witnesses import witnesses_of

    with closing(session.open_readonly()) as db:
        found = witnesses_of(db, typed, language)
    if as_json:
        from monitor.cli.pages.render import echo_json

        echo_json(
            {
                "symbol": found.held.document.symbol,
                "language": found.held.document.language,
                "witnesses": [_record(witness) for witness in found.texts],
                "published": [{"publisher": name} | summary(each) for name, each in found.published.items() if each],
            }
        )
    else:
        _print(found.held, found.texts, found.published)


def _record(witness: "WitnessText") -> dict[str, Any]:
    from monitor.cli.records.documents import version_record

    found = witness.agreement
    record = version_record(witness.version) | {"paragraphs": witness.paragraphs}
    if found is None:
        return record | {"same": witness.paragraphs, "elsewhere": [], "differences": []}
    return record | {
        "same": found.same,
        "elsewhere": [{"address": each.address, "shown_address": each.before_address} for each in found.elsewhere],
        "differences": [_difference_record(each) for each in found.differences],
    }


def _difference_record(difference: "ParagraphChange") -> dict[str, Any]:
    return {
        "address": difference.after.address if difference.after else None,
        "shown_address": difference.before_address,
        "text": difference.after.text if difference.after else None,
        "shown_text": difference.before.text if difference.before else None,
    }


def _print(
    held: "HeldDocument", witnesses: "Sequence[WitnessText]", published: "Mapping[str, Sequence[ExtractMatch]]"
) -> None:
    from monitor.app.held.published import summary_line
    from monitor.cli.pages.render import BOLD, DIM, Page, moment, plain

    page = Page()
    count = f"{len(witnesses)} witnesses" if len(witnesses) > 1 else "one witness"
    page.line(page.style(plain(f"{held.document.symbol} ({held.document.language}): {count}"), BOLD))
    for witness in witnesses:
        version = witness.version
        page.line()
        name = page.style(plain(f"{version.source}, read as {version.reader}"), BOLD)
        page.wrapped(f"{name}: {_verdict(witness)}")
        page.wrapped(page.style(plain(f"fetched {moment(version.fetched_at)} from {version.url}"), DIM), "  ")
        if witness.agreement is not None:
            _add_differences(page, witness.agreement)
    for name, found in published.items():
        if found:
            page.line()
            page.wrapped(f"{page.style(plain(f'{name} published'), BOLD)} {plain(summary_line(found))}")
            page.wrapped(
                plain(f"each of them: wpswatch compare {name} --symbol '{held.document.symbol}'"), "  ", "    "
            )
    page.print()


def _verdict(witness: "WitnessText") -> str:
    found = witness.agreement
    if found is None:
        return f"the one shown, {witness.paragraphs} paragraphs"
    if found.is_whole:
        return f"{witness.paragraphs} paragraphs, all with the same words at the same addresses"
    told = [f"{found.same} of {witness.paragraphs} paragraphs with the same words at the same address"]
    if found.elsewhere:
        told.append(f"{len(found.elsewhere)} with the same words elsewhere")
    if found.differences:
        told.append(f"{len(found.differences)} that differ")
    return "; ".join(told)


def _add_differences(page: "Page", found: "Agreement") -> None:
    from monitor.cli.pages.changed_words import compared_words
    from monitor.cli.pages.render import plain

    for each in found.elsewhere:
        page.wrapped(plain(f"{each.address} is {each.before_address} in the one shown"), "  ", "    ")
    for each in found.differences:
        place = each.address if each.after else f"lacks {each.address}"
        before, after = (one.text if one else None for one in (each.before, each.after))
        words = compared_words(page, before, after)
        page.wrapped(f"{plain(place)}: {words}", "  ", "    ")
