"""The page on which a person looks through disagreements: worst document first, the two texts side by side.

One file without scripts or anything to fetch; it can be sent by mail and read on a telephone.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from html import escape

from tests.measures.reading.fidelity_compare import Comparison, agreement

STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --lost: #e5484d40; --new: #30a46c40 }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 76rem; padding: 1.5rem 1rem 4rem }
h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.1rem; margin: 2.5rem 0 .5rem } p { max-width: 46rem }
table { border-collapse: collapse; width: 100% } td, th { padding: .4rem .6rem; text-align: left; vertical-align: top }
.sums { width: auto } .sums td:not(:first-child), .sums th:not(:first-child) { text-align: right }
.sums tr + tr, .texts tr { border-top: 1px solid var(--line) } .sums td { font-variant-numeric: tabular-nums }
details { border: 1px solid var(--line); border-radius: .4rem; margin: .75rem 0 }
summary { padding: .5rem .75rem; cursor: pointer; font-weight: 600; background: var(--soft) }
summary span { font-weight: 400; opacity: .75; margin-left: .5rem }
.texts { table-layout: fixed } .texts td { overflow-wrap: anywhere } .texts th { font-weight: 600; font-size: .85rem }
.texts th:first-child, .texts td:first-child { width: 9.5rem } .texts td:first-child { font-weight: 600 }
.texts small { display: block; font-weight: 400; opacity: .75 } .none { opacity: .6; font-style: italic }
del { background: var(--lost); text-decoration: none } ins { background: var(--new); text-decoration: none }
ul { padding-left: 1.2rem; overflow-wrap: anywhere; columns: 22rem }
@media (max-width: 45rem) { .texts th:first-child, .texts td:first-child { width: 5rem } }
"""
OPEN = 12  # documents whose texts are shown at once; the others open with a click
NOTHING = "<span class=none>no such paragraph</span>"


def render_page(comparisons: Sequence[Comparison], unmatched: Sequence[str] = ()) -> str:
    """The whole page: figures by folder, each document that disagrees, worst first, and what could not be compared."""
    differing = sorted((one for one in comparisons if one.differences), key=lambda one: -len(one.differences))
    count = sum(len(one.differences) for one in differing)
    sections = "\n".join(_section(one, is_open=at < OPEN) for at, one in enumerate(differing))
    return (
        "<!DOCTYPE html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>Where two readings disagree</title><style>{STYLE}</style><h1>Where two readings disagree</h1>"
        f"<p>{_counted(count, 'paragraph')} in {len(differing)} of {_counted(len(comparisons), 'document')}. On the "
        "left the UN’s XML, on the right what was read from the other format or language. "
        "<del>Words</del> that only the XML has and <ins>words</ins> that only the reading has are marked; a text in "
        "another language is compared by its addresses alone.</p>"
        f"{_sums(comparisons)}<h2>Documents, worst first</h2>{sections or '<p>None disagrees.</p>'}"
        f"{_unmatched(unmatched)}</html>\n"
    )


def _sums(comparisons: Sequence[Comparison]) -> str:
    rows = []
    for folder in dict.fromkeys(one.file.partition("/")[0] for one in comparisons):
        of_folder = [one for one in comparisons if one.file.startswith(f"{folder}/")]
        sums = agreement(of_folder)
        texts = (f"{sums.exact:.4f}", f"{sums.loose:.4f}") if sums.loose else ("–", "–")
        figures = (sums.documents, sums.clean, sums.paragraphs, f"{sums.f1:.4f}", *texts)
        rows.append(f"<tr><td>{escape(folder)}" + "".join(f"<td>{figure}" for figure in figures) + "</tr>")
    heads = "".join(
        f"<th>{head}"
        for head in (
            "compared with the XML",
            "documents",
            "clean",
            "paragraphs",
            "address F1",
            "exact",
            "loosely equal",
        )
    )
    return f"<table class=sums><tr>{heads}</tr>{''.join(rows)}</table>"


def _section(comparison: Comparison, *, is_open: bool) -> str:
    rows = "\n".join(_row(address, want, got) for address, want, got in comparison.differences)
    count = _counted(len(comparison.differences), "paragraph")
    title = f"{escape(comparison.symbol)}<span>{count} of {comparison.wanted} · {escape(comparison.file)}</span>"
    return (
        f"<details{' open' if is_open else ''}><summary>{title}</summary>"
        f"<table class=texts><tr><th>address<th>XML<th>read</tr>{rows}</table></details>"
    )


def _row(address: str, want: str | None, got: str | None) -> str:
    left, right = _marked(want, got)
    kind = "only read" if want is None else "not read" if got is None else "other words"
    return f"<tr><td>{escape(address)}<small>{kind}</small><td dir=auto>{left}<td dir=auto>{right}</tr>"


def _marked(want: str | None, got: str | None) -> tuple[str, str]:
    """Both texts with the words marked that the other lacks; a text that is missing whole is said so."""
    if want is None or got is None:
        return escape(want) if want is not None else NOTHING, escape(got) if got is not None else NOTHING
    before, after = want.split(), got.split()
    left: list[str] = []
    right: list[str] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        lost, new = escape(" ".join(before[i1:i2])), escape(" ".join(after[j1:j2]))
        left.append(lost if kind == "equal" or not lost else f"<del>{lost}</del>")
        right.append(new if kind == "equal" or not new else f"<ins>{new}</ins>")
    return " ".join(left), " ".join(right)


def _unmatched(lines: Sequence[str]) -> str:
    if not lines:
        return ""
    listed = "".join(f"<li>{escape(line)}" for line in lines)
    return f"<h2>Not compared</h2><details><summary>{_counted(len(lines), 'file')}</summary><ul>{listed}</ul></details>"


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
