"""Lays a document's fields, paragraphs and warnings out for a person."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from monitor.cli.pages.render import BOLD, DIM, ODD, Page, Span, plain

if TYPE_CHECKING:
    from storage.models import Citation, Evidence, Label, Paragraph, ParsedDocument

_DEGREE_SIGNS = ("(", "+", "#")  # "Annex II, para. 3 (b) #2", "OP 7 +1"
_GUTTER = 2
_STEP = 6  # "PP 14 ", "(iii) "
_PARTS = {"preamble": "Preamble", "operative": "Operative part", "body": "Text"}


def add_head(page: Page, document: "ParsedDocument", url: str | None = None) -> None:
    """Add a document's fields: what it is, when it was adopted, what it is about."""
    kind = plain(document.kind.value.replace("_", " "))
    facts = [f"{kind[:1].upper()}{kind[1:]}"]
    if document.adopted_on:
        facts.append(f"adopted {document.adopted_on}")
    if document.published_on:
        facts.append(f"published {document.published_on}")
    if document.meeting:
        facts.append(f"meeting {document.meeting}")
    if document.language != "en":
        facts.append(f"language {plain(document.language)}")
    page.line(page.style(plain(document.symbol or "(bears no symbol)"), BOLD))
    page.wrapped(", ".join(facts))
    if document.subject:
        page.wrapped(plain(document.subject))
    passage = {aside.kind: aside.text for aside in document.asides if aside.kind in ("draft", "vote")}
    if passage:
        draft = f"draft {passage['draft']}" if "draft" in passage else ""
        page.wrapped(plain("; ".join(words for words in (passage.get("vote"), draft) if words)))
    for aside in document.asides:
        if aside.kind == "reissued":
            page.wrapped(page.style(plain(aside.text.lstrip("* ")), ODD))
    if url:
        page.line(plain(url))


def add_paragraphs(page: Page, paragraphs: Sequence["Paragraph"], *, with_citations: bool = False) -> None:
    """Add paragraphs indented by their degree; a `*` stands before WPS content, its themes and evidence below it."""
    part = heading = None
    for paragraph in paragraphs:
        place, degrees, printed = _printed(paragraph.address)
        here = _PARTS.get(paragraph.part) or place.partition(",")[0]
        if here != part:
            page.line()
            page.line(page.style(plain(here), BOLD))
            part = here
        if paragraph.heading and paragraph.heading != heading:
            page.line()
            page.wrapped(page.style(plain(paragraph.heading), BOLD), "  ")
        heading = paragraph.heading
        if counted := _counted(paragraph.address):
            # no number is printed: it is cited by its count, and asked for by its address
            degrees -= 1
            if degrees == 0:
                page.line()
                page.line(f"  {plain(counted)}  {page.style(plain(paragraph.address), DIM)}")
        elif degrees == 0:
            page.line()
        _add_paragraph(page, paragraph, degrees, printed)
        if with_citations:
            add_citations(page, paragraph.citations, " " * (_GUTTER + _STEP * (degrees + 1)))


def add_below(page: Page, paragraphs: Sequence["Paragraph"]) -> None:
    """Add what stands below a paragraph, indented by degree as in the document."""
    page.line()
    page.line(page.style("Below it", BOLD))
    shown = min(_printed(paragraph.address)[1] for paragraph in paragraphs)
    for paragraph in paragraphs:
        _, degrees, printed = _printed(paragraph.address)
        _add_paragraph(page, paragraph, degrees - shown, printed)


def add_warnings(page: Page, document: "ParsedDocument") -> None:
    """Add what was odd about the document, if anything was."""
    if not document.warnings:
        return
    page.line()
    page.line(page.style("Warnings", BOLD))
    for warning in document.warnings:
        where = f"{warning.address}: " if warning.address else ""
        page.wrapped(page.style(plain(f"{where}{warning.message} ({warning.code})"), ODD), "  ", "    ")


def add_asides(page: Page, document: "ParsedDocument") -> None:
    """Add what is printed but is no paragraph: footnotes, tables, running heads."""
    if not document.asides:
        return
    page.line()
    page.line(page.style("Not paragraphs", BOLD))
    for aside in document.asides:
        where = f" at {aside.address}" if aside.address else ""
        page.wrapped(f"{page.style(plain(aside.kind + where), DIM)}  {plain(aside.text)}", "  ", "    ")


def add_themes(page: Page, labels: Sequence["Label"], indent: str) -> None:
    """Add each theme with the phrases that gave it."""
    for label in labels:
        phrases = dict.fromkeys(_quoted(each) for each in label.evidence)
        page.wrapped(f"{page.style(plain(label.theme), BOLD)}: {', '.join(phrases)}", indent, indent + "  ")


def add_citations(page: Page, citations: Sequence["Citation"], indent: str) -> None:
    """Add what a paragraph cites, each document once with the paragraphs of it that are named."""
    cited: dict[str, list[str]] = {}
    for citation in citations:
        cited.setdefault(citation.symbol, []).extend(citation.addresses)
    if cited:
        words = [f"{symbol}{': ' if named else ''}{', '.join(dict.fromkeys(named))}" for symbol, named in cited.items()]
        page.wrapped(page.style("cites ", DIM) + plain("; ".join(words)), indent, indent + "  ")


def evidence_spans(labels: Iterable["Label"], place: str = "text") -> list[Span]:
    """Where the evidence of some labels stands in a paragraph's text, chapeau or heading."""
    return [Span(each.start, each.end) for label in labels for each in label.evidence if each.place == place]


def _add_paragraph(page: Page, paragraph: "Paragraph", degrees: int, printed: str) -> None:
    mark = page.style("*", BOLD) if paragraph.labels else " "
    indent = " " * (_STEP * degrees)
    number = printed.ljust(_STEP - 1)
    text = page.marked(paragraph.text, evidence_spans(paragraph.labels))
    page.wrapped(text, f"{mark}{' ' * (_GUTTER - 1)}{indent}{plain(number)} ")
    if paragraph.labels:
        under = " " * (_GUTTER + _STEP * (degrees + 1))
        page.wrapped(page.style(plain(f"[{paragraph.address}]"), DIM), under)
        add_themes(page, paragraph.labels, under)


def _counted(address: str) -> str | None:
    """How a paragraph of a text is cited that numbers none, `fifth paragraph`, or what stands below it."""
    if not address.startswith("para. +"):
        return None
    from scraper.council.citation_form import places_in_words

    return places_in_words([address])


def _printed(address: str) -> tuple[str, int, str]:
    """The place of an address, how many degrees it has, and what is printed before the paragraph."""
    words = address.split(" ")
    place = " ".join(word for word in words if word[:1] not in _DEGREE_SIGNS)
    degrees = [word for word in words if word[:1] in ("(", "+")]
    if degrees:
        last = degrees[-1]
        return place, len(degrees), "•" if last.startswith("(•") else "" if last.startswith("+") else last
    if place.startswith("PP "):
        return place, 0, place
    number = place.rpartition(" ")[2]
    return place, 0, f"{number}." if number[:1].isdigit() else ""


def _quoted(evidence: "Evidence") -> str:
    if evidence.said is not None:
        return f"said by {plain(evidence.said.by)}"
    if evidence.is_lent:
        return "through the English text"
    where = "" if evidence.place == "text" else f" ({evidence.place})"
    return f"“{plain(evidence.phrase)}”{where}"
