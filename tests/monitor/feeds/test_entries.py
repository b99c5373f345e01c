"""What becomes an entry, which id it has, and when it counts as updated."""

from datetime import UTC, date, datetime, timedelta

import pytest

from monitor.feeds.collect import root_address
from monitor.feeds.entries import feeds_of, slug
from storage.models import THEMES
from storage.records import Cause, Change, ChangeKind
from tests.monitor.feeds.feed_rows import NOW, make_change, make_entries, make_row


def test_an_entry_is_published_when_its_document_was_first_seen() -> None:
    [entry] = make_entries()
    assert entry.id == "tag:wpswatch.invalid,2026:S/RES/2779(2025)/en/OP-3"
    assert (entry.published, entry.updated) == (NOW, NOW)
    assert entry.url == "https://docs.un.org/en/S/RES/2779(2025)"
    assert entry.paragraphs == ("3. Calls for:", "(a) the full participation of women;")


@pytest.mark.parametrize(
    ("address", "change"),
    [
        ("OP 3 (a)", make_change("OP 3 (a)")),
        ("OP 3 (a)", make_change("OP 3", is_wps=False)),
        ("OP 3 (a)", make_change("OP 3 (b)", kind=ChangeKind.ADDED, before=None, before_address=None)),
        ("OP 3 (a)", make_change("OP 3 (c)", kind=ChangeKind.REMOVED, after=None)),
        ("PP 4", make_change("PP 5", kind=ChangeKind.ADDED, before=None, before_address=None)),
    ],
    ids=["its words", "words that introduce it", "words beside it came", "words beside it went", "a preamble"],
)
def test_when_the_source_changes_its_words_the_entry_is_updated_and_its_id_stays(address: str, change: Change) -> None:
    before, after = make_entries(make_row(address)), make_entries(make_row(address), changes=(change,))

    assert after[0].updated == NOW + timedelta(days=2) > before[0].updated
    assert (after[0].id, after[0].published) == (before[0].id, before[0].published)


@pytest.mark.parametrize(
    "change",
    [
        make_change("OP 4"),
        make_change("OP 3 (b)", is_wps=False),
        make_change("OP 3 (a)", symbol="S/RES/2780 (2025)"),
        make_change("OP 3 (a)", language="fr"),
        make_change("OP 3 (a)", cause=Cause.PARSER),
        make_change("OP 3 (a)", run=1, detected_at=NOW + timedelta(minutes=1)),
    ],
    ids=["another paragraph", "words that are not shown", "another document", "another language", "our own reading",
         "the run that first saw it"],
)  # fmt: skip
def test_what_is_not_a_change_of_its_words_is_no_update(change: Change) -> None:
    [entry] = make_entries(make_row("OP 3 (a)"), changes=(change,))
    assert entry.updated == NOW


def test_newest_are_those_last_adopted_or_changed_and_not_those_last_fetched() -> None:
    old = make_row(symbol="S/RES/1 (1946)", adopted_on=date(1946, 1, 25), first_seen_at=NOW + timedelta(days=9))
    changed = make_row(symbol="S/RES/2 (1946)", adopted_on=date(1946, 1, 30), first_seen_at=NOW)
    entries = make_entries(old, make_row(), changed, changes=(make_change(symbol="S/RES/2 (1946)"),))
    assert [entry.symbol for entry in entries] == ["S/RES/2 (1946)", "S/RES/2779 (2025)", "S/RES/1 (1946)"]


def test_a_document_in_several_languages_is_told_in_english_once() -> None:
    entries = make_entries(make_row(language="ar"), make_row(), make_row(language="fr"))
    assert [entry.language for entry in entries] == ["en"]
    only = make_entries(make_row(language="fr"), make_row(language="es"))
    assert [entry.language for entry in only] == ["es"]


def test_two_extracts_of_one_place_have_two_ids() -> None:
    ids = [entry.id for entry in make_entries(make_row("OP 3 (a)"), make_row("OP 3 (a) #2"))]
    assert ids == [ids[0], f"{ids[0]}.2"]


@pytest.mark.parametrize(
    ("address", "root"),
    [
        ("PP 7", "PP"),
        ("OP 42", "OP 42"),
        ("OP 42 (a) (iii)", "OP 42"),
        ("OP 4 (•2)", "OP 4"),
        ("OP 7 +1", "OP 7"),
        ("OP 8 (b) #2", "OP 8"),
        ("Annex II, para. 3 (b)", "Annex II, para. 3"),
        ("para. 41 (a)", "para. 41"),
    ],
)
def test_an_extract_hangs_on_a_printed_number(address: str, root: str) -> None:
    assert root_address(address) == root


def test_there_is_a_feed_of_all_and_one_of_each_theme_with_the_newest() -> None:
    rows = [make_row(f"OP {number}", themes=("Participation", "Protection")[: number % 2 + 1]) for number in range(9)]

    feeds = {feed.name: feed for feed in feeds_of(make_entries(*rows), "WPS", limit=3)}

    assert list(feeds) == ["all", *map(slug, THEMES)]
    assert [entry.id[-4:] for entry in feeds["all"].entries] == ["OP-0", "OP-1", "OP-2"]
    assert [entry.id[-4:] for entry in feeds["protection"].entries] == ["OP-1", "OP-3", "OP-5"]
    assert feeds["disarmament"].entries == ()
    assert feeds["disarmament"].updated == datetime(1970, 1, 1, tzinfo=UTC)
    assert slug("Justice, Rule of Law and Security Sector Reform") == "justice-rule-of-law-and-security-sector-reform"
