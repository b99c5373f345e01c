"""How the paragraphs of a document stand on a page."""

import pytest

from monitor.cli.pages.document import add_paragraphs
from monitor.cli.pages.render import Page
from storage.models import Paragraph, Part


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Page:
    monkeypatch.setenv("COLUMNS", "80")
    return Page()


def of_statement(*addresses: str) -> list[Paragraph]:
    return [Paragraph(address=one, part=Part.BODY, text=f"“Words of {one}.") for one in addresses]


def test_paragraphs_of_a_statement_stand_apart_with_their_count_and_address(page: Page) -> None:
    add_paragraphs(page, of_statement("para. +1", "para. +5"))

    lines = [line.strip() for line in page.lines]
    assert lines[lines.index("first paragraph  para. +1") + 1] == "“Words of para. +1."
    assert lines[lines.index("fifth paragraph  para. +5") - 1] == ""


def test_a_printed_number_needs_no_count(page: Page) -> None:
    add_paragraphs(page, of_statement("para. 3"))

    assert not any("paragraph" in line for line in page.lines)
    assert any(line.strip().startswith("3.") for line in page.lines)
