"""Citations in Spanish, Russian, Arabic and Chinese: the printed words on the left, what they cite on the right.

The sentences are made by hand in the words of the Council's resolutions; real ones are under tests/cases/citations.
"""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.citations.find import TRANSLATED, find_citations
from scraper.citations.places import places_of
from scraper.citations.translated import unmarked
from scraper.citations.words import words_of

OWN = "S/RES/2803 (2025)"
CITED = "S/RES/2048 (2012)"


def cited(text: str, language: str) -> list[tuple[str, ...]]:
    """Each citation as its words, symbol and addresses."""
    return [(one.text, one.symbol, *one.addresses) for one in find_citations(text, OWN, language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "párrafo 7 de la resolución 2048 (2012)"),
        ("es", "Párrafo 7 de su resolución 2048(2012)"),
        ("ru", "пункте 7 его резолюции 2048 (2012)"),
        ("ru", "пунктом 7 резолюции 2048"),
        ("ar", "الفقرة 7 من القرار 2048 (2012)"),
        ("ar", "بالفقرة 7 من منطوق قراره 2048 (2012)"),
        ("ar", "الفقرة ٧ من القرار ٢٠٤٨ (٢٠١٢)"),
        ("ar", "الفقرة \u200f7 من القرار \u200f\u200f2048 (2012)"),
        ("ar", "الفَقرة 7 مِن القرارِ 2048 (2012)"),
        ("zh", "第2048(2012)号决议第7段"),
        ("zh", "第2048（2012）号决议第7段"),
        ("zh", "第２０４８（２０１２）号决议执行部分第７段"),
        ("zh", "第2048号决议第7段"),
    ],
)
def test_one_paragraph_of_a_resolution_is_cited_with_all_its_words(language: str, text: str) -> None:
    assert cited(text, language) == [(text, CITED, "OP 7")]


@pytest.mark.parametrize(
    ("language", "printed", "addresses"),
    [
        ("es", "3 c), d) y 5 a 7", ("OP 3 (c)", "OP 3 (d)", "OP 5", "OP 6", "OP 7")),
        ("es", "9 a) a c)", ("OP 9 (a)", "OP 9 (b)", "OP 9 (c)")),
        ("ru", "1 a) и 5–7", ("OP 1 (a)", "OP 5", "OP 6", "OP 7")),
        ("ru", "3 a) v)", ("OP 3 (a) (v)",)),
        ("ar", "3 (ج) و 5 إلى 7", ("OP 3 (c)", "OP 5", "OP 6", "OP 7")),
        ("ar", "8 (أ) ’2‘ و (هـ)", ("OP 8 (a) (ii)", "OP 8 (e)")),
        ("zh", "9(a)、(b)和11至13", ("OP 9 (a)", "OP 9 (b)", "OP 11", "OP 12", "OP 13")),
        ("zh", "3(c)㈣", ("OP 3 (c) (iv)",)),
    ],
)
def test_a_printed_list_names_the_same_paragraphs_in_each_language(
    language: str, printed: str, addresses: tuple[str, ...]
) -> None:
    assert places_of(words_of(language).in_english(printed)) == addresses


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "los párrafos 3 y 4 de la presente resolución"),
        ("es", "los párrafos 3 y 4 supra"),
        ("ru", "в пунктах 3 и 4 выше"),
        ("ru", "в пунктах 3 и 4 настоящей резолюции"),
        ("ar", "في الفقرتين 3 و 4 أعلاه"),
        ("ar", "في الفقرتين 3 و 4 من هذا القرار"),
        ("zh", "上文第3和4段"),
        ("zh", "本决议第3段和第4段"),
    ],
)
def test_paragraphs_above_are_the_documents_own(language: str, text: str) -> None:
    assert [one[1:] for one in cited(text, language)] == [(OWN, "OP 3", "OP 4")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "resolution 2048 (2012), and paragraph 6 of that resolution"),
        ("fr", "la résolution 2048 (2012), et le paragraphe 6 de ladite résolution"),
        ("es", "la resolución 2048 (2012) y el párrafo 6 de dicha resolución"),
        ("ru", "резолюцией 2048 (2012) и пунктом 6 этой резолюции"),
        ("ar", "القرار 2048 (2012) والفقرة 6 من ذلك القرار"),
        ("zh", "第2048(2012)号决议以及该决议第6段"),
    ],
)
def test_that_resolution_is_the_one_named_before(language: str, text: str) -> None:
    assert [one[1:] for one in cited(text, language)] == [(CITED,), (CITED, "OP 6")]


