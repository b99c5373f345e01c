"""Turns views into bytes by the templates beside this module: escaped by itself, and no name may be missing."""

import re
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from monitor.text.links import document_url
from scraper.council.forms.work import day_first

# What a page says as well in fewer signs: a value without a blank needs no quotation marks, no line ends stand between
# tags, and some ends are there for every reader where the next tag begins (HTML, 13.1.2.4 "Optional tags"). Quotation
# marks and angle brackets in words and in values are escaped, so that only those of the templates are met.
_QUOTED: Final = re.compile(r'="([^\s"\'=<>`]+)"(?=[ >])')
_BETWEEN: Final = re.compile(r">\s*\n\s*<")
_ENDED: Final = re.compile(
    r"""</li>(?=<li[ >]|</[uo]l>)
    | </d[td]>(?=<d[td][ >]|</dl>)
    | </t[dh]>(?=<t[dh][ >]|</tr>)
    | </tr>(?=<tr[ >]|</tbody>|</thead>)
    | </p>(?=<(?:p|div|ul|ol|dl|details|section|figure|nav|h[1-6]|blockquote|form|table|footer|main|article)[ >]
        | </(?:div|section|li|article|main|blockquote|figure|footer|header|td|dd|details)>)""",
    re.VERBOSE,
)


@cache
def environment() -> Environment:
    """The templates, with the few filters they use."""
    made = Environment(
        loader=PackageLoader("monitor.site", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "day": day_first,
        "moment": _moment,
        "number": _number,
        "slashed": _slashed,
        "https": safe_link,
        "un": lambda symbol: document_url(symbol, "en"),
    }
    return made


def render(template: str, values: dict[str, Any]) -> bytes:
    """One page as bytes. Half a letter, which a broken source may bring, is a question mark."""
    page = environment().get_template(template).render(values)
    short = _ENDED.sub("", _BETWEEN.sub("><", _QUOTED.sub(r"=\1", page)))
    return short.encode("utf-8", "replace")


def safe_link(url: str) -> str:
    """A link that a source gave, as far as it is `https:`; anything else leads to this page.

    >>> safe_link("javascript:alert(1)")
    '#main'
    """
    return url if url.startswith("https://") else "#main"


def _moment(moment: datetime) -> str:
    return f"{day_first(moment)}, {moment:%H:%M} UTC"


def _slashed(day: date) -> str:
    return f"{day:%Y/%m/%d}"


def _number(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}".removesuffix(".0")
