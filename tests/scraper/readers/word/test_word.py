"""Reading Word files: all of them made by hand, one trait each."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import BodyError, NotADocument, TooLarge, Unreadable
from scraper.ingest.extraction import extract
from scraper.readers.block import BlockKind, Furniture
from scraper.readers.word.document import read_docx
from scraper.readers.word.number_formats import written
from tests.measures.reading.word_files import TAB, WordFile, in_list, level, numbering, paragraph, run, table, zipped

FILLER = paragraph("Decides to remain actively seized of the matter.")
OVERRIDE = (
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)
ONE_LIST = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def texts(*body: str, **parts):
    blocks = read_docx(WordFile([*body, FILLER], **parts).to_bytes()).blocks
    return [block.text for block in blocks if block.kind is BlockKind.TEXT][:-1]


def refusal(body: bytes) -> BodyError:
    with pytest.raises(BodyError) as caught:
        extract(body)
    return caught.value


def test_a_typed_number_and_its_tab_stay_in_the_text():
    assert texts(paragraph(TAB + "1." + TAB, run("Decides", "<w:i/>"), run(" to act"))) == ["1. Decides to act"]


def test_numbers_that_word_generates_are_printed():
    body = [in_list("Decides", 0), in_list("one", 1), in_list("deep", 2), in_list("two", 1), in_list("Requests", 0)]
    assert texts(*body, numbering=numbering()) == ["1. Decides", "(a) one", "(i) deep", "(b) two", "2. Requests"]


def test_letters_begin_again_under_the_next_number():
    body = [in_list("x", 0), in_list("x", 1), in_list("x", 1), in_list("x", 0), in_list("x", 1)]
    assert texts(*body, numbering=numbering()) == ["1. x", "(a) x", "(b) x", "2. x", "(a) x"]


def test_letters_run_on_where_the_list_says_that_they_never_restart():
    levels = level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%2)", more='<w:lvlRestart w:val="0"/>')
    body = [in_list("x", 0), in_list("x", 1), in_list("x", 0), in_list("x", 1)]
    assert texts(*body, numbering=numbering(levels)) == ["1. x", "(a) x", "2. x", "(b) x"]


def test_lists_of_one_definition_count_together_unless_one_overrides_its_start():
    shared = ONE_LIST + '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    body = [in_list("x", 0), in_list("x", 0, 2), in_list("x", 0)]
    assert texts(*body, numbering=numbering(lists=shared)) == ["1. x", "2. x", "3. x"]
    assert texts(*body, numbering=numbering(lists=ONE_LIST + OVERRIDE)) == ["1. x", "1. x", "2. x"]


def test_a_list_starts_where_it_is_told_to():
    assert texts(in_list("x", 0), numbering=numbering(level(0, "decimal", "%1.", start=7))) == ["7. x"]


def test_a_number_of_several_levels_names_each():
    levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2", more="<w:isLgl/>")
    assert texts(in_list("x", 0), in_list("x", 1), numbering=numbering(levels)) == ["I. x", "1.1 x"]


def test_a_private_sign_of_a_symbol_font_is_a_bullet():
    assert texts(in_list("x", 0), numbering=numbering(level(0, "bullet", "\uf0b7"))) == ["• x"]


def test_a_style_may_bring_the_list_and_list_0_takes_a_paragraph_out_of_it():
    place = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = f'<w:style w:type="paragraph" w:styleId="Numbered">{place}</w:style>'
    out = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = [paragraph("in", style="Numbered"), paragraph("out", style="Numbered", settings=out)]
    assert texts(*body, numbering=numbering(), styles=styles) == ["1. in", "out"]


def test_an_empty_paragraph_takes_no_number():
    assert texts(in_list("x", 0), in_list("", 0), in_list("x", 0), numbering=numbering()) == ["1. x", "2. x"]


def test_a_format_that_nobody_knows_is_refused_and_not_guessed():
    file = WordFile([in_list("x", 0), FILLER], numbering=numbering(level(0, "chicago", "%1.")))
    assert refusal(file.to_bytes()).code == "unknown-number-format"


@pytest.mark.parametrize(
    ("count", "number_format", "text"),
    [(27, "lowerLetter", "aa"), (9, "lowerRoman", "ix"), (44, "upperRoman", "XLIV"), (3, "russianLower", "в"),
     (2, "arabicAbjad", "ب"), (12, "chineseCounting", "十二"), (4, "decimalZero", "04"), (5, "none", "")],
)  # fmt: skip
def test_a_count_is_written_in_the_format_of_its_script(count, number_format, text):
    assert written(count, number_format) == text


def test_bold_and_italic_paragraphs_are_known_by_runs_and_by_style():
    body = [paragraph("UNMISS Mandate", style="H23"), paragraph(run("Reporting", "<w:i/>")), paragraph("Plain words.")]
    blocks = read_docx(WordFile([*body, FILLER]).to_bytes()).blocks
    assert [(block.is_bold, block.is_italic) for block in blocks[:3]] == [(True, False), (False, True), (False, False)]


def test_a_footnote_is_a_block_of_its_own_behind_its_paragraph_and_its_mark_no_text():
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    file = WordFile([paragraph("See the report", reference, run(" again.")), FILLER], footnotes={2: "S/2025/97."})
    first, note, _ = read_docx(file.to_bytes()).blocks
    assert (first.text, first.marks, note.kind, note.text) == (
        "See the report again.",
        ("1",),
        BlockKind.FOOTNOTE,
        "1 S/2025/97.",
    )


def test_a_typed_footnote_mark_is_kept_as_typed():
    reference = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r>'
    file = WordFile([paragraph("Annex", reference), FILLER], footnotes={2: "* Reissued for technical reasons."})
    first, note, _ = read_docx(file.to_bytes()).blocks
    assert (first.text, first.marks, note.text) == ("Annex", ("*",), "* Reissued for technical reasons.")


def test_a_table_is_apart_and_keeps_its_notes():
    cell = ["Country", "Women"]
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    rows = f"<w:tbl><w:tr><w:tc>{paragraph('Chad', reference)}</w:tc><w:tc>{paragraph('4')}</w:tc></w:tr></w:tbl>"
    file = WordFile([FILLER, table(cell), rows], footnotes={2: "As of May."})
    found = [(block.kind.value, block.text, block.marks) for block in read_docx(file.to_bytes()).blocks[1:]]
    assert found == [("table", "Country | Women", ()), ("table", "Chad | 4", ("1",)), ("footnote", "1 As of May.", ())]


def test_headers_and_footers_are_furniture():
    masthead = table(["United Nations", "S/RES/2779 (2025)"], ["Security Council", "Distr.: General"])
    file = WordFile([FILLER], headers=[masthead, paragraph("S/RES/2779 (2025)")], footers=[paragraph("25-07317 (E)")])
    found = {block.text: block.furniture for block in read_docx(file.to_bytes()).blocks if block.furniture}
    assert found == {
        "United Nations": Furniture.MASTHEAD,
        "S/RES/2779 (2025)": Furniture.MASTHEAD,
        "Security Council": Furniture.MASTHEAD,
        "Distr.: General": Furniture.MASTHEAD,
        "25-07317 (E)": Furniture.JOB_NUMBER,
    }


def test_struck_hidden_and_copied_words_are_not_printed_and_inserted_ones_are():
    struck = "<w:del><w:r><w:delText>not </w:delText></w:r></w:del>"
    inserted = f"<w:ins>{run('actively ')}</w:ins>"
    hidden = run("secret ", "<w:vanish/>")
    assert texts(paragraph(run("Remains "), struck, hidden, inserted, run("seized"))) == ["Remains actively seized"]


def test_words_in_links_fields_and_controls_are_printed():
    link = f'<w:hyperlink r:id="r9">{run("resolution 1325 (2000)")}</w:hyperlink>'
    code = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    control = f"<w:sdt><w:sdtContent>{paragraph(run('Recalls '), code, link)}</w:sdtContent></w:sdt>"
    assert texts(control) == ["Recalls resolution 1325 (2000)"]


def test_right_to_left_words_keep_their_signs_in_order():
    words = "يقرر \u200fأن يبقي المسألة (أ) قيد نظره\u200e؛"
    assert texts(paragraph(run(words, "<w:rtl/>"))) == [words]


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1))
def test_no_character_is_lost(text):
    blocks = read_docx(WordFile([paragraph(run(text)), FILLER]).to_bytes()).blocks
    found = "".join("".join(block.text for block in blocks[:-1]).split())
    kept = text.replace("\u00ad", "").replace("\u2011", "-").replace("\ufffe", "").replace("\uffff", "")
    assert found == "".join(kept.split())


def test_an_old_word_file_is_refused_by_name():
    found = refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"))
    assert isinstance(found, Unreadable)
    assert found.code == "old-word-format"
    assert ".docx" in found.message


@pytest.mark.parametrize(("stream", "code"), [("EncryptedPackage", "encrypted-docx"), ("Workbook", "unknown-format")])
def test_other_files_in_the_old_container_are_told_apart(stream, code):
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le")).code == code


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    found = refusal(bomb(200 * 1024**2 // 8))
    assert isinstance(found, TooLarge)
    assert found.code == "zip-bomb"


def test_a_part_that_is_larger_than_it_says_is_refused():
    body = bytearray(bomb(4 * 1024**2))
    directory = body.rfind(b"PK\x01\x02", 0, body.rfind(b"word/document.xml"))
    body[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    assert refusal(bytes(body)).code in {"damaged-docx", "zip-bomb"}


def bomb(size: int) -> bytes:
    with zipfile.ZipFile(io.BytesIO(WordFile([FILLER]).to_bytes())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != "word/document.xml"}
    return zipped([*parts.items(), ("word/document.xml", b" " * size)])


def test_entities_are_refused():
    with zipfile.ZipFile(io.BytesIO(WordFile([FILLER]).to_bytes())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><w>&a;</w>'
    assert refusal(zipped(parts.items())).code == "xml-bomb"


def test_half_a_file_is_refused():
    body = WordFile([FILLER]).to_bytes()
    assert refusal(body[: len(body) // 2]).code == "damaged-docx"


def test_a_zip_archive_of_something_else_is_refused():
    found = refusal(zipped([("word/readme.txt", b"no document here, only a name that looks like one")]))
    assert isinstance(found, NotADocument)
    assert found.code == "not-a-word-file"


def test_a_picture_of_a_page_has_no_text():
    assert refusal(WordFile([paragraph("")]).to_bytes()).code == "no-text"


@pytest.mark.parametrize("title", ["Normal", "HCh"])
def test_a_title_that_is_set_like_the_text_is_read_all_the_same(title):
    plain = [
        paragraph("Resolution 2779 (2025)", style=title),
        paragraph("Adopted by the Security Council at its 9913th meeting, on 8 May 2025", style="Normal"),
        paragraph("The Security Council,", style="Normal"),
        paragraph("Recalling its previous resolutions,", style="Normal"),
        paragraph("1. Decides to remain actively seized of the matter.", style="Normal"),
    ]
    document = extract(WordFile(plain).to_bytes())
    assert (document.symbol, document.meeting, document.warnings) == ("S/RES/2779 (2025)", 9913, ())
    assert [one.address for one in document.paragraphs] == ["PP 1", "OP 1"]


@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_never_crashes(data):
    body = bytearray(WordFile([in_list("Decides", 0), FILLER], numbering=numbering()).to_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    with suppress(BodyError):
        extract(bytes(body))


@given(st.data())
def test_damaged_markup_is_read_or_refused_and_never_crashes(data):
    with zipfile.ZipFile(io.BytesIO(WordFile([in_list("x", 0), FILLER], numbering=numbering()).to_bytes())) as archive:
        parts = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    part = parts[data.draw(st.sampled_from(sorted(parts)))]
    for _ in range(data.draw(st.integers(1, 6))):
        part[data.draw(st.integers(0, len(part) - 1))] = data.draw(st.integers(32, 126))
    with suppress(BodyError):
        read_docx(zipped((name, bytes(text)) for name, text in parts.items()))
