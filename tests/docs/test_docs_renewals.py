"""The page on renewals names every field of the record, every rule of a direction and every option."""

from dataclasses import fields

from monitor.cli.pages.drift import RULES
from monitor.cli.records.drift import drift_record, line_record
from monitor.cli.renewals.asked import STATUSES
from monitor.cli.renewals.drift import drift
from monitor.renewals.comparison import Comparison, Counts, Line, Reference, Status, TermUse, Whole
from storage.drift_values import Kind
from tests.paths import ROOT

PAGE = (ROOT / "docs/reference/drift.md").read_text()


def named(word: str) -> bool:
    return f"`{word}`" in PAGE


def test_every_field_of_the_record_is_documented() -> None:
    record = drift_record(Comparison("S/RES/2 (2020)", None, Kind.NONE))
    inner = [field.name for value in (Counts, Whole, TermUse, Reference) for field in fields(value)]
    wanted = [*record, *line_record(Line(None, None, Status.NEW)), *inner]
    assert [name for name in wanted if not named("in_new" if name == "is_in_new" else name)] == []


def test_every_rule_is_documented() -> None:
    assert [rule for rule in RULES if not named(rule)] == []


def test_every_status_and_kind_is_documented() -> None:
    assert [one for one in (*STATUSES, *Kind) if not named(one)] == []
    assert tuple(Status) == STATUSES


def test_every_option_is_documented() -> None:
    options = [option for parameter in drift.params for option in parameter.opts if option.startswith("--")]
    assert [option for option in options if option not in PAGE] == []
