from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.council.address import parse as parse_address
from scraper.errors import BodyError, NotADocument, Unreadable
from scraper.readers.block import Block, BlockKind, Furniture, ReadDocument
from scraper.structure.numbering.labels import split_label
from scraper.structure.printed.document import parse_resolution
from storage.models import DocumentKind, Part

HEAD = [
    Block("United Nations S/RES/2779 (2025)", kind=BlockKind.FURNITURE, furniture=Furniture.MASTHEAD, size=14.0),
    Block("8 May 2025", kind=BlockKind.FURNITURE, furniture=Furniture.MASTHEAD, size=10.0),
    Block("Resolution 2779 (2025)", left=123.4, size=14.0, is_bold=True),
    Block("Adopted by the Security Council at its 9913th meeting, on 8 May 2025", left=123.4, size=12.0, is_bold=True),
    Block("The Security Council,", left=147.1, size=10.0),
]


def text(words, left=147.1, hang=123.4, is_bold=False):
    return Block(words, left=left, hang=hang, size=10.0, is_bold=is_bold)


def heading(words):
    return text(words, left=123.4, is_bold=True)


def parse(*blocks, head=HEAD):
    return parse_resolution(
        ReadDocument((*head, *blocks), 1), media_type="application/pdf", reader="pdf", parser_version="1"
    )


def addresses(document):
    return [paragraph.address for paragraph in document.paragraphs]


def test_the_head_gives_symbol_date_and_meeting():
    document = parse(text("Recalling its resolutions,"), text("1. Decides to remain seized."))
    assert (document.symbol, document.adopted_on, document.meeting) == ("S/RES/2779 (2025)", date(2025, 5, 8), 9913)
    assert document.kind is DocumentKind.RESOLUTION


def test_acting_under_chapter_vii_is_the_last_preambular_paragraph():
    document = parse(
        text("Recalling its resolutions,"),
        text("Acting under Chapter VII of the Charter of the United Nations,"),
        text("1. Decides to remain seized."),
    )
    assert addresses(document) == ["PP 1", "PP 2", "OP 1"]


def test_the_only_operative_paragraph_without_a_number_is_the_first():
    document = parse(text("Noting that a vacancy has occurred,"), text("Decides that the election shall take place."))
    assert addresses(document) == ["PP 1", "OP 1"]


def test_a_heading_is_no_paragraph_and_is_remembered():
    document = parse(text("Recalling it,"), heading("UNMISS Mandate"), text("1. Decides;"), text("2. Requests it."))
    assert [paragraph.heading for paragraph in document.paragraphs] == [None, "UNMISS Mandate", "UNMISS Mandate"]
    assert [aside.text for aside in document.asides if aside.kind == "heading"] == ["UNMISS Mandate"]


def test_a_heading_of_the_preamble_does_not_reach_the_operative_part():
    document = parse(heading("AMISOM"), text("Recalling it,"), text("1. Decides."))
    assert [paragraph.heading for paragraph in document.paragraphs] == ["AMISOM", None]


def test_a_bold_line_that_opens_like_a_recital_counts_with_a_warning():
    document = parse(
        text("Recalling it,"), heading("Degrading the threat posed by them"), text("Noting it,"), text("1. Decides.")
    )
    assert addresses(document) == ["PP 1", "PP 2", "PP 3", "OP 1"]
    assert [warning.code for warning in document.warnings] == ["recital-like-heading"]


def test_the_chapeau_is_the_words_of_all_degrees_above():
    document = parse(
        text("1. Decides the following mandate:"), text("(a) Protection:"), text("(i) To protect;"), text("2. Ends.")
    )
    assert document.paragraphs[2].chapeau == "Decides the following mandate: Protection:"
    assert [paragraph.text for paragraph in document.paragraphs][:3] == [
        "Decides the following mandate:",
        "Protection:",
        "To protect;",
    ]


def test_two_labels_in_one_block_are_two_degrees_and_the_first_has_no_words():
    document = parse(text("1. Decides;"), text("2. (a) Demands it;"), text("(b) Requests it."))
    assert addresses(document) == ["OP 1", "OP 2 (a)", "OP 2 (b)"]


def test_bullets_are_counted_within_their_list():
    document = parse(text("1. Calls for:"), text("• One,"), text("• Two;"), text("2. Calls for:"), text("• Three."))
    assert addresses(document) == ["OP 1", "OP 1 (•1)", "OP 1 (•2)", "OP 2", "OP 2 (•1)"]


