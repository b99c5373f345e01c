"""Finds the error and warning codes in the source, for the page that says what each means.

A code is a kebab-case word that stands alone as a string, opens a message (`not-yet: ...`), or is what an error of the
tree in `scraper.errors`, a warning or a field `code` is made with: those may be one plain word (`challenge`). Values
of an enum are no codes by themselves, and files that speak of no errors have none.
"""

import ast
import codecs
import re
from collections.abc import Iterator

from monitor.cli.main import SECTIONS
from scraper import errors
from scraper.sources.loader import load_sources
from tests.paths import ROOT

PACKAGES = ("scraper", "storage", "monitor")
KEBAB = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")
WORD = re.compile(r"[a-z0-9-]+")
OPENING = re.compile(r"([a-z]+(?:-[a-z]+)+): ")
ERRORS = frozenset(name for name in vars(errors) if name[0].isupper())
WARNINGS = frozenset({"ParseWarning", "warn", "warn_of_repair"})

#: Other files use words of this form for other things.
SPEAKS_OF_CODES = re.compile(
    rf"\b(?:{'|'.join(sorted(ERRORS | WARNINGS))})\(|\bcode(?:: str| ?=)|\.note\(|finish_reason"
)


def codes_in_source() -> frozenset[str]:
    """Every word that may be a code; names of sources, commands, encodings and mail or web headers are none."""
    names = {*load_sources(), *(name for section in SECTIONS.values() for name in section)}
    found: set[str] = set()
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            if SPEAKS_OF_CODES.search(text):
                found.update(_codes(ast.parse(text)))
    return frozenset(word for word in found - names if not word.startswith("x-") and not _is_encoding(word))


def _codes(tree: ast.Module) -> Iterator[str]:
    for node in _walk(tree):
        match node:
            case ast.Constant(value=str(text)):
                if KEBAB.fullmatch(text):
                    yield text
                elif opening := OPENING.match(text):
                    yield opening[1]
            case ast.Call():
                yield from _given(node)
            case ast.Assign(targets=[ast.Name(id="code")]):
                yield from _words(node.value)
            case _:
                pass


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """Every node, but nothing inside an enum."""
    if isinstance(node, ast.ClassDef) and any(isinstance(base, ast.Name) and "Enum" in base.id for base in node.bases):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _walk(child)


def _given(call: ast.Call) -> Iterator[str]:
    """The code that a call of an error or a warning is given, and what any call is given as `code`."""
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    if call.args and (name in ERRORS or name in WARNINGS):
        yield from _words(call.args[0])
    for keyword in call.keywords:
        if keyword.arg == "code":
            yield from _words(keyword.value)


def _words(value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        if WORD.fullmatch(value.value):
            yield value.value
    elif isinstance(value, ast.IfExp):
        yield from _words(value.body)
        yield from _words(value.orelse)


def _is_encoding(word: str) -> bool:
    try:
        codecs.lookup(word)
    except LookupError:
        return False
    return True
