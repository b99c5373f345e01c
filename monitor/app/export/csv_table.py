"""Extracts as a CSV table for spreadsheets: guarded cells, and at its head the mark by which Excel reads UTF-8."""

import csv
import io
from collections.abc import Sequence

from monitor.app.export.csv_cells import BOM, cell
from monitor.app.export.extract_rows import COLUMNS, TableRow


def csv_of(rows: Sequence[TableRow], *, is_for_excel: bool = True) -> bytes:
    """The table's bytes."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow([name for name, _ in COLUMNS])
    writer.writerows([cell(words) for words in row.cells] for row in rows)
    return ((BOM if is_for_excel else "") + table.getvalue()).encode("utf-8", "replace")
