"""Writes records as files of a folder that appear together when all are whole: a reader never sees half an export."""

import csv
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from monitor.app.export.csv_cells import BOM, cell
from storage.private_files import open_private, private_folder

Record = Mapping[str, Any]
PART = ".part"  # behind the name of a file that is not whole yet


class Staging:
    """The files of one export, written beside their places; the end of the block puts them there or takes them away."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: list[str] = []

    def __enter__(self) -> "Staging":
        """Make the folder."""
        private_folder(self._folder)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put every file in its place; when the block failed, leave what was there before."""
        for name in self._names:
            part = self._folder / f"{name}{PART}"
            if error is None:
                part.replace(self._folder / name)
            else:
                part.unlink(missing_ok=True)

    def write_json_lines(self, name: str, records: Iterable[Record]) -> int:
        """Write a JSON record on each line; returns how many."""
        return self._write(name, records, _json_line)

    def write_bytes(self, name: str, content: bytes) -> None:
        """Write a file that is made already."""
        self._names.append(name)
        part = open_private(self._folder / f"{name}{PART}", os.O_WRONLY | os.O_TRUNC)
        with os.fdopen(part, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def new_file(self, name: str) -> Path:
        """A place for a file that something else writes, empty as yet."""
        self._names.append(name)
        part = self._folder / f"{name}{PART}"
        os.close(open_private(part, os.O_WRONLY | os.O_TRUNC))
        return part

    def write_table(
        self, name: str, fields: Sequence[str], records: Iterable[Record], *, is_for_excel: bool = False
    ) -> int:
        """Write a CSV table with these columns; returns how many rows it has below its head.

        Excel reads UTF-8 only where a byte order mark stands before it.
        """

        def row_writer(file: IO[str]) -> Callable[[Record], object]:
            file.write(BOM if is_for_excel else "")
            writer = csv.writer(file)
            writer.writerow(fields)
            return lambda record: writer.writerow([cell(record[field]) for field in fields])

        return self._write(name, map(flat, records), row_writer)

    def _write(
        self, name: str, records: Iterable[Record], writer_of: Callable[[IO[str]], Callable[[Record], object]]
    ) -> int:
        self._names.append(name)
        count = 0
        # the csv module ends its lines itself; a lone half of a letter, which a broken source may bring, is a "?"
        part = open_private(self._folder / f"{name}{PART}", os.O_WRONLY | os.O_TRUNC)
        with os.fdopen(part, "w", encoding="utf-8", errors="replace", newline="") as file:
            write = writer_of(file)
            for record in records:
                write(record)
                count += 1
            file.flush()
            os.fsync(file.fileno())
        return count


def _json_line(file: IO[str]) -> Callable[[Record], object]:
    return lambda record: file.write(f"{json.dumps(record, ensure_ascii=False)}\n")


def flat(record: Record) -> Record:
    """A paragraph's themes as names, for a cell, with their evidence beside them."""
    themes = record.get("themes")
    if not themes or isinstance(themes[0], str):
        return {"evidence": None, **record}
    return {**record, "themes": [each["theme"] for each in themes], "evidence": themes}
