import pytest

from monitor.renewals.wording.words import key_of, words_of


def key(text: str) -> str:
    return key_of(words_of(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("to adopt a survivor-centered approach", "to adopt a survivor-centred approach;"),
        ("analyzing programs and labor", "Analysing programmes and labour"),
        ("within 30 days of 30 April 2024", "within 60 days of 8 May 2025"),
        ("resolution 2729 (2024), paragraph 12", "resolution 2779 (2025), paragraph 14"),
        ("paragraph 17 (c) of resolution 2612 (2021)", "paragraph 20 of resolution 2666 (2022)"),
        ("paragraphs 3(a)(ii) and 4 (b) (i)", "paragraphs 3 and 4 (c)"),
        ("the report (S/2023/413)", "the report (S/2024/292)"),
        ("when the GoSS is unable", "when the transitional government is unable"),
        ("women’s participation", "women's participation"),
        ("gender responsive", "gender-responsive"),
        ("gender advisors", "Gender Advisers"),
    ],
)
def test_what_is_the_same_but_for_spelling_dates_numbers_and_names(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a 35 per cent quota", "a 30 per cent quota"),
        ("the 35% quota", "the quota"),
        ("women (and girls)", "women"),
        ("women and girls", "women"),
        ("shall ensure", "should ensure"),
        ("may support", "support in May"),
    ],
)
def test_what_is_not_the_same(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_a_folded_word_knows_where_it_stands() -> None:
    text = "Requests the GoSS by 30 April 2026 to ensure women’s quota"
    [first, *_, last] = words_of(text)
    assert text[first.start : first.end] == "Requests"
    assert text[last.start : last.end] == "quota"
    assert [word.word for word in words_of(text)] == [
        "requests", "the", "@south-sudan", "by", "to", "ensure", "women", "quota",
    ]  # fmt: skip


def test_a_text_of_numbers_alone_has_no_words() -> None:
    assert words_of("2467 (2019), 12 May 2025") == ()
