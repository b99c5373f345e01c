"""What `drift --json` says of thirteen renewals, without the texts."""

import json

import pytest

from monitor.cli.records.drift import drift_record
from monitor.renewals.comparison import Comparison
from monitor.renewals.lines import compare_texts
from monitor.renewals.references import references
from monitor.renewals.term_counts import about_women, count_terms
from storage.drift_values import Kind
from tests.measures.renewal_figures import Case, read_cases

TEXTS = {"old_text", "new_text", "changes"}


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.name)
def test_the_record_is_as_it_was_read(case: Case) -> None:
    compared = compare_texts(case.old, case.new, case.old_symbol)
    comparison = Comparison(
        case.new_symbol,
        case.old_symbol,
        Kind.RENEWAL,
        lines=compared.lines,
        paired=compared.paired,
        terms=count_terms(
            case.old, case.new, {case.old_symbol: about_women(case.old), case.new_symbol: about_women(case.new)}
        ),
        references=references(case.old_symbol, case.old, case.new, lambda symbol: ()),
    )
    record = drift_record(comparison)
    record["lines"] = [{name: line[name] for name in line if name not in TEXTS} for line in record["lines"]]
    if not case.golden.exists():
        case.golden.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n")
        pytest.fail(f"{case.golden.name} of {case.name} was written: read it, then run again")
    assert record == json.loads(case.golden.read_text())


def test_there_are_thirteen() -> None:
    assert len(read_cases()) == 13
