"""What became of each paragraph about women in two texts: statuses, pairs, words, corrections."""

from dataclasses import replace

import pytest

from monitor.renewals.comparison import Correction, Direction, Line, Said, Status, Wps
from monitor.renewals.lines import compare_texts
from storage.models import Paragraph

REPORT = "Requests the Secretary-General to report on the implementation of this resolution every ninety days;"
LIST = (
    "Condemns the killing of civilians, arbitrary detention of journalists, looting of humanitarian convoys, rape and "
    "other sexual violence, and recruitment of child soldiers, and demands that armed groups cease these acts;"
)
BARE_LIST = (
    "Condemns the killing of civilians, arbitrary detention of journalists, looting of humanitarian convoys, and "
    "recruitment of child soldiers, and demands that armed groups cease these acts;"
)
VOTERS = (
    "Calls upon the authorities to register women as voters and candidates in the provincial elections of the autumn;"
)
POLICE = "Encourages the national police to recruit women officers and to train them in forensic investigation methods;"
BOTH = (
    "Calls upon the authorities to register women as voters and candidates in the provincial elections of the autumn, "
    "and encourages the national police to recruit women officers and to train them in forensic investigation methods;"
)
JUDGES = "Welcomes the appointment of women judges to the special criminal court of Bangui;"


def statuses(lines: tuple[Line, ...]) -> dict[tuple[str | None, str | None], Status]:
    return {line.key: line.status for line in lines}


def test_a_text_beside_itself_keeps_everything(paragraph) -> None:
    text = [paragraph("OP 1", REPORT), paragraph("OP 2", LIST, wps=True), paragraph("OP 3", JUDGES, wps=True)]
    lines = compare_texts(text, text).lines
    assert statuses(lines) == {("OP 2", "OP 2"): Status.KEPT, ("OP 3", "OP 3"): Status.KEPT}
    assert {line.wps for line in lines} == {Wps.SAME}
    assert {line.direction for line in lines} == {None}


def test_a_renumbered_paragraph_with_another_date_is_kept(paragraph) -> None:
    old = [paragraph("OP 2", "Requests the GoSS to report on women by 30 April 2024;", wps=True)]
    text = "Requests the transitional government to report on women by 30 April 2025;"
    new = [paragraph("OP 1", REPORT), paragraph("OP 9", text, wps=True)]
    assert statuses(compare_texts(old, new).lines) == {("OP 2", "OP 9"): Status.KEPT}


def test_words_about_women_that_went_from_a_list_are_removed_and_silent(paragraph) -> None:
    [line] = compare_texts([paragraph("OP 6", LIST, wps=True)], [paragraph("OP 5", BARE_LIST)]).lines
    assert (line.status, line.wps, line.direction) == (Status.REWORDED, Wps.REMOVED, Direction.WEAKER)
    assert line.is_silent
    assert line.reasons[0].rule == "words-removed"


def test_words_about_women_that_came_into_a_paragraph_are_added(paragraph) -> None:
    [line] = compare_texts([paragraph("OP 6", BARE_LIST)], [paragraph("OP 5", LIST, wps=True)]).lines
    assert (line.status, line.wps, line.direction) == (Status.REWORDED, Wps.ADDED, Direction.STRONGER)


def test_two_paragraphs_in_one_are_merged_and_neither_is_dropped(paragraph) -> None:
    old = [paragraph("OP 1", VOTERS, wps=True), paragraph("OP 2", POLICE, wps=True)]
    lines = compare_texts(old, [paragraph("OP 1", BOTH, wps=True)]).lines
    assert statuses(lines) == {("OP 1", "OP 1"): Status.MERGED, ("OP 2", "OP 1"): Status.MERGED}


def test_one_paragraph_in_two_is_split_and_neither_is_new(paragraph) -> None:
    new = [paragraph("OP 1", VOTERS, wps=True), paragraph("OP 2", POLICE, wps=True)]
    lines = compare_texts([paragraph("OP 1", BOTH, wps=True)], new).lines
    assert statuses(lines) == {("OP 1", "OP 1"): Status.SPLIT, ("OP 1", "OP 2"): Status.SPLIT}


def test_what_has_no_counterpart_is_dropped_with_the_nearest_named_or_new(paragraph) -> None:
    old = [paragraph("OP 1", REPORT), paragraph("OP 2", POLICE, wps=True)]
    new = [paragraph("OP 1", REPORT), paragraph("OP 2", JUDGES, wps=True)]
    new_one, dropped = compare_texts(old, new).lines
    assert (dropped.key, dropped.status, dropped.wps) == (("OP 2", None), Status.DROPPED, None)
    assert dropped.nearest is not None
    assert dropped.nearest.address == "OP 2"
    assert dropped.nearest.similarity < 0.4
    assert (new_one.key, new_one.status) == ((None, "OP 2"), Status.NEW)


