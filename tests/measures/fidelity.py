"""Measures the extraction on real documents: `python -m tests.measures.fidelity CORPUS [--formats pdf] [--html FILE]`.

CORPUS holds folders: `unxml-resolutions-en` and its sisters in five languages, `unxml-prst-en`, any of PDFs or of texts
saved from PDFs (for those without an XML of the same symbol see `tests.measures.reading.eras`). PDFs and texts are
compared with the project's own reading of the UN's XML of the same symbol: addresses and words. XML in another language
is compared with the English XML: addresses alone. Each folder is read in a process of its own, so its peak memory is
its own. What cannot be compared, or read, is listed. Texts are unlabelled: themes have a measure of their own.
With `--reading`, the English XML is also compared with somebody else's reading of it
(`tests.measures.reading.fidelity_reading`).
"""

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

from scraper.errors import BodyError
from storage.models import ParsedDocument, Part
from tests.measures.reading.fidelity_compare import Comparison, agreement, compare
from tests.measures.reading.fidelity_explained import load_explanations
from tests.measures.reading.fidelity_page import render_page
from tests.measures.reading.fidelity_reading import load_reading, report_reading

REFERENCE = "unxml-resolutions-en"
SUFFIXES = {"xml": "xml", "pdf": "pdf", "text": "txt"}
FORMATS = tuple(SUFFIXES)
# "OP 8", "OP 10 (a)", "OP 2 #2", "para. 41 (a)": the number of the paragraph an address stands in
_NUMBERED = re.compile(r"(?:OP|para\.) (?P<number>[1-9]\d*)\b(?:.* (?P<again>#\d))?")


@dataclass(frozen=True, slots=True)
class Reading:
    """One folder as read: documents by file name, refusals, and what the reading took."""

    documents: dict[str, ParsedDocument]
    refusals: dict[str, str]
    pages: int
    seconds: float
    peak_mb: float


@dataclass(slots=True)
class Result:
    """What one run found: comparisons for the page, and lines for what cannot be compared or read."""

    comparisons: list[Comparison] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)


def read_folder(paths: Sequence[Path]) -> Reading:
    """Read files one after the other, as the extraction does, without labels."""
    documents: dict[str, ParsedDocument] = {}
    refusals: dict[str, str] = {}
    pages = 0
    bodies = {path.name: path.read_bytes() for path in paths}
    read_one = {".xml": _read_xml, ".pdf": _read_pdf, ".txt": _read_text}[paths[0].suffix]
    started = time.perf_counter()
    for name, body in bodies.items():
        try:
            documents[name], count = read_one(body)
            pages += count
        except BodyError as error:
            refusals[name] = f"{error.code}: {error.message}"
    seconds = time.perf_counter() - started
    return Reading(documents, refusals, pages, seconds, _peak_mb())


def _peak_mb() -> float:
    """The most memory this process had: from /proc, since getrusage counts that of the parent it was forked from."""
    status = Path("/proc/self/status")
    if status.exists():
        peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii", errors="replace"))
        if peak is not None:
            return int(peak[1]) / 1024
    return getrusage(RUSAGE_SELF).ru_maxrss / 1024


def _read_xml(body: bytes) -> tuple[ParsedDocument, int]:
    from scraper.structure.akn.document import read_akoma_ntoso

    return read_akoma_ntoso(body), 1


def _read_pdf(body: bytes) -> tuple[ParsedDocument, int]:
    from scraper.readers.pdf.document import read_pdf
    from scraper.structure.printed.document import parse_resolution

    read = read_pdf(body)
    return parse_resolution(read, media_type="application/pdf", reader="pdf", parser_version=""), read.page_count


def _read_text(body: bytes) -> tuple[ParsedDocument, int]:
    from scraper.readers.text.document import read_text
    from scraper.structure.printed.document import parse_resolution

    read = read_text(body)
    return parse_resolution(read, media_type="text/plain", reader="text", parser_version=""), read.page_count


def in_own_process(paths: Sequence[Path]) -> Reading:
    """Read a folder in a new process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(read_folder, paths).result()


def folders_of(corpus: Path, formats: Iterable[str]) -> list[Path]:
    """The folders to read, those with the reference first."""
    found = [folder for kind in formats for folder in corpus.iterdir() if _holds(folder, kind)]
    return sorted(set(found), key=lambda folder: (folder.name != REFERENCE, folder.name))


def _holds(folder: Path, kind: str) -> bool:
    """Whether a folder's files are documents of a format: the XML of library records is none."""
    first = next(folder.glob(f"*.{SUFFIXES[kind]}"), None)
    return first is not None and (kind != "xml" or b"akomaNtoso" in first.read_bytes()[:2000])


