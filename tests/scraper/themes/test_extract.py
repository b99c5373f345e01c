from dataclasses import replace

from scraper.themes.extract import extracts_of
from storage.models import DocumentKind, Evidence, Extract, Label, Paragraph, ParsedDocument, Part


def document(*paragraphs: Paragraph) -> ParsedDocument:
    return ParsedDocument(
        symbol="S/RES/2387 (2017)",
        kind=DocumentKind.RESOLUTION,
        language="en",
        adopted_on=None,
        published_on=None,
        meeting=None,
        subject=None,
        media_type="application/xml",
        reader="akn",
        parser_version="1",
        paragraphs=paragraphs,
    )


def paragraph(address: str, text: str, *themes: str, chapeau: str | None = None) -> Paragraph:
    part = {"PP": Part.PREAMBLE, "OP": Part.OPERATIVE, "An": Part.ANNEX, "pa": Part.BODY}[address[:2]]
    labels = tuple(Label(theme, (Evidence(text[:1], 0, 1, "test"),)) for theme in themes)
    return Paragraph(address, part, text, chapeau=chapeau, labels=labels)


def only(*paragraphs: Paragraph) -> Extract:
    (extract,) = extracts_of(document(*paragraphs))
    return extract


def test_a_document_without_wps_content_has_no_extracts() -> None:
    assert extracts_of(document(paragraph("OP 1", "Decides to remain seized of the matter."))) == ()


def test_a_numbered_paragraph_is_an_extract_that_opens_with_its_number() -> None:
    extract = only(paragraph("OP 13", "Reiterates ...;", "Implementation"))

    assert extract == Extract("Para. 13", ("OP 13",), ("Implementation",), "13. Reiterates ...;")


def test_several_sub_paragraphs_are_one_extract_under_their_chapeaus() -> None:
    extract = only(
        paragraph("OP 42", "Decides:"),
        paragraph("OP 42 (a)", "Protection", chapeau="Decides:"),
        paragraph("OP 42 (a) (i)", "borders;", chapeau="Decides: | Protection"),
        paragraph("OP 42 (a) (ii)", "women;", "Protection", chapeau="Decides: | Protection"),
        paragraph("OP 42 (b)", "mediation;", chapeau="Decides:"),
        paragraph("OP 42 (c)", "women’s voices;", "Participation", "Protection", chapeau="Decides:"),
    )

    assert extract.title == "Para. 42"
    assert extract.addresses == ("OP 42 (a) (ii)", "OP 42 (c)")
    assert extract.themes == ("Protection", "Participation")
    assert extract.text.split("\n\n") == [
        "42. Decides:", "(a) Protection", "[...]", "(ii) women;", "[...]", "(c) women’s voices;",
    ]  # fmt: skip


def test_one_sub_paragraph_gives_its_name_to_the_extract() -> None:
    extract = only(
        paragraph("OP 6", "Urges:"),
        paragraph("OP 6 (a)", "women;", "Protection", chapeau="Urges:"),
        paragraph("OP 6 (b)", "mines;", chapeau="Urges:"),
    )

    assert (extract.title, extract.text) == ("Para. 6 (a)", "6. Urges:\n\n(a) women;")


def test_one_sub_paragraph_gives_its_name_also_where_the_chapeau_is_wps_content() -> None:
    extract = only(
        paragraph("OP 6", "Urges, against rape:", "Protection"),
        paragraph("OP 6 (a)", "women;", "Protection", chapeau="Urges, against rape:"),
    )

    assert (extract.title, extract.addresses) == ("Para. 6 (a)", ("OP 6", "OP 6 (a)"))


def test_where_nothing_is_printed_between_number_and_letter_both_open_the_words() -> None:
    extract = only(
        paragraph("OP 2 (a) (i)", "women;", "Protection"),
        paragraph("OP 2 (a) (ii)", "girls;", "Protection"),
        paragraph("OP 2 (b) (i)", "widows;", "Protection"),
    )

    assert extract.text.split("\n\n") == ["2. (a) (i) women;", "(ii) girls;", "(b) (i) widows;"]


def test_all_wps_preambular_paragraphs_are_one_extract() -> None:
    extract = only(
        paragraph("PP 1", "Recalling 1325,", "General Women, Peace and Security"),
        paragraph("PP 2", "Condemning rape,", "Sexual and Gender-Based Violence"),
        paragraph("PP 3", "Recalling the Charter,"),
        paragraph("PP 4", "Stressing women’s roles,", "Participation"),
    )

    assert extract.title == "Preamble"
    assert extract.text == "Recalling 1325,\n\nCondemning rape,\n\n[...]\n\nStressing women’s roles,"


def test_bullets_and_flush_text_belong_to_their_paragraph() -> None:
    extract = only(
        paragraph("OP 7", "Requests:"),
        paragraph("OP 7 (•1)", "women;", "Participation", chapeau="Requests:"),
        paragraph("OP 7 +1", "with girls as well;", "Participation"),
    )

    assert (extract.title, extract.text) == ("Para. 7", "7. Requests:\n\n• women;\n\nwith girls as well;")


def test_annexes_and_reports_are_cut_paragraph_by_paragraph() -> None:
    extracts = extracts_of(
        document(
            paragraph("Annex II, para. 3", "Women;", "Participation"),
            paragraph("Annex II +4", "Girls;", "Participation"),
            paragraph("para. 41", "The mission met women.", "Participation"),
            paragraph("para. 42", "It met women again.", "Participation"),
            paragraph("para. +5", "Women spoke.", "Participation"),
        )
    )

    assert [(one.title, one.text) for one in extracts] == [
        ("Annex II, para. 3", "3. Women;"),
        ("Annex II, fourth paragraph", "Girls;"),
        ("Para. 41", "41. The mission met women."),
        ("Para. 42", "42. It met women again."),
        ("fifth paragraph", "Women spoke."),
    ]


def test_a_number_that_is_printed_twice_gives_two_extracts() -> None:
    extracts = extracts_of(
        document(paragraph("OP 3", "Women;", "Participation"), paragraph("OP 3 #2", "Girls;", "Participation"))
    )

    assert [one.addresses for one in extracts] == [("OP 3",), ("OP 3 #2",)]


def mission_report(*paragraphs: Paragraph) -> ParsedDocument:
    return replace(document(*paragraphs), kind=DocumentKind.MISSION_REPORT, symbol="S/2013/173")


def test_a_mission_report_has_an_entry_of_its_own_that_begins_as_its_introduction_does() -> None:
    opening = [replace(paragraph(f"para. {n}", words), heading="I. Introduction") for n, words in enumerate("ABC", 1)]
    found = extracts_of(
        mission_report(
            *opening, paragraph("para. 4", "women", "Participation"), paragraph("para. 5", "girls", "Protection")
        )
    )

    assert found[0] == Extract("", ("para. 1", "para. 2"), ("Participation", "Protection"), "1. A\n\n2. B")
    assert [extract.title for extract in found[1:]] == ["Para. 4", "Para. 5"]


def test_the_entry_ends_with_the_introduction_and_needs_wps_content() -> None:
    opening = replace(paragraph("para. 1", "A"), heading="I. Introduction")
    findings = replace(paragraph("para. 2", "women", "Participation"), heading="II. Findings")

    assert extracts_of(mission_report(opening, findings))[0].addresses == ("para. 1",)
    assert extracts_of(mission_report(opening)) == ()
