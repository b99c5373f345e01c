"""Random histories of two sources: each paragraph about women of a new document is told once, and nothing else is.

What a history is, and the model that says what should be told, is in `tests.measures.histories`.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.measures.histories import (
    DOCUMENTS,
    PLACES,
    SOURCES,
    WORDS,
    Adopt,
    Appear,
    Crawl,
    Edit,
    History,
    How,
    Printed,
    Setting,
    Told,
    play,
)

pytestmark = pytest.mark.long

numbers, sources = st.integers(0, DOCUMENTS - 1), st.sampled_from(list(SOURCES))
crawls = st.builds(Crawl, sources, st.sampled_from(How), st.integers(0, 3), st.booleans())
steps = st.one_of(
    crawls,
    crawls,
    st.builds(Adopt),
    st.builds(Appear, numbers, sources),
    st.builds(Edit, numbers, st.integers(0, len(PLACES) - 1), st.integers(0, len(WORDS) - 1)),
)
dates = st.tuples(*[st.tuples(st.sampled_from(Printed), st.sampled_from(Printed))] * DOCUMENTS)
histories = st.builds(
    History, st.builds(Setting, st.integers(1, 2), st.integers(0, 1), dates), st.lists(steps, max_size=24).map(tuple)
)

SURE = Setting(1, 1, ((Printed.TRUE, Printed.TRUE),) * DOCUMENTS)
BEGINS = Crawl("unxml", How.WHOLE)


@given(histories)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_told_is_what_the_model_says(history: History) -> None:
    told, expected = play(history)
    assert told == expected


@pytest.mark.parametrize(
    ("name", "steps"),
    [
        ("refused at first", [BEGINS, Crawl("un-resolutions", How.FAILED), Adopt(), Appear(2, "un-resolutions"),
                              Crawl("un-resolutions", How.WHOLE), Appear(2, "unxml"), BEGINS]),
        ("suspect at first", [BEGINS, Adopt(), Appear(2, "un-resolutions"), Crawl("un-resolutions", How.SUSPECT),
                              Crawl("un-resolutions", How.WHOLE)]),
        ("enabled late", [BEGINS, Adopt(), Appear(2, "un-resolutions"), Appear(2, "unxml"),
                          Crawl("un-resolutions", How.WHOLE)]),
        ("only in the second", [BEGINS, Adopt(), BEGINS, Appear(2, "unxml"), BEGINS]),
        ("cut short", [BEGINS, Adopt(), Appear(2, "un-resolutions"), Crawl("un-resolutions", How.CUT_SHORT)]),
    ],
)  # fmt: skip
def test_a_document_adopted_since_the_watch_began_is_told_once_whatever_its_sources_went_through(
    name: str, steps: list[Adopt | Appear | Crawl]
) -> None:
    told, _ = play(History(SURE, tuple(steps)))
    assert told == {Told(2, paragraph, "full"): 1 for paragraph in range(len(PLACES))}, name


def test_what_was_there_when_the_watch_began_is_told_to_nobody() -> None:
    told, _ = play(History(SURE, (BEGINS, Crawl("un-resolutions", How.FAILED))))
    assert told == {}
