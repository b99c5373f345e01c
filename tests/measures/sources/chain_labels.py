"""Measures chains, and the text before each link, beside chains made by hand and given as a file.

One chain a line: {"mandate", "chain": [{"symbol", "adopted_on", "expires_on", "kind"}]}, `kind` renewal, rollover,
change or termination. The right text before a link is the last one that is no rollover and has an expiry. A corpus may
lack texts: where one that stands between is not held, no text before it can be told, and such links are counted apart.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scraper.mandates.chain import Chain, MandateText, build_chain
from scraper.mandates.predecessor import Size, kind_of, predecessor, size_of
from scraper.situations.mandates import Mandate, load_mandates, mandate_of
from scraper.situations.vocabulary import load_bodies
from storage.drift_values import Kind


@dataclass(frozen=True, slots=True)
class Wanted:
    """A link as made by hand. `before` is the symbol of the right text before it, None where there is none."""

    symbol: str
    expires_on: str | None
    kind: str
    before: str | None


def read_labels(path: Path) -> dict[str, list[Wanted]]:
    """The chains of a file, by the name of the mandate."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return {row["mandate"]: list(_wanted(row["chain"])) for row in rows}


def every_mandate() -> list[Mandate]:
    """Each mandate that can have a chain, once."""
    names = [*(body.name for body in load_bodies()), *(one.name for one in load_mandates())]
    return list({mandate.name: mandate for mandate in map(mandate_of, names)}.values())


def most_like(chains: Sequence[Chain], wanted: Sequence[Wanted]) -> Chain:
    """The chain that has most of the links made by hand, and of such the one with most of their days."""
    symbols, days = {one.symbol for one in wanted}, {(one.symbol, one.expires_on) for one in wanted}

    def likeness(chain: Chain) -> tuple[int, int]:
        of_chain = {(link.symbol, str(link.expires_on)) for link in chain.links}
        return len(symbols & {symbol for symbol, _ in of_chain}), len(days & of_chain)

    return max(chains, key=likeness)


def print_labels(path: Path, known: Mapping[str, MandateText]) -> None:
    """Print the figures of each chain of a file with its differences, then those of all."""
    held = {source.symbol for source in known.values() if source.paragraphs is not None}
    sizes = {source.symbol: size_of(source.paragraphs) for source in known.values() if source.paragraphs is not None}
    chains = [build_chain(mandate, known.values(), held) for mandate in every_mandate()]
    total: Counter[str] = Counter()
    for name, wanted in read_labels(path).items():
        chain = most_like(chains, wanted)
        counted: Counter[str] = Counter()
        lines = list(_compare(chain, wanted, sizes, counted))
        print(f"{name}: as {chain.body}; {_figures(counted)}")
        for line in lines:
            print(f"  {line}")
        total += counted
    print(f"all: {_figures(total)}")


def _wanted(rows: Sequence[Mapping[str, Any]]) -> Iterator[Wanted]:
    before = None
    for row in rows:
        yield Wanted(row["symbol"], row["expires_on"], row["kind"], before)
        if row["expires_on"] and row["kind"] != "rollover":
            before = row["symbol"]


def _compare(chain: Chain, wanted: Sequence[Wanted], sizes: Mapping[str, Size], counted: Counter[str]) -> Iterator[str]:
    by_symbol = {link.symbol: link for link in chain.links}
    first = wanted[0].symbol
    for one in wanted:
        counted["links"] += 1
        link = by_symbol.get(one.symbol)
        if link is None:
            yield f"{one.symbol}: no link, expected a {one.kind} until {one.expires_on}"
            continue
        counted["found"] += 1
        on = str(link.expires_on) if link.expires_on else None
        counted["expiry"] += on == one.expires_on
        if on != one.expires_on:
            yield f"{one.symbol}: until {on}, expected {one.expires_on}"
        if link.symbol in sizes and one.expires_on:
            counted["kinds"] += 1
            is_rollover = kind_of(link, sizes[link.symbol]) is Kind.ROLLOVER
            counted["kind"] += is_rollover == (one.kind == "rollover")
            if is_rollover != (one.kind == "rollover"):
                yield f"{one.symbol}: {'a' if is_rollover else 'no'} rollover, expected {one.kind}; {sizes[one.symbol]}"
        if one.before is None or one.symbol == first or not one.expires_on:
            continue
        found = predecessor(chain, one.symbol, sizes)
        counted["before"] += 1
        if found.old == one.before or found.missing == one.before:
            counted["right"] += 1
        elif found.missing is not None:
            counted["untold"] += 1
        else:
            yield f"{one.symbol}: {found.old} before it, expected {one.before}"
    symbols = {one.symbol for one in wanted}
    for link in chain.links:
        if link.symbol not in symbols and wanted[0].symbol[6:10] <= link.symbol[6:10]:
            counted["more"] += 1
            yield f"{link.symbol}: a link, {link.act} until {link.expires_on}, that is none by hand"


def _figures(counted: Counter[str]) -> str:
    told = counted["before"] - counted["untold"]
    return (
        f"links {counted['found']}/{counted['links']}, expiry right {counted['expiry']}, more {counted['more']}; "
        f"rollover or not right {counted['kind']}/{counted['kinds']}; "
        f"text before right {counted['right']}/{told}, not to be told {counted['untold']}"
    )
