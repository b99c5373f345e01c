"""Files out of an archive that nobody vouches for: what is taken, what is refused, and where reading ends."""

import gzip
import io
import tarfile
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import BodyError, TooLarge, Unreadable
from scraper.pages.unxml.archive_members import Member, MemberLimits, Refused, read_members

ROOM = MemberLimits(entries=100, unpacked_bytes=1_000_000, member_bytes=100_000)
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0\\/", exclude_categories=["Cs"]), min_size=1).filter(
    lambda name: name not in (".", "..")
)


def packed(*entries, form=tarfile.PAX_FORMAT, **kwargs):
    kept = io.BytesIO()
    with tarfile.open(fileobj=kept, mode="w:gz", format=form, compresslevel=1, **kwargs) as archive:
        for entry, body in entries:
            archive.addfile(entry, io.BytesIO(body))
    return kept.getvalue()


def file(name, body=b"words"):
    entry = tarfile.TarInfo(name)
    entry.size = len(body)
    return entry, body


def odd(name, kind, link=""):
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, link
    return entry, b""


def read(archive, wanted=("a.xml",), limits=ROOM):
    return list(read_members(io.BytesIO(archive), set(wanted), limits))


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_wanted_files_come_with_their_path_and_their_name_in_the_archive(form):
    archive = packed(odd("top", tarfile.DIRTYPE), file("top/b.xml"), file("top/2026/a.xml", b"x" * 5000), form=form)
    assert read(archive, {"2026/a.xml"}) == [Member("2026/a.xml", "top/2026/a.xml", b"x" * 5000)]


@given(st.dictionaries(st.lists(NAMES, min_size=1, max_size=5).map("/".join), st.binary(max_size=1500), max_size=8))
def test_what_was_packed_is_read_whatever_the_names(files):
    for form in (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT):
        archive = packed(*(file(f"top/{path}", body) for path, body in files.items()), form=form)
        assert read(archive, files) == [Member(path, f"top/{path}", body) for path, body in files.items()]


@given(st.binary(max_size=3000), st.booleans())
def test_any_bytes_end_in_an_error_of_ours_or_in_nothing(junk, is_packed):
    with suppress(BodyError):
        read(gzip.compress(junk) if is_packed else junk)


@pytest.mark.parametrize("name", ["../a.xml", "/a.xml", "top/../../a.xml", "top\\a.xml"])
def test_a_name_that_leads_elsewhere_is_refused(name):
    assert read(packed(file(name)), {"a.xml", "../../a.xml"}) == [Refused(name, "it leads elsewhere")]


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE, b"S", b"Z"]
)
def test_a_link_or_a_device_of_a_wanted_name_is_refused(kind):
    assert read(packed(odd("top/a.xml", kind, "/etc/passwd"))) == [Refused("top/a.xml", "it is no file")]


def test_a_file_over_its_limit_is_refused_and_the_next_is_read():
    archive = packed(file("top/a.xml", bytes(100_001)), file("top/b.xml"))
    assert read(archive, {"a.xml", "b.xml"}) == [
        Refused("top/a.xml", "it has 100001 bytes"),
        Member("b.xml", "top/b.xml", b"words"),
    ]


def test_more_bytes_or_entries_than_allowed_end_it():
    with pytest.raises(TooLarge, match="expected at most 1000000 bytes in the archive, found more"):
        read(packed(file("top/bomb", bytes(2_000_000))))
    with pytest.raises(TooLarge, match="expected at most 100 entries in the archive, found more"):
        read(packed(*(file(f"top/{number}", b"") for number in range(101))))


def test_a_header_that_claims_a_path_of_a_gigabyte_is_not_taken_into_memory():
    header = bytearray(tarfile.TarInfo("x").tobuf(tarfile.USTAR_FORMAT))
    header[156:157], header[124:136] = b"x", b"07777777777\0"
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    with pytest.raises(TooLarge, match="expected a header below 65536 bytes, found 1073741823"):
        read(gzip.compress(bytes(header) + bytes(2048)))


def test_an_archive_that_is_cut_off_gives_what_came_before():
    archive = zlib.decompress(packed(file("top/a.xml"), file("top/b.xml", b"y" * 9000)), 31)
    members = read_members(io.BytesIO(gzip.compress(archive[:5000])), {"a.xml", "b.xml"}, ROOM)
    assert next(members) == Member("a.xml", "top/a.xml", b"words")
    with pytest.raises(Unreadable, match="ends in the middle"):
        next(members)
