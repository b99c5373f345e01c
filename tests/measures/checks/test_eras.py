import pytest

from tests.measures.reading.eras import has_gap, main


@pytest.mark.parametrize(
    ("numbers", "is_odd"),
    [([], False), ([1, 2, 3], False), ([1, 2, 1, 2, 3], False), ([1, 3], True), ([2, 3], True), ([1, 2, 2], True)],
)
def test_only_runs_from_one_have_no_gap(numbers, is_odd):
    assert has_gap(numbers) is is_odd


def test_a_text_that_skips_a_number_is_counted_and_listed(tmp_path, capsys):
    text = (
        "Resolution {0} (1967)\nof 22 November 1967\n\nThe Security Council,\n\n1. Decides to act;\n\n{1}. Ends it.\n"
    )
    (tmp_path / "S_RES_0242_1967.txt").write_text(text.format(242, 2))
    (tmp_path / "S_RES_0243_1967.txt").write_text(text.format(243, 3))
    assert main([str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "without a gap or warning: 1 (0.5000)" in printed
    assert "S_RES_0243_1967.txt: [1, 3], number-jumps at OP 3" in printed
