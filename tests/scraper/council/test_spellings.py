import pytest

from scraper.council.spellings import other_spelling


@pytest.mark.parametrize(
    ("british", "american"),
    [("organisations", "organizations"), ("analysed", "analyzed"), ("labour", "labor"), ("honourable", "honorable"),
     ("centre", "center"), ("programme", "program"), ("defence", "defense"), ("travelled", "traveled"),
     ("paediatricians", "pediatricians")],
)  # fmt: skip
def test_each_spelling_names_the_other(british: str, american: str) -> None:
    assert other_spelling(british) == american
    assert other_spelling(american) == british


@pytest.mark.parametrize("word", ["women", "wise", "four", "peace", "rise", "", "1325"])
def test_most_words_have_one_spelling(word: str) -> None:
    assert other_spelling(word) is None
