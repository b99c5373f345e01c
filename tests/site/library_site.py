"""The UN library's catalogue as OAI-PMH answers, and its tables of meetings, for tests; made by hand.

The catalogue's records have the form of the real ones of Assembly drafts; no answer of the endpoint of the tables was
recorded, so its present tables have the form of the older ones, which were.
"""

from tests.paths import TESTS

OAI = "digitallibrary.un.org/oai2d?verb=ListRecords"
RENDERED = "ydsftksff8.execute-api.us-east-1.amazonaws.com/dev/render_meeting"
TABLE_2017 = TESTS / "cases/meetings_table/rows-without-tr-2017/input.html"
VETOES = TESTS / "cases/meetings_table/vetoes/input.html"
HEADS = "".join(f"<th>{head}</th>" for head in ("Meeting Record", "Date", "Press Release", "Topic", "Outcome / Vote"))


def month(begins: str, ends: str) -> str:
    """The address of a month, as a mirror has it: `month("2026-11-01", "2026-11-30")`."""
    return f"{OAI}&metadataPrefix=marcxml&from={begins}T00:00:00Z&until={ends}T23:59:59Z"


def following(token: str) -> str:
    """The address of a page after the first."""
    return f"{OAI}&resumptionToken={token}"


def answer(*records: str, more: str = "", size: int | None = None) -> bytes:
    """A page of records; the last one has an empty token for more."""
    told = f"<resumptionToken completeListSize='{len(records) if size is None else size}'>{more}</resumptionToken>"
    return _oai(f"<ListRecords>{''.join(records)}{told}</ListRecords>")


def error(code: str) -> bytes:
    """An answer without records."""
    return _oai(f"<error code='{code}'>Nothing here.</error>")


def record(symbol: str, meeting: int = 10089, action: str = "Adopted 13-0-2, {}th meeting") -> str:
    """A record of a resolution or statement."""
    fields = {
        "191": symbol,
        "245": f"Security Council document {symbol} /",
        "992": "2026-10-14",
        "993": f"S/PV.{meeting}",
        "996": action.format(meeting),
    }
    marc = "".join(
        f"<datafield tag='{tag}'><subfield code='a'>{words}</subfield></datafield>" for tag, words in fields.items()
    )
    head = "<header><identifier>oai:1</identifier><datestamp>2026-11-02T10:00:00Z</datestamp></header>"
    body = f"<record xmlns='http://www.loc.gov/MARC21/slim'><controlfield tag='001'>1</controlfield>{marc}</record>"
    return f"<record>{head}<metadata>{body}</metadata></record>"


def table(*rows: tuple[int, str, str]) -> bytes:
    """A table of meetings: number, date and outcome of each."""
    cells = "".join(
        f"<tr><td>S/PV.{number}</td><td>{day}</td><td>SC/16271</td><td>Libya</td><td>{outcome}</td></tr>"
        for number, day, outcome in rows
    )
    return f"<table class='tablefont'><tr>{HEADS}</tr>{cells}</table>".encode()


def _oai(inner: str) -> bytes:
    return f"<?xml version='1.0'?><OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'>{inner}</OAI-PMH>".encode()
