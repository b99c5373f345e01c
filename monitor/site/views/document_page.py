"""The page of one document: facts, languages, a map, its paragraphs, what it cites, versions, oddities."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from monitor.site.held.document import Doc
from monitor.site.held.holdings import FIRST, Holdings, citation_key
from monitor.site.pictures.strip import Strip, strip_of
from monitor.site.places.fates import AddressFate, earlier_owners, fates_of
from monitor.site.views.facts import FactLine, fact_lines
from monitor.site.views.links import Linker, body_file, situation_file
from monitor.site.views.paragraph import ParagraphView, paragraph_views
from monitor.text.harmless import harmless
from monitor.text.links import document_url
from monitor.text.page_names import fragment
from storage.models import Part
from storage.records import Cause, Change, ChangeKind
from storage.texts.languages import language_warnings

RIGHT_TO_LEFT = ("ar",)
LANGUAGE_NAMES = {
    "en": "English", "fr": "Français", "es": "Español", "ru": "Русский", "zh": "中文", "ar": "العربية",
}  # fmt: skip
PARTS = {
    Part.PREAMBLE: "Preamble",
    Part.OPERATIVE: "Operative part",
    Part.ANNEX: "Annex",
    Part.BODY: "Text",
}
SHOWN_CITING = 20


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; `count` is shown beside them, None is none."""

    text: str
    href: str
    count: int | None = None
    lang: str = ""
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document with its paragraphs; `first` is the place where it begins."""

    name: str
    first: str
    wps_count: int
    paragraphs: tuple[ParagraphView, ...]


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version: who gave it, when it was fetched, and what proves it."""

    source: str
    url: str
    fetched_at: datetime
    body_hash: str
    reader: str
    is_current: bool
    changes: int


@dataclass(frozen=True, slots=True)
class RenewalView:
    """What a renewal did with the words of the text before it: a box of counts, and the page that compares them.

    `without` counts those of them that live on and are no longer about women; `loss` names what befell `dropped`.
    """

    href: str
    before: Link
    day: date | None
    counts: tuple[tuple[str, str, int], ...]
    without: int
    loss: str
    dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """Everything on a document's page."""

    doc: Doc
    direction: str
    url: str
    languages: tuple[Link, ...]
    facts: tuple[FactLine, ...]
    situation: Link | None
    bodies: tuple[Link, ...]
    strip: Strip
    sections: tuple[Section, ...]
    jumps: tuple[Link, ...]
    contents: tuple[Link, ...]
    fates: tuple[AddressFate, ...]
    cites: tuple[Link, ...]
    cited_by: tuple[Link, ...]
    cited_by_more: tuple[Link, ...]
    versions: tuple[VersionLine, ...]
    warnings: tuple[str, ...]
    renewals: tuple[RenewalView, ...]

    @property
    def count(self) -> int:
        """How many paragraphs it has."""
        return sum(len(section.paragraphs) for section in self.sections)


def document_view(
    holdings: Holdings,
    doc: Doc,
    linker: Linker,
    changes: Sequence[Change],
    published: Collection[str],
    base_url: str,
    renewals: Sequence[RenewalView] = (),
) -> DocumentView:
    """The page of a document. `changes` are those of this text; `published` the places its page ever had."""
    told = [change for change in reversed(changes) if change.cause is Cause.SOURCE]
    link_base = f"{base_url}{doc.file}" if base_url else ""
    standing = set(page_places(doc))
    oldest_first = list(reversed(changes))
    earlier = earlier_owners(standing, oldest_first) if changes else {}
    paragraphs = paragraph_views(doc, linker, _by_address(told), earlier, link_base)
    sections = _sections(doc, paragraphs)
    citing = [
        Link(harmless(other.symbol), f"../{other.file}")
        for other in holdings.cited_by.get(citation_key(doc.symbol), ())
        if doc.language == FIRST
    ]
    return DocumentView(
        doc=doc,
        direction="rtl" if doc.language in RIGHT_TO_LEFT else "ltr",
        url=document_url(doc.symbol, doc.language),
        languages=_languages(holdings, doc),
        facts=fact_lines(holdings.facts.get(doc.symbol, ())),
        situation=Link(doc.situation, f"../{situation_file(doc.situation)}") if doc.situation else None,
        bodies=tuple(Link(body, f"../{body_file(body)}") for body in doc.bodies),
        strip=strip_of([paragraph.is_wps for paragraph in paragraphs]),
        sections=sections,
        jumps=tuple(_jump(paragraph) for paragraph in paragraphs if paragraph.is_wps),
        contents=_contents(sections),
        fates=tuple(fates_of(set(published) - standing, standing, oldest_first)),
        cites=_cites(doc, linker),
        cited_by=tuple(citing[:SHOWN_CITING]),
        cited_by_more=tuple(citing[SHOWN_CITING:]),
        versions=_versions(doc, told),
        warnings=_warnings(holdings, doc),
        renewals=tuple(renewals),
    )


