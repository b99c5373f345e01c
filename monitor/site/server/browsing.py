"""What Datasette is told of the database: titles, descriptions and queries, as its metadata."""

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any


def metadata_of(database: Path) -> dict[str, Any]:
    """The metadata for a database file, in Datasette's own shape."""
    told = tomllib.loads(files("monitor.site.server").joinpath("datasette.toml").read_text(encoding="utf-8"))
    own = {"tables": told.pop("tables"), "queries": told.pop("queries")}
    return told | {"databases": {database.stem: own}}
