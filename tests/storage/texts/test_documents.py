"""Saving versions: what a text is to its document, and that nothing is written twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from storage.errors import UnknownRecord, WithoutSymbol
from storage.fetched.snapshots import load_snapshot
from storage.models import (
    Aside,
    DocumentKind,
    Evidence,
    Extract,
    Label,
    Paragraph,
    ParsedDocument,
    ParseWarning,
    Part,
    Place,
)
from storage.sqlite.database import transaction
from storage.texts.documents import (
    count_documents,
    held_symbols,
    load_document,
    load_parsed,
    load_version,
    unnoticed_versions,
)
from storage.texts.saving import save_version
from storage.texts.version_rows import load_extracts
from storage.texts.versions import mark_noticed

SYMBOL = "S/RES/2387 (2017)"
OTHER = "S/RES/2386 (2017)"
WOMEN = Paragraph("OP 1", Part.OPERATIVE, "Calls for the participation of women;")
GIRLS = Paragraph("OP 2", Part.OPERATIVE, "Calls for the protection of women and girls;")
PARTICIPATION = Label("Participation", (Evidence("participation of women", 14, 36, "women + participation"),))


def parsed(*paragraphs: Paragraph, **fields: object) -> ParsedDocument:
    values: dict[str, object] = {
        "symbol": SYMBOL,
        "kind": DocumentKind.RESOLUTION,
        "language": "en",
        "adopted_on": date(2017, 11, 15),
        "published_on": None,
        "meeting": 8102,
        "subject": "The situation in the Central African Republic",
        "media_type": "application/xml",
        "reader": "akn",
        "parser_version": "1",
        "paragraphs": paragraphs,
        "warnings": (ParseWarning("number-jumps", "paragraph 7 follows 5", "OP 7"),),
        "asides": (Aside("footnote", "See S/2017/865.", "OP 1"), Aside("furniture", "17-20341")),
    }
    return ParsedDocument(**(values | fields))  # type: ignore[arg-type]


RICH = parsed(
    Paragraph("PP 1", Part.PREAMBLE, "Recalling that women’s role\x00 – née «Ω» –", heading=None),
    replace(WOMEN, labels=(PARTICIPATION, Label("Protection", (Evidence("women", 31, 36, "r", Place.CHAPEAU),)))),
    Paragraph("OP 1 (a)", Part.OPERATIVE, "women;", heading="Human rights", chapeau="Calls for:"),
    Paragraph("Annex, para. 1", Part.ANNEX, ""),
)


def test_a_saved_document_comes_back_whole(shelf) -> None:
    saved = shelf.save(RICH)

    held = load_document(shelf.db, SYMBOL)
    assert held.document == RICH
    assert load_parsed(shelf.db, saved.id) == RICH
    assert [version.id for version in held.versions] == [saved.id]
    assert held.current.reader == "akn"
    assert held.first_seen_at == load_snapshot(shelf.db, held.current.snapshot).fetched_at


@pytest.mark.parametrize(
    "empty",
    [parsed(), parsed(warnings=(), asides=(), adopted_on=None, meeting=None, subject=None)],
    ids=["text", "all"],
)
def test_a_document_without_paragraphs_comes_back_so(shelf, empty: ParsedDocument) -> None:
    shelf.save(empty)

    assert load_document(shelf.db, SYMBOL).document == empty


def test_a_document_that_is_not_held_is_none(shelf) -> None:
    shelf.save(RICH)

    assert load_document(shelf.db, OTHER) is None
    assert load_document(shelf.db, SYMBOL, "fr") is None


def test_the_first_text_of_a_document_is_new(shelf) -> None:
    assert shelf.save(parsed(WOMEN)).outcome == "new"


def test_the_first_text_of_another_source_is_a_witness(shelf) -> None:
    shelf.save(parsed(WOMEN, reader="pdf"), source="un-resolutions")

    assert shelf.save(parsed(WOMEN)).outcome == "witness"
    assert shelf.save(parsed(WOMEN, language="fr")).outcome == "new"


def test_another_text_of_the_same_source_is_a_change(shelf) -> None:
    shelf.save(parsed(WOMEN))

    assert shelf.save(parsed(WOMEN, GIRLS)).outcome == "changed"


@pytest.mark.parametrize(
    "text",
    [
        "Calls  for the participation\nof women;",
        "Calls for the par\u00adticipation of women;",
        "Calls for the partici\x02pation of women;",
    ],
)
def test_a_text_that_differs_in_spaces_and_hyphens_is_unchanged_and_kept_exactly(shelf, text: str) -> None:
    shelf.save(parsed(WOMEN))
    restamped = parsed(replace(WOMEN, text=text))

    assert shelf.save(restamped).outcome == "unchanged"
    assert load_document(shelf.db, SYMBOL).document == restamped


def test_a_text_that_goes_back_to_an_earlier_one_is_a_change(shelf) -> None:
    for paragraphs in ((WOMEN,), (WOMEN, GIRLS)):
        shelf.save(parsed(*paragraphs))

    assert shelf.save(parsed(WOMEN)).outcome == "changed"


def test_saving_the_same_reading_twice_writes_nothing(shelf) -> None:
    snapshot = shelf.snapshot()
    first = shelf.save(RICH, snapshot)

    assert shelf.writes(lambda: shelf.save(RICH, snapshot)) == 0
    again = shelf.save(RICH, snapshot)
    assert (again.id, again.outcome, again.replaced) == (first.id, "unchanged", None)


def test_several_documents_fit_in_one_transaction(shelf) -> None:
    with transaction(shelf.db):
        for symbol in (SYMBOL, OTHER):
            save_version(shelf.db, parsed(WOMEN, symbol=symbol), shelf.snapshot(symbol=symbol), (), shelf.now)

    assert shelf.indexed() == {(SYMBOL, "OP 1"), (OTHER, "OP 1")}


def test_an_exception_half_way_leaves_no_part_of_a_document(shelf) -> None:
    snapshot = shelf.snapshot()
    unstorable = Extract("Para. 1", ("OP 1",), (), "\ud800")

    with pytest.raises(UnicodeEncodeError), transaction(shelf.db):
        save_version(shelf.db, RICH, snapshot, (unstorable,), shelf.now)

    assert held_symbols(shelf.db) == set()
    for table in (
        "documents",
        "versions",
        "paragraphs",
        "labels",
        "warnings",
        "asides",
        "extracts",
        "current_paragraphs_fts",
    ):
        assert shelf.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0  # noqa: S608


def test_a_text_without_symbol_is_held_as_what_it_was_fetched_as(shelf) -> None:
    snapshot = shelf.snapshot(symbol=SYMBOL)
    shelf.save(parsed(WOMEN, symbol=None), snapshot)

    assert load_document(shelf.db, SYMBOL).document == parsed(WOMEN)
    assert shelf.writes(lambda: shelf.save(parsed(WOMEN, symbol=None), snapshot)) == 0


def test_a_text_that_nothing_names_is_refused(shelf) -> None:
    snapshot = shelf.snapshot(symbol=None)

    with pytest.raises(WithoutSymbol, match="expected a document symbol"):
        shelf.save(parsed(WOMEN, symbol=None), snapshot)


def test_a_text_of_no_snapshot_is_refused(shelf) -> None:
    with pytest.raises(UnknownRecord, match="expected snapshot 99"):
        shelf.save(parsed(WOMEN), 99)


def test_held_documents_are_counted_in_all_and_by_source(shelf) -> None:
    shelf.save(parsed(WOMEN))
    shelf.save(parsed(WOMEN, language="fr"), shelf.snapshot())
    shelf.save(parsed(WOMEN, symbol=OTHER), source="un-resolutions")

    assert held_symbols(shelf.db) == {SYMBOL, OTHER}
    assert held_symbols(shelf.db, "fr") == {SYMBOL}
    assert (count_documents(shelf.db), count_documents(shelf.db, "unxml")) == (3, 2)
    assert count_documents(shelf.db, "never") == 0


# --- which version is shown


@pytest.mark.parametrize("readers", [("pdf", "akn"), ("akn", "pdf"), ("docx", "akn"), ("akn", "html"), ("text", "akn")])
def test_the_witness_with_the_best_structure_is_current_whichever_comes_first(shelf, readers: tuple[str, str]) -> None:
    for reader in readers:
        shelf.save(parsed(WOMEN, reader=reader), source=reader)

    assert load_document(shelf.db, SYMBOL).current.reader == "akn"
    assert shelf.indexed() == {(SYMBOL, "OP 1")}


def test_of_two_versions_by_one_reader_the_newest_is_current(shelf) -> None:
    shelf.save(parsed(WOMEN, GIRLS))
    newest = shelf.save(parsed(GIRLS))

    assert load_document(shelf.db, SYMBOL).current.id == newest.id
    assert shelf.indexed() == {(SYMBOL, "OP 2")}


def test_a_worse_witness_leaves_the_index_alone(shelf) -> None:
    shelf.save(parsed(WOMEN))
    shelf.save(parsed(GIRLS, reader="pdf"), source="un-resolutions")

    assert shelf.indexed() == {(SYMBOL, "OP 1")}


# --- reading again


@pytest.fixture
def reread(shelf) -> Callable[[ParsedDocument, ParsedDocument], object]:
    def save_both(first: ParsedDocument, second: ParsedDocument) -> object:
        snapshot = shelf.snapshot()
        shelf.save(first, snapshot)
        return shelf.save(second, snapshot)

    return save_both


def test_another_parser_version_replaces_the_text_in_place(shelf, reread) -> None:
    first = parsed(WOMEN)
    second = parsed(GIRLS, replace(WOMEN, address="OP 3"), parser_version="2", meeting=8103, warnings=(), asides=())

    saved = reread(first, second)

    held = load_document(shelf.db, SYMBOL)
    assert held.document == second
    assert [version.id for version in held.versions] == [saved.id]
    assert (saved.outcome, saved.replaced) == ("unchanged", first)
    assert shelf.indexed() == {(SYMBOL, "OP 2"), (SYMBOL, "OP 3")}


def test_other_labels_on_the_same_text_are_stored_without_touching_the_text(shelf, reread) -> None:
    first, second = parsed(WOMEN, GIRLS), parsed(replace(WOMEN, labels=(PARTICIPATION,)), GIRLS, parser_version="2")
    rows = "SELECT id, text FROM paragraphs"
    snapshot = shelf.snapshot()
    shelf.save(first, snapshot)
    before = [tuple(row) for row in shelf.db.execute(rows)]

    saved = shelf.save(second, snapshot)

    assert saved.replaced == first
    assert load_document(shelf.db, SYMBOL).document == second
    assert [tuple(row) for row in shelf.db.execute(rows)] == before


def test_other_labels_by_the_same_parser_version_are_stored_too(shelf, reread) -> None:
    reread(parsed(WOMEN), parsed(replace(WOMEN, labels=(PARTICIPATION,))))

    assert load_document(shelf.db, SYMBOL).document.paragraphs[0].themes == ("Participation",)


def test_a_new_parser_version_that_reads_the_same_is_recorded(shelf, reread) -> None:
    saved = reread(parsed(WOMEN), parsed(WOMEN, parser_version="2"))

    assert load_version(shelf.db, saved.id).parser_version == "2"
    assert saved.replaced.parser_version == "1"


def test_reading_again_keeps_what_was_noticed(shelf) -> None:
    snapshot = shelf.snapshot()
    saved = shelf.save(parsed(WOMEN), snapshot)
    mark_noticed(shelf.db, saved.id, shelf.run())

    shelf.save(parsed(GIRLS, parser_version="2"), snapshot)

    assert unnoticed_versions(shelf.db, "unxml") == []


def test_reading_an_older_version_again_leaves_the_current_one(shelf) -> None:
    old = shelf.snapshot()
    shelf.save(parsed(WOMEN), old)
    current = shelf.save(parsed(GIRLS))

    shelf.save(parsed(WOMEN, GIRLS, parser_version="2"), old)

    assert load_document(shelf.db, SYMBOL).current.id == current.id
    assert shelf.indexed() == {(SYMBOL, "OP 2")}


def test_a_text_read_again_as_another_document_moves_there(shelf, reread) -> None:
    saved = reread(parsed(WOMEN), parsed(WOMEN, symbol=OTHER, parser_version="2"))

    assert held_symbols(shelf.db) == {OTHER}
    assert load_version(shelf.db, saved.id).symbol == OTHER
    assert shelf.indexed() == {(OTHER, "OP 1")}


def test_a_text_may_move_to_a_document_that_is_held(shelf, reread) -> None:
    shelf.save(parsed(GIRLS, symbol=OTHER))

    saved = reread(parsed(WOMEN), parsed(WOMEN, symbol=OTHER, parser_version="2"))

    assert held_symbols(shelf.db) == {OTHER}
    assert load_document(shelf.db, OTHER).current.id == saved.id
    assert shelf.indexed() == {(OTHER, "OP 1")}


def test_other_extracts_of_the_same_text_are_stored(shelf) -> None:
    snapshot = shelf.snapshot()
    whole = Extract("Paras. 1-2", ("OP 1", "OP 2"), ("Participation",), "Calls for ... [...]")
    with transaction(shelf.db):
        for extracts in ((), (whole,)):
            saved = save_version(shelf.db, RICH, snapshot, extracts, shelf.now)

    assert load_extracts(shelf.db, saved.id) == (whole,)


def test_a_document_keeps_its_other_versions_when_one_moves_away(shelf) -> None:
    shelf.save(parsed(WOMEN))
    snapshot = shelf.snapshot()
    shelf.save(parsed(GIRLS), snapshot)

    shelf.save(parsed(GIRLS, symbol=OTHER, parser_version="2"), snapshot)

    assert shelf.indexed() == {(SYMBOL, "OP 1"), (OTHER, "OP 2")}


# --- an old body that only a newer parser can read


def test_a_body_read_late_is_compared_with_the_next_one_and_is_no_news(shelf) -> None:
    late = shelf.snapshot()
    newer = shelf.save(parsed(WOMEN, GIRLS))
    mark_noticed(shelf.db, newer.id, shelf.run())

    saved = shelf.save(parsed(WOMEN), late)

    assert saved.outcome == "changed"
    assert unnoticed_versions(shelf.db, "unxml") == []
    assert load_document(shelf.db, SYMBOL).current.id == newer.id


def test_a_body_read_late_moves_the_first_sight_of_its_document_back(shelf) -> None:
    late = shelf.snapshot()
    shelf.save(parsed(WOMEN, GIRLS))

    shelf.save(parsed(WOMEN), late)

    assert load_document(shelf.db, SYMBOL).first_seen_at == load_snapshot(shelf.db, late).fetched_at
