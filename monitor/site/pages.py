"""All pages of a site by their file, each made when it is asked for: the build writes them all, the server one."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any

from monitor.app.export.accuracy import measures
from monitor.site.folder import File, mark_of
from monitor.site.held.document import Doc
from monitor.site.held.holdings import Holdings, citation_key
from monitor.site.keys import PageKeys
from monitor.site.options import SiteOptions
from monitor.site.rendering import render
from monitor.site.renewals.beside import Beside, Renewals
from monitor.site.renewals.page import latest_renewals, renewal_box, renewal_page
from monitor.site.views.changes_page import MonthView, month_views
from monitor.site.views.document_page import Link, document_view
from monitor.site.views.entries import entry_views
from monitor.site.views.home import home_view
from monitor.site.views.links import Linker, body_file, situation_file, theme_file
from monitor.site.views.lists import ROOM_NAMES, room_views
from monitor.site.views.places_pages import body_views, situation_views
from monitor.site.views.theme_page import ThemeView, counts_by_theme, theme_lines, theme_views
from monitor.text.harmless import harmless
from monitor.text.page_names import fragment, year_file
from scraper.council.forms.styles import cite_in_forms
from scraper.council.forms.work import Work
from storage.models import THEMES, DocumentKind
from storage.records import Change
from storage.told.site_addresses import SiteAddress

Maker = Callable[[], bytes]

NAV = (
    Link("Latest", "index.html"),
    Link("Themes", "themes/index.html"),
    Link("Resolutions", "resolutions/index.html"),
    Link("Statements", "statements/index.html"),
    Link("Mission reports", "missions/index.html"),
    Link("Situations", "situations/index.html"),
    Link("Bodies", "bodies/index.html"),
    Link("What changed", "changes/index.html"),
)
HERE = {"resolutions": "Resolutions", "statements": "Statements", "missions": "Mission reports"}


@dataclass(frozen=True, slots=True)
class SiteFrame:
    """What every page shows around its own."""

    title: str
    base_url: str
    as_of: datetime
    nav: tuple[Link, ...]
    has_xlsx: bool


class SitePages:
    """The pages of what is held, as `makers` by file; `published` are the addresses that must go on to answer."""

    def __init__(
        self,
        holdings: Holdings,
        options: SiteOptions,
        published: Iterable[SiteAddress] = (),
        *,
        has_xlsx: bool = False,
        ground: str = "",
    ) -> None:
        self.holdings = holdings
        self.options = options
        self.renewals = Renewals(holdings)
        self.linker = Linker({citation_key(doc.symbol): doc for doc in holdings.first_docs})
        self.published: defaultdict[str, set[str]] = defaultdict(set)
        for address in published:
            self.published[address.file].add(address.fragment)
        self._changes: defaultdict[tuple[str, str], list[Change]] = defaultdict(list)
        for change in holdings.changes:
            self._changes[change.symbol, change.language].append(change)
            doc = holdings.by_text.get((change.symbol, change.language))
            if doc is not None:  # what a change names has a place, whether a build has shown it or not
                named = (change.address, change.before_address)
                self.published[doc.file] |= {fragment(each) for each in named if each}
        self.makers: dict[str, Maker] = {}
        self._keys: dict[str, Callable[[PageKeys], str]] = {}
        self._add_lists()
        for doc in holdings.docs:
            self.makers[doc.file] = partial(self._document, doc)
            self._keys[doc.file] = partial(self._document_key, doc)
        self._add_plain()
        for one in self.renewals.all:
            self.makers[one.file] = partial(self._renewal, one)
            self._keys[one.file] = partial(self._renewal_key, one)
        rooms = {file.partition("/")[0] for file in self.makers if "/" in file}
        nav = tuple(link for link in NAV if "/" not in link.href or link.href.partition("/")[0] in rooms)
        self.frame = SiteFrame(options.title, options.base_url, holdings.as_of, nav, has_xlsx)
        for file in sorted(self.published.keys() - self.makers.keys()):
            if file.endswith(".html"):
                self.makers[file] = partial(self._gone, file)
        self.ground = mark_of(ground, options, nav, has_xlsx)
        self.keys = PageKeys(holdings, self.renewals, self.linker, self.ground)

    def file(self, name: str) -> File:
        """A page as a file to be written."""
        key = self._keys.get(name)
        return File(name, self.makers[name], key(self.keys) if key else "")

    def places(self) -> set[SiteAddress]:
        """Every address of these pages: files, and the paragraphs in them."""
        found = {SiteAddress(file) for file in self.makers}
        for doc in self.holdings.docs:
            found |= {SiteAddress(doc.file, fragment(each.address)) for each in doc.document.paragraphs}
        for file, places in self.published.items():
            if file in self.makers:  # its maker gives every published place a target
                found |= {SiteAddress(file, place) for place in places}
        return found

    @cached_property
    def months(self) -> list[MonthView]:
        """The months in which something changed, newest first."""
        return month_views(self.holdings)

    def _page(self, template: str, file: str, here: str, **values: Any) -> bytes:
        root = "../" * file.count("/")
        return render(template, {"site": self.frame, "file": file, "root": root, "here": here, **values})

    def _document_key(self, doc: Doc, keys: PageKeys) -> str:
        return keys.document(doc, self._changes_of(doc), self._places_of(doc))

    def _changes_of(self, doc: Doc) -> list[Change]:
        return self._changes.get((doc.symbol, doc.language), [])

    def _places_of(self, doc: Doc) -> set[str]:
        return self.published.get(doc.file, set()) - {""}

    def _document(self, doc: Doc) -> bytes:
        places, changes = self._places_of(doc), self._changes_of(doc)
        boxes = [box for one in self.renewals.of(doc) if (box := renewal_box(self.renewals, one)) is not None]
        view = document_view(self.holdings, doc, self.linker, changes, places, self.options.base_url, boxes)
        return self._page(
            "document.html", doc.file, HERE.get(doc.room, ""), doc=doc, view=view, room_name=ROOM_NAMES[doc.room]
        )

    def _add_lists(self) -> None:
        docs, makers = self.holdings.first_docs, self.makers
        counts = counts_by_theme(docs)
        makers["themes/index.html"] = lambda: self._page(
            "themes.html", "themes/index.html", "Themes", themes=theme_lines(docs)
        )
        for theme in THEMES:
            for view in theme_views(docs, self.holdings.extracts, self.holdings.by_symbol, counts, theme):
                file = theme_file(theme, view.year)
                makers[file] = partial(self._theme, file, view)
                self._keys[file] = partial(PageKeys.theme, view=view)
        rooms, years = room_views(docs, self.holdings.known)
        for room in rooms:
            file = f"{room.room}/index.html"
            makers[file] = partial(self._page, "room.html", file, HERE.get(room.room, ""), view=room)
        for year in years:
            file = year_file(year.room, year.year)
            makers[file] = partial(self._page, "year.html", file, HERE.get(year.room, ""), view=year)
        self._add_places()
        for month in self.months:
            file = f"changes/{month.month}.html"
            makers[file] = partial(self._page, "month.html", file, "What changed", view=month)
        makers["changes/index.html"] = lambda: self._page(
            "months.html", "changes/index.html", "What changed", months=self.months
        )

    def _theme(self, file: str, view: ThemeView) -> bytes:
        entries = entry_views(view.rows, self.holdings.by_symbol, view.name)
        return self._page("theme.html", file, "Themes", view=view, entries=entries)

    def _add_places(self) -> None:
        situations, bodies = situation_views(self.holdings), body_views(self.holdings)
        for place in situations:
            file = situation_file(place.name)
            self.makers[file] = partial(self._page, "situation.html", file, "Situations", view=place)
        for body in bodies:
            file = body_file(body.name)
            self.makers[file] = partial(self._page, "body.html", file, "Bodies", view=body)
        self._add_index(
            "situations", "Situations", "The situations and items on the Council’s agenda, with all documents held.",
            [Link(place.name, f"{place.slug}.html", place.documents) for place in situations],
        )  # fmt: skip
        self._add_index(
            "bodies", "Bodies", "Missions, committees and panels, with the chain of each mandate.",
            [Link(body.name, f"{body.slug}.html", body.documents) for body in bodies],
        )  # fmt: skip

    def _add_index(self, room: str, heading: str, lede: str, places: list[Link]) -> None:
        file = f"{room}/index.html"
        self.makers[file] = partial(self._page, "places.html", file, heading, heading=heading, lede=lede, places=places)

    def _add_plain(self) -> None:
        docs = self.holdings.first_docs
        paragraphs = sum(len(doc.document.paragraphs) for doc in docs)
        odd = sum(1 for doc in docs if doc.document.warnings)
        page = partial(partial, self._page)
        self.makers |= {
            "index.html": lambda: self._page(
                "home.html", "index.html", "Latest",
                view=home_view(self.holdings, self.months, latest_renewals(self.renewals)),
            ),
            "search.html": page("search.html", "search.html", "Search", results=None, query=""),
            "sources.html": lambda: self._page("sources.html", "sources.html", "", sources=self._sources()),
            "accuracy.html": page(
                "accuracy.html", "accuracy.html", "", measures=measures(), odd=odd, documents=len(docs),
                gaps=len(self.holdings.known),
            ),
            "cite.html": page("cite.html", "cite.html", "", forms=_example()),
            "about.html": page("about.html", "about.html", "", documents=len(docs), paragraphs=paragraphs),
        }  # fmt: skip

    def search_results(self, query: str, results: Any) -> bytes:
        """The page of a search that the server has done."""
        return self._page("search.html", "search.html", "Search", results=results, query=harmless(query))

    def _sources(self) -> list[dict[str, Any]]:
        return [
            {
                "name": status.source.name,
                "description": status.source.description,
                "publisher": status.source.publisher,
                "homepage": status.source.homepage,
                "state": status.verdict.state.value,
                "reason": harmless(status.verdict.reason) if status.verdict.reason else "",
                "held": status.held,
                "last_good": status.last_good_at,
            }
            for status in self.holdings.statuses
        ]

    def _renewal(self, one: Beside) -> bytes:
        view = renewal_page(self.renewals, one, has_body=body_file(one.body) in self.makers)
        return self._page("renewal.html", one.file, "Resolutions", view=view)

    def _renewal_key(self, one: Beside, keys: PageKeys) -> str:
        return keys.renewal(one, has_body=body_file(one.body) in self.makers)

    def _gone(self, file: str) -> bytes:
        places = sorted(self.published[file] - {""})
        name = file.removesuffix(".html").replace("/", " › ")
        return self._page("gone.html", file, "", name=name, places=places)


def _example() -> list[tuple[str, str]]:
    work = Work("S/RES/1325 (2000)", DocumentKind.RESOLUTION, date(2000, 10, 31))
    names = {"un": "UN", "oscola": "OSCOLA", "bluebook": "Bluebook", "chicago": "Chicago"}
    return [(names[name], words) for name, words in asdict(cite_in_forms(work, "OP 8 (a)")).items()]
