from scraper.readers.pdf.hyphens import LineJoiner
from scraper.readers.pdf.lines import Line


def line(text, ends_in_hyphen=False, raised=()):
    return Line(text, 123.0, 490.0, 600.0, 10.0, False, ends_in_hyphen, raised)


def joined(*lines):
    return LineJoiner(lines).join(lines)


def test_a_hyphen_that_pdfium_took_is_given_back_in_english():
    assert joined(line("sexual and gender", True), line("based violence ")) == "sexual and gender-based violence"


def test_a_hyphen_before_a_page_end_joins_as_well():
    assert joined(line("sexual and gender-"), line("based violence")) == "sexual and gender-based violence"


def test_a_hyphen_that_waits_for_a_later_word_keeps_its_space():
    assert joined(line("all troop", True), line("and police-contributing countries")) == (
        "all troop- and police-contributing countries"
    )


def test_a_symbol_broken_at_its_stroke_is_one_word():
    assert joined(line("document S/2024/"), line("748)")) == "document S/2024/748)"


def test_a_gap_before_a_hyphen_at_a_line_end_is_no_space():
    assert (
        joined(line("with the Secretary -"), line("General and his team")) == "with the Secretary-General and his team"
    )


def test_a_spaced_dash_stays_spaced():
    assert joined(line("the parties — "), line("all of them")) == "the parties — all of them"


def test_a_document_that_breaks_words_loses_its_hyphens():
    lines = [line("Центральноафрикан", True), line("ской Респуб", True), line("лики и согла", True), line("шений")]
    assert joined(*lines) == "Центральноафриканской Республики и соглашений"


def test_a_compound_seen_whole_elsewhere_keeps_its_hyphen_where_words_are_broken():
    lines = [
        line("государства-участника"),
        line("положе", True),
        line("ний государства", True),
        line("участника отме", True),
        line("чает"),
    ]
    assert joined(*lines).endswith("положений государства-участника отмечает")


def test_footnote_marks_leave_the_words():
    assert (
        joined(line("a no-objection process1 ", raised=((22, 23),)), line("begins")) == "a no-objection process begins"
    )
