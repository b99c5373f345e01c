"""Reviews the labels with fresh eyes: draws paragraphs, writes a page to read, and measures what two readers said.

    python -m tests.measures.review 150 PARSED.jsonl ... --into FOLDER [--kinds report] [--language fr] [--seed 7]
    python -m tests.measures.review --answers FIRST.jsonl SECOND.jsonl --as tests/readings/2026-12-24-1.jsonl

PARSED are files of `wpswatch parse --jsonl`. The draw leaves out what `tests/readings` and `--labelled` files hold, and
writes `page.html`, which a browser opens offline. Each reader ticks themes and saves `answers.jsonl`. The second
command joins the answers of two readers into a dated labelled file, says how they agree, and prints the figures of the
half drawn at random: they are true only before a rule is changed, so it does not overwrite a file.
"""

import argparse
import json
import sys
from pathlib import Path

from scraper.themes.vocabulary import vocabulary
from tests.measures.accuracy import measure, read_readings, report
from tests.measures.themes.cheap_model import learn
from tests.measures.themes.review_draw import SOURCES, draw, loose, read_parsed
from tests.measures.themes.review_page import join, page
from tests.paths import TESTS


def main(arguments: list[str]) -> int:
    """Draw, or take answers; 2 where neither is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", type=int, nargs="?")
    parser.add_argument("parsed", type=Path, nargs="*")
    parser.add_argument("--into", type=Path)
    parser.add_argument("--labelled", type=Path, nargs="*", default=[])
    parser.add_argument("--kinds", nargs="*", default=sorted(set(SOURCES.values())))
    parser.add_argument("--language", default="en")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--answers", type=Path, nargs=2)
    parser.add_argument("--as", dest="named", type=Path)
    asked = parser.parse_args(arguments)
    if asked.answers and asked.named:
        return take(asked.answers[0], asked.answers[1], asked.named)
    if not (asked.number and asked.parsed and asked.into):
        parser.error("expected a number, files and --into, or --answers and --as")
    return write(asked)


def write(asked: argparse.Namespace) -> int:
    """Draw and write the page; 1 where there are fewer paragraphs than asked for."""
    files = [*sorted((TESTS / "readings").glob("*.jsonl")), *asked.labelled]
    readings = [reading for path in files for reading in read_readings(path)]
    pool = read_parsed(asked.parsed, asked.kinds, asked.language)
    model = learn(reading for reading in readings if reading.language == asked.language)
    drawn = draw(pool, {loose(one.paragraph.text) for one in readings}, asked.number, model, asked.seed)
    asked.into.mkdir(parents=True, exist_ok=True)
    (asked.into / "page.html").write_text(page(drawn, vocabulary().themes), encoding="utf-8")
    sys.stdout.write(f"{len(drawn)} paragraphs in {asked.into / 'page.html'}\n")
    return 0 if len(drawn) == asked.number else 1


def take(first: Path, second: Path, named: Path) -> int:
    """Join two answers into a labelled file and print the figures of its random half."""
    if named.exists():
        sys.stderr.write(f"expected no file at {named}: its figures were true only before the rules changed\n")
        return 2
    joined = join(first, second)
    named.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in joined.rows), encoding="utf-8")
    sys.stdout.write(f"the readers agree: F1 {joined.agreement:.3f}; left out, one saw nothing: {list(joined.apart)}\n")
    fresh = [reading for reading in read_readings(named) if reading.half == "random"]
    sys.stdout.write(report(measure(fresh), show=0) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
