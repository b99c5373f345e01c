"""Arabic text keeps every sign in the order of the file: nothing is turned, and no direction mark is lost or added."""

import re

import pytest
from lxml import etree

from scraper.council.printed_label import label_of
from scraper.structure.akn.document import read_akoma_ntoso
from tests.paths import TESTS

CASES = sorted((TESTS / "cases" / "akoma_ntoso").glob("arabic-*/input.xml"))
DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
FILE = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="resolution"><meta>
<identification><FRBRExpression><FRBRlanguage language="ara"/></FRBRExpression></identification></meta><mainBody>
<paragraph><num>1 -</num><content><p>{text}</p></content></paragraph></mainBody></statement></akomaNtoso>"""


def signs(text: str) -> str:
    return "".join(text.split()).replace("\u00ad", "").replace("\u2011", "-")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_each_paragraph_stands_in_the_file_sign_by_sign(path):
    root = etree.parse(path).getroot()
    etree.strip_elements(root, "{*}authorialNote", with_tail=False)  # notes stand apart, in the midst of words
    printed = signs("".join(root.itertext()))
    document = read_akoma_ntoso(path.read_bytes())
    assert [one.address for one in document.paragraphs if signs(one.text) not in printed] == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_no_direction_mark_is_added(path):
    document = read_akoma_ntoso(path.read_bytes())
    in_file = DIRECTION.findall("".join(etree.parse(path).getroot().itertext()))
    read = DIRECTION.findall("".join(one.text for one in (*document.paragraphs, *document.asides)))
    assert len(read) <= len(in_file)


def test_direction_marks_stay_where_they_stand():
    text = "يقرر \u200fأن يبقي\u200e المسألة (أ) \u2067قيد\u2069 نظره؛"
    [paragraph] = read_akoma_ntoso(FILE.format(text=text).encode()).paragraphs
    assert paragraph.text == text


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("1 -", "1"), ("(أ)", "a"), ("(هـ)", "e"), ("أ -", "a"), ("واو -", "f"), ("حاء -", "h"), ("(أ أ)", "aa"),
        ("’2‘", "ii"), ("а)", "a"), ("с)", "c"), ("㈠", "i"), ("㈩", "x"), ("a)", "a"), ("iv)", "iv"), ("(أب)", None),
    ],
)  # fmt: skip
def test_a_label_of_any_script_is_the_one_of_the_english_text(printed, label):
    assert label_of(printed) == label
