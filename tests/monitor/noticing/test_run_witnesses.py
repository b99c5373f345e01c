"""Only the source's own words are news: not another witness, another parser, another printing."""

from collections.abc import Callable
from typing import Any

from storage.models import Paragraph
from storage.records import Cause, ChangeKind

Make = Callable[..., Paragraph]
Newsroom = Any  # the fixture's class lives in conftest.py, which can't be imported

OLD = "S/RES/2700 (2023)"
NEW = "S/RES/2779 (2025)"


def test_other_printing_of_the_same_words_is_no_change(newsroom: Newsroom, paragraph: Make) -> None:
    newsroom.crawl({NEW: [paragraph("OP 1", "the “pre-deployment” training of women", "Peacekeeping")]})

    run = newsroom.crawl({NEW: [paragraph("OP 1", 'the "predeployment"  training of women', "Peacekeeping")]})

    assert (run.counts.changed, run.counts.unchanged) == (0, 1)
    assert newsroom.changes() == []
    assert newsroom.alerts() == []


def test_other_labels_on_the_same_words_are_no_news(newsroom: Newsroom, paragraph: Make) -> None:
    newsroom.crawl({NEW: [paragraph("OP 1", "the training of women")]})

    newsroom.crawl({NEW: [paragraph("OP 1", "the training of women", "Peacekeeping")]}, stamp="again")

    assert newsroom.changes() == []


def test_another_witness_of_a_held_document_is_recorded_and_never_told(
    newsroom: Newsroom, texts: list[Paragraph], paragraph: Make
) -> None:
    newsroom.crawl({OLD: texts})
    newsroom.crawl({OLD: texts}, source="un-resolutions", reader="pdf")
    newsroom.crawl({NEW: texts}, source="un-resolutions", reader="pdf")
    told = len(newsroom.alerts())
    other = paragraph("OP 2", "Calls for the ful participation of women in the talks", "Participation")

    run = newsroom.crawl({NEW: newsroom.replaced(texts, texts[2], other)})

    (change,) = newsroom.changes(run=run.run)
    assert (change.cause, change.kind, change.reasons) == (Cause.WITNESS, ChangeKind.MODIFIED, ())
    assert (run.counts.flags, len(newsroom.alerts())) == (0, told)


def test_another_witness_that_counts_its_paragraphs_otherwise_differs_in_nothing(
    newsroom: Newsroom, paragraph: Make
) -> None:
    newsroom.crawl({NEW: [paragraph("OP 1", "Decides to remain seized")]})
    newsroom.crawl({OLD: [paragraph("OP 1", "Decides")]}, source="un-resolutions", reader="pdf")

    run = newsroom.crawl(
        {NEW: [paragraph("OP 0 +1", "Decides to remain seized")]}, source="un-resolutions", reader="pdf"
    )

    assert newsroom.changes(run=run.run) == []


def test_a_document_told_by_the_second_source_first_is_told_once(newsroom: Newsroom, texts: list[Paragraph]) -> None:
    newsroom.crawl({OLD: texts})
    newsroom.crawl({OLD: texts}, source="un-resolutions", reader="pdf")
    killed = newsroom.open()
    newsroom.publish(killed, NEW, texts)  # archived, and the process died before the run was noticed
    newsroom.kill()

    newsroom.crawl({NEW: texts}, source="un-resolutions", reader="pdf")
    newsroom.crawl()

    (alert,) = newsroom.alerts()
    assert newsroom.news(alert).source == "un-resolutions"


def test_another_format_from_the_same_source_is_another_witness(
    newsroom: Newsroom, texts: list[Paragraph], paragraph: Make
) -> None:
    newsroom.crawl({NEW: texts}, reader="pdf")
    other = paragraph("OP 2", "Calls for the ful participation of women in the talks", "Participation")

    newsroom.crawl({NEW: newsroom.replaced(texts, texts[2], other)}, reader="docx")

    assert [change.cause for change in newsroom.changes()] == [Cause.WITNESS]
    assert newsroom.alerts() == []


def test_versions_of_two_parsers_are_never_news(newsroom: Newsroom, texts: list[Paragraph]) -> None:
    newsroom.crawl({NEW: texts[:2]})

    newsroom.crawl({NEW: texts}, parser_version="2")

    assert {change.cause for change in newsroom.changes()} == {Cause.PARSER}
    assert newsroom.alerts() == []


def test_a_correction_of_the_pdf_is_told_though_the_xml_never_changes(
    newsroom: Newsroom, texts: list[Paragraph], paragraph: Make
) -> None:
    newsroom.crawl({NEW: texts})
    newsroom.crawl({NEW: texts}, source="un-resolutions", reader="pdf")
    corrected = newsroom.replaced(
        texts, texts[2], paragraph("OP 2", "Demands the participation of women", "Participation")
    )

    run = newsroom.crawl({NEW: corrected}, source="un-resolutions", reader="pdf")

    (change,) = newsroom.changes(run=run.run)
    assert (change.cause, change.kind, change.after) == (
        Cause.SOURCE, ChangeKind.MODIFIED, "Demands the participation of women",
    )  # fmt: skip
    assert len(newsroom.alerts()) == 1


def test_a_correction_that_two_sources_make_one_after_the_other_is_told_once(
    newsroom: Newsroom, texts: list[Paragraph], paragraph: Make
) -> None:
    newsroom.crawl({NEW: texts})
    newsroom.crawl({NEW: texts}, source="un-resolutions", reader="pdf")
    corrected = newsroom.replaced(
        texts, texts[2], paragraph("OP 2", "Demands the participation of women", "Participation")
    )
    newsroom.crawl({NEW: corrected}, source="un-resolutions", reader="pdf")

    run = newsroom.crawl({NEW: corrected})

    (change,) = newsroom.changes(run=run.run)
    assert (change.cause, change.reasons) == (Cause.WITNESS, ())
    assert (run.counts.flags, len(newsroom.alerts())) == (0, 1)


def test_what_the_second_source_corrects_beyond_the_first_is_told(
    newsroom: Newsroom, texts: list[Paragraph], paragraph: Make
) -> None:
    newsroom.crawl({NEW: texts})
    newsroom.crawl({NEW: texts}, source="un-resolutions", reader="pdf")
    corrected = newsroom.replaced(
        texts, texts[2], paragraph("OP 2", "Demands the participation of women", "Participation")
    )
    newsroom.crawl({NEW: corrected}, source="un-resolutions", reader="pdf")

    more = [*corrected, paragraph("OP 9", "Requests a report on the rights of women", "Human Rights")]
    run = newsroom.crawl({NEW: more})

    causes = {change.address: change.cause for change in newsroom.changes(run=run.run)}
    assert causes == {"OP 2": Cause.WITNESS, "OP 9": Cause.SOURCE}
    assert len(newsroom.alerts()) == 2


def test_a_corrigendum_is_one_news_item_of_its_own_that_says_what_it_corrects(
    newsroom: Newsroom, texts: list[Paragraph], paragraph: Make
) -> None:
    newsroom.crawl({NEW: texts})
    words = "Paragraph 2 For participation of women read full participation of women"

    newsroom.crawl({f"{NEW}/Corr.1": [paragraph("para. 1", words, "Participation")]})
    newsroom.crawl()

    (alert,) = newsroom.alerts()
    news = newsroom.news(alert)
    assert (news.event, news.symbol, news.subject) == ("extract.new", f"{NEW}/Corr.1", f"Corrigendum to {NEW}")
    assert [told.text for told in news.extracts] == [words]