def test_that_resolution_is_none_when_no_resolution_was_named() -> None:
    assert cited("paragraph 6 of that resolution and resolution 2048 (2012)", "en") == [
        ("resolution 2048 (2012)", CITED)
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "párrafo 3 del anexo II de la resolución 2048 (2012)"),
        ("ru", "пункт 3 приложения II к резолюции 2048 (2012)"),
        ("ar", "الفقرة 3 من المرفق الثاني من القرار 2048 (2012)"),
        ("zh", "第2048(2012)号决议附件二第3段"),
    ],
)
def test_a_paragraph_of_an_annex_is_no_operative_paragraph(language: str, text: str) -> None:
    assert [one[1:] for one in cited(text, language)] == [(CITED, "Annex II, para. 3")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "el párrafo 2 de las resoluciones 2048 (2012) y 2509 (2020)"),
        ("ru", "пункт 2 резолюций 2048 (2012) и 2509 (2020)"),
        ("ar", "الفقرة 2 من القرارين 2048 (2012) و 2509 (2020)"),
        ("zh", "第2048(2012)和2509(2020)号决议第2段"),
    ],
)
def test_several_resolutions_share_no_list_of_paragraphs(language: str, text: str) -> None:
    assert [one[1:] for one in cited(text, language)] == [(CITED,), ("S/RES/2509 (2020)",)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "paragraph 1" + ", (a)" * 500),
        ("es", "párrafo 1" + ", a)" * 500),
        ("es", "apartados a)" + " y b)" * 500),
        ("ru", "пункт 1" + " и a)" * 500),
        ("ar", "الفقرة 1" + " و (أ)" * 500),
        ("zh", "第1" + "、(a)" * 500),
    ],
)
def test_a_list_that_leads_nowhere_is_left_at_once(language: str, text: str) -> None:
    started = time.process_time()

    assert cited(text, language) == []
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "la resolución 19/29 del Consejo de Derechos Humanos, artículo 14, párrafo 4"),
        ("ru", "пункты защиты в 12 (2011) городах"),
        ("ar", "الفقرة 3.2.2 من الاتفاق المنشط"),
        ("zh", "从第1阶段到第3段时间，2025年5月"),
    ],
)
def test_what_only_looks_like_a_reference_is_none(language: str, text: str) -> None:
    assert cited(text, language) == []


WORDS = (
    "párrafos ;apartados ;a) ;3;7; y ; a ;, ; de la ;resolución ;resoluciones ;2048; (2012);S/2013/173;(;);"
    "пункты ;подпункта ;резолюции ; и ;–;выше;الفقرة ;الفقرات ; من ;القرار ; و ; إلى ;(ج);أعلاه;\u200f;٧;"
    "第;号决议;段;、;和;至;㈣;（2012）;上文;该决议;附件二;46/182;大会;\u064e"
)
PIECES = st.lists(st.sampled_from(WORDS.split(";")))


@given(st.one_of(st.text(), PIECES.map("".join)), st.sampled_from(sorted(TRANSLATED)))
def test_any_text_is_read_and_each_citation_is_words_of_it(text: str, language: str) -> None:
    found = find_citations(text, OWN, language)

    assert all(text[one.start : one.end] == one.text != "" for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)


@given(st.one_of(st.text(), PIECES.map("".join)))
def test_a_text_without_its_marks_knows_where_each_sign_stood(text: str) -> None:
    plain, origins = unmarked(text)

    assert len(plain) == len(origins)
    assert origins == sorted(set(origins))
    assert all(
        sign == text[place] or text[place] in "（）" or text[place].isdecimal() or text[place] > "\uff00"
        for sign, place in zip(plain, origins, strict=True)
    )


# a paragraph with the letters of its sub-paragraphs, or with none
PLACES = st.lists(
    st.tuples(st.integers(1, 120), st.sampled_from(["", "a", "c", "h"])), min_size=1, max_size=6, unique=True
)
ARABIC_LETTERS = {"a": "أ", "c": "ج", "h": "ح"}


def printed_in(language: str, places: list[tuple[int, str]]) -> str:
    """A citation of these paragraphs of a resolution as it is printed in a language."""
    latin = [f"{number} {letter}) ".strip() if letter else str(number) for number, letter in places]
    arabic = [f"{number} ({ARABIC_LETTERS[letter]})" if letter else str(number) for number, letter in places]
    closed = [f"{number}({letter})" if letter else str(number) for number, letter in places]
    match language:
        case "es":
            return f"los párrafos {', '.join(latin[:-1])}{' y ' if latin[1:] else ''}{latin[-1]} de su resolución 2048"
        case "ru":
            return f"в пунктах {', '.join(latin[:-1])}{' и ' if latin[1:] else ''}{latin[-1]} резолюции 2048 (2012)"
        case "ar":
            return f"في الفقرات {' و '.join(arabic)} من القرار 2048 (2012)"
        case "zh":
            return f"第2048(2012)号决议第{'、'.join(closed)}段"
        case _:
            return f"paragraphs {', '.join(closed)} of resolution 2048 (2012)"


@given(PLACES, st.sampled_from(["en", "es", "ru", "ar", "zh"]))
def test_any_list_of_paragraphs_is_read_as_it_was_printed(places: list[tuple[int, str]], language: str) -> None:
    (found,) = find_citations(printed_in(language, places), OWN, language)

    assert found.symbol == CITED
    assert found.addresses == tuple(f"OP {number}{f' ({letter})' if letter else ''}" for number, letter in places)
