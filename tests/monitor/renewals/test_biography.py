import pytest

from monitor.renewals.biography import biography
from monitor.renewals.comparison import Status

JUDGES = "Welcomes the appointment of women judges to the special criminal court of Bangui;"
FIRST, SECOND, THIRD, FOURTH = (
    f"S/RES/{number} (20{year})" for number, year in ((2000, 11), (2100, 13), (2200, 15), (2300, 17))
)
ROADS = "Requests the mission to repair the roads between the airport and the harbour;"


@pytest.fixture
def texts(paragraph):
    return {
        FIRST: [paragraph("OP 1", ROADS)],
        SECOND: [paragraph("OP 1", ROADS), paragraph("OP 2", JUDGES, wps=True)],
        THIRD: [paragraph("OP 9", JUDGES.replace("Welcomes", "Strongly welcomes"), wps=True)],
        FOURTH: [paragraph("OP 1", ROADS)],
    }


def test_a_paragraph_is_followed_to_its_first_appearance_and_to_its_end(texts) -> None:
    life = biography(texts, THIRD, "OP 9")
    assert [(step.symbol, step.paragraph.address) for step in life.steps] == [(SECOND, "OP 2"), (THIRD, "OP 9")]
    assert life.steps[0].line is None
    assert life.steps[1].line is not None
    assert life.steps[1].line.status is Status.REWORDED
    assert life.gone_in == FOURTH


def test_its_life_is_the_same_from_whichever_text_it_is_asked(texts) -> None:
    assert biography(texts, SECOND, "OP 2") == biography(texts, THIRD, "OP 9")


def test_what_still_stands_is_gone_nowhere_and_kept_words_are_the_same(texts) -> None:
    life = biography({FIRST: texts[FIRST], FOURTH: texts[FOURTH]}, FOURTH, "OP 1")
    assert [step.is_same for step in life.steps] == [False, True]
    assert life.gone_in is None


def test_an_unknown_paragraph_has_no_life(texts) -> None:
    with pytest.raises(KeyError):
        biography(texts, THIRD, "OP 1")
