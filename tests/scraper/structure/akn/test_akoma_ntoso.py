import re
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from scraper.council.address import parse
from scraper.council.ordinals import continues, roman_numeral, roman_value
from scraper.errors import BodyError, NotADocument, Unreadable
from scraper.structure.akn.document import read_akoma_ntoso
from scraper.structure.akn.repairs import mend_tags
from storage.models import DocumentKind, Part

HEAD = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="resolution">
<meta><identification><FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression></identification></meta>
<coverPage><p><docNumber refersTo="#symbol">S/RES/9999 (2030)</docNumber></p></coverPage>"""
TAIL = "</statement></akomaNtoso>"


def document(body, preamble=""):
    return f"{HEAD}<preamble>{preamble}</preamble><mainBody>{body}</mainBody>{TAIL}".encode()


def flat(printed, text):
    number = f"<num>{printed}</num>" if printed else ""
    return f"<paragraph>{number}<content><p>{escape(text)}</p></content></paragraph>"


def points(*printed):
    return "".join(f"<point><num>{one}</num><content><p>Do {one};</p></content></point>" for one in printed)


def addresses(body, preamble=""):
    return [paragraph.address for paragraph in read_akoma_ntoso(document(body, preamble)).paragraphs]


def warnings(body):
    return [(warning.code, warning.address) for warning in read_akoma_ntoso(document(body)).warnings]


def test_sub_paragraph_i_after_h_is_the_ninth_letter():
    body = flat("1.", "Decides:") + "".join(flat(f"({label})", f"to {label};") for label in "abcdefghij")
    assert addresses(body)[-3:] == ["OP 1 (h)", "OP 1 (i)", "OP 1 (j)"]


def test_sub_paragraph_i_that_opens_a_list_is_a_roman_numeral():
    body = flat("1.", "Decides:") + "".join(
        flat(f"({label})", f"to {label};") for label in ("a", "i", "ii", "b", "i", "ii")
    )
    assert addresses(body) == [
        "OP 1", "OP 1 (a)", "OP 1 (a) (i)", "OP 1 (a) (ii)", "OP 1 (b)", "OP 1 (b) (i)", "OP 1 (b) (ii)",
    ]  # fmt: skip


def test_a_list_goes_on_behind_its_sublist():
    sublist = f"<sublist>{points('(i)', '(ii)')}</sublist>"
    nested = f"<list><intro><p>Requests:</p></intro>{points('(a)')}{sublist}{points('(b)')}</list>"
    assert addresses(f"<paragraph><num>1.</num>{nested}</paragraph>") == [
        "OP 1", "OP 1 (a)", "OP 1 (a) (i)", "OP 1 (a) (ii)", "OP 1 (b)",
    ]  # fmt: skip


def test_the_chapeau_joins_the_words_above_outermost_first():
    nested = f"<list><intro><p>Requests:</p></intro>{points('(a)')}<sublist>{points('(i)')}</sublist></list>"
    last = read_akoma_ntoso(document(f"<paragraph><num>1.</num>{nested}</paragraph>")).paragraphs[-1]
    assert (last.address, last.chapeau, last.text) == ("OP 1 (a) (i)", "Requests: Do (a);", "Do (i);")


def test_a_heading_is_no_paragraph_but_remembered():
    body = "<paragraph><subheading>Reporting</subheading></paragraph>" + flat("1.", "Requests;")
    [paragraph] = read_akoma_ntoso(document(body)).paragraphs
    assert (paragraph.address, paragraph.heading) == ("OP 1", "Reporting")


def test_a_number_that_jumps_is_kept_with_a_warning():
    body = flat("1.", "Decides;") + flat("3.", "Decides;")
    assert addresses(body) == ["OP 1", "OP 3"]
    assert warnings(body) == [("number-jumps", "OP 3")]


def test_a_number_that_repeats_is_kept_apart_with_its_sub_paragraphs():
    body = flat("1.", "Decides:") + flat("(a)", "x;") + flat("1.", "Decides:") + flat("(a)", "y;") + flat("(b)", "z;")
    assert addresses(body) == ["OP 1", "OP 1 (a)", "OP 1 #2", "OP 1 (a) #2", "OP 1 (b) #2"]
    assert ("number-repeats", "OP 1 #2") in warnings(body)


def test_blanks_and_hyphens_that_do_not_break_are_plain():
    body = flat("1.", "Urges\u00a0the non\u2011governmental organi\u00adzations — “women’s” –\n\tto\u202fact;")
    [paragraph] = read_akoma_ntoso(document(body)).paragraphs
    assert paragraph.text == "Urges the non-governmental organizations — “women’s” – to act;"


def test_paragraphs_side_by_side_in_one_content_do_not_run_together():
    body = "<paragraph><num>1.</num><content><p>One</p><p>two.</p></content></paragraph>"
    assert read_akoma_ntoso(document(body)).paragraphs[0].text == "One two."


def test_an_annex_has_addresses_of_its_own():
    heading = "<paragraph><heading>Annex II</heading></paragraph>"
    annex = f"<mainBody>{heading}{flat('', 'Whereas.')}{flat('1.', 'One.')}</mainBody>"
    whole = document(flat("1.", "Decides.")).replace(
        TAIL.encode(), f"<attachments><attachment><doc>{annex}</doc></attachment></attachments>{TAIL}".encode()
    )
    found = read_akoma_ntoso(whole)
    assert [paragraph.address for paragraph in found.paragraphs] == ["OP 1", "Annex II +1", "Annex II, para. 1"]
    assert [paragraph.part for paragraph in found.paragraphs] == [Part.OPERATIVE, Part.ANNEX, Part.ANNEX]
    assert found.warnings == ()


def test_a_footnote_is_kept_beside_the_text():
    note = "<authorialNote marker='1'><p>A/1.</p></authorialNote>"
    body = f"<paragraph><num>1.</num><content><p>Recalls it{note} all;</p></content></paragraph>"
    found = read_akoma_ntoso(document(body))
    assert found.paragraphs[0].text == "Recalls it all;"
    assert ("footnote", "1 A/1.", "OP 1") in [(aside.kind, aside.text, aside.address) for aside in found.asides]


def test_a_statement_counts_its_unnumbered_paragraphs():
    body = document(flat("", "At its meeting:") + flat("", "“It recalls.")).replace(
        b"S/RES/9999 (2030)", b"S/PRST/2030/1"
    )
    found = read_akoma_ntoso(body)
    assert found.kind is DocumentKind.PRESIDENTIAL_STATEMENT
    assert [(paragraph.address, paragraph.part) for paragraph in found.paragraphs] == [
        ("para. +1", Part.BODY),
        ("para. +2", Part.BODY),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_any_encoding(encoding):
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "b">]>' + document("").decode()
    with pytest.raises(Unreadable) as refusal:
        read_akoma_ntoso(bomb.encode(encoding))
    assert refusal.value.code == "xml-bomb"


@pytest.mark.parametrize("body", [b"<a/>", b"<akomaNtoso xmlns='http://docs.oasis-open.org/legaldocml/ns/akn/3.0'/>"])
def test_xml_that_is_no_statement_is_no_document(body):
    with pytest.raises(NotADocument) as refusal:
        read_akoma_ntoso(body)
    assert refusal.value.code == "not-a-document"


def test_a_reference_to_half_a_letter_in_a_broken_file_is_refused_by_name():
    broken = document(flat("1.", "Decides QQ;")).replace(b"QQ", b"&#xD800;")
    with pytest.raises(Unreadable) as refused:
        read_akoma_ntoso(broken)
    assert refused.value.code == "not-text"


def test_text_that_is_no_xml_is_not_well_formed():
    with pytest.raises(Unreadable) as refusal:
        read_akoma_ntoso(b"The Security Council,")
    assert refusal.value.code == "not-well-formed"


WORDS = st.text(st.sampled_from("abcdeghABC’é;:, "), min_size=1, max_size=30).filter(lambda text: text.strip())
PRINTED = st.sampled_from(["", "1.", "2.", "7.", "(a)", "(b)", "(i)", "(ii)", "a.", "–", "•", "(1)", "A.", "H.E."])


@st.composite
def bodies(draw: st.DrawFn, depth: int = 2) -> str:
    parts = []
    for _ in range(draw(st.integers(1, 5))):
        number = f"<num>{printed}</num>" if (printed := draw(PRINTED)) else ""
        own = f"<content><p>{escape(draw(WORDS))}</p></content>"
        under = draw(lists(depth)) if draw(st.booleans()) else ""
        parts.append(f"<paragraph>{number}{own}{under}</paragraph>")
    return "".join(parts)


@st.composite
def lists(draw: st.DrawFn, depth: int) -> str:
    parts = [f"<intro><p>{escape(draw(WORDS))}</p></intro>"] if draw(st.booleans()) else []
    for _ in range(draw(st.integers(1, 3))):
        number = f"<num>{printed}</num>" if (printed := draw(PRINTED)) else ""
        parts.append(f"<point>{number}<content><p>{escape(draw(WORDS))}</p></content></point>")
        if depth and draw(st.booleans()):
            parts.append(draw(lists(depth - 1)).replace("list>", "sublist>"))
    if draw(st.booleans()):
        parts.append(f"<wrapUp><p>{escape(draw(WORDS))}</p></wrapUp>")
    return f"<list>{''.join(parts)}</list>"


def letters(text: str) -> list[str]:
    return sorted(character for character in text if character.isalpha())


@settings(deadline=None)
@given(bodies())
def test_no_letter_of_the_text_is_lost_or_doubled(body):
    try:
        found = read_akoma_ntoso(document(body))
    except Unreadable as refusal:  # every paragraph was a heading
        assert refusal.code == "no-operative-part"  # noqa: PT017
        return
    printed = etree.fromstring(f"<x>{body}</x>")
    labels = [number.text or "" for number in printed.iter("num")]
    whole = letters("".join(printed.itertext()))
    kept = "".join(paragraph.text for paragraph in found.paragraphs)
    kept += "".join(aside.text for aside in found.asides if aside.kind != "furniture")
    for letter in letters(kept):
        whole.remove(letter)
    assert set(whole) <= set("".join(labels))


@settings(deadline=None)
@given(bodies())
def test_every_paragraph_has_an_address_of_its_own_in_the_grammar(body):
    try:
        found = [paragraph.address for paragraph in read_akoma_ntoso(document(body)).paragraphs]
    except BodyError:
        return
    assert len(set(found)) == len(found)
    assert [str(parse(address)) for address in found] == found


@settings(deadline=None)
@given(bodies(), st.data())
def test_a_file_with_a_tag_missing_is_read_or_refused_but_never_crashes(body, data):
    whole = document(body)
    tags = [found.span() for found in re.finditer(rb"<[^>]+>", whole)]
    start, end = data.draw(st.sampled_from(tags))
    try:
        read_akoma_ntoso(whole[:start] + whole[end:])
    except BodyError as refusal:
        assert refusal.code  # noqa: PT017


@given(bodies(), st.data())
def test_mending_tags_changes_no_character_between_them(body, data):
    tags = [found.span() for found in re.finditer(r"<[^>]+>", body)]
    start, end = data.draw(st.sampled_from(tags))
    broken = (body[:start] + body[end:]).encode()
    mended = mend_tags(broken)
    assert re.sub(rb"<[^>]*>", b"", mended) == re.sub(rb"<[^>]*>", b"", broken)
    etree.fromstring(b"<x>" + mended + b"</x>")


@given(bodies())
def test_mending_leaves_well_formed_xml_alone(body):
    assert mend_tags(body.encode()) == body.encode()


@given(st.integers(1, 98))
def test_roman_numerals_are_read_back_and_follow_each_other(value):
    assert roman_value(roman_numeral(value)) == value
    assert continues(roman_numeral(value), roman_numeral(value + 1))


def test_letters_go_on_doubled_behind_z():
    assert [continues(*pair) for pair in (("z", "aa"), ("aa", "bb"), ("aa", "ab"), ("Z", "AA"), ("a", "C"))] == [
        True, True, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("marked", "first_words", "adopted_on"),
    [
        ("2011-04-25", "At the 6760th meeting of the Security Council, held on 25 April 2012, in", "2012-04-25"),
        ("2012-04-17", "At the 6752nd meeting of the Security Council, held on Monday, 16 April 2012", "2012-04-16"),
        ("2012-09-08", "At the 4194th meeting of the Security Council, held at the level of Heads of State on 7 "
         "September 2012,", "2012-09-07"),
        ("2012-09-30", "Following consultations, at the 4201st meeting of the Security Council, held on 29 September "
         "2012, in", "2012-09-29"),
        ("2012-05-25", "On 24 May 2012, in connection with the Council’s consideration", "2012-05-24"),
        ("2012-07-24", "À la 4174e séance du Conseil de sécurité, tenue le 20 juillet 2012, au sujet", "2012-07-20"),
        ("2012-04-25", "The Security Council recalls its statement of 2 March 2012", "2012-04-25"),
        ("2012-04-25", "At the 6760th meeting of the Security Council, held on 25 April 2021, in", "2012-04-25"),
    ],
)  # fmt: skip
def test_a_statement_is_of_the_day_of_its_meeting(marked, first_words, adopted_on):
    body = flat("", first_words)
    statement = (
        HEAD.replace(
            "<FRBRExpression>", f'<FRBRWork><FRBRdate date="{marked}" name="adoption"/></FRBRWork><FRBRExpression>'
        )
        .replace("S/RES/9999 (2030)", "S/PRST/2012/16")
        .replace('"resolution"', '"presidentialStatement"')
    )
    read = read_akoma_ntoso(f"{statement}<mainBody>{body}</mainBody>{TAIL}".encode())
    assert str(read.adopted_on) == adopted_on
