"""Extracts as listed: order, filters, titles, and which of them are flagged."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from storage.models import DocumentKind, Extract
from storage.records import Cause, ChangeKind
from storage.texts.extracts import MISSION_REPORT, ExtractRow, list_extracts
from storage.texts.saving import save_version

SYMBOL = "S/RES/2387 (2017)"
SEEN = datetime(2026, 11, 24, 9, 1, tzinfo=UTC)
FLAG = {"reasons": ("new WPS paragraph",)}


def titles(extracts: list[ExtractRow]) -> list[str]:
    return [extract.title for extract in extracts]


def flagged(shelf) -> list[tuple[str, ...]]:
    return [extract.addresses for extract in list_extracts(shelf.db, only_flagged=True)]


def test_an_extract_is_listed_with_its_document(shelf, parsed_of) -> None:
    shelf.save(parsed_of("Calls for women’s participation;", themes=("Participation",)))

    assert list_extracts(shelf.db) == [
        ExtractRow(
            symbol=SYMBOL,
            language="en",
            title="Security Council Resolution 2387: Para. 1",
            addresses=("OP 1",),
            themes=("Participation",),
            text="Calls for women’s participation;",
            adopted_on=date(2017, 11, 15),
            url=f"https://example.org/unxml/{SYMBOL}",
            first_seen_at=datetime(2026, 11, 24, 9, 1, tzinfo=UTC),
            flagged=False,
            kind="resolution",
            subject="The situation in the Central African Republic",
        )
    ]


def test_extracts_come_newest_adopted_first_then_by_symbol_then_as_printed(shelf, parsed_of) -> None:
    for symbol, day in (("S/RES/2 (2017)", 2), ("S/RES/3 (2017)", 1), ("S/RES/1 (2017)", 2)):
        document = parsed_of("women", "girls", themes=("Protection",), symbol=symbol, adopted_on=date(2017, 1, day))
        shelf.save(document)
    shelf.save(parsed_of("women", themes=("Protection",), symbol="S/2017/1", adopted_on=None))

    assert titles(list_extracts(shelf.db)) == [
        "Security Council Resolution 1: Para. 1",
        "Security Council Resolution 1: Para. 2",
        "Security Council Resolution 2: Para. 1",
        "Security Council Resolution 2: Para. 2",
        "Security Council Resolution 3: Para. 1",
        "Security Council Resolution 3: Para. 2",
        "S/2017/1: Para. 1",
    ]
    assert len(list_extracts(shelf.db, limit=3)) == 3


def test_a_report_counts_by_the_day_it_was_published(shelf, parsed_of) -> None:
    report = parsed_of(
        "women",
        themes=("Protection",),
        symbol="S/2017/1",
        kind=DocumentKind.REPORT,
        adopted_on=None,
        published_on=date(2017, 3, 1),
    )
    shelf.save(report)

    assert len(list_extracts(shelf.db, since=date(2017, 3, 1), until=date(2017, 3, 1))) == 1
    assert list_extracts(shelf.db, since=date(2017, 3, 2)) == []
    assert list_extracts(shelf.db, until=date(2017, 2, 28)) == []


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"themes": ["Protection"]}, 1),
        ({"themes": ["Protection", "Participation"]}, 2),
        ({"themes": ["Protect"]}, 0),
        ({"symbol": SYMBOL}, 1),
        ({"since": date(2018, 1, 1)}, 1),
        ({"until": date(2017, 12, 31)}, 1),
        ({"language": "en"}, 2),
        ({"language": "fr"}, 0),
        ({"only_flagged": True}, 0),
    ],
    ids=str,
)
def test_extracts_are_filtered(shelf, parsed_of, filters: dict[str, object], count: int) -> None:
    shelf.save(parsed_of("women", themes=("Protection",)))
    shelf.save(parsed_of("women", themes=("Participation",), symbol="S/RES/2400 (2018)", adopted_on=date(2018, 2, 1)))

    assert len(list_extracts(shelf.db, **filters)) == count


def test_only_the_current_version_s_extracts_are_listed(shelf, parsed_of) -> None:
    shelf.save(parsed_of("women", themes=("Protection",)))
    shelf.save(parsed_of("girls", themes=("Protection",)))

    assert [extract.text for extract in list_extracts(shelf.db)] == ["girls"]


@pytest.fixture
def first(shelf, parsed_of) -> int:
    return shelf.save(parsed_of("women", "girls", themes=("Protection",))).id


def test_an_extract_is_flagged_where_a_change_of_its_paragraph_is(shelf, first) -> None:
    shelf.change(first, ChangeKind.ADDED, "OP 2", **FLAG)
    shelf.change(first, ChangeKind.ADDED, "OP 1")

    assert [(extract.addresses, extract.flagged) for extract in list_extracts(shelf.db)] == [
        (("OP 1",), False),
        (("OP 2",), True),
    ]
    assert flagged(shelf) == [("OP 2",)]
    assert list_extracts(shelf.db, only_flagged=True, limit=0) == []


def test_a_flag_of_another_document_or_language_does_not_count(shelf, first) -> None:
    shelf.change(first, ChangeKind.ADDED, "OP 1", symbol="S/RES/1325 (2000)", **FLAG)
    shelf.change(first, ChangeKind.ADDED, "OP 1", language="fr", **FLAG)

    assert flagged(shelf) == []


def test_an_extract_stays_flagged_when_another_witness_is_shown(shelf, parsed_of) -> None:
    pdf = shelf.save(parsed_of("women", themes=("Protection",), reader="pdf"), source="un-resolutions")
    shelf.change(pdf.id, ChangeKind.ADDED, "OP 1", **FLAG)

    shelf.save(parsed_of("women", themes=("Protection",)))

    assert flagged(shelf) == [("OP 1",)]


def test_a_flag_follows_its_paragraph_to_its_new_number(shelf, parsed_of, first) -> None:
    shelf.change(first, ChangeKind.ADDED, "OP 1", **FLAG)
    second = shelf.save(parsed_of("boys", "women", "girls", themes=("Protection",))).id
    for before, after in (("OP 1", "OP 2"), ("OP 2", "OP 3")):
        shelf.change(second, ChangeKind.RENUMBERED, after, before_address=before)

    assert flagged(shelf) == [("OP 2",)]


def test_a_renumbering_that_two_witnesses_tell_is_followed_once(shelf, parsed_of, first) -> None:
    shelf.change(first, ChangeKind.ADDED, "OP 1", **FLAG)
    for source in ("unxml", "zz-witness"):
        version = shelf.save(parsed_of("boys", "women", "girls", themes=("Protection",)), source=source).id
        for before, after in (("OP 1", "OP 2"), ("OP 2", "OP 3")):
            shelf.change(version, ChangeKind.RENUMBERED, after, before_address=before)

    assert flagged(shelf) == [("OP 2",)]


def test_a_flag_ends_with_its_paragraph(shelf, parsed_of, first) -> None:
    shelf.change(first, ChangeKind.ADDED, "OP 1", **FLAG)
    second = shelf.save(parsed_of("girls", themes=("Protection",))).id
    gone = {"before_address": "OP 1", "before": "women", "after": None}
    shelf.change(second, ChangeKind.REMOVED, "OP 1", reasons=("lost",), **gone)
    shelf.change(second, ChangeKind.RENUMBERED, "OP 1", before_address="OP 2")

    assert flagged(shelf) == []


@pytest.mark.parametrize(("cause", "confirmed"), [(Cause.WITNESS, True), (Cause.SOURCE, False)])
def test_a_removal_that_is_not_certain_does_not_end_a_flag(
    shelf, parsed_of, first, cause: Cause, confirmed: bool
) -> None:
    shelf.change(first, ChangeKind.ADDED, "OP 1", **FLAG)
    second = shelf.save(parsed_of("women", themes=("Protection",))).id
    shelf.change(second, ChangeKind.REMOVED, "OP 1", before_address="OP 1", cause=cause, is_confirmed=confirmed)

    assert flagged(shelf) == [("OP 1",)]


def test_extracts_of_a_mission_report_bear_its_title_and_its_entry_is_flagged_with_any_of_them(
    shelf, parsed_of
) -> None:
    title = "Report of the Security Council mission to Yemen, 27 January 2013"
    document = replace(
        parsed_of("women", themes=("Protection",), symbol="S/2013/173", adopted_on=None),
        kind=DocumentKind.MISSION_REPORT,
        subject=title,
        published_on=date(2013, 3, 19),
    )
    extracts = (Extract("", ("OP 9",), ("Protection",), "A"), Extract("Para. 1", ("OP 1",), ("Protection",), "women"))
    saved = save_version(shelf.db, document, shelf.snapshot("mission-reports", "S/2013/173"), extracts, SEEN)

    entry, paragraph = list_extracts(shelf.db)
    assert (entry.title, entry.is_entry, entry.flagged) == (title, True, False)
    assert (paragraph.title, paragraph.is_entry) == (f"{title}: Para. 1", False)
    assert entry.published_on == paragraph.published_on == date(2013, 3, 19)

    shelf.change(saved.id, ChangeKind.ADDED, "OP 1", symbol="S/2013/173", **FLAG)
    assert [extract.flagged for extract in list_extracts(shelf.db)] == [True, True]


def test_the_kind_of_a_mission_report_is_the_one_of_the_models() -> None:
    assert DocumentKind.MISSION_REPORT == MISSION_REPORT
