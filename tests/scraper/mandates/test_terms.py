"""What operative paragraphs decide of mandates: sentences of the Council, each with the body, the act and the day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.mandates.term import Act, MandateTerm
from scraper.mandates.term_days import day_in
from scraper.mandates.terms import read_terms
from storage.models import Paragraph, Part

ADOPTED = date(2014, 3, 14)


def terms(text: str, *bodies: str, chapeau: str | None = None) -> list[MandateTerm]:
    paragraph = Paragraph("OP 1", Part.OPERATIVE, text, chapeau=chapeau)
    return read_terms([paragraph], lambda: bodies)


@pytest.mark.parametrize(
    ("text", "act", "body", "until"),
    [
        ("Decides to extend the mandate of UNMISS until 30 April 2026;", "extended", "UNMISS", "2026-04-30"),
        ("Decides to extend until 15 December 2018 the mandate of MINUSCA as set out in resolution 2387 (2017);",
         "extended", "MINUSCA", "2018-12-15"),
        ("Decides to renew the mandate of the United Nations Disengagement Observer Force for a period of six "
         "months, that is, until 30 June 2004;", "extended", "UNDOF", "2004-06-30"),
        ("Decides to extend the mandate of UNFICYP for a further period ending on 31January 2021;",
         "extended", "UNFICYP", "2021-01-31"),
        ("Decides to extend the mandate of UNOMIG for a new period terminating on 31 July 2001, subject to a review;",
         "extended", "UNOMIG", "2001-07-31"),
        ("Decides to extend the mandate of MONUC, as contained in resolutions 1493 and 1533, until the 1st of "
         "October 2004;",
         "extended", "MONUC", "2004-10-01"),
        ("Decides to extend, to 31 January 2026, the mandate of BINUH in accordance with its resolution 2476 (2019);",
         "extended", "BINUH", "2026-01-31"),
        ("Decides to extend the mandate of the United Nations Assistance Mission for Iraq (UNAMI) until July 31, 2014;",
         "extended", "UNAMI", "2014-07-31"),
        ("Decides that the mandate of UNAMSIL shall be extended for a period of six months from 30 September 2001;",
         "extended", "UNAMSIL", "2002-03-30"),
        ("Decides, following the request from the Government of Nepal and based on the Secretary-General’s "
         "recommendation, to renew the mandate of UNMIN until 23 July 2008;", "extended", "UNMIN", "2008-07-23"),
        ("Decides to establish as of 9 July 2011 the United Nations Mission in the Republic of South Sudan (UNMISS) "
         "for an initial period of one year with the intention to renew;", "established", "UNMISS", "2012-07-09"),
        ("Requests the Secretary-General to establish the United Nations Integrated Office in Haiti (BINUH) "
         "beginning on 16 October 2019 and for an initial period of 12 months;", "established", "BINUH", "2020-10-15"),
        ("Decides that MONUSCO shall be deployed until 30 June 2011 and authorizes MONUSCO to concentrate its forces;",
         "established", "MONUSCO", "2011-06-30"),
        ("Decides that, in order to support the parties, UNOCI shall have the following mandate from the date of "
         "adoption of this resolution until 31 December 2010:", "extended", "UNOCI", "2010-12-31"),
        ("Decides to withdraw UNMIS effective 11 July 2011;", "ended", "UNMIS", "2011-07-11"),
        ("Decides to terminate MINUSMA’s mandate under resolution 2640 (2022) as of June 30 2023;",
         "ended", "MINUSMA", "2023-06-30"),
        ("Decides to extend until 18 April 2018 UNISFA’s mandate modification set forth in resolution 2024 (2011);",
         "changed", "UNISFA", "2018-04-18"),
        ("Requests the Secretary-General to re-establish for a period expiring on 15 February 2008 the Group of "
         "Experts established pursuant to paragraph 10 of resolution 1533;",
         "established", "Group of Experts on the Democratic Republic of the Congo", "2008-02-15"),
        ("Decides to extend until 15 December 2026 the mandate of the Panel of Experts as set out in paragraph 21 of "
         "resolution 2140 (2014), expresses its intention to review the mandate no later than 15 November 2026;",
         "extended", "Panel of Experts on Yemen", "2026-12-15"),
    ],
)  # fmt: skip
def test_a_sentence_gives_a_mandate_until_a_day(text: str, act: str, body: str, until: str) -> None:
    (term,) = terms(text)
    assert (term.act, term.body, str(term.expires_on(ADOPTED))) == (act, body, until)


@pytest.mark.parametrize(
    "text",
    [
        "Expresses its intention to extend the mandate of UNMISS until 30 April 2026;",
        "Endorses the report of the Secretary-General, and in particular its recommendation to renew the mandate of "
        "UNIFIL for a further period of six months;",
        "Decides to maintain the ceiling until 15 April 2018, unless it decides to extend the mandate modification;",
        "Decides to terminate the mandate of the High Representative for the Elections;",
        "Decides that, having regard to the establishment of AMISOM, the measures shall no longer apply;",
        "Decides to authorize the Secretary-General to extend up to 30 June 2011 the temporary redeployment from "
        "UNMIL to UNOCI of three infantry companies;",
        "Decides to extend the term of office of the following judges of the ICTR until 31 December 2008;",
    ],
)
def test_what_is_not_decided_is_no_mandate(text: str) -> None:
    assert terms(text, "UNOCI", "UNMIL") == []


def test_a_mandate_of_nobody_is_that_of_the_documents_own_mission() -> None:
    (term,) = terms("Decides to extend the present mandate until 31 January 2004;", "UNIFIL", "UNTSO")
    assert term.body == "UNIFIL"


def test_a_panel_without_a_name_is_that_of_the_documents_situation() -> None:
    (term,) = terms(
        "Decides to extend the mandate of the Panel of Experts until 1 July 2027;", "UNMISS", "2206 Committee"
    )
    assert (term.body, term.what) == (
        "Panel of Experts on South Sudan",
        "mandate of the Panel of Experts on South Sudan",
    )


def test_measures_are_of_no_body_and_keep_their_words() -> None:
    (term,) = terms(
        "Decides to renew until 31 May 2021 the measures on arms imposed by paragraph 4 of resolution 2428;"
    )
    assert (term.body, term.what) == (None, "measures on arms imposed by paragraph 4 of resolution 2428")


def test_one_paragraph_may_give_two_mandates_and_each_has_its_own_words() -> None:
    first, second = terms(
        "Decides to establish the United Nations Operation in Côte d’Ivoire (UNOCI) for an initial period of 12 "
        "months as from 4 April 2004, and requests the Secretary-General to transfer authority, and decides "
        "therefore to renew the mandate of the United Nations Mission in Côte d’Ivoire (MINUCI) until 4 April 2004;"
    )
    assert (first.body, second.body) == ("UNOCI", "MINUCI")
    assert second.quote.startswith("... decides therefore to renew")
    assert first.quote.endswith("as from 4 April 2004 ...")


def test_the_words_of_the_chapeau_decide_for_its_subparagraphs() -> None:
    text = "To renew the mandate of the United Nations Disengagement Observer Force until 30 November 2000;"
    (term,) = terms(text, chapeau="Decides:")
    assert term.body == "UNDOF"
    assert terms("To assist UNMISS;", chapeau="Decides to extend the mandate of UNMISS until 30 April 2026:") == []


def test_a_period_may_be_that_of_another_paragraph() -> None:
    measures = "Decides to extend until 31 March 2008 the measures on arms imposed by paragraph 20 of resolution 1493;"
    group = "Decides to extend, for the period specified in paragraph 1 above, the mandate of the Group of Experts;"
    paragraphs = [Paragraph(f"OP {n}", Part.OPERATIVE, text) for n, text in enumerate((measures, group), 1)]
    found = read_terms(paragraphs, lambda: ["MONUC"])
    assert [term.expires_on(None) for term in found] == [date(2008, 3, 31)] * 2


def test_an_extension_that_goes_on_by_itself_is_on_a_condition() -> None:
    (term,) = terms(
        "Decides to extend until 31 January 2025 the mandate of UNSMIL, with a further automatic extension of an "
        "additional nine months, that is, until 31 October 2025, if a representative has been appointed;"
    )
    assert (term.expires_on(None), term.goes_on_until) == (date(2025, 1, 31), date(2025, 10, 31))


def test_a_final_extension_says_so() -> None:
    (term,) = terms(
        "Decides to extend the mandate of UNMIL as set out in paragraph 11 for a final period until 30 March 2018;"
    )
    assert (term.act, term.is_final) == (Act.EXTENDED, True)


@pytest.mark.parametrize(
    ("words", "is_further"),
    [("for a further period of six months", True), ("for a period of six months", False),
     ("for an additional period of 12 months from the date of adoption of this resolution", False)],
)  # fmt: skip
def test_only_a_further_period_goes_on_from_the_expiry_before(words: str, is_further: bool) -> None:
    span = day_in(words)
    assert span is not None
    assert (span.is_further, span.is_computed) == (is_further, True)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.sampled_from(["UNMISS", "UNDOF", "MINURSO"]))
def test_every_day_is_read_as_it_is_written_wherever_it_stands(day: date, body: str) -> None:
    written = f"{day.day} {day:%B %Y}"
    for text in (f"extend the mandate of {body} until {written}", f"extend until {written} the mandate of {body}"):
        (term,) = terms(f"Decides to {text};")
        assert (term.body, term.expires_on(None), term.quote) == (body, day, f"Decides to {text}")


@given(st.text(alphabet="abUNMISFdecidesto extend until 30 April2026;,", max_size=120))
def test_any_text_is_read_without_an_error_and_quotes_its_own_words(text: str) -> None:
    for term in terms(f"Decides to extend {text}"):
        assert term.quote.strip(". ") in f"Decides to extend {text}"
