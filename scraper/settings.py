"""Scrapy's settings for every crawl; an order's delay, agent, mirror and limits are set by `scraper.crawl.process`."""

from typing import Any

BOT_NAME = "wpswatch"

# One request at a time, over all hosts: politeness, and the two steps of a look-up stay together.
CONCURRENT_REQUESTS = 1
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_ITEMS = 1  # Scrapy makes as many tasks for the output of each callback
DOWNLOAD_DELAY_JITTER = 0.0  # never below the delay that was configured or asked for
DOWNLOAD_VERIFY_CERTIFICATES = True  # Scrapy does not by default

ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "wpswatch"
DEFAULT_REQUEST_HEADERS = {"Accept-Language": "en"}  # each request sets its own Accept
RETRY_TIMES = 2
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # a spider says what failed, once
REDIRECT_MAX_TIMES = 5

# https alone: no source is asked otherwise, and a mirror's http is the https handler's own business.
DOWNLOAD_HANDLERS: dict[str, str | None] = {"data": None, "file": None, "ftp": None, "http": None, "s3": None}
DOWNLOAD_HANDLERS["https"] = "scraper.crawl.download.DownloadHandler"
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
COOKIES_ENABLED = False
METAREFRESH_ENABLED = False
HTTPCACHE_ENABLED = False
DOWNLOADER_STATS = False

# What a crawl of a listing and its documents does not need is not loaded: each costs start-up and every answer.
_OFF = (
    "offsite.OffsiteMiddleware",  # MannersMiddleware is stricter
    "robotstxt.RobotsTxtMiddleware",  # MannersMiddleware is one
    "httpauth.HttpAuthMiddleware",
    "retry.RetryMiddleware",
    "redirect.MetaRefreshMiddleware",
    "redirect.RedirectMiddleware",
    "cookies.CookiesMiddleware",
    "stats.DownloaderStats",
    "httpcache.HttpCacheMiddleware",
)
DOWNLOADER_MIDDLEWARES: dict[str, int | None] = {
    **{f"scrapy.downloadermiddlewares.{name}": None for name in _OFF},
    "scraper.crawl.manners.MannersMiddleware": 100,
    "scraper.crawl.manners.PatientRetryMiddleware": 550,
    "scraper.crawl.manners.RefererKeepingRedirectMiddleware": 600,
    "scraper.crawl.exchange.ExchangeMiddleware": 990,  # next to the network
}
SPIDER_MIDDLEWARES: dict[str, int | None] = {
    f"scrapy.spidermiddlewares.{name}": None
    for name in (
        "start.StartSpiderMiddleware",
        "httperror.HttpErrorMiddleware",  # spiders judge every status themselves
        "referer.RefererMiddleware",
        "urllength.UrlLengthMiddleware",
        "depth.DepthMiddleware",
        "metacopy.MetaCopyDetectionMiddleware",
    )
}
EXTENSIONS: dict[str, int | None] = {
    **{
        f"scrapy.extensions.{name}": None
        for name in (
            "corestats.CoreStats",
            "logcount.LogCount",
            "telnet.TelnetConsole",
            "memusage.MemoryUsage",
            "memdebug.MemoryDebugger",
            "closespider.CloseSpider",
            "feedexport.FeedExporter",
            "logstats.LogStats",
            "spiderstate.SpiderState",
            "throttle.AutoThrottle",
            "remote_control.RemoteControl",
        )
    },
    "scraper.crawl.run_record.RunRecord": 0,
    "scraper.crawl.progress.Progress": 0,  # where somebody listens
}
ITEM_PIPELINES: dict[str, int] = {"scraper.crawl.archive.Archive": 0}

# First listed, first asked; an address is listed once, so no filter of duplicates.
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"
SCHEDULER_PRIORITY_QUEUE = "scrapy.pqueues.ScrapyPriorityQueue"
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
WARN_ON_GENERATOR_RETURN_VALUE = False

LOG_LEVEL = "WARNING"
LOG_VERSIONS: list[Any] = []
STATS_DUMP = False
