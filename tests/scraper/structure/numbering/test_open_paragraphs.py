"""Which list a label goes on in when nothing says so but how it counts."""

from scraper.structure.numbering.open_paragraphs import OpenLine


def opened(*labels: str) -> OpenLine:
    """A paragraph with a sub-paragraph of each label, one under the other."""
    line = OpenLine()
    line.begin("1", "OP 1", "Decides:")
    for depth, label in enumerate(labels, 1):
        line.push(depth, label, f"OP 1 {' '.join(f'({each})' for each in labels[:depth])}", "Text:")
    return line


def test_a_label_that_jumps_stays_in_the_deepest_list_that_counts_so() -> None:
    line = opened("a", "1", "a")
    assert line.depth_of_label("d") == 3


def test_a_label_goes_on_in_the_list_whose_next_it_is() -> None:
    line = opened("a", "1", "a")
    assert (line.depth_of_label("b"), line.depth_of_label("2")) == (3, 2)


def test_a_first_label_opens_a_list_under_the_last_paragraph() -> None:
    assert opened("a").depth_of_label("i") == 2
