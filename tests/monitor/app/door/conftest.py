"""A data folder with the recorded documents, for those who ask from Python."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.held_cases import hold_cases


@pytest.fixture(scope="session")
def asked_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("asked")
    hold_cases(folder, datetime(2025, 11, 24, 9, 0, tzinfo=UTC))
    return folder
