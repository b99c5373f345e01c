"""The program from Python: `from wpswatch import open_data, parse`. It reads only (docs/reference/python.md).

This package is only the name: pyproject.toml maps `wpswatch` to this folder. What it gives lives in `monitor.app.door`.
"""

from monitor.app.door.opened import Data, open_data, parse
from monitor.app.door.values import Document, Extract, Hit, Paragraph, ThemeEvidence, WpsYear
from monitor.app.questions import NothingFound, QuestionError, WrongQuestion
from scraper.errors import BodyError
from storage.errors import StorageError

__all__ = [
    "BodyError",
    "Data",
    "Document",
    "Extract",
    "Hit",
    "NothingFound",
    "Paragraph",
    "QuestionError",
    "StorageError",
    "ThemeEvidence",
    "WpsYear",
    "WrongQuestion",
    "open_data",
    "parse",
]
