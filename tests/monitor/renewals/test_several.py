"""Of several mandates in one text each paragraph is told once, beside the old words that come nearest."""

from collections.abc import Callable

from monitor.renewals.comparison import Comparison, Line, Status, Wps
from monitor.renewals.several import told_once
from storage.drift_values import Kind
from storage.models import Paragraph

Make = Callable[..., Paragraph]


def beside(old: str, *lines: Line) -> Comparison:
    return Comparison("S/RES/2232 (2015)", old, Kind.RENEWAL, lines=lines)


def keys(found: Comparison) -> list[tuple[str | None, str | None]]:
    return [line.key for line in found.lines]


def test_what_one_mandate_carried_on_is_not_new_in_the_other(paragraph: Make) -> None:
    before, now = paragraph("OP 5", "Urges women's access;"), paragraph("OP 9", "Urges women's full access;")
    troops = beside("S/RES/2182 (2014)", Line(None, now, Status.NEW))
    mission = beside("S/RES/2158 (2014)", Line(before, now, Status.REWORDED, Wps.CHANGED, confidence=0.6))
    assert [keys(one) for one in told_once([troops, mission])] == [[], [("OP 5", "OP 9")]]


def test_what_is_new_in_both_is_told_in_the_first(paragraph: Make) -> None:
    now = paragraph("OP 9", "Urges women's access;")
    both = [beside(old, Line(None, now, Status.NEW)) for old in ("S/RES/2182 (2014)", "S/RES/2158 (2014)")]
    assert [keys(one) for one in told_once(both)] == [[(None, "OP 9")], []]


def test_the_nearer_old_words_are_shown(paragraph: Make) -> None:
    now = paragraph("OP 9", "Urges women's access;")
    far = beside("S/RES/1 (2014)", Line(paragraph("OP 1", "Far"), now, Status.REWORDED, Wps.CHANGED, confidence=0.5))
    near = beside("S/RES/2 (2014)", Line(paragraph("OP 2", "Near"), now, Status.REWORDED, Wps.SAME, confidence=0.9))
    assert [keys(one) for one in told_once([far, near])] == [[], [("OP 2", "OP 9")]]


def test_words_that_are_gone_from_both_are_told_once_and_others_each(paragraph: Make) -> None:
    same, also = (paragraph(at, "Requests women protection advisers;") for at in ("OP 3", "OP 7"))
    own = paragraph("OP 8", "Requests gender expertise;")
    first = beside("S/RES/1 (2014)", Line(same, None, Status.DROPPED))
    second = beside("S/RES/2 (2014)", Line(also, None, Status.DROPPED), Line(own, None, Status.DROPPED))
    assert [keys(one) for one in told_once([first, second])] == [[("OP 3", None)], [("OP 8", None)]]


def test_a_loss_is_told_though_the_other_mandate_kept_its_paragraph(paragraph: Make) -> None:
    now = paragraph("OP 9", "Urges access;")
    kept = beside("S/RES/1 (2014)", Line(paragraph("OP 9", "Urges access;"), now, Status.KEPT, Wps.SAME))
    lost = beside("S/RES/2 (2014)", Line(paragraph("OP 4", "Women"), now, Status.REWORDED, Wps.REMOVED, confidence=0.4))
    assert [keys(one) for one in told_once([kept, lost])] == [[("OP 9", "OP 9")], [("OP 4", "OP 9")]]
