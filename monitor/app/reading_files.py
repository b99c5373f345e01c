"""Reads saved files and pieces of text as a crawl would, each file in a process with limits, without a database."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.models import Label, ParsedDocument


@dataclass(frozen=True, slots=True)
class Parsed:
    """What reading one file gave: a document, or the code and words of why there is none."""

    file: str
    document: "ParsedDocument | None"
    code: str | None = None
    message: str | None = None


def read_files(
    files: Sequence[str], url: str | None, symbol: str | None, media_type: str | None, *, is_verbose: bool
) -> Iterator[Parsed]:
    """Read each file in a process with the limits of a crawl's readers: a hostile file costs only itself."""
    import storage.models  # noqa: F401 - both processes need it: it is loaded before they part
    from monitor.app.guarded import Lost, guarded

    def read(file: str) -> Parsed:
        return _read_one(file, url, symbol, media_type, is_verbose=is_verbose)

    for file, reading in zip(files, guarded(read, files), strict=True):
        yield Parsed(file, None, reading.code, reading.message) if isinstance(reading, Lost) else reading


def _read_one(file: str, url: str | None, symbol: str | None, media_type: str | None, *, is_verbose: bool) -> Parsed:
    """Read one file; every way in which it can fail becomes part of the answer."""
    from pathlib import PurePath

    from scraper.council.symbol import symbol_in_file_name
    from scraper.errors import BodyError
    from scraper.ingest.extraction import extract

    try:
        body = _bytes_of(file)
        document = extract(body, url=url, media_type=media_type, symbol=symbol)
        if document.symbol is None and (named := symbol_in_file_name(PurePath(file).name)) is not None:
            document = extract(body, url=url, media_type=media_type, symbol=named)  # warns that it prints none
    except BodyError as error:
        return Parsed(file, None, error.code, error.message)
    except OSError as error:
        return Parsed(file, None, "unreadable-file", f"expected a file to read, found: {error.strerror}")
    except MemoryError:
        return Parsed(file, None, "too-much-memory", "expected a document, found one that needs too much memory")
    except RecursionError:
        return Parsed(file, None, "too-deep", "expected a document, found nesting deeper than any we know")
    except Exception as error:  # noqa: BLE001 - a defect of ours in one file must not lose the others; it is told
        if is_verbose:
            import traceback

            traceback.print_exc()
        return Parsed(file, None, "reader-defect", f"{type(error).__name__}: {error}")
    return Parsed(file, document)


def _bytes_of(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    from pathlib import Path

    return Path(file).read_bytes()


def label_words(words: str, chapeau: str | None) -> "tuple[Label, ...]":
    """The themes of a piece of English text, with the words that make them so."""
    from scraper.themes.labeller import label_text

    return label_text(words, chapeau)
