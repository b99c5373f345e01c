"""Where a reader of an alert goes on: a page of the site where one is shown, else a command of this program. Pure."""

from dataclasses import dataclass
from shlex import quote
from typing import Final

from monitor.alerts.news.payload import ExtractNews, ToldExtract
from monitor.text.page_names import document_file, fragment, renewal_file
from scraper.council.symbol import kind_of
from storage.records import Alert

# What `wpswatch show` prints on each side of a paragraph when a message sends a reader there.
_AROUND: Final = 2


@dataclass(frozen=True, slots=True)
class Onward:
    """`site` is where the pages are shown, with a slash at its end, as `[site] base_url` says; "" where none are."""

    site: str = ""

    def around(self, news: ExtractNews, extract: ToldExtract) -> str:
        """What stands around a paragraph; of a removed one, what is recorded of its document or the text it was in."""
        is_gone = extract.text is None
        old = news.renewal.old if news.renewal and is_gone else None
        if self.site:
            if is_gone and old is None:
                return self.document(news)
            return self._paragraph(old or news.symbol, None if old else news.kind, news.language, extract.address)
        if is_gone and old is None:
            return f"wpswatch changes --symbol {quote(news.symbol)}"
        language = "" if news.language == "en" else f" --lang {quote(news.language)}"
        return f"wpswatch show {quote(old or news.symbol)} {quote(extract.address)} --around {_AROUND}{language}"

    def document(self, news: ExtractNews) -> str:
        """The whole document."""
        if self.site:
            return self.site + document_file(news.symbol, news.kind or kind_of(news.symbol), news.language)
        language = "" if news.language == "en" else f" --lang {quote(news.language)}"
        return f"wpswatch show {quote(news.symbol)}{language}"

    def beside(self, news: ExtractNews) -> str:
        """A renewal and the text before it, side by side."""
        old = news.renewal.old if news.renewal else ""
        is_beside = news.language == "en" and news.renewal is not None and not news.renewal.is_by_reference
        if self.site and not is_beside:  # the pages set full English texts beside each other
            return self.document(news)
        if self.site:
            files = [document_file(symbol, kind_of(symbol)) for symbol in (news.symbol, old)]
            return self.site + renewal_file(*files)
        return f"wpswatch drift {quote(news.symbol)} {quote(old)}"

    def everything(self, alert: Alert) -> str:
        """All that a digest stands for."""
        return f"wpswatch alerts --digest {quote(alert.id)}"

    def recent(self) -> str:
        """The page of what changed, month by month; "" where there is no site."""
        return f"{self.site}changes/index.html" if self.site else ""

    def _paragraph(self, symbol: str, kind: str | None, language: str, address: str) -> str:
        page = self.site + document_file(symbol, kind or kind_of(symbol), language)
        try:
            return f"{page}#{fragment(address)}"
        except ValueError:  # no address that the Council's texts have
            return page
