"""Where renewals stand beside the text before them: the pages and boxes that a comparison of renewals gives.

Nothing compares renewals here. Whoever does hands in `Renewals`; without it no page and no link is made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from monitor.site.held.document import Doc
from monitor.site.views.document_page import Link, RenewalView


@dataclass(frozen=True, slots=True)
class RenewalPage:
    """One page, `resolutions/2666-2612.html`, and what its template is given."""

    file: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Renewals:
    """The comparisons: a page for each, the box on the newer text's page by its symbol, the latest for the front."""

    pages: tuple[RenewalPage, ...] = ()
    boxes: Mapping[str, RenewalView] = field(default_factory=dict)
    latest: tuple[Link, ...] = ()

    def box_of(self, doc: Doc) -> RenewalView | None:
        """The box on the page of an English text."""
        return self.boxes.get(doc.symbol) if doc.language == "en" else None
