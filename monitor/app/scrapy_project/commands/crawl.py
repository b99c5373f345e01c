"""`scrapy crawl SOURCE`: the crawl of `wpswatch crawl SOURCE`, fetched in this process.

It holds the same lock, keeps the same run record, and reads and notices what it has brought; what is to be told waits
in the outbox, for `wpswatch deliver` or a running `wpswatch watch`.
"""

import argparse
import sys
from contextlib import closing
from datetime import UTC, datetime

from scrapy.commands import BaseRunSpiderCommand
from scrapy.exceptions import UsageError
from scrapy.settings import SETTINGS_PRIORITIES

from monitor.app.crawl_process import CrawlEnded
from monitor.app.crawling import CrawlStage, crawl_source, open_data
from monitor.app.scrapy_project.wishes import installation_of, wishes_of
from monitor.noticing.run_words import FAILED, exit_code, words_of
from monitor.settings.config import ConfigError
from monitor.watch.lock import AlreadyRunning, only_one
from scraper.crawl.process import carry_out
from scraper.sources.loader import load_sources
from scraper.spiders.kit.memory import load_known
from scraper.spiders.kit.order import CrawlOrder
from storage.errors import StorageError

WRONG_USAGE = 2


class Command(BaseRunSpiderCommand):
    """Scrapy's `crawl`, in a project whose spiders are sources."""

    requires_project = True
    requires_crawler_process = False  # the crawl's own settings are known when its order is

    def syntax(self) -> str:
        """The line after `scrapy crawl`."""
        return "SOURCE [-a year=2024] [-a full=1] [-s WPSWATCH_DATA=DIR] [-s WPSWATCH_CONFIG=FILE]"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Crawl a source into the archive, as `wpswatch crawl SOURCE` does"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, and print what it came to."""
        sources = load_sources()
        if len(args) != 1 or args[0] not in sources:
            raise UsageError(f"expected one of {', '.join(sources)}, found {' '.join(args) or 'nothing'}")
        if self.settings is not None and self.settings.getdict("FEEDS"):
            raise UsageError("expected no -o: bodies go to the archive, and wpswatch export writes what is held")
        try:
            self.exitcode = self._crawl(args[0], opts.spargs)
        except (ConfigError, ValueError) as error:
            self._refuse(str(error), WRONG_USAGE)
        except (AlreadyRunning, StorageError) as error:
            self._refuse(str(error), FAILED)

    def _crawl(self, name: str, arguments: dict[str, str]) -> int:
        assert self.settings is not None  # noqa: S101 - Scrapy sets it before it runs a command
        wishes, installation = wishes_of(arguments), installation_of(self.settings)
        config, source, data = installation.load_config(), load_sources()[name], installation.data_dir
        with only_one(data), closing(open_data(data, datetime.now(UTC))) as db:
            run = crawl_source(db, data, source, config, wishes, CrawlStage(), fetch=self._fetch).run
        sys.stdout.write(f"{name}: {words_of(run)}\n")
        return exit_code([run])

    def _fetch(self, order: CrawlOrder, seconds: float, on_tick: object) -> CrawlEnded:
        """Fetch here; nothing is read meanwhile, and ^C ends it as Scrapy ends a crawl."""
        assert self.settings is not None  # noqa: S101
        from_command_line = {
            name: self.settings[name]
            for name in self.settings
            if self.settings.getpriority(name) == SETTINGS_PRIORITIES["cmdline"]
        }
        recorded = carry_out(order, load_sources()[order.source], load_known(order), from_command_line)
        return CrawlEnded("", 0 if recorded else FAILED)

    def _refuse(self, message: str, code: int) -> None:
        sys.stderr.write(f"scrapy crawl: {message}\n")
        self.exitcode = code
