"""The body of a webhook: by its schema, and short."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from monitor.alerts.news.compose import DocumentFacts, Told, extract_alert
from monitor.alerts.news.payload import OPERATOR_EVENTS, DigestItem, DigestNews, Mark, SourceNews
from monitor.alerts.webhook.body import CUT, LARGEST_BODY, body_of
from monitor.changes.diff import ParagraphChange
from monitor.changes.flags import FlaggedChange
from scraper.ingest.extraction import extract
from storage.models import Place
from storage.records import Alert, ChangeKind, Event
from tests.paths import TESTS
from tests.servers.webhook_receiver import NOW, make_alert, make_extract, make_news

SCHEMA = json.loads(files("monitor.alerts.webhook").joinpath("webhook.schema.json").read_text())
CASE = TESTS / "cases" / "akoma_ntoso" / "women-peace-and-security-1325" / "input.xml"


def closed(part: Any) -> Any:
    """The schema, with no field allowed that it does not name: what receivers need not insist on, the tests do."""
    if isinstance(part, list):
        return [closed(one) for one in part]
    if not isinstance(part, dict):
        return part
    made = {key: closed(value) for key, value in part.items()}
    is_object = isinstance(made.get("required"), list) and "oneOf" not in made
    return {**made, "additionalProperties": False} if is_object else made


def validated(alert: Alert) -> dict[str, Any]:
    body = body_of(alert)
    assert len(body) <= LARGEST_BODY
    record: dict[str, Any] = json.loads(body)
    Draft202012Validator(closed(SCHEMA), format_checker=FormatChecker()).validate(record)
    assert datetime.fromisoformat(record["timestamp"]) == alert.created_at
    assert record["type"] == record["data"]["event"] == alert.event
    return record


def whole_resolution() -> Alert:
    """Every paragraph of resolution 1325 as news: what an alert of a document about women is at its longest."""
    document = extract(CASE.read_bytes())
    facts = DocumentFacts("S/RES/1325 (2000)", "en", "unxml", document.subject, document.adopted_on, None)
    told = []
    for paragraph in document.paragraphs:
        change = ParagraphChange(ChangeKind.ADDED, None, paragraph)
        told.append(Told(FlaggedChange(change, ("new words about women",), paragraph.themes), "a" * 64, 0))
    return extract_alert(Event.EXTRACT_NEW, facts, told, 1, NOW)


def source_news() -> SourceNews:
    return SourceNews(Event.SOURCE_BLOCKED, "unxml", "blocked: the source refused 3 of 3 requests", NOW)


def digest(*news: Any) -> DigestNews:
    items = tuple(DigestItem(f"wps-{number}", NOW, one) for number, one in enumerate(news))
    return DigestNews(Event.DIGEST, "desk", "daily 07:00", NOW, items, left_out=0)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "news",
    [
        make_news(),
        source_news(),
        replace(source_news(), last_good_at=None),
        digest(make_news(), source_news()),
        replace(make_news(make_extract("OP 3", "women", before="men", chapeau="Decides:")), adopted_on=None),
    ],
    ids=["extracts", "source", "source never good", "digest", "a changed extract"],
)
def test_a_body_is_as_the_schema_says_and_whole(news: Any) -> None:
    alert = make_alert(news)

    record = validated(alert)

    told = {key: value for key, value in record["data"].items() if key != "truncated"}
    assert (told, record["data"]["truncated"]) == (json.loads(alert.payload), None)


@pytest.mark.parametrize("change", [{"type": "new"}, {"timestamp": 5}, {"data": {}}, {"data": {"event": 1}}])
def test_another_body_is_not_what_the_schema_says(change: dict[str, Any]) -> None:
    record = json.loads(body_of(make_alert())) | change

    with pytest.raises(ValidationError):
        Draft202012Validator(SCHEMA, format_checker=FormatChecker()).validate(record)


def test_the_body_is_the_same_bytes_each_time() -> None:
    assert body_of(make_alert()) == body_of(make_alert())


def test_of_a_whole_resolution_the_first_extracts_are_told_and_the_rest_is_counted() -> None:
    alert = whole_resolution()
    assert len(alert.payload.encode()) > LARGEST_BODY  # 1325 whole does not fit: a case, not a guess

    record = validated(alert)

    held = json.loads(alert.payload)["extracts"]
    kept = record["data"]["extracts"]
    truncated = record["data"]["truncated"]
    assert kept == [extract | {"marks": []} for extract in held[: len(kept)]]
    assert (truncated["extracts"], truncated["texts"]) == (len(held) - len(kept), 0)
    assert truncated["marks"] == sum(len(extract["marks"]) for extract in held)
    assert len(kept) > len(held) * 0.6
    assert truncated["url"] == "https://docs.un.org/en/S/RES/1325(2000)"
    assert truncated["command"] == "wpswatch changes --wps --symbol 'S/RES/1325 (2000)'"


def test_marks_go_before_words_do() -> None:
    marks = tuple(Mark("Participation", "women", 0, 5, Place.TEXT) for _ in range(300))
    data = validated(make_alert(make_news(*[make_extract("OP 1", "women", marks=marks)] * 3)))["data"]

    assert (len(data["extracts"]), data["truncated"]["extracts"], data["truncated"]["marks"]) == (3, 0, 900)


def test_a_long_digest_tells_its_first_alerts_and_counts_the_rest() -> None:
    data = validated(make_alert(digest(*[make_news()] * 100)))["data"]

    assert data["truncated"]["items"] == 100 - len(data["items"]) > 0
    assert len(data["items"]) > 10
    assert data["truncated"]["command"] == "wpswatch alerts --json"


def test_a_digest_of_one_long_alert_tells_its_first_extracts() -> None:
    long = make_news(*[make_extract(f"OP {number}", "women " * 100) for number in range(100)])

    data = validated(make_alert(digest(long, make_news())))["data"]

    kept = len(data["items"][0]["news"]["extracts"])
    assert data["truncated"] | {"command": ""} == {
        "items": 1, "marks": 101, "extracts": 100 - kept, "texts": 0, "url": None, "command": "",
    }  # fmt: skip
    assert kept > 10


def hostile_texts() -> Iterator[tuple[str, str]]:
    yield "one very long paragraph", "women " + "x" * 50_000
    yield "of letters that JSON writes long", "women " + '"\\\n\x00' * 20_000
    yield "of letters that UTF-8 writes long", "women " + "𝔴" * 20_000
    yield "with half a letter", "women \ud800" + "y" * 30_000


@pytest.mark.parametrize(("name", "text"), list(hostile_texts()), ids=[name for name, _ in hostile_texts()])
def test_a_text_that_alone_is_too_long_is_cut(name: str, text: str) -> None:
    extract_ = make_extract("OP 1", text, before=text, chapeau=text)

    data = validated(make_alert(make_news(extract_)))["data"]

    (told,) = data["extracts"]
    assert told["text"].startswith("women")
    assert all(told[key].endswith(CUT) for key in ("text", "before", "chapeau"))
    assert (told["marks"], data["truncated"]["marks"], data["truncated"]["texts"]) == ([], 1, 3)


def test_what_cannot_be_made_short_is_an_error_and_not_a_long_body() -> None:
    with pytest.raises(ValueError, match="expected an alert that can be told in 20000 bytes"):
        body_of(make_alert(make_news(make_extract("OP 1", "women", reasons=("reason",) * 5000))))


def test_an_alert_of_another_schema_is_an_error() -> None:
    with pytest.raises(ValueError, match="expected an alert of schema"):
        body_of(replace(make_alert(), payload='{"schema": "other/2"}'))


def test_the_schema_names_every_event() -> None:
    told = SCHEMA["$defs"]
    assert set(told["event"]["enum"]) == set(Event)
    assert set(told["sourceNews"]["properties"]["event"]["enum"]) == {*OPERATOR_EVENTS, Event.TEST}
