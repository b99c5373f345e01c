"""A held renewal beside the text before it: what a person can ask of the two."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from monitor.app.held.mandates import Mandates
from monitor.app.held.predecessors import SeveralMandatesError, predecessor_of
from monitor.app.questions import NothingFound, WrongQuestion
from monitor.app.renewals.corrections import corrections_of
from monitor.renewals.comparison import Comparison, Correction, TermUse, Whole
from monitor.renewals.lines import READ, compare_texts
from monitor.renewals.references import references
from monitor.renewals.term_counts import about_women, count_terms
from storage.drift_values import Kind
from storage.models import Paragraph, ParsedDocument
from storage.texts.documents import load_document
from storage.texts.labels import wps_addresses
from storage.texts.search import wps_wordings

#: Of two texts with fewer of the old paragraphs in the new one, it is not plain that they have to do with each other.
RELATED = 0.05


def drift_of(
    db: sqlite3.Connection,
    new: str,
    old: str | None = None,
    *,
    body: str | None = None,
    language: str = "en",
    mandates: Mandates | None = None,
) -> Comparison:
    """What a renewal kept, weakened and dropped of the last full text before it in its chain, or of the one named.

    `mandates` are those of the database, where more is asked of them than this.

    Raises:
        WrongQuestion: the old text is later than the new one, or the new one gives several mandates.
        NothingFound: one of them is not held in the language.
    """
    later = _held(db, new, language)
    if old is None:
        return _beside_predecessor(db, later, new, body, language, mandates or Mandates(db))
    earlier = _held(db, old, language)
    _check_order(earlier, later, old, new)
    found = Comparison(new, old, Kind.RENEWAL, language, body)
    texts = _chain_texts(db, Mandates(db), body, (old, new), language) if body else {}
    return _compared(db, found, earlier, later, texts)


def _beside_predecessor(
    db: sqlite3.Connection, later: ParsedDocument, new: str, body: str | None, language: str, mandates: Mandates
) -> Comparison:
    try:
        before = predecessor_of(db, new, body, mandates)
    except SeveralMandatesError as error:
        names = ", ".join(map(repr, error.bodies))
        raise WrongQuestion(f"{new} gives more than one mandate; choose one with --body: {names}") from error
    name = before.body or None
    found = Comparison(
        new, before.old, before.kind, language, name, before.reason or None, before.skipped,
        is_taken_over=before.is_taken_over,
    )  # fmt: skip
    if before.old is None or (before.kind is Kind.ROLLOVER and not before.is_by_reference):
        return found
    earlier = load_document(db, before.old, language)
    if earlier is not None and before.is_by_reference:
        return replace(found, not_repeated=not_repeated(earlier.document.paragraphs, later.paragraphs, before.old))
    if earlier is None:
        return Comparison(
            new, None, before.kind, language, name, f"{before.old} is not held in {language!r}", before.skipped
        )
    texts = _chain_texts(db, mandates, before.body, (before.old, new), language)
    return _compared(db, found, earlier.document, later, texts)


def not_repeated(old: Sequence[Paragraph], new: Sequence[Paragraph], symbol: str) -> tuple[Paragraph, ...]:
    """The paragraphs about women of an old text that a text renewing by reference to it does not say again."""
    lines = compare_texts(old, new, symbol).lines
    said = {line.key[0] for line in lines if line.new is not None and not line.is_silent and line.new.is_wps}
    return tuple(one for one in old if one.is_wps and one.address not in said)


def _compared(
    db: sqlite3.Connection,
    found: Comparison,
    earlier: ParsedDocument,
    later: ParsedDocument,
    chain: Mapping[str, Sequence[str]],
) -> Comparison:
    """The comparison with its lines, terms and references."""
    old, new = earlier.paragraphs, later.paragraphs
    done = compare_held(
        found, old, new, corrections_of(db, found, old, new), lambda symbol: wps_addresses(db, symbol, found.language)
    )
    return replace(done, terms=_terms(found, old, new, chain)) if found.language in READ else done


def compare_held(
    found: Comparison,
    old: Sequence[Paragraph],
    new: Sequence[Paragraph],
    corrections: Sequence[Correction],
    wps_of: Callable[[str], Sequence[str]],
) -> Comparison:
    """A comparison with its lines and references, from paragraphs at hand; its terms are left out.

    `wps_of` gives the addresses about women of a cited document.
    """
    compared = compare_texts(old, new, found.old, found.language, corrections)
    is_end = found.kind is Kind.TERMINATION
    return replace(
        found,
        lines=tuple(line.levelled() for line in compared.lines) if is_end else compared.lines,
        references=references(found.old or "", old, new, wps_of),
        whole=Whole(len(old), len(new), _words(old), _words(new)),
        paired=compared.paired,
    )


def _held(db: sqlite3.Connection, symbol: str, language: str) -> ParsedDocument:
    found = load_document(db, symbol, language)
    if found is None:
        raise NothingFound(f"{symbol} is not held in {language!r}; leave --lang out for English")
    return found.document


def _check_order(earlier: ParsedDocument, later: ParsedDocument, old: str, new: str) -> None:
    if old == new:
        raise WrongQuestion(f"{new} can't be compared with itself; name an older text")
    days = [document.adopted_on or document.published_on for document in (earlier, later)]
    before, after = days
    if before and after and before > after:
        raise WrongQuestion(f"{old} of {before} is later than {new} of {after}; exchange them")


def _chain_texts(
    db: sqlite3.Connection, mandates: Mandates, body: str, symbols: Sequence[str], language: str
) -> dict[str, list[str]]:
    """What the texts of a mandate's chain say about women, in their order, up to the later of two."""
    chain = [link.symbol for link in mandates.chain(body).links if link.is_held]
    if symbols[-1] in chain:
        chain = chain[: chain.index(symbols[-1]) + 1]
    texts: dict[str, list[str]] = {symbol: [] for symbol in chain}
    for one in wps_wordings(db, language, chain):
        texts[one.symbol].append(one.text)
    return texts


def _terms(
    found: Comparison, old: Sequence[Paragraph], new: Sequence[Paragraph], chain: Mapping[str, Sequence[str]]
) -> tuple[TermUse, ...]:
    return count_terms(old, new, chain or {found.old or "": about_women(old), found.new: about_women(new)})


def _words(paragraphs: Sequence[Paragraph]) -> int:
    return sum(len(paragraph.text.split()) for paragraph in paragraphs)


def drift_asked(db: sqlite3.Connection, new: str, old: str | None, *, body: str | None, language: str) -> Comparison:
    """The comparison of two texts as a person names them, and their body; all of it from one moment of the database."""
    from monitor.app.held.held_names import held_symbol, placed_name
    from monitor.app.held.mandates import bodies_of
    from storage.sqlite.database import one_view

    with one_view(db):
        meant = held_symbol(db, new)
        before = held_symbol(db, old) if old else None
        placed = placed_name(body, bodies_of(db, meant)[1], "body", of_document=meant) if body else None
        return drift_of(db, meant, before, body=placed, language=language)
