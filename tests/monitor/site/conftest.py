"""A data folder in a file, filled by the newsroom, and the shortest way to build its site."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from monitor.settings.config import Config
from monitor.site.build import Built, build_site
from monitor.site.options import options_of
from storage.sqlite.database import DATABASE_NAME, open_database
from storage.told.site_addresses import SiteAddress, published_addresses

SYMBOL = "S/RES/2779 (2025)"
PAGE = "resolutions/2779.html"


@dataclass
class Desk:
    """A newsroom whose database is a file, and the folder its site is written to."""

    newsroom: Any
    database: Path
    folder: Path

    def build(self, **options: Any) -> Built:
        is_dry = options.pop("is_dry", False)
        return build_site(
            lambda: open_database(self.database), self.database, Config(), self.folder, options_of(**options),
            is_dry=is_dry,
        )  # fmt: skip

    def page(self, name: str = PAGE) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        paths = (path for path in self.folder.rglob("*") if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in paths}

    @property
    def published(self) -> set[SiteAddress]:
        return published_addresses(self.newsroom.db)


@pytest.fixture
def desk(newsroom: Any, tmp_path: Path) -> Iterator[Desk]:
    newsroom.db.close()
    database = tmp_path / DATABASE_NAME
    newsroom.db = open_database(database)
    yield Desk(newsroom, database, tmp_path / "site")
    newsroom.db.close()


@pytest.fixture
def numbered(paragraph: Callable[..., Any]) -> Callable[..., list[Any]]:
    """Operative paragraphs numbered from 1; those that speak of women carry a theme."""

    def make(*texts: str) -> list[Any]:
        return [
            paragraph(f"OP {number}", text, *(["Participation"] if "women" in text else []))
            for number, text in enumerate(texts, 1)
        ]

    return make
