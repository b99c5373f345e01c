"""Measures reports, letters and resolutions as they are: `python -m tests.measures.documents CORPUS [FOLDER ...]`.

CORPUS holds folders of PDFs or of texts saved from PDFs. Each document gets a line: symbol, kind, subject, language,
whether its numbers run 1 to n, and how many of its paragraphs begin in lower case or end without a stop. Of PDFs it
also says how much of the text that `pdftotext` finds stands nowhere in what was read, neither in a paragraph nor in an
aside; where that program is not installed this is left out, and the reason printed. `--all` lists the paragraphs too.
"""

import argparse
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scraper.errors import BodyError
from scraper.ingest.extraction import extract
from storage.models import DocumentKind, Paragraph, ParsedDocument
from tests.measures.fidelity import numbers_of

SUFFIXES = frozenset({".pdf", ".txt"})
# what may end a paragraph of a list or a sentence
_ENDED = re.compile(r"[.;:,!?)\]]\s?[”’»\"')\]]*(?:\s+(?:and|or|et|ou|y|o|и|или)(?:/or)?,?)?$")
_WORD = re.compile(r"\w+")
_SECONDS = 60
_SHOWN = 70  # characters of a paragraph or a subject


@dataclass(frozen=True, slots=True)
class Told:
    """What one document gave. `lost` counts characters of words that stand nowhere, None where that is not known."""

    name: str
    document: ParsedDocument
    numbers: tuple[int, ...]
    lower: tuple[Paragraph, ...]
    open_ended: tuple[Paragraph, ...]
    lost: tuple[str, ...] | None
    printed: int

    @property
    def has_gap(self) -> bool:
        """Whether its numbers do not run 1 to n."""
        return self.numbers != tuple(range(1, len(self.numbers) + 1))


def told_of(path: Path, pdftotext: str | None) -> Told | str:
    """What a file gives, or why it is not read."""
    try:
        document = extract(path.read_bytes())
    except BodyError as error:
        return f"{error.code}: {error.message}"
    lost, printed = None, 0
    if path.suffix == ".pdf" and pdftotext is not None:
        words = _WORD.findall(text_of(path, pdftotext))
        lost, printed = lost_words(words, document), sum(map(len, words))
    is_first = {paragraph.address for paragraph in document.paragraphs if paragraph.chapeau is None}
    return Told(
        name=path.name,
        document=document,
        numbers=tuple(numbers_of(document)),
        lower=tuple(one for one in document.paragraphs if one.text[:1].islower() and one.address in is_first),
        open_ended=tuple(one for one in document.paragraphs if not _ENDED.search(one.text)),
        lost=lost,
        printed=printed,
    )


def text_of(path: Path, pdftotext: str) -> str:
    """The text of a PDF as poppler finds it."""
    ran = subprocess.run(
        [pdftotext, "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True, timeout=_SECONDS
    )
    return ran.stdout.decode("utf-8", "replace")


def lost_words(printed: Sequence[str], document: ParsedDocument) -> tuple[str, ...]:
    """The printed words that stand nowhere in the document, each as often as it is missing.

    Words are counted, not lines compared, since the two readers order columns differently. Only a word that is read
    nowhere is looked for in the text without its blanks: it may be the half of one, or two run together.
    """
    held = " ".join([*(one.text for one in document.paragraphs), *(one.text for one in document.asides)])
    labels = " ".join(re.sub(r"\W", " ", one.address) for one in document.paragraphs)  # labels stand in addresses
    have = Counter(_WORD.findall(f"{held} {labels}"))
    joined = "".join(_WORD.findall(held))
    missing = Counter(printed) - have
    return tuple(word for word, count in missing.items() for _ in range(count) if word in have or word not in joined)


def report(told: Sequence[Told], *, lists_all: bool) -> None:
    """Print a line for each document of a folder, and the sums."""
    for one in told:
        document = one.document
        numbers = f"1 to {len(one.numbers)}" if one.numbers and not one.has_gap else "gap" if one.numbers else "none"
        lost = "" if one.lost is None else f", lost {sum(map(len, one.lost))} of {one.printed}"
        print(
            f"  {one.name}: {document.symbol}, {document.kind.value}, {document.language}, numbers {numbers}, "
            f"lower {len(one.lower)}, open {len(one.open_ended)}{lost} | {(document.subject or '-')[:_SHOWN]}"
        )
        if lists_all:
            for paragraph in dict.fromkeys((*one.lower, *one.open_ended)):
                print(f"      {paragraph.address}: {paragraph.text[:_SHOWN]} ... {paragraph.text[-20:]}")
            if one.lost:
                print(f"      lost: {' '.join(one.lost[:40])}")
    kinds = Counter(one.document.kind.value for one in told)
    numbered = [one for one in told if one.numbers]
    subjects = sum(one.document.subject is not None for one in told if one.document.kind is not DocumentKind.RESOLUTION)
    print(f"  {len(told)} documents: {', '.join(f'{kind} {count}' for kind, count in kinds.most_common())}")
    print(f"    with a subject, resolutions aside: {subjects} of {len(told) - kinds[DocumentKind.RESOLUTION.value]}")
    print(f"    numbered 1 to n: {sum(not one.has_gap for one in numbered)} of {len(numbered)} that number")
    paragraphs = sum(len(one.document.paragraphs) for one in told)
    begun, ended = (sum(len(getattr(one, name)) for one in told) for name in ("lower", "open_ended"))
    print(f"    of {paragraphs} paragraphs {begun} begin in lower case, {ended} end without a stop")
    measured = [one for one in told if one.lost is not None]
    if measured:
        lost = sum(len(word) for one in measured for word in one.lost or ())
        print(f"    text lost: {lost} of {sum(one.printed for one in measured)} characters of {len(measured)} PDFs")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement; exits with 1 when nothing could be read."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path, help="a folder with folders of documents")
    parser.add_argument("folders", nargs="*", help="only these (default: all that hold PDFs or texts)")
    parser.add_argument("--all", action="store_true", help="list the paragraphs and the lost words too")
    asked = parser.parse_args(arguments)
    folders = [asked.corpus / name for name in asked.folders] or sorted(asked.corpus.iterdir())
    pdftotext = shutil.which("pdftotext")
    if pdftotext is None:
        print("text lost: not measured, pdftotext (poppler-utils) is not installed")
    count = 0
    for folder in folders:
        paths = sorted(path for path in folder.glob("*") if path.suffix in SUFFIXES) if folder.is_dir() else []
        if not paths:
            continue
        print(f"\n{folder.name}")
        told = []
        for path in paths:
            one = told_of(path, pdftotext)
            if isinstance(one, str):
                print(f"  {path.name}: not read, {one}")
            else:
                told.append(one)
        report(told, lists_all=asked.all)
        count += len(told)
    if not count:
        print(f"expected folders of PDFs or texts, found none in {asked.corpus}", file=sys.stderr)
    return int(not count)


if __name__ == "__main__":
    sys.exit(main())
