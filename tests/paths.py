"""Where the tests find the project and their own files, wherever a test itself stands."""

from pathlib import Path

TESTS = Path(__file__).parent
ROOT = TESTS.parent
