"""The page on which a person looks through disagreements: worst document first, the two texts side by side."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from html import escape

from tests.fidelity_compare import Comparison

STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem; color: #222 }
h2 { margin: 2.5rem 0 .5rem; font-size: 1.1rem } table { border-collapse: collapse; width: 100%; table-layout: fixed }
td, th { border: 1px solid #ccc; padding: .4rem .6rem; vertical-align: top; text-align: left; overflow-wrap: anywhere }
th:first-child, td:first-child { width: 11rem } ins { background: #d4f7d4; text-decoration: none }
del { background: #fbd5d5; text-decoration: none } .none { color: #999 }
@media (prefers-color-scheme: dark) {
  body { background: #1b1b1b; color: #ddd } td, th { border-color: #444 }
  ins { background: #1f4d1f } del { background: #5c2323 }
}
"""


def render_page(comparisons: Sequence[Comparison]) -> str:
    """The whole page: every document that disagrees, most disagreements first."""
    differing = sorted((one for one in comparisons if one.differences), key=lambda one: -len(one.differences))
    sections = "\n".join(_section(one) for one in differing)
    count = sum(len(one.differences) for one in differing)
    summary = f"{count} paragraphs in {len(differing)} of {len(comparisons)} documents differ."
    return (
        f"<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Disagreements</title><style>{STYLE}</style>"
        f"<h1>Disagreements</h1><p>{summary} Left the XML, right what was read; what one side lacks is marked.</p>"
        f"{sections}</html>\n"
    )


def _section(comparison: Comparison) -> str:
    rows = "\n".join(_row(address, want, got) for address, want, got in comparison.differences)
    title = escape(f"{comparison.symbol}: {comparison.file}")
    return f"<h2>{title}</h2><table><tr><th>address<th>XML<th>read</tr>{rows}</table>"


def _row(address: str, want: str | None, got: str | None) -> str:
    left, right = _marked(want, got)
    return f"<tr><td>{escape(address)}<td>{left}<td>{right}</tr>"


def _marked(want: str | None, got: str | None) -> tuple[str, str]:
    """Both texts with the words marked that the other lacks; a text that is missing whole is said so."""
    nothing = "<span class=none>no such paragraph</span>"
    if want is None or got is None:
        return escape(want) if want is not None else nothing, escape(got) if got is not None else nothing
    before, after = want.split(), got.split()
    left: list[str] = []
    right: list[str] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        lost, new = escape(" ".join(before[i1:i2])), escape(" ".join(after[j1:j2]))
        left.append(lost if kind == "equal" or not lost else f"<del>{lost}</del>")
        right.append(new if kind == "equal" or not new else f"<ins>{new}</ins>")
    return " ".join(left), " ".join(right)
