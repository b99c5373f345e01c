"""The Council's missions page, the feed of new documents and the documents service, made by hand, as a mirror has them.

The one mission report is S/2013/173, made by hand from its recorded text. Other PDFs are stand-ins under their own
symbols: reports of the Secretary-General have the layout of the Council's mission reports.
"""

from dataclasses import dataclass, field

from tests.paths import TESTS

REPORT = TESTS / "cases/pdf/mission-report-made-by-hand-2013-173/input.pdf"
PAGE = "/main.un.org/securitycouncil/en/content/reports-security-council-missions"
FEED = "/esubscription.un.org/rss/scdocs.xml"
ACCESS = "/documents.un.org/api/symbol/access?s={symbol}&l=en&t=pdf"
FILE = "/documents.un.org/doc/UNDOC/GEN/N{number}.PDF"


@dataclass(frozen=True)
class Answers:
    """Bodies, and addresses that redirect, by request path with its percent-signs resolved."""

    bodies: dict[str, bytes] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)


def mission_answers(stand_ins: dict[str, bytes], *, is_published: bool = True) -> Answers:
    """The site with S/2013/173, once it is published, and these PDFs by symbol as stand-ins for further reports."""
    documents = {**stand_ins}
    titles = {symbol: f"Stand-in for the report of a Security Council mission, {symbol}" for symbol in stand_ins}
    if is_published:
        documents = {"S/2013/173": REPORT.read_bytes(), **documents}
        titles["S/2013/173"] = "Report of the Security Council mission to Yemen, 27 January 2013"
    answers = Answers()
    for number, (symbol, body) in enumerate(documents.items()):
        location = FILE.format(number=number)
        answers.redirects[ACCESS.format(symbol=symbol)] = location.removeprefix("/documents.un.org")
        host, _, path = location.removeprefix("/").partition("/")
        answers.bodies[f"/{host}/{path.lower()}"] = body
    answers.bodies[PAGE] = _page(titles).encode()
    answers.bodies[FEED] = _feed(titles).encode()
    return answers


def _page(titles: dict[str, str]) -> str:
    letter = "Letter dated 3 January 2013 from the President of the Security Council"
    rows = [*titles.items(), ("S/2013/61", letter), ("S/PV.6916", "Security Council mission to Yemen")]
    cells = "".join(f"<tr><td>{symbol}</td><td>19 March 2013</td><td>{title}</td></tr>" for symbol, title in rows)
    return f"<html><body><table><tr><th>Symbol</th><th>Date</th><th>Title</th></tr>{cells}</table></body></html>"


def _feed(titles: dict[str, str]) -> str:
    items = "".join(
        f"<item><title>{symbol.upper()}</title><description>{title.upper()}</description>"
        f"<link>https://undocs.org/{symbol}</link><pubDate>Tue, 19 Mar 2013 16:00:00 GMT</pubDate></item>"
        for symbol, title in titles.items()
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Documents</title>{items}</channel></rss>'
