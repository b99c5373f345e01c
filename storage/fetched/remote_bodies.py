"""Fetched bodies in a store that several machines reach: any address that fsspec knows, read only.

What lies there is a copy of the folder `bodies`, file by file. Each body is checked by its hash, as from the folder.
"""

from pathlib import Path
from typing import Any

from storage.errors import BodiesUnreachable
from storage.fetched.bodies import BodyStore, place_of, unpacked

BodyPlace = Path | str
"""A folder, or the address of a store such as `s3://bucket/bodies`."""


class RemoteBodies:
    """The bodies below an address. The system's settings and `FSSPEC_...` say how a store is reached, and as whom."""

    def __init__(self, address: str) -> None:
        import fsspec

        self._address = address.rstrip("/")
        files, self._root = fsspec.core.url_to_fs(self._address)
        self._files: Any = files

    def load(self, body_hash: str) -> bytes:
        """Return the body kept under a hash.

        Raises:
            BodyDamaged: what is kept does not have this hash.
            BodiesUnreachable: the store does not answer, refuses, or lacks the body: the copy is not whole.
        """
        where = f"{self._address}/{place_of(body_hash)}"
        try:
            packed = self._files.cat_file(f"{self._root}/{place_of(body_hash)}")
        except FileNotFoundError as error:
            raise BodiesUnreachable(
                f"expected a copy of the body {body_hash}, found none at {where}; copy the folder bodies there first"
            ) from error
        except Exception as error:  # each store has errors of its own
            told = f"{type(error).__name__}: {error}"
            raise BodiesUnreachable(f"expected the body {body_hash}, found {told} at {where}") from error
        return unpacked(packed, where, body_hash)


def open_bodies(place: BodyPlace) -> BodyStore | RemoteBodies:
    """The bodies in a folder, or below an address."""
    return BodyStore(place) if isinstance(place, Path) else RemoteBodies(place)
