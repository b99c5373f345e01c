"""Compares the project's reading of the resolutions' English XML with somebody else's, and judges the differences.

The other reading is a file, or a folder of files, with one JSON object a line: `{"symbol": "S/RES/2387 (2017)",
"paragraphs": [["PP 1", "Recalling ..."], ...]}`; a paragraph may also be an object with `address` and `text`, as
`wpswatch parse --jsonl` prints it. Annexes are left out on both sides. Every difference must be explained in
`fidelity_explained.toml`, and every explanation must still be needed.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from scraper.council.symbol import parse_symbol
from storage.folding import loose_text
from storage.models import DocumentKind, Paragraph, ParsedDocument, Part
from tests.measures.reading.fidelity_compare import Comparison, agreement, compare
from tests.measures.reading.fidelity_explained import Explanation, Explanations, load_explanations, top_of

_PARTS = {"PP": Part.PREAMBLE, "OP": Part.OPERATIVE}
_COMPARED = frozenset(_PARTS.values())


@dataclass(slots=True)
class Verdict:
    """What a comparison came to: lines for what nobody has explained, and for explanations that explain nothing."""

    unexplained: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)

    @property
    def is_clear(self) -> bool:
        """Whether nothing is left to explain or to take away."""
        return not (self.unexplained or self.stale)


def load_reading(path: Path) -> dict[str, dict[str, str]]:
    """Texts by address, by symbol. The first line of a symbol counts; raises ValueError where there is no line."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    read: dict[str, dict[str, str]] = {}
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            pairs = ((each["address"], each["text"]) if isinstance(each, dict) else each for each in told["paragraphs"])
            symbol = parse_symbol(told["symbol"] or "") or told["symbol"]
            read.setdefault(symbol, {address: text for address, text in pairs if address[:2] in _PARTS})
    if not read:
        raise ValueError(f"expected lines of JSON in *.jsonl at {path}, found none; write one line for each document")
    return read


def report_reading(
    ours: Mapping[str, ParsedDocument], other: Mapping[str, Mapping[str, str]], witnesses: Sequence[ParsedDocument]
) -> Verdict:
    """Print the figures as read and without the explained documents, each explanation, and what is not explained."""
    known = load_explanations()
    compared = {
        symbol: compare(_as_document(document, other[symbol]), _without_annexes(document), symbol)
        for symbol, document in sorted(ours.items())
        if symbol in other and document.kind is DocumentKind.RESOLUTION
    }
    verdict = Verdict()
    print(f"\nthe other reading: {len(compared)} of its {len(other)} documents are resolutions of the corpus")
    _print_figures("as read", compared.values())
    _print_figures("without the explained", [one for one in compared.values() if one.symbol not in known.readings])
    _print_explained(compared, ours, other, witnesses, known)
    for symbol, one in compared.items():
        _judge(one, known.readings.get(symbol), verdict)
    for title, lines in (("not explained", verdict.unexplained), ("explained, but not so", verdict.stale)):
        print(f"  {title}: {len(lines)}", *(f"    {line}" for line in lines), sep="\n")
    return verdict


def _as_document(document: ParsedDocument, texts: Mapping[str, str]) -> ParsedDocument:
    paragraphs = tuple(Paragraph(address, _PARTS[address[:2]], text, None, None) for address, text in texts.items())
    return replace(document, paragraphs=paragraphs)


def _without_annexes(document: ParsedDocument) -> ParsedDocument:
    return replace(document, paragraphs=tuple(each for each in document.paragraphs if each.part in _COMPARED))


def _print_figures(title: str, compared: Iterable[Comparison]) -> None:
    sums = agreement(list(compared))
    print(f"  {title}: {sums.documents} documents, {sums.paragraphs} paragraphs, address F1 {sums.f1:.4f},")
    print(f"    text exact {sums.exact:.4f}, loosely equal {sums.loose:.4f}, clean documents {sums.clean}")


def _print_explained(
    compared: Mapping[str, Comparison],
    ours: Mapping[str, ParsedDocument],
    other: Mapping[str, Mapping[str, str]],
    witnesses: Sequence[ParsedDocument],
    known: Explanations,
) -> None:
    explained = [known.readings[symbol] for symbol in compared if symbol in known.readings]
    counts = Counter(group for each in explained for group in each.groups)
    print(f"  explained: {len(explained)} documents")
    for name, group in known.groups.items():
        if counts[name]:
            print(f"    {name}, {counts[name]}: here {group.here}; there {group.there}. {group.why}")
    for each in explained:
        differing = {address for address, _, _ in compared[each.symbol].differences}
        said = _witnessed(differing, ours[each.symbol], other[each.symbol], witnesses)
        print(f"    {each.symbol} ({', '.join(each.groups)}), {len(differing)} differ: {each.evidence}{said}")


def _witnessed(
    differing: set[str], ours: ParsedDocument, other: Mapping[str, str], witnesses: Sequence[ParsedDocument]
) -> str:
    """How many of the differing addresses other files of the same resolution decide for each side.

    Files in English decide with their words as well, translations with their addresses alone.
    """
    here = {each.address: each.text for each in ours.paragraphs}
    said: dict[str, list[str]] = {}
    for witness in witnesses:
        if witness.symbol == ours.symbol:
            there = {each.address: each.text for each in witness.paragraphs}
            has_words = witness.language == ours.language
            for_us = sum(_agrees(here.get(one), there.get(one), has_words=has_words) for one in differing)
            for_them = sum(_agrees(other.get(one), there.get(one), has_words=has_words) for one in differing)
            said.setdefault(f"{for_us} as here, {for_them} as there", []).append(f"{witness.reader} {witness.language}")
    return "".join(f"; {', '.join(sorted(files))}: {counts}" for counts, files in said.items())


def _agrees(mine: str | None, its: str | None, *, has_words: bool) -> bool:
    if mine is None or its is None:
        return mine is its
    return not has_words or loose_text(mine) == loose_text(its)


def _judge(one: Comparison, explanation: Explanation | None, verdict: Verdict) -> None:
    left = [address for address, _, _ in one.differences if explanation is None or not explanation.covers(address)]
    if left:
        verdict.unexplained.append(f"{one.symbol}: {len(left)} differ: {', '.join(left[:8])}")
    if explanation is not None:
        needless = explanation.places - {top_of(address) for address, _, _ in one.differences}
        if needless:
            verdict.stale.append(f"{one.symbol}: nothing differs under {', '.join(sorted(needless))}")
