"""Which files of a run are asked for as one archive, and what comes of the archive .

A file out of an archive is stored as one that was fetched by itself, with where in which archive it stood.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from scraper.errors import BodyError
from scraper.pages.unxml.archive_members import Member, MemberLimits, Refused, read_members
from scraper.pages.unxml.blob_name import git_blob_id
from scraper.sources.loader import Source
from scraper.spiders.kit.wanted import Wanted

NEWEST_FIRST: Final = 10
"""So many resolutions are asked for by themselves before an archive: the newest are what people look for first."""
REFUSALS_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Divided:
    """What a run asks for: some files by themselves before the archive, the archive's, and others after it."""

    before: tuple[Wanted, ...]
    archived: tuple[Wanted, ...]
    after: tuple[Wanted, ...]


def divide(asked: Sequence[Wanted], missing: frozenset[str], from_files: int) -> Divided:
    """How files are asked for of which those at these addresses are missing.

    Where no more than `from_files` are, each is asked for by itself; else all but the newest come as one archive.
    """
    if len(missing) <= from_files:
        return Divided(tuple(asked), (), ())
    newest: dict[str, None] = {}
    before, archived, after = [], [], []
    for one in asked:
        symbol = one.resource.symbol or ""
        if symbol.startswith("S/RES/") and len(newest) < NEWEST_FIRST:
            newest[symbol] = None
        if one.resource.url not in missing:
            after.append(one)
        elif symbol in newest:
            before.append(one)
        else:
            archived.append(one)
    return Divided(tuple(before), tuple(archived), tuple(after))


@dataclass(slots=True)
class Unpacking:
    """The files of an archive that are the ones listed, and in words what was not as expected; read once."""

    faults: list[str] = field(default_factory=list)
    _refused: list[Refused] = field(default_factory=list)

    def files(self, file: BinaryIO, wanted: dict[str, Wanted], source: Source) -> Iterator[tuple[Wanted, Member]]:
        """Each wanted file that is there with the content that the listing names, by its path; what was wrong stays."""
        limits = _limits(source)
        taken: set[str] = set()
        changed = 0
        try:
            for member in read_members(file, wanted, limits):
                if isinstance(member, Refused):
                    self._refused.append(member)
                elif git_blob_id(member.body) != wanted[member.path].resource.revision:
                    changed += 1
                elif member.path not in taken:  # a name may stand in it twice
                    taken.add(member.path)
                    yield wanted[member.path], member
        except BodyError as error:
            self.faults.append(f"{error.code}: {error}")
        if self._refused:
            named = "; ".join(f"{one.name!r:.80}: {one.why}" for one in self._refused[:REFUSALS_NAMED])
            self.faults.append(f"archive-refused: left out {len(self._refused)} entries of the archive ({named})")
        if changed:
            self.faults.append(f"archive-changed: found {changed} files that are not the ones listed")
        if len(taken) < len(wanted):
            few = f"expected {len(wanted)} files in the archive, found {len(taken)}"
            self.faults.append(f"archive-incomplete: {few}; the others are asked for one by one")


def _limits(source: Source) -> MemberLimits:
    archive = source.archive
    if archive is None:
        raise ValueError(f"expected a source with an archive, found {source.name}")
    return MemberLimits(archive.entries, archive.unpacked_bytes, source.limits.document_bytes)