def test_flush_text_behind_a_list_belongs_to_the_operative_paragraph():
    document = parse(text("1. Requests:"), text("(a) a report;"), text("and urges it;", left=123.4), text("2. Ends."))
    assert addresses(document) == ["OP 1", "OP 1 (a)", "OP 1 +1", "OP 2"]


def test_an_unnumbered_paragraph_before_the_first_is_op_0():
    document = parse(text("Recalling it,"), text("Decides to act as follows:"), text("1. Imposes measures."))
    assert addresses(document) == ["PP 1", "OP 0 +1", "OP 1"]


def test_a_sentence_broken_before_a_number_stays_one_paragraph():
    document = parse(text("1. Affirms the measures in paragraph"), text("8. above and elsewhere;"), text("2. Ends."))
    assert addresses(document) == ["OP 1", "OP 2"]
    assert document.paragraphs[0].text == "Affirms the measures in paragraph 8. above and elsewhere;"


def test_numbers_that_go_wrong_are_kept_with_a_warning():
    document = parse(text("1. Decides;"), text("3. Requests;"), text("3. Calls;"), text("4. Ends."))
    assert addresses(document) == ["OP 1", "OP 3", "OP 3 #2", "OP 4"]
    assert [(warning.code, warning.address) for warning in document.warnings] == [
        ("number-jumps", "OP 3"),
        ("number-repeats", "OP 3 #2"),
    ]


def test_an_annex_has_addresses_of_its_own_and_restarts_under_its_headings():
    document = parse(
        text("1. Decides."),
        heading("Annex A – Items"),
        heading("Part I"),
        text("1. Weapons:"),
        text("(a) missiles;"),
        heading("Part II"),
        text("1. Others."),
        heading("Annex B"),
        text("Words without a number."),
    )
    assert addresses(document) == [
        "OP 1",
        "Annex A, para. 1",
        "Annex A, para. 1 (a)",
        "Annex A, para. 1 #2",
        "Annex B +1",
    ]
    assert document.warnings == ()
    assert document.paragraphs[3].heading == "Part II"


def test_notes_marks_and_furniture_are_kept_where_they_stand():
    document = parse(
        Block("1. Decides;", left=147.1, size=10.0, marks=("1",)),
        Block("1 A note.", kind=BlockKind.FOOTNOTE, size=8.5),
        Block("2/2 25-07317", kind=BlockKind.FURNITURE, furniture=Furniture.PAGE_NUMBER),
        text("2. Ends."),
    )
    kept = [(aside.kind, aside.text, aside.address) for aside in document.asides if aside.address]
    assert kept == [
        ("footnote", "1", "OP 1"),
        ("footnote", "1 A note.", "OP 1"),
        ("furniture", "2/2 25-07317", "OP 1"),
    ]


def test_a_resolution_in_which_nothing_is_decided_is_refused():
    with pytest.raises(Unreadable) as caught:
        parse(text("Recalling its resolutions,"))
    assert caught.value.code == "no-operative-part"


def test_the_notice_that_there_is_no_document_is_no_document():
    with pytest.raises(NotADocument) as caught:
        parse(text("The document you are looking for does not exist in the Official Document System (ODS)."), head=[])
    assert caught.value.code == "not-the-document"


def test_a_letter_that_begins_with_the_council_is_no_resolution():
    document = parse(
        text("The Security Council, in its resolution 2722 (2024), requested me to report."),
        head=[
            Block("United Nations S/2025/302", kind=BlockKind.FURNITURE, furniture=Furniture.MASTHEAD),
            Block("Letter dated 9 May 2025 from the Secretary-General", size=12.0),
        ],
    )
    assert (document.kind, addresses(document)) == (DocumentKind.LETTER, ["para. +1"])
    assert document.paragraphs[0].part is Part.BODY


def test_another_symbol_in_the_title_than_above_it_is_reported():
    head = [HEAD[0], Block("Resolution 2780 (2025)", size=14.0), *HEAD[3:]]
    document = parse(text("1. Decides."), head=head)
    assert [warning.code for warning in document.warnings] == ["symbols-differ"]