def test_what_the_new_text_keeps_by_citing_it_is_merged_there_not_dropped(paragraph) -> None:
    old = [paragraph("OP 42", "Requests the mission to:"), paragraph("OP 42 (a)", POLICE, wps=True)]
    new = [paragraph("OP 36", "Requests the mission to go on as set out in paragraph 42 of resolution 2612 (2021);",
                     cites=(("S/RES/2612 (2021)", ("OP 42",)),))]  # fmt: skip
    [line] = compare_texts(old, new, "S/RES/2612 (2021)").lines
    assert (line.key, line.status, line.wps) == (("OP 42 (a)", "OP 36"), Status.MERGED, Wps.REMOVED)
    assert [reason.rule for reason in line.reasons] == ["kept-by-reference"]


def test_a_citation_of_another_resolution_keeps_nothing(paragraph) -> None:
    old = [paragraph("OP 42", POLICE, wps=True)]
    cites = (("S/RES/2556 (2020)", ("OP 42",)),)
    new = [paragraph("OP 36", "Recalls paragraph 42 of resolution 2556 (2020);", cites=cites)]
    assert statuses(compare_texts(old, new, "S/RES/2612 (2021)").lines) == {("OP 42", None): Status.DROPPED}


def test_a_paragraph_that_went_to_the_preamble_is_told(paragraph) -> None:
    [line] = compare_texts([paragraph("OP 1", JUDGES, wps=True)],
                           [paragraph("PP 4", JUDGES.replace("Welcomes", "Welcoming"), wps=True)]).lines  # fmt: skip
    assert line.moved == "to-preamble"


def test_other_languages_have_no_direction(paragraph) -> None:
    lines = compare_texts([paragraph("OP 6", LIST, wps=True)], [paragraph("OP 5", BARE_LIST)], language="es").lines
    assert [line.direction for line in lines] == [None]


def test_two_texts_that_have_nothing_in_common_have_no_pair(paragraph) -> None:
    compared = compare_texts([paragraph("OP 1", POLICE, wps=True)], [paragraph("OP 1", REPORT)])
    assert compared.paired == 0.0


def test_identical_bullets_are_paired_in_their_order(paragraph) -> None:
    old = [paragraph(f"OP 1 (•{n})", "women;", wps=True) for n in range(1, 4)]
    assert [line.key for line in compare_texts(old, old).lines] == [(f"OP 1 (•{n})",) * 2 for n in range(1, 4)]


def test_two_paragraphs_at_one_address_are_both_told(paragraph) -> None:
    old = [paragraph("OP 8", POLICE, wps=True), paragraph("OP 8 #2", JUDGES, wps=True)]
    assert statuses(compare_texts(old, old[:1]).lines) == {
        ("OP 8", "OP 8"): Status.KEPT,
        ("OP 8 #2", None): Status.DROPPED,
    }


@pytest.mark.parametrize("empty", ["", "12 (2019);", "—"])
def test_a_paragraph_without_words_does_no_harm(paragraph, empty: str) -> None:
    text: list[Paragraph] = [paragraph("OP 1", empty, wps=True), paragraph("OP 2", JUDGES, wps=True)]
    assert len(compare_texts(text, text).lines) == 2


def said(old: str | None, new: str | None, status: Status, direction: Direction | None = None) -> Correction:
    return Correction(old, new, status, direction, Said("Ada", "read both"))


def test_a_correction_takes_the_place_of_what_it_contradicts(paragraph) -> None:
    old = [paragraph("OP 1", VOTERS, wps=True), paragraph("OP 2", POLICE, wps=True)]
    new = [paragraph("OP 1", VOTERS, wps=True), paragraph("OP 2", JUDGES, wps=True)]
    lines = compare_texts(old, new, corrections=[said("OP 2", "OP 2", Status.REWORDED, Direction.WEAKER)]).lines
    corrected = next(line for line in lines if line.key == ("OP 2", "OP 2"))
    assert (corrected.status, corrected.direction) == (Status.REWORDED, Direction.WEAKER)
    assert corrected.said == Said("Ada", "read both")
    assert len(lines) == 2


