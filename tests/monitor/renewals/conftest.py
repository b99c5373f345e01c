"""Paragraphs as these tests write them."""

from collections.abc import Callable

import pytest

from storage.models import Citation, Evidence, Label, Paragraph, Part

Make = Callable[..., Paragraph]


@pytest.fixture
def paragraph() -> Make:
    def make(
        address: str,
        text: str,
        *,
        wps: bool = False,
        cites: tuple[tuple[str, tuple[str, ...]], ...] = (),
        chapeau: str | None = None,
    ) -> Paragraph:
        labels = (Label("Participation", (Evidence("", 0, 0, "test"),)),) if wps else ()
        citations = tuple(Citation(symbol, addresses, 0, 0, "") for symbol, addresses in cites)
        part = Part.PREAMBLE if address.startswith("PP") else Part.OPERATIVE
        return Paragraph(address, part, text, None, chapeau, labels, citations)

    return make
