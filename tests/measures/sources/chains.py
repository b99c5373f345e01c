"""Measures the chains of mandates beside those that were drafted by the program and corrected by hand.

    python -m tests.measures.sources.chains CORPUS [BODY ...]   CORPUS holds unxml-resolutions-en and unxml-data-extract
    python -m tests.measures.sources.chains CORPUS --labels chains.jsonl   chains made by hand, and the text before

`tests/measures/sources/chains.toml` says how they were checked: the measure shows what has
changed since, and what was missed then.
A mere change of a mandate is neither right nor wrong here.
"""

import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from scraper.citations.find import cite_paragraphs
from scraper.errors import BodyError
from scraper.facts.of_metadata import facts_of_metadata
from scraper.mandates.acts_in_titles import Told
from scraper.mandates.chain import Chain, MandateText, build_chain
from scraper.mandates.term import Act
from scraper.pages.unxml.mandate_titles import read_expiries
from scraper.pages.unxml.metadata import parse_metadata
from scraper.situations.placing import place_by_facts, place_by_text
from scraper.structure.akn.document import read_akoma_ntoso
from tests.measures.sources.chain_labels import print_labels

EXPECTED = Path(__file__).with_name("chains.toml")

Expected = dict[str, dict[str, tuple[str, str]]]


def expected_chains() -> Expected:
    """The chains as checked by hand: by body and symbol the days of adoption and of expiry, "" where none is known."""
    read = tomllib.loads(EXPECTED.read_text(encoding="utf-8"))
    return {body: {symbol: (adopted, expires) for symbol, adopted, expires in links} for body, links in read.items()}


def sources(corpus: Path) -> dict[str, MandateText]:
    """What the corpus holds of each resolution: the library's record, the English text, or both."""
    found: dict[str, MandateText] = {}
    for path in sorted((corpus / "unxml-data-extract").glob("*.json")):
        for data in parse_metadata(path.read_bytes(), path.name).resolutions:
            read = read_expiries(data.title or "", data.adopted_on)
            told = [Told(one.on, one.of, one.words, one.is_computed) for one in read]
            filed_under = place_by_facts(data.symbol, facts_of_metadata(data)).bodies
            found[data.symbol] = MandateText(
                data.symbol, data.adopted_on, data.title, tuple(told), filed_under, filed_under
            )
    for path in sorted((corpus / "unxml-resolutions-en").glob("*.xml")):
        try:
            document = read_akoma_ntoso(path.read_bytes())
        except BodyError as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            continue
        symbol = document.symbol or ""
        before = found.get(symbol, MandateText(symbol, document.adopted_on))
        placed = place_by_text(document)
        paragraphs = cite_paragraphs(document.paragraphs, symbol=document.symbol, kind=document.kind)
        bodies = placed.bodies if placed and placed.bodies else before.bodies
        found[symbol] = replace(before, bodies=bodies, paragraphs=paragraphs)
    return found


def differences(chain: Chain, expected: dict[str, tuple[str, str]]) -> Iterator[str]:
    """What a chain has otherwise than it was read by hand, one line each."""
    found = {link.symbol: link for link in chain.links if link.act is not Act.CHANGED}
    for symbol, (adopted, expires) in expected.items():
        link = found.get(symbol)
        if link is None:
            yield f"{symbol}: no link, expected one until {expires or 'no known day'}"
        elif (on := str(link.expires_on or "")) != expires or str(link.adopted_on) != adopted:
            days = f"adopted {link.adopted_on}, until {on or 'no day'}"
            yield f"{symbol}: {days}; expected {adopted}, {expires or 'no day'}"
    for symbol in found.keys() - expected.keys():
        yield f"{symbol}: a link that is none"


def main() -> None:
    """Print for each chain the links and the days that are right, then the differences."""
    known = sources(Path(sys.argv[1]))
    if "--labels" in sys.argv:
        print_labels(Path(sys.argv[sys.argv.index("--labels") + 1]), known)
        return
    held = {source.symbol for source in known.values() if source.paragraphs is not None}
    wanted = sys.argv[2:]
    links = right = days = 0
    for body, expected in expected_chains().items():
        if wanted and body not in wanted:
            continue
        chain = build_chain(body, known.values(), held)
        by_symbol = {link.symbol: str(link.expires_on or "") for link in chain.links if link.act is not Act.CHANGED}
        in_both = [symbol for symbol in expected if symbol in by_symbol]
        same = [symbol for symbol in in_both if by_symbol[symbol] == expected[symbol][1]]
        links, right, days = links + len(expected), right + len(in_both), days + len(same)
        print(
            f"{body}: links {len(in_both)}/{len(expected)}, expiry right {len(same)}, wrong {len(in_both) - len(same)}"
        )
        for line in differences(chain, expected):
            print(f"  {line}")
    print(f"all: links {right}/{links}, expiry right {days}, wrong {right - days}")


if __name__ == "__main__":
    main()
