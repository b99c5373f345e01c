"""A paragraph as a page shows it: its number, its words in runs, and beside them what is ours."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache

from monitor.changes.diff import WordKind, word_changes
from monitor.site.held.document import Doc
from monitor.site.places.fates import AddressFate
from monitor.site.views.links import Linker, theme_file
from monitor.site.views.runs import TextRun, TextSpan, evidence_spans, runs_of
from monitor.text.harmless import harmless, harmless_piece
from monitor.text.page_names import fragment
from scraper.council.address import parse
from scraper.council.forms.styles import cite_in_forms
from storage.models import Label, Paragraph, Part
from storage.records import Change, ChangeKind

DEEPEST = 3


@dataclass(frozen=True, slots=True)
class WordPiece:
    """A run of words in a comparison: `equal`, `removed` or `added`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class History:
    """What happened to a paragraph on a day: a sign and a word, what it was called, and the words compared."""

    sign: str
    word: str
    day: date
    was: str
    pieces: tuple[WordPiece, ...]


@dataclass(frozen=True, slots=True)
class ThemeNote:
    """A theme of a paragraph, its page, and the phrases that gave it; `said` names who gave it by hand."""

    name: str
    href: str
    phrases: tuple[str, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Cite:
    """The citations of a paragraph to be copied, and its words."""

    un: str
    oscola: str
    bluebook: str
    chicago: str
    link: str
    words: str


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph. `label` is the printed number or letter, `above` the rest of its address; `depth` from 0.

    `is_chapeau` says that a paragraph on women, peace and security completes its words.
    """

    id: str
    address: str
    above: str
    label: str
    depth: int
    heading: str
    runs: tuple[TextRun, ...]
    is_wps: bool
    is_chapeau: bool
    themes: tuple[ThemeNote, ...]
    cite: Cite | None
    history: tuple[History, ...]
    earlier: tuple[AddressFate, ...]


@lru_cache(maxsize=65536)
def number_of(address: str) -> tuple[str, str, int]:
    """What is printed as the number, what of the address stands above it, and how deep it is.

    >>> number_of("OP 43 (d) (ii)"), number_of("OP 8"), number_of("PP 7")
    (('(ii)', 'OP 43 (d)', 2), ('8.', 'OP', 0), ('PP 7', '', 0))
    """
    place = parse(address)
    if place.degrees:
        last = place.degrees[-1]
        above = address.partition(" #")[0].rpartition(" ")[0]
        label = "" if last.startswith("+") else "•" if last.startswith("•") else f"({last})"
        if not label and len(place.degrees) == 1 and place.number is None and place.part is Part.BODY:
            return last[1:], "paragraph", 0
        return label or "¶", above, min(len(place.degrees), DEEPEST)
    if place.part is Part.PREAMBLE:
        return address, "", 0
    if place.number is None:
        return "¶", address, 0
    return f"{place.number}.", "OP" if place.part is Part.OPERATIVE else str(place.attachment or "para."), 0


def paragraph_views(
    doc: Doc,
    linker: Linker,
    histories: Mapping[str, Sequence[Change]],
    earlier: Mapping[str, Sequence[AddressFate]],
    link_base: str = "",
) -> list[ParagraphView]:
    """All paragraphs of a document in printed order. `link_base` is the address of its page, "" when it has none.

    `histories` are the changes of each address, `earlier` what its place named before.
    """
    chapeaux = {above for paragraph in doc.document.paragraphs if paragraph.is_wps for above in _above(paragraph)}
    views = []
    heading = None
    for paragraph in doc.document.paragraphs:
        is_new = paragraph.heading != heading and paragraph.heading
        heading = paragraph.heading
        views.append(
            _view(
                doc,
                paragraph,
                linker,
                harmless(paragraph.heading or "") if is_new else "",
                not paragraph.is_wps and paragraph.address in chapeaux,
                histories.get(paragraph.address, ()),
                earlier.get(fragment(paragraph.address), ()),
                link_base,
            )
        )
    return views


def _above(paragraph: Paragraph) -> list[str]:
    """The addresses above a paragraph, whose words introduce it."""
    words = paragraph.address.split(" ")
    return [" ".join(words[:count]) for count in range(2, len(words))]


def _view(
    doc: Doc,
    paragraph: Paragraph,
    linker: Linker,
    heading: str,
    is_chapeau: bool,
    changes: Sequence[Change],
    earlier: Sequence[AddressFate],
    link_base: str,
) -> ParagraphView:
    label, above, depth = number_of(paragraph.address)
    place = fragment(paragraph.address)
    links = [
        TextSpan(each.start, each.end, linker.to_citation(each.symbol, each.addresses)) for each in paragraph.citations
    ]
    return ParagraphView(
        id=place,
        address=paragraph.address,
        above=above,
        label=label,
        depth=depth,
        heading=heading,
        runs=runs_of(paragraph.text, evidence_spans(paragraph.labels), links),
        is_wps=paragraph.is_wps,
        is_chapeau=is_chapeau,
        themes=tuple(theme_note(label) for label in paragraph.labels),
        cite=cite_of(doc, paragraph, f"{link_base}#{place}" if link_base else "") if paragraph.is_wps else None,
        history=tuple(history_of(change) for change in changes),
        earlier=tuple(earlier),
    )


def theme_note(label: Label) -> ThemeNote:
    """A theme with the phrases that gave it."""
    phrases = dict.fromkeys(harmless(each.phrase) for each in label.evidence if each.phrase)
    said = next((each.said.by for each in label.evidence if each.said is not None), "")
    return ThemeNote(label.theme, f"../{theme_file(label.theme)}", tuple(phrases), harmless(said))


def cite_of(doc: Doc, paragraph: Paragraph, link: str) -> Cite:
    """The citations of a paragraph; without an address of the page, the link is the UN's."""
    forms = {name: harmless(form) for name, form in asdict(cite_in_forms(doc.work, paragraph.address)).items()}
    return Cite(**forms, link=link or doc.work.url, words=harmless(paragraph.text))


_WORDS = {
    ChangeKind.ADDED: ("+", "New"),
    ChangeKind.MODIFIED: ("≈", "Reworded"),
    ChangeKind.REMOVED: ("−", "Removed"),
    ChangeKind.RESTORED: ("+", "Restored"),
    ChangeKind.MOVED: ("↕", "Moved"),
    ChangeKind.RENUMBERED: ("↕", "Renumbered"),
}


def history_of(change: Change) -> History:
    """What a change says to a reader."""
    sign, word = _WORDS[change.kind]
    was = change.before_address if change.before_address and change.before_address != change.address else ""
    return History(sign, word, change.detected_at.date(), was or "", compared_words(change.before, change.after))


def compared_words(before: str | None, after: str | None) -> tuple[WordPiece, ...]:
    """Two wordings in one, or the words that came or went; nothing where they are the same."""
    if before is None or after is None or before == after:
        return ()
    runs = word_changes(before, after)
    if all(run.kind is WordKind.EQUAL for run in runs):
        return ()
    return tuple(WordPiece(run.kind.value, harmless_piece(run.text)) for run in runs)
