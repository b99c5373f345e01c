"""An extract as a theme page shows it: its title, its words with `[...]`, its themes, and how to cite it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from monitor.site.held.document import Doc
from monitor.site.views.links import situation_file, theme_file
from monitor.site.views.runs import TextRun, evidence_spans, runs_of
from monitor.text.harmless import harmless
from monitor.text.links import document_url
from monitor.text.page_names import fragment
from scraper.council.address import Address, parse
from scraper.council.forms.styles import cite_as_un
from storage.models import Paragraph
from storage.texts.extracts import ExtractRow

LEFT_OUT = "[...]"


@dataclass(frozen=True, slots=True)
class EntryPiece:
    """A paragraph of an extract, behind the printed number; `is_gap` where something was left out."""

    label: str
    runs: tuple[TextRun, ...]
    is_gap: bool = False
    is_sub: bool = False


@dataclass(frozen=True, slots=True)
class EntryView:
    """An extract. Links are from the front page's folder; a theme without one is that of the page itself."""

    title: str
    href: str
    symbol: str
    day: date | None
    day_word: str
    situation: str
    situation_href: str
    pieces: tuple[EntryPiece, ...]
    themes: tuple[tuple[str, str], ...]
    url: str
    citations: tuple[str, ...]
    is_flagged: bool
    first_seen: date


def entry_views(rows: Iterable[ExtractRow], by_symbol: Mapping[str, Doc], theme: str = "") -> list[EntryView]:
    """The entries of extracts, in their order; under a theme only the phrases that gave it are marked."""
    return [_entry(row, by_symbol[row.symbol], theme) for row in rows if row.symbol in by_symbol]


def _entry(row: ExtractRow, doc: Doc, theme: str) -> EntryView:
    held = {each.address: each for each in doc.document.paragraphs if each.address in set(row.addresses)}
    told = [each for each in held.values() if theme in ("", *each.themes) or row.is_entry] or list(held.values())
    addresses = tuple(each.address for each in told)
    place = "" if row.is_entry else f"#{fragment(addresses[0])}"
    return EntryView(
        title=harmless(row.title),
        href=f"{doc.file}{place}",
        symbol=row.symbol,
        day=doc.day,
        day_word="Adopted" if row.adopted_on else "Published",
        situation=row.situation or "",
        situation_href=situation_file(row.situation) if row.situation else "",
        pieces=_pieces(row.text.split("\n\n"), list(held.values()), told, theme),
        themes=tuple((each, "" if each == theme else theme_file(each)) for each in row.themes),
        url=document_url(row.symbol, row.language),
        citations=(cite_as_un(doc.work),) if row.is_entry else _citations(doc, addresses),
        is_flagged=row.flagged,
        first_seen=row.first_seen_at.date(),
    )


def _pieces(printed: list[str], held: list[Paragraph], told: list[Paragraph], theme: str) -> tuple[EntryPiece, ...]:
    """An extract's words: the paragraphs to be told and what introduces them, `[...]` for the rest."""
    chapeaux = " ".join(each.chapeau for each in told if each.chapeau)
    pieces: list[EntryPiece] = []
    for words in printed:
        own = next((each for each in held if each.text and words.endswith(each.text)), None)
        is_told = own in told if own else words != LEFT_OUT and _bare(words) in chapeaux
        if is_told or len(told) == len(held):
            pieces.append(_piece(words, own, theme))
        elif pieces and not pieces[-1].is_gap:
            pieces.append(EntryPiece("", (), is_gap=True))
    while pieces and pieces[-1].is_gap:
        pieces.pop()
    return tuple(pieces)


def _bare(words: str) -> str:
    """Words without the number or letters that are printed before them."""
    first, _, rest = words.partition(" ")
    while rest and (first.endswith(".") or first.startswith(("(", "•"))) and len(first) < 9:
        words = rest
        first, _, rest = words.partition(" ")
    return words


def _piece(words: str, own: Paragraph | None, theme: str) -> EntryPiece:
    """A piece of an extract; where it is a paragraph on women, the phrases that gave its themes are marked."""
    if words == LEFT_OUT:
        return EntryPiece("", (), is_gap=True)
    if own is None:
        bare = _bare(words)
        label = harmless(words.removesuffix(bare))
        return EntryPiece(label, runs_of(bare, ()), is_sub=label.startswith(("(", "•")))
    label = harmless(words.removesuffix(own.text))
    labels = [each for each in own.labels if theme in ("", each.theme)]
    return EntryPiece(label, runs_of(own.text, evidence_spans(labels)), is_sub=label.startswith(("(", "•")))


def _citations(doc: Doc, addresses: tuple[str, ...]) -> tuple[str, ...]:
    """One citation for each paragraph of the extract; those below one number are one, that of the number."""
    roots: dict[str, list[str]] = {}
    for address in addresses:
        roots.setdefault(_root(parse(address)), []).append(address)
    cited = [under[0] if len(under) == 1 else root for root, under in roots.items()]
    return tuple(harmless(cite_as_un(doc.work, address)) for address in cited)


def _root(address: Address) -> str:
    is_counted = address.number in (None, "0")
    return str(Address(address.part, address.number, address.degrees[:1] if is_counted else (), address.attachment))
