"""Versions as records: the order in which a document's states and witnesses came."""

import pytest

from storage.errors import UnknownRecord
from storage.fetched.snapshots import read_snapshots
from storage.texts.versions import (
    earlier_versions,
    load_version,
    load_versions,
    mark_noticed,
    other_witness,
    previous_version,
    unnoticed_versions,
)

SYMBOL = "S/RES/2387 (2017)"


@pytest.fixture
def save(shelf, parsed_of):
    def save_text(text: str, source: str = "unxml", **fields: object):
        saved = shelf.save(parsed_of(text, **fields), source=source)
        return load_version(shelf.db, saved.id)

    return save_text


def test_versions_are_loaded_newest_first_with_one_current(shelf, save) -> None:
    first, second = save("women"), save("women and girls")

    loaded = load_versions(shelf.db, SYMBOL)
    assert [version.id for version in loaded] == [second.id, first.id]
    assert [version.is_current for version in loaded] == [True, False]


def test_the_previous_version_is_of_the_same_source(shelf, save) -> None:
    first = save("women")
    save("women too", "un-resolutions", reader="pdf")
    second, third = save("women and girls"), save("girls and women")

    assert previous_version(shelf.db, third).id == second.id
    assert previous_version(shelf.db, second).id == first.id
    assert previous_version(shelf.db, first) is None
    assert [version.id for version in earlier_versions(shelf.db, third)] == [second.id, first.id]


def test_the_previous_version_is_of_the_same_language(shelf, save) -> None:
    save("women", language="fr")

    assert previous_version(shelf.db, save("women and girls")) is None


def test_the_other_witness_is_the_best_one_fetched_before(shelf, save) -> None:
    pdf = save("women", "un-resolutions", reader="pdf")
    html = save("women", "press", reader="html")
    akn = save("women")

    assert other_witness(shelf.db, akn).id == pdf.id
    assert other_witness(shelf.db, html).id == pdf.id
    assert other_witness(shelf.db, pdf) is None


def test_versions_wait_to_be_noticed_in_fetch_order(shelf, save) -> None:
    first, second = save("women"), save("women and girls")
    save("women", "un-resolutions", reader="pdf")

    assert [version.id for version in unnoticed_versions(shelf.db, "unxml")] == [first.id, second.id]
    mark_noticed(shelf.db, first.id, shelf.run())
    assert [version.id for version in unnoticed_versions(shelf.db, "unxml")] == [second.id]


def test_noticing_twice_keeps_the_first_run(shelf, save) -> None:
    version = save("women")
    mark_noticed(shelf.db, version.id, shelf.run())

    later = shelf.run("un-resolutions")

    assert shelf.writes(lambda: mark_noticed(shelf.db, version.id, later)) == 0


def test_snapshots_to_read_again_are_all_or_those_another_parser_version_read(shelf, save) -> None:
    old = save("women")
    other = save("women", symbol="S/RES/1325 (2000)")
    save("girls", parser_version="2")

    assert [snapshot.id for snapshot in read_snapshots(shelf.db, not_by="2")] == [old.snapshot, other.snapshot]
    assert [snapshot.id for snapshot in read_snapshots(shelf.db, not_by="2", symbol=SYMBOL)] == [old.snapshot]
    assert [snapshot.id for snapshot in read_snapshots(shelf.db, not_by="1", symbol="S/RES/1325 (2000)")] == []


def test_an_unknown_version_is_an_error(shelf) -> None:
    with pytest.raises(UnknownRecord, match="expected version 5"):
        load_version(shelf.db, 5)
