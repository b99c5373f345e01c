"""Makes the body of a webhook of an alert: JSON by `webhook.schema.json`, the same bytes at every attempt. Pure.

{"type": "extract.new", "timestamp": "2025-05-09T06:00:00+00:00",
 "data": {"schema": "wpswatch.alert/1", "event": "extract.new", "symbol": ..., "extracts": [...], "truncated": null}}

The body stays under 20 kB, as Standard Webhooks asks. What does not fit is left out: the marks first, which only repeat
words, then from the end whole extracts (of a digest: whole alerts). `truncated` counts it and says where the rest is.
"""

import json
from shlex import quote
from typing import Any, Final

from monitor.alerts.news.payload import news_of
from storage.records import Alert

LARGEST_BODY: Final = 20_000
"""Bytes."""

CUT: Final = " [...]"
"""Ends a text that was cut; the extracts have it, too, where PeaceWomen leaves words out."""

_TEXT_LENGTHS: Final = (4000, 2000, 1000, 500, 200, 100)  # characters of each text, tried in this order


def body_of(alert: Alert) -> bytes:
    """The body. A ValueError when the alert is of another schema, or can't be made short enough."""
    news_of(alert.payload)
    data: dict[str, Any] = json.loads(alert.payload)
    data["truncated"] = None
    if len(whole := _encoded(alert, data)) <= LARGEST_BODY:
        return whole
    counts = {"items": 0, "extracts": 0, "texts": 0, "marks": _drop_marks(data)}
    data["truncated"] = {**counts, **_rest_of(data)}
    if "items" in data and len(_encoded(alert, data)) > LARGEST_BODY:
        data["truncated"]["items"] = _drop_from_end(alert, data, data, "items")
    news = data["items"][0]["news"] if data.get("items") else data
    if "extracts" in news and len(_encoded(alert, data)) > LARGEST_BODY:
        data["truncated"]["extracts"] = _drop_from_end(alert, data, news, "extracts")
        if news.get("renewal"):  # a line for each extract that is there, and an age
            news["renewal"]["lines"] = news["renewal"]["lines"][: len(news["extracts"])]
        if news.get("due"):
            news["due"]["since"] = news["due"]["since"][: len(news["extracts"])]
    if len(body := _encoded(alert, data)) <= LARGEST_BODY:
        return body
    for length in _TEXT_LENGTHS:
        shorter = _with_shorter_texts(data, length)
        if len(body := _encoded(alert, shorter)) <= LARGEST_BODY:
            return body
    raise ValueError(f"expected an alert that can be told in {LARGEST_BODY} bytes, found {len(body)} at the shortest")


def _encoded(alert: Alert, data: dict[str, Any]) -> bytes:
    record = {"type": alert.event, "timestamp": alert.created_at.isoformat(), "data": data}
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")  # a lone half of a letter, which a broken source may bring, is a "?"


def _rest_of(data: dict[str, Any]) -> dict[str, str | None]:
    """Where the rest is: a page for people, and a command of this program that prints it."""
    if "symbol" in data:
        return {"url": data["url"], "command": f"wpswatch changes --wps --symbol {quote(data['symbol'])}"}
    return {"url": None, "command": "wpswatch alerts --json"}


def _drop_marks(data: dict[str, Any]) -> int:
    """Leave no marks in the data; return how many went."""
    told = [item["news"] for item in data["items"]] if "items" in data else [data]
    dropped = 0
    for extract in (extract for news in told for extract in news.get("extracts", ())):
        dropped += len(extract["marks"])
        extract["marks"] = []
    return dropped


def _drop_from_end(alert: Alert, data: dict[str, Any], holder: dict[str, Any], key: str) -> int:
    """Leave as many parts of a list in the data, from the first on, as fit, and at least one; return how many went."""
    parts = holder[key]
    holder[key] = []
    room = LARGEST_BODY - len(_encoded(alert, data)) - 10  # the counts have digits, too
    kept = 0
    for part in parts:
        room -= len(json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")) + 1
        if room < 0 and kept:
            break
        kept += 1
    holder[key] = parts[:kept]
    return len(parts) - kept


def _with_shorter_texts(data: dict[str, Any], length: int) -> dict[str, Any]:
    """The data with every text cut to so many characters."""
    cut = 0

    def shortened(value: Any) -> Any:
        nonlocal cut
        if isinstance(value, str) and len(value) > length:
            cut += 1
            return value[:length] + CUT
        if isinstance(value, list):
            return [shortened(part) for part in value]
        return {key: shortened(part) for key, part in value.items()} if isinstance(value, dict) else value

    shorter = {key: shortened(value) for key, value in data.items() if key != "truncated"}
    return {**shorter, "truncated": {**data["truncated"], "texts": cut}}
