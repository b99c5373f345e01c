"""Stylesheet and script of a site, the same for all; and the list of its pages for search engines."""

from collections.abc import Iterable, Iterator
from functools import partial
from importlib.resources import files
from typing import Final
from xml.sax.saxutils import escape

from monitor.site.folder import File

ASSETS: Final = ("search.js", "style.css")


def assets() -> Iterator[File]:
    """The stylesheet and the script of the search."""
    for name in ASSETS:
        yield File(f"assets/{name}", files("monitor.site").joinpath("assets", name).read_bytes)


def sitemap(names: Iterable[str], base_url: str) -> File:
    """Every page's address, as search engines read it."""
    return File("sitemap.xml", partial(_sitemap, names, base_url))


def _sitemap(names: Iterable[str], base_url: str) -> bytes:
    lines = [f"<url><loc>{escape(base_url + name)}</loc></url>" for name in sorted(names) if name.endswith(".html")]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return (head + "\n".join(lines) + "\n</urlset>\n").encode()
