"""Knows what the demonstration site has published, and answers as the real hosts do.

A site is a value: publishing or correcting gives another site. Its documents are real, its listings are made by hand
(`monitor.demo.pages`), its corrections are invented (`site/documents.toml`). It speaks no HTTP (`monitor.demo.server`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote

from monitor.demo import catalogue
from monitor.demo.catalogue import Catalogue, DemoDocument
from monitor.demo.pages import APP_PAGE, table_page, tree_page

TREE = ("api.github.com", "/repos/UNxml/SCresolutions/git/trees/main")
TABLE = ("main.un.org", "/securitycouncil/en/content/resolutions-0")
LOOK_UP = ("documents.un.org", "/api/symbol/access")
RAW = ("raw.githubusercontent.com", "/UNxml/SCresolutions/main/")

#: The site's own first day, for its Last-Modified headers. It is fixed, so that the same site always answers the same.
FIRST_DAY = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SiteAnswer:
    """What a host answers. `location` is set on redirects, `changed_at` on documents and listings."""

    status: int
    media_type: str
    body: bytes
    location: str | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RepositoryFile:
    """A file of the UN's repository, as it stands."""

    body: bytes
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class DemoSite:
    """One state of the site: which documents are listed, and what the repository's files hold."""

    catalogue: Catalogue
    documents: tuple[DemoDocument, ...]
    files: Mapping[str, RepositoryFile]
    today: datetime

    def publish(self, symbol: str) -> "DemoSite":
        """Return the site with one more resolution: a row in the table, and its XML unless its PDF comes first."""
        document = self.catalogue.document(symbol)
        if document in self.documents:
            raise ValueError(f"expected a resolution that is not published yet, found {symbol}")
        site = replace(self, documents=(*self.documents, document), today=self._tomorrow())
        return site._with_xml(document) if document.xml_day == document.day else site

    def correct(self, symbol: str, before: str, after: str) -> "DemoSite":
        """Return the site with other words in one published XML file, as if corrected in silence.

        `before` must stand there exactly once, in one piece of text.
        """
        path = self.catalogue.document(symbol).xml
        if path is None or path not in self.files:
            raise ValueError(f"expected a resolution whose XML is published, found {symbol}")
        body = self.files[path].body
        found = body.count(before.encode())
        if found != 1:
            raise ValueError(f"expected {before!r} once in {symbol}, found it {found} times")
        today = self._tomorrow()
        corrected = RepositoryFile(body.replace(before.encode(), after.encode()), today)
        return replace(self, files={**self.files, path: corrected}, today=today)

    def answer(self, host: str, path: str, query: str = "") -> SiteAnswer:
        """Answer a GET of `https://HOST/PATH?QUERY`; `path` and `query` as they stand in the address."""
        path = unquote(path)
        if path == "/robots.txt":
            return self._robots(host)
        if (host, path) == TREE:
            body = tree_page({name: file.body for name, file in self.files.items()})
            return SiteAnswer(200, "application/json; charset=utf-8", body, changed_at=self.today)
        if (host, path) == TABLE:
            return SiteAnswer(200, "text/html; charset=UTF-8", table_page(self.documents), changed_at=self.today)
        if (host, path) == LOOK_UP:
            return self._look_up(query)
        if host == catalogue.PDF_HOST and path.startswith("/doc/"):
            return self._pdf(path)
        if host == RAW[0] and (file := self.files.get(path.removeprefix(RAW[1]))):
            return SiteAnswer(200, "text/plain; charset=utf-8", file.body, changed_at=file.changed_at)
        return SiteAnswer(404, "text/plain; charset=utf-8", b"404: Not Found")

    def _with_xml(self, document: DemoDocument) -> "DemoSite":
        if document.xml is None:
            return self
        return replace(
            self, files={**self.files, document.xml: RepositoryFile(catalogue.xml_body(document.xml), self.today)}
        )

    def _tomorrow(self) -> datetime:
        return self.today + timedelta(days=1)

    def _robots(self, host: str) -> SiteAnswer:
        body = catalogue.robots_body(host)
        if body is None:
            return SiteAnswer(404, "text/plain; charset=utf-8", b"404: Not Found")
        return SiteAnswer(200, "text/plain; charset=utf-8", body, changed_at=FIRST_DAY)

    def _look_up(self, query: str) -> SiteAnswer:
        """The first of the documents service's two steps; what it does not know gets an empty 200."""
        asked = {name: values[-1] for name, values in parse_qs(query).items()}
        for document in self.documents:
            is_asked = document.symbol.replace(" ", "") == asked.get("s", "").replace(" ", "")
            if is_asked and document.pdf and asked.get("t") == "pdf" and asked.get("l") == "en":
                return SiteAnswer(302, "text/html", b"", location=_upper_case(document.pdf))
        return SiteAnswer(200, "text/html", b"")

    def _pdf(self, path: str) -> SiteAnswer:
        """The second step: the document at the lower-case path, and the application page at any other."""
        for document in self.documents:
            if document.pdf is not None and f"/{document.pdf}" == path:
                return SiteAnswer(200, "application/pdf", catalogue.pdf_body(document.pdf), changed_at=FIRST_DAY)
        return SiteAnswer(200, "text/html", APP_PAGE)


def open_site() -> DemoSite:
    """Return the site as it is on its first day."""
    known = catalogue.load_catalogue()
    published = tuple(document for document in known.documents if document.day == 1)
    paths = [document.xml for document in published if document.xml and document.xml_day == 1]
    files = {path: RepositoryFile(catalogue.xml_body(path), FIRST_DAY) for path in (*paths, *known.others)}
    return DemoSite(known, published, files, FIRST_DAY)


def _upper_case(path: str) -> str:
    """The service's redirect has its path in upper case, `/doc/` alone excepted.

    >>> _upper_case("doc/undoc/gen/n24/080/81/pdf/n2408081.pdf")
    '/doc/UNDOC/GEN/N24/080/81/PDF/N2408081.PDF'
    """
    first, _, rest = path.partition("/")
    return f"/{first}/{rest.upper()}"