def test_a_paragraph_that_a_person_calls_dropped_leaves_its_counterpart_new(paragraph) -> None:
    text = [paragraph("OP 1", VOTERS, wps=True)]
    lines = compare_texts(text, text, corrections=[said("OP 1", None, Status.DROPPED)]).lines
    assert statuses(lines) == {("OP 1", None): Status.DROPPED, (None, "OP 1"): Status.NEW}


def test_a_merge_that_a_person_told_leaves_the_others_that_were_merged(paragraph) -> None:
    old = [paragraph("OP 1", VOTERS, wps=True), paragraph("OP 2", JUDGES, wps=True)]
    new = [paragraph("OP 1", VOTERS, wps=True)]
    lines = compare_texts(old, new, corrections=[said("OP 2", "OP 1", Status.MERGED)]).lines
    assert statuses(lines) == {("OP 1", "OP 1"): Status.MERGED, ("OP 2", "OP 1"): Status.MERGED}


def test_every_paragraph_about_women_stands_in_a_line_and_no_pair_twice(paragraph) -> None:
    old = [paragraph("OP 1", VOTERS, wps=True), paragraph("OP 2", POLICE, wps=True), paragraph("OP 3", LIST, wps=True)]
    new = [paragraph("OP 1", BARE_LIST), paragraph("OP 2", BOTH, wps=True), paragraph("OP 3", JUDGES, wps=True)]
    keys = [line.key for line in compare_texts(old, new).lines]
    assert {one for one, _ in keys if one} >= {"OP 1", "OP 2", "OP 3"}
    assert {other for _, other in keys if other} >= {"OP 2", "OP 3"}
    assert len(keys) == len(set(keys))


def test_six_hundred_paragraphs_are_compared_in_time(paragraph) -> None:
    from time import process_time

    old = [
        paragraph(f"OP {n}", f"{VOTERS[:-1]} of district {chr(97 + n % 26)}{chr(97 + n // 26)};", wps=True)
        for n in range(600)
    ]
    new = [paragraph(one.address, one.text.replace("autumn", "spring"), wps=True) for one in old]
    started = process_time()
    lines = compare_texts(old, new).lines
    assert process_time() - started < 5
    assert [line.key for line in lines] == [(one.address, one.address) for one in old]


def test_a_split_that_a_person_told_leaves_where_else_the_old_one_went(paragraph) -> None:
    old = [paragraph("OP 1", VOTERS, wps=True)]
    new = [paragraph("OP 1", VOTERS, wps=True), paragraph("OP 2", JUDGES, wps=True)]
    lines = compare_texts(old, new, corrections=[said("OP 1", "OP 2", Status.SPLIT)]).lines
    assert statuses(lines) == {("OP 1", "OP 1"): Status.SPLIT, ("OP 1", "OP 2"): Status.SPLIT}


def test_where_a_mandate_ends_a_direction_that_the_program_read_is_left_out(paragraph) -> None:
    before = paragraph("OP 1", "Demands that all parties respect the rights of women and girls;", wps=True)
    after = paragraph("OP 1", "Notes that all parties respect the rights of women and girls;", wps=True)
    (line,) = compare_texts([before], [after]).lines
    assert line.direction is Direction.WEAKER
    levelled = line.levelled()
    assert (levelled.direction, levelled.reasons, levelled.status) == (Direction.NEUTRAL, (), line.status)
    said = replace(line, said=Said("Ada", None))
    assert said.levelled().direction is Direction.WEAKER


def test_a_stale_cross_reference_changes_nothing_and_keeps_nothing(paragraph) -> None:
    text = "Requests the deployment of women protection advisers, as set out in paragraph {} of {};"
    old = paragraph("OP 20", text.format("17 (c)", "resolution 2612 (2021)"), wps=True)
    stale = paragraph(
        "OP 15",
        text.format("20", "resolution 2556 (2020)"),
        wps=True,
        cites=(("S/RES/2556 (2020)", ("OP 20",)),),
    )
    (line,) = compare_texts([old], [stale], "S/RES/2666 (2022)").lines
    assert (line.status, line.wps, line.direction) == (Status.KEPT, Wps.SAME, None)
    dropped = compare_texts([old], [paragraph("OP 1", REPORT, cites=(("S/RES/2556 (2020)", ("OP 20",)),))])
    assert [one.status for one in dropped.lines] == [Status.DROPPED]


def test_a_government_under_its_new_name_is_the_same(paragraph) -> None:
    text = "Urges the {} to ensure that women hold seats in the peace commission of the ten states;"
    before, after = (paragraph("OP 4", text.format(name), wps=True) for name in ("GoSS", "transitional government"))
    assert statuses(compare_texts([before], [after]).lines) == {("OP 4", "OP 4"): Status.KEPT}
