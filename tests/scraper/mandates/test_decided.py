"""What a text says of mandates comes back from its JSON as it was read, and a chain is the same from either."""

from dataclasses import replace
from datetime import date

from scraper.citations.find import cite_paragraphs
from scraper.mandates.chain import MandateText, build_chain
from scraper.mandates.decided import Decided, decided_from, decided_text, read_decided, rules_mark
from storage.models import DocumentKind, Paragraph, Part

TEXTS = {
    "S/RES/2609 (2021)": "Decides to extend until 15 May 2022 the mandate of UNISFA;",
    "S/RES/2630 (2022)": "Decides to extend for a further period of six months, as set out in paragraph 1 of "
    "resolution 2609 (2021), the mandate of UNISFA;",
    "S/RES/2660 (2022)": "Decides to extend until 15 November 2023 the mandate of UNISFA, with a further automatic "
    "extension until 15 May 2024 unless it decides otherwise, and to terminate the mandate of UNAMID on 1 June 2023;",
}


def paragraphs(symbol: str) -> tuple[Paragraph, ...]:
    head = Paragraph("PP 1", Part.PREAMBLE, "Recalling its resolutions 2609 (2021) and 2630 (2022),")
    made = (head, Paragraph("OP 1", Part.OPERATIVE, TEXTS[symbol]))
    return cite_paragraphs(made, symbol=symbol, kind=DocumentKind.RESOLUTION)


def test_a_reading_comes_back_from_its_json() -> None:
    for symbol in TEXTS:
        read = read_decided(paragraphs(symbol), lambda: ("UNISFA",))
        assert read.terms
        assert decided_from(decided_text(read)) == read
    assert decided_from(decided_text(Decided())) == Decided()


def test_a_chain_from_readings_is_that_from_texts() -> None:
    days = (date(2021, 12, 15), date(2022, 5, 12), date(2022, 11, 14))
    known = [
        MandateText(symbol, day, bodies=("UNISFA",), paragraphs=paragraphs(symbol))
        for symbol, day in zip(TEXTS, days, strict=True)
    ]
    kept = [replace(one, paragraphs=None, reading=decided_from(decided_text(one.decided))) for one in known]
    chain = build_chain("UNISFA", known, set(TEXTS))
    assert [str(link.expires_on) for link in chain.links] == ["2022-05-15", "2022-11-15", "2023-11-15"]
    assert [link.confirmed_at for link in chain.links] == [None, "OP 1", "PP 1"]
    assert build_chain("UNISFA", kept, set(TEXTS)) == chain


def test_the_mark_of_the_rules_is_one_of_the_files_they_stand_in() -> None:
    assert rules_mark() == rules_mark()
    assert len(rules_mark()) == 8
