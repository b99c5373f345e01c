"""Scrapy's spider loader: the sources by their names, each with its spider, made as Scrapy's own commands make one."""

from typing import Any, Self

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from scrapy.http import Request
from scrapy.settings import BaseSettings
from scrapy.utils.httpobj import urlparse_cached

from monitor.app.crawling import order_of, utc_now
from monitor.app.scrapy_project.wishes import installation_of, wishes_of
from monitor.settings.config import ConfigError
from scraper.crawl.process import order_settings, spider_class
from scraper.sources.loader import Source, load_sources
from scraper.spiders.kit.base import SourceSpider
from scraper.spiders.kit.memory import load_known
from scraper.spiders.kit.order import CrawlOrder


class SourceLoader:
    """Knows each source as a spider of the same name."""

    def __init__(self, settings: BaseSettings) -> None:
        self._settings = settings
        self._sources = load_sources()

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Made by Scrapy."""
        return cls(settings)

    def list(self) -> list[str]:
        """The names of the sources."""
        return [*self._sources]

    def load(self, spider_name: str) -> type[Spider]:
        """A source's spider, for looking; raises KeyError for a name that is none."""
        if spider_name not in self._sources:
            raise KeyError(f"expected one of {', '.join(self._sources)}, found {spider_name}")
        return looking(self._sources[spider_name], self._settings)

    def find_by_request(self, request: Request) -> "list[str]":  # type: ignore[valid-type] # `list` is a method above
        """The source that an address is of: whose listing it is, or the first of those on its host."""
        host = urlparse_cached(request).hostname
        on_host = [source for source in self._sources.values() if host in source.hosts]
        on_host.sort(key=lambda source: request.url not in (source.urls.listing, source.urls.menu, *source.urls.feeds))
        return [source.name for source in on_host[:1]]


def looking(source: Source, settings: BaseSettings) -> type[SourceSpider]:
    """A source's spider as `scrapy shell` and `scrapy parse` make one: with what is known, and no run to record."""

    class LookingSpider(spider_class(source)):  # type: ignore[misc]
        name = source.name

        @classmethod
        def update_settings(cls, settings: BaseSettings) -> None:
            super().update_settings(settings)
            settings.setdict(order_settings(order({}), source), priority="spider")

        @classmethod
        def from_crawler(cls, crawler: Crawler, *args: Any, **wishes: Any) -> Self:
            given = order(wishes)
            known = load_known(given.as_dry_run())  # nobody need have crawled before
            made: Self = super().from_crawler(crawler, order=given, source=source, known=known)
            return made

    def order(wishes: dict[str, str]) -> CrawlOrder:
        installation = installation_of(settings)
        try:
            return order_of(installation.data_dir, source, installation.load_config(), wishes_of(wishes), utc_now())
        except (ConfigError, ValueError) as error:
            raise UsageError(str(error), print_help=False) from error

    return LookingSpider