def _by_address(changes: Sequence[Change]) -> Mapping[str, list[Change]]:
    found: defaultdict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if change.kind is not ChangeKind.REMOVED:
            found[change.address].append(change)
    return found


def _sections(doc: Doc, paragraphs: Sequence[ParagraphView]) -> tuple[Section, ...]:
    """The paragraphs under the parts they stand in; each annex is one of its own."""
    groups: dict[str, list[ParagraphView]] = {}
    for paragraph, view in zip(doc.document.paragraphs, paragraphs, strict=True):
        name = PARTS[paragraph.part]
        if paragraph.part is Part.ANNEX:
            name = paragraph.address.partition(",")[0].partition(" +")[0].partition(" (")[0]
        groups.setdefault(name, []).append(view)
    return tuple(
        Section(name, views[0].id, sum(view.is_wps for view in views), tuple(views)) for name, views in groups.items()
    )


def _contents(sections: Sequence[Section]) -> tuple[Link, ...]:
    """The headings of the document with how many paragraphs under each are on women, peace and security."""
    found: list[Link] = []
    for section in sections:
        found.append(Link(section.name, f"#{section.first}", section.wps_count))
        at = -1
        for view in section.paragraphs:
            if view.heading:
                found.append(Link(view.heading, f"#{view.id}", 0, "sub"))
                at = len(found) - 1
            if view.is_wps and at >= 0:
                found[at] = Link(found[at].text, found[at].href, (found[at].count or 0) + 1, "sub")
    return tuple(found)


def _jump(paragraph: ParagraphView) -> Link:
    return Link(paragraph.address.removeprefix("OP ").removeprefix("para. "), f"#{paragraph.id}")


def _languages(holdings: Holdings, doc: Doc) -> tuple[Link, ...]:
    held = holdings.languages.get(doc.symbol, ())
    if len(held) < 2:
        return ()
    stem = doc.file.removesuffix(".html").removesuffix(f".{doc.language}").rpartition("/")[2]
    return tuple(
        Link(
            LANGUAGE_NAMES.get(each, each),
            f"{stem}.html" if each == FIRST else f"{stem}.{each}.html",
            lang=each,
            is_here=each == doc.language,
        )
        for each in held
    )


def _cites(doc: Doc, linker: Linker) -> tuple[Link, ...]:
    """What it cites, itself left aside, and how often."""
    found: dict[str, int] = {}
    names: dict[str, str] = {}
    own = citation_key(doc.symbol)
    for paragraph in doc.document.paragraphs:
        for citation in paragraph.citations:
            key = citation_key(citation.symbol)
            if key == own:
                continue
            found[key] = found.get(key, 0) + 1
            names.setdefault(key, citation.symbol)
    return tuple(
        Link(harmless(names[key]), linker.to_document(names[key]), found[key]) for key in sorted(found, key=_number)
    )


def _number(key: str) -> tuple[str, int, str]:
    stem, _, last = key.rpartition("/")
    return (stem, int(last) if last.isdecimal() else 0, last)


def _versions(doc: Doc, changes: Sequence[Change]) -> tuple[VersionLine, ...]:
    counts: defaultdict[int, int] = defaultdict(int)
    for change in changes:
        counts[change.version] += 1
    return tuple(
        VersionLine(
            each.source, each.url, each.fetched_at, each.body_hash, each.reader, each.is_current, counts[each.id]
        )
        for each in doc.held.versions
    )


def _warnings(holdings: Holdings, doc: Doc) -> tuple[str, ...]:
    """What is odd about the reading, with where; also where the languages of it do not agree."""
    held = {
        other.language: [paragraph.address for paragraph in other.document.paragraphs]
        for other in holdings.docs_of(doc.symbol)
    }
    found = [*doc.document.warnings, *(language_warnings(held, doc.language) if len(held) > 1 else ())]
    return tuple(harmless(f"{each.address}: {each.message}" if each.address else each.message) for each in found)


def page_places(doc: Doc) -> list[str]:
    """The places that a document's page has."""
    return [fragment(paragraph.address) for paragraph in doc.document.paragraphs]
