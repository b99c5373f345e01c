"""The settings of scrapy.cfg: what `scrapy list`, `shell`, `parse` and `crawl` go by (docs/developers/scrapy.md).

It stands here, where the whole is put together, since the scraper knows neither the settings file nor what follows a
crawl. A crawl's own settings are `scraper.settings`; those of one source are added by the spider's loader.
"""

from scraper import settings as of_a_crawl
from scraper.courtesy import user_agent
from scraper.settings import *  # noqa: F403 - Scrapy reads the names of this module

SPIDER_LOADER_CLASS = "monitor.app.scrapy_project.loader.SourceLoader"
COMMANDS_MODULE = "monitor.app.scrapy_project.commands"
USER_AGENT = user_agent(None)

# `shell`, `parse` and `fetch` only look: they have no run to record, and archive nothing.
ITEM_PIPELINES = {}
EXTENSIONS = {**of_a_crawl.EXTENSIONS, "scraper.crawl.run_record.RunRecord": None}