def report(folder: Path, reading: Reading, reference: dict[str, ParsedDocument], result: Result) -> None:
    """Print the figures of one folder and keep its comparisons."""
    is_pdf = any(folder.glob("*.pdf"))
    unit, count = ("pages", reading.pages) if is_pdf else ("documents", len(reading.documents))
    paragraphs = sum(len(document.paragraphs) for document in reading.documents.values())
    languages = Counter(document.language for document in reading.documents.values())
    print(f"\n{folder.name}: {len(reading.documents)} documents ({_counts(languages)}), {paragraphs} paragraphs")
    print(f"  {count / reading.seconds:.0f} {unit} a second, peak {reading.peak_mb:.0f} MB")
    warned = Counter(warning.code for document in reading.documents.values() for warning in document.warnings)
    with_any = sum(bool(document.warnings) for document in reading.documents.values())
    print(f"  warnings in {with_any} documents: {_counts(warned) or 'none'}")
    _print_numbering(reading)
    result.unmatched += [f"{folder.name}/{name}: not read, {why}" for name, why in reading.refusals.items()]
    if folder.name == REFERENCE:
        return
    compared = []
    left_out = 0
    for name, document in sorted(reading.documents.items()):
        wanted = reference.get(document.symbol or "")
        if wanted is None:
            result.unmatched.append(f"{folder.name}/{name}: no XML of {document.symbol or 'a document without symbol'}")
        else:
            left_out += _has_annex(wanted) and not _has_annex(document)
            compared.append(compare(_as_far_as(document, wanted), document, f"{folder.name}/{name}"))
    if left_out:
        print(f"  annexes not compared, because the file has none: {left_out}")
    _print_agreement(compared, has_texts=languages.keys() == {"en"})
    for (symbol, language), why in load_explanations().editions.items():
        of_it = [one for one in compared if one.symbol == symbol and language in languages]
        if of_it:
            print(f"    {'explained' if of_it[0].differences else 'explained, but not so'}: {symbol}, {why}")
    result.comparisons += compared


def _print_numbering(reading: Reading) -> None:
    """Say how many of the documents that number their paragraphs count 1 to n without a gap; explain the others."""
    why = load_explanations().numbers
    runs = {name: numbers for name, each in reading.documents.items() if (numbers := numbers_of(each))}
    broken = {name for name, numbers in runs.items() if numbers != list(range(1, len(numbers) + 1))}
    if runs:
        print(f"  numbered 1 to n without a gap: {len(runs) - len(broken)} of {len(runs)} that number their paragraphs")
    for name, document in reading.documents.items():
        warned = any(each.code.startswith("number-") for each in document.warnings)
        if name in broken or (warned and document.symbol in why):
            known = why.get(document.symbol, "NOT EXPLAINED") if document.symbol else "a text that bears no symbol"
            print(f"    {'not so' if name in broken else 'warned'}: {name}, {known}")


def numbers_of(document: ParsedDocument) -> list[int]:
    """The numbers of the main part's numbered paragraphs, each once, as printed; the second of a number twice.

    Paragraph 58 of S/RES/2759 (2024) prints a number and then (a): it counts by its sub-paragraphs.
    """
    found = (_NUMBERED.match(paragraph.address) for paragraph in document.paragraphs)
    return [int(number) for number, _ in dict.fromkeys((one["number"], one["again"]) for one in found if one)]


def _as_far_as(document: ParsedDocument, wanted: ParsedDocument) -> ParsedDocument:
    """The reference without its annexes where a text was saved without them: what a file has not, no reader reads."""
    if document.reader != "text" or _has_annex(document):
        return wanted
    kept = tuple(paragraph for paragraph in wanted.paragraphs if paragraph.part is not Part.ANNEX)
    return replace(wanted, paragraphs=kept)


def _has_annex(document: ParsedDocument) -> bool:
    return any(paragraph.part is Part.ANNEX for paragraph in document.paragraphs)


def _print_agreement(compared: Sequence[Comparison], *, has_texts: bool) -> None:
    if not compared:
        print("  compared with the XML: none")
        return
    sums = agreement(compared)
    texts = f", text exact {sums.exact:.4f}, loosely equal {sums.loose:.4f}" if has_texts else ""
    print(f"  compared with the XML: {sums.documents} documents, {sums.paragraphs} paragraphs,")
    print(f"    address F1 {sums.f1:.4f}{texts}, clean documents {sums.clean}")
    for one in sorted(compared, key=lambda one: -len(one.differences))[:10]:
        if one.differences:
            print(
                f"    {one.symbol}: {len(one.differences)} differ: {', '.join(row[0] for row in one.differences[:6])}"
            )


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counter.most_common())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement; exits with 1 when nothing could be read, or a difference to `--reading` is not explained."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path, help="a folder with folders of documents")
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=FORMATS, help="only these (default: all)")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write the disagreements as a page")
    parser.add_argument(
        "--reading", type=Path, metavar="FILE", help="compare the English XML with another reading (JSON lines)"
    )
    parser.add_argument("--all", action="store_true", help="list all that cannot be compared, not only the first 20")
    asked = parser.parse_args(arguments)
    folders = folders_of(asked.corpus, asked.formats)
    if not folders:
        print(f"expected folders of documents, found none in {asked.corpus}", file=sys.stderr)
        return 1
    result = Result()
    reference: dict[str, ParsedDocument] = {}
    witnesses: list[ParsedDocument] = []
    known = asked.corpus / REFERENCE
    if known.is_dir() and known not in folders:
        folders.insert(0, known)
    for folder in folders:
        suffix = next(suffix for kind, suffix in SUFFIXES.items() if folder == known or _holds(folder, kind))
        reading = in_own_process(sorted(folder.glob(f"*.{suffix}")))
        if folder.name == REFERENCE:
            reference = {document.symbol or "": document for document in reading.documents.values()}
        else:
            witnesses += reading.documents.values()
        report(folder, reading, reference, result)
    listed = result.unmatched if asked.all else result.unmatched[:20]
    print(f"\nnot compared: {len(result.unmatched)}", *(f"  {line}" for line in listed), sep="\n")
    if asked.html is not None:
        asked.html.write_text(render_page(result.comparisons, result.unmatched), encoding="utf-8")
        print(f"\nwrote {asked.html}")
    if asked.reading is not None:
        return int(not report_reading(reference, load_reading(asked.reading), witnesses).is_clear)
    return 0


if __name__ == "__main__":
    sys.exit(main())
