"""Measures the citations against the UN's own links.

`python -m tests.measures.reading.citations CORPUS [--show N] [--sample N]`.

The UN's XML links most references it makes: `<a href="https://undocs.org/S/RES/1325(2000)">1325 (2000)</a>`. A link is
found again when a citation of the same symbol stands in the same file's text, as often as it is linked; the rest is
listed. A citation without a link is no mistake where the XML links none: precision counts the citations in those files
alone that link at least one, and lists those that nothing links, to be read. Links whose address contradicts
their own printed words are listed as the file's mistakes and left out.

Each translation of the resolutions (`unxml-resolutions-es` beside `-en`) is then compared with the English text of the
same paragraphs, which counts as right: symbols, and symbols with the paragraphs named of them.
"""

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from scraper.citations.find import cite_paragraphs
from scraper.council.symbol import parse_symbol
from scraper.errors import BodyError
from scraper.structure.akn.document import read_akoma_ntoso
from scraper.structure.akn.text import NAMESPACE
from storage.models import Citation
from tests.measures.reading.citations_translated import Agreement, compare, read_cited

# as in: https://undocs.org/en/S/RES/1325 (2000)
HREF = re.compile(r"https?://(?:www\.)?(?:undocs\.org|docs\.un\.org)/(?:[a-z]{2}/)?(.+)")
SYMBOL_IN_WORDS = re.compile(r"(\d{1,4}) ?\((\d{4})\)|[AS]/[\w./]+\d|\d+/\d+")


@dataclass(slots=True)
class Tally:
    """What one folder gave: links found again, links missed, citations that nothing links."""

    found: int = 0
    missed: list[str] = field(default_factory=list)
    unlinked: list[str] = field(default_factory=list)
    misprinted: list[str] = field(default_factory=list)
    cited: int = 0
    with_places: int = 0
    paragraphs: int = 0
    drawn: list[tuple[str, str, Citation, str]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of the links that are citations."""
        return self.found / max(1, self.found + len(self.missed))

    @property
    def precision(self) -> float:
        """The share of the citations, in files with links, that are links."""
        return self.found / max(1, self.found + len(self.unlinked))


def links_of(root: etree._Element, tally: Tally, file: str) -> Counter[str]:
    """The symbols a file links in its paragraphs, with how often; a link cut in two by the editor counts once."""
    links: Counter[str] = Counter()
    before: tuple[etree._Element | None, str] = (None, "")
    for anchor in root.iter(NAMESPACE + "a"):
        if any(above.tag == NAMESPACE + "coverPage" for above in anchor.iterancestors()):
            continue
        found = HREF.fullmatch(unquote(anchor.get("href") or ""))
        if found is None:
            continue
        raw = found[1].strip(" ;.,")
        symbol = parse_symbol(raw) or raw
        words = " ".join("".join(anchor.itertext()).split())
        if before == (anchor.getprevious(), symbol) and not (before[0] is not None and (before[0].tail or "").strip()):
            before = (anchor, symbol)
            continue
        before = (anchor, symbol)
        printed = SYMBOL_IN_WORDS.fullmatch(words)
        if not words or (printed and re.sub(r"\D", "", words) != re.sub(r"\D", "", symbol)):
            tally.misprinted.append(f"{file}: the words {words!r} link {symbol}")
            continue
        links[symbol] += 1
    return links


def measure(paths: Sequence[Path], tally: Tally) -> None:
    """Compare the citations of each file with its links."""
    for path in paths:
        body = path.read_bytes()
        try:
            document = read_akoma_ntoso(body)
            root = etree.fromstring(body)
        except (BodyError, etree.XMLSyntaxError):
            continue
        paragraphs = cite_paragraphs(
            document.paragraphs, symbol=document.symbol, kind=document.kind, language=document.language
        )
        tally.paragraphs += len(paragraphs)
        cited: Counter[str] = Counter()
        where: dict[str, str] = {}
        for paragraph in paragraphs:
            for one in paragraph.citations:
                assert paragraph.text[one.start : one.end] == one.text
                tally.cited += 1
                tally.with_places += bool(one.addresses)
                tally.drawn.append((document.symbol or path.name, paragraph.address, one, paragraph.text))
                if one.symbol != document.symbol:
                    cited[one.symbol] += 1
                    around = paragraph.text[max(0, one.start - 40) : one.end + 30]
                    where[one.symbol] = f"{path.name} {paragraph.address}: {one.symbol} in “{around}”"
        links = links_of(root, tally, path.name)
        if not links:
            continue
        tally.found += (links & cited).total()
        tally.missed += [f"{path.name}: {symbol} ({count})" for symbol, count in (links - cited).items()]
        tally.unlinked += [where[symbol] for symbol in (cited - links)]


def print_translations(corpus: Path, show: int) -> None:
    """Print how far each language cites what the English does."""
    folders = sorted(folder for folder in corpus.glob("unxml-resolutions-??") if not folder.name.endswith("-en"))
    english = {one.symbol or "": one for one in read_cited(corpus / "unxml-resolutions-en")} if folders else {}
    for folder in folders:
        found = compare(read_cited(folder), english)
        print(f"{folder.name} beside the English, {found.documents} documents")
        _print_agreement("symbols", found.symbols, show)
        _print_agreement("paragraphs", found.places, show)


def _print_agreement(name: str, found: Agreement, show: int) -> None:
    print(f"  {name}: {found.found} found, recall {found.recall:.4f}, precision {found.precision:.4f}")
    print(f"    missed: {len(found.missed)}", *(f"      {line}" for line in found.missed[:show]), sep="\n")
    print(f"    extra: {len(found.extra)}", *(f"      {line}" for line in found.extra[:show]), sep="\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print precision and recall of each folder; exits with 1 when there is nothing to measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path, help="a folder with folders of the UN's XML")
    parser.add_argument("--show", type=int, default=5, metavar="N", help="list N of each kind of disagreement")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="print N citations drawn at random to read")
    asked = parser.parse_args(arguments)
    folders = sorted(folder for folder in asked.corpus.glob("unxml-*") if any(folder.glob("S_*.xml")))
    if not folders:
        print(f"expected folders unxml-*, found none in {asked.corpus}", file=sys.stderr)
        return 1
    for folder in folders:
        tally = Tally()
        measure(sorted(folder.glob("*.xml")), tally)
        print(
            f"{folder.name}: {tally.paragraphs} paragraphs, {tally.cited} citations, {tally.with_places} of paragraphs"
        )
        links = tally.found + len(tally.missed)
        print(f"  against {links} links: recall {tally.recall:.4f}, precision {tally.precision:.4f}")
        for name in ("missed", "unlinked", "misprinted"):
            lines = getattr(tally, name)
            print(f"  {name}: {len(lines)}", *(f"    {line}" for line in lines[: asked.show]), sep="\n")
        for symbol, address, one, text in random.Random(7).sample(tally.drawn, min(asked.sample, len(tally.drawn))):  # noqa: S311
            print(f"\n  {symbol}, {address}: [{one.symbol} {', '.join(one.addresses)}] “{one.text}”")
            print(f"      …{text[max(0, one.start - 80) : one.end + 80]}…")
    print_translations(asked.corpus, asked.show)
    return 0


if __name__ == "__main__":
    sys.exit(main())
