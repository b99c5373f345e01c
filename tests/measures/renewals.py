"""Compares all renewals of a corpus with the texts before them, and lines aligned by hand with what the program says.

    python -m tests.measures.renewals CORPUS [LABELLED.jsonl] [--data DIR] [--list]

Crawls the corpus through a local mirror first; with --data an earlier crawl is read instead. Of LABELLED, whose
lines also name `old` and `new`, it prints the figures on pairing, status, silence and direction, and how often
`agreed`, asked with a new paragraph, names one of its old ones first and among the first five. Over all chains it
prints what became of the paragraphs on women, and how long that took; with --list a line for each renewal.
"""

import contextlib
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from monitor.app.renewals.lives import full_texts
from monitor.app.renewals.wordings import agreed_language
from monitor.renewals.lines import compare_texts
from scraper.situations.vocabulary import load_bodies
from storage.sqlite.database import DATABASE_NAME, open_readonly
from storage.texts.documents import load_document
from tests.measures.renewal_figures import figures
from tests.measures.sources.backfill import SETTINGS, mirror_of


@contextlib.contextmanager
def crawled(corpus: Path) -> Iterator[Path]:
    """A data folder with the English texts of the corpus."""
    with tempfile.TemporaryDirectory() as name, mirror_of(corpus) as mirror:
        folder = Path(name)
        english = SETTINGS.replace('["en", "fr", "es", "ru", "ar", "zh"]', '["en"]')
        (folder / "wpswatch.toml").write_text(english.format(mirror=mirror.url))
        options = ["--data", str(folder), "--config", str(folder / "wpswatch.toml"), "--quiet"]
        subprocess.run(
            [sys.executable, "-m", "monitor.cli.main", *options, "crawl", "unxml"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        yield folder


def labelled(db: Connection, path: Path) -> None:
    """Print the figures on the pairs of a file."""
    pairs: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for line in path.read_text().splitlines():
        row = json.loads(line)
        pairs[row["old"], row["new"]].append(row)
    compared = []
    for (old, new), rows in pairs.items():
        before, after = load_document(db, old), load_document(db, new)
        if before is None or after is None:
            raise SystemExit(f"{old} and {new} must be held")
        compared.append((rows, compare_texts(before.document.paragraphs, after.document.paragraphs, old).lines))
    for name, value in figures(compared).items():
        print(f"{name:20} {value}")
    agreed(db, pairs)


def agreed(db: Connection, pairs: dict[tuple[str, str], list[dict[str, Any]]]) -> None:
    """Print how often the nearest earlier wording of a new paragraph is one that it carries on."""
    asked: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for (old, new), rows in pairs.items():
        for row in rows:
            if row["old_address"] and row["new_address"] and not row["what"].startswith("WPS words removed"):
                asked[old, new, row["new_address"]].add(row["old_address"])
    first = among = 0
    times = []
    for (old, new, address), olds in asked.items():
        held = load_document(db, new)
        document = held.document if held else None
        text = next(one.text for one in document.paragraphs if one.address == address) if document else ""
        started = time.perf_counter()
        found = agreed_language(db, text, before=document.adopted_on if document else None, limit=5)
        times.append(time.perf_counter() - started)
        hits = [one.symbol == old and one.address in olds for one in found]
        first += hits[:1] == [True]
        among += any(hits)
    if asked:
        print(f"{'agreed first':20} {first / len(asked):.4f}  among five {among / len(asked):.4f}  of {len(asked)}")
        print(f"{'agreed, seconds':20} {sorted(times)[len(times) // 2]:.3f} in the middle, {max(times):.3f} at most")


def all_chains(db: Connection, *, is_listed: bool) -> None:
    """Print what changed over all chains."""
    counts: Counter[str] = Counter()
    seconds, pairs = 0.0, set()
    for body in load_bodies():
        texts = full_texts(db, body.name)
        for old, new in zip(list(texts), list(texts)[1:], strict=False):
            if (old, new) in pairs:
                continue
            pairs.add((old, new))
            started = time.perf_counter()
            lines = compare_texts(texts[old], texts[new], old).lines
            seconds += time.perf_counter() - started
            own = Counter(str(line.status) for line in lines)
            own.update(f"reads {line.direction}" for line in lines if line.direction)
            own.update(f"words {line.wps}" for line in lines if line.wps)
            counts.update(own)
            if is_listed:
                print(f"{body.name}: {old} -> {new}: {', '.join(f'{n} {name}' for name, n in sorted(own.items()))}")
    print(f"{len(pairs)} renewals in {seconds:.1f} s")
    print(", ".join(f"{count} {name}" for name, count in counts.most_common()))


def main() -> None:
    """Print it all."""
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    data = Path(words.pop(sys.argv[1:].index("--data"))) if "--data" in sys.argv else None
    with contextlib.ExitStack() as stack:
        folder = data or stack.enter_context(crawled(Path(words[0]).absolute()))
        db = stack.enter_context(contextlib.closing(open_readonly(folder / DATABASE_NAME)))
        for path in words[1 if data is None else 0 :]:
            if path.endswith(".jsonl"):
                labelled(db, Path(path))
        all_chains(db, is_listed="--list" in sys.argv)


if __name__ == "__main__":
    main()
