"""The front page: what is new, what is due, what changed, the themes, and how the sources are."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.app.source_state import SourceStatus, State
from monitor.site.held.holdings import Holdings
from monitor.site.views.changes_page import MonthView
from monitor.site.views.document_page import Link
from monitor.site.views.entries import EntryView, entry_views
from monitor.site.views.places_pages import ExpiryLine, expiries_of
from monitor.site.views.theme_page import ThemeLine, theme_lines, year_span

NEWEST = 10
DUE_DAYS = 90


@dataclass(frozen=True, slots=True)
class HomeView:
    """Everything on the front page."""

    paragraphs: int
    wps_documents: int
    documents: int
    first: int | None
    last: int | None
    themes: tuple[ThemeLine, ...]
    due: tuple[ExpiryLine, ...]
    month: MonthView | None
    renewals: tuple[Link, ...]
    sources: str
    entries_heading: str
    entries: tuple[EntryView, ...]


def home_view(holdings: Holdings, months: Sequence[MonthView], renewals: Sequence[Link] = ()) -> HomeView:
    """The front page; where nothing is flagged, the newest extracts stand in for those that are."""
    docs = holdings.first_docs
    flagged = [row for row in holdings.extracts if row.flagged]
    span = year_span(docs)
    due = [one for one in expiries_of(holdings) if one.state == "running" and one.days <= DUE_DAYS]
    return HomeView(
        paragraphs=sum(doc.wps_count for doc in docs),
        wps_documents=sum(1 for doc in docs if doc.wps_count),
        documents=len(docs),
        first=span[0] if span else None,
        last=span[-1] if span else None,
        themes=tuple(theme_lines(docs)),
        due=tuple(due),
        month=months[0] if months else None,
        renewals=tuple(renewals),
        sources=sources_line(holdings.statuses),
        entries_heading="Flagged last" if flagged else "Newest extracts",
        entries=tuple(entry_views((flagged or list(holdings.extracts))[:NEWEST], holdings.by_symbol)),
    )


def sources_line(statuses: Sequence[SourceStatus]) -> str:
    """The state of the sources in a line: "2 sources are well; un-resolutions: blocked."."""
    asked = [one for one in statuses if one.verdict.state not in (State.DISABLED, State.NEVER_RUN)]
    well = [one for one in asked if one.verdict.state is State.OK]
    odd = [f"{one.source.name}: {one.verdict.state}" for one in asked if one.verdict.state is not State.OK]
    said = "1 source is well" if len(well) == 1 else f"{len(well)} sources are well"
    return f"{'; '.join([said, *odd])}."