def test_a_french_resolution_gives_the_same_addresses():
    head = [
        Block("Résolution 2779 (2025)", size=14.0),
        Block("Adoptée par le Conseil de sécurité à sa 9913e séance, le 8 mai 2025", size=12.0),
        Block("Le Conseil de sécurité,", size=10.0, left=147.1),
    ]
    document = parse(
        text("Rappelant ses résolutions et les déclarations de son président,"),
        text("1. Décide de proroger le mandat de la Mission :"),
        text("a) De protéger les civils ;"),
        text("b) De faire rapport."),
        head=head,
    )
    assert addresses(document) == ["PP 1", "OP 1", "OP 1 (a)", "OP 1 (b)"]
    assert (document.language, document.adopted_on, document.meeting) == ("fr", date(2025, 5, 8), 9913)


BLOCKS = st.lists(
    st.builds(
        Block,
        text=st.one_of(
            st.text(min_size=1).map(lambda words: " ".join(words.split())).filter(bool),
            st.sampled_from(
                ["1. Decides;", "2. (a) Calls", "(i) To", "• One,", "Annex", "and more", "Recalling it,", "A. Heading"]
            ),
        ),
        kind=st.sampled_from([BlockKind.TEXT] * 6 + [BlockKind.FOOTNOTE, BlockKind.TABLE]),
        left=st.sampled_from([None, 100.0, 123.4, 147.1]),
        hang=st.sampled_from([None, 123.4]),
        size=st.sampled_from([None, 10.0, 14.0]),
        is_bold=st.booleans(),
        marks=st.sampled_from([(), ("1",)]),
    ),
    max_size=12,
)


@given(BLOCKS)
def test_any_text_parses_and_loses_no_character_but_its_labels(blocks):
    try:
        document = parse(*blocks)
    except BodyError:
        return
    given_letters = Counter("".join(block.text + "".join(block.marks) for block in (*HEAD, *blocks)))
    kept = Counter("".join([paragraph.text for paragraph in document.paragraphs]))
    kept += Counter("".join(aside.text for aside in document.asides))
    labels = Counter("".join(_labels(block.text) for block in blocks if block.kind is BlockKind.TEXT))
    for counter in (given_letters, kept, labels):
        counter.pop(" ", None)
    assert not kept - given_letters
    assert not (given_letters - kept) - labels
    assert len(set(addresses(document))) == len(document.paragraphs)
    assert [str(parse_address(one)) for one in addresses(document)] == addresses(document)


def _labels(words):
    """Every label that could have been taken from a text."""
    label, rest = split_label(words)
    return "" if label is None else label.printed + _labels(rest)


def test_unnumbered_paragraphs_of_an_annex_are_counted_through_and_hold_their_lists():
    document = parse(
        text("Recalling,"),
        text("1. Decides."),
        heading("Annex I"),
        text("The Team shall have the following tasks."),
        text("(a) To report;"),
        text("(b) To advise."),
        text("It shall also have these tasks."),
        text("(a) To travel."),
        text("1. It is led by a coordinator."),
        text("The coordinator shall:"),
        text("(a) Lead."),
    )
    assert addresses(document)[2:] == [
        "Annex I +1",
        "Annex I +1 (a)",
        "Annex I +1 (b)",
        "Annex I +2",
        "Annex I +2 (a)",
        "Annex I, para. 1",
        "Annex I +3",
        "Annex I +3 (a)",
    ]
    assert document.paragraphs[3].chapeau == "The Team shall have the following tasks."
    assert document.warnings == ()


NOTE_VERBALE = [
    Block("United Nations S/2025/519", kind=BlockKind.FURNITURE, furniture=Furniture.MASTHEAD, size=14.0),
    Block(
        "Note verbale dated 18 August 2025 from the Permanent Mission of Cyprus", left=123.4, size=14.0, is_bold=True
    ),
]


@pytest.mark.parametrize("day", ["18 August 2025", "New York, 18 August 2025"])
def test_the_day_that_closes_a_note_verbale_is_no_paragraph(day):
    document = parse(text("The Permanent Mission has the honour to state it."), text(day), head=NOTE_VERBALE)
    assert addresses(document) == ["para. +1"]
    assert day in [aside.text for aside in document.asides if aside.kind == "furniture"]


def test_a_day_at_the_margin_among_sentences_is_a_paragraph_where_more_stands_with_it():
    document = parse(text("It met on 18 August 2025."), text("18 August 2025 was the day."), head=NOTE_VERBALE)
    assert addresses(document) == ["para. +1", "para. +2"]
