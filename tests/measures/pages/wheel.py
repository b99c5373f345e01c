"""Measures what the pages add to the wheel: `python -m tests.measures.pages.wheel WHEEL`.

The compressed bytes of the site's rooms in it, beside the goal. Exits with 1 where they are more.
"""

import sys
from pathlib import Path
from zipfile import ZipFile

ROOMS = ("monitor/site/", "monitor/app/export/brief", "monitor/app/export/workbook", "monitor/cli/showing/")
GOAL = 80_000


def main() -> int:
    """Print the figure."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with ZipFile(Path(sys.argv[1])) as packed:
        parts = [one for one in packed.infolist() if one.filename.startswith(ROOMS)]
    size = sum(one.compress_size for one in parts)
    print(f"{len(parts)} files of the pages, {size / 1000:.0f} kB in the wheel (goal {GOAL // 1000})")
    return int(not 0 < size <= GOAL)


if __name__ == "__main__":
    sys.exit(main())
