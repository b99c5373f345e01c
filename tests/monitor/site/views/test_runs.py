from hypothesis import given
from hypothesis import strategies as st

from monitor.site.views.runs import TextRun, TextSpan, runs_of
from monitor.text.harmless import harmless

SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: TextSpan(min(pair), max(pair))), max_size=5
)


def test_marks_and_links_cut_the_words_where_they_begin_and_end() -> None:
    text = "Recalling resolution 1325 (2000) on women"
    runs = runs_of(text, [TextSpan(10, 32), TextSpan(36, 41)], [TextSpan(21, 32, "../resolutions/1325.html")])

    assert runs == (
        TextRun("Recalling "),
        TextRun("resolution ", is_mark=True),
        TextRun("1325 (2000)", is_mark=True, href="../resolutions/1325.html"),
        TextRun(" on "),
        TextRun("women", is_mark=True),
    )


@given(st.text(alphabet="ab cé\u00a0’", max_size=50).map(harmless), SPANS, SPANS)
def test_the_runs_joined_are_the_words(text: str, marks: list[TextSpan], links: list[TextSpan]) -> None:
    assert " ".join("".join(run.text for run in runs_of(text, marks, links)).split()) == text
