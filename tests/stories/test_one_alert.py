"""The product's promise, kept by the command as a user runs it, on the recorded site behind a real server."""

import json

import pytest
from standardwebhooks import Webhook

from tests.servers.webhook_receiver import SECRET, Receiver
from tests.site.late_xml import with_xml

FEEDS_AND_WEBHOOK = """
[feeds]
dir = "{folder}/public"
url = "https://feeds.example.org/wps/"
[[channels]]
name = "hook"
type = "webhook"
url = "http://127.0.0.1:{port}/hook"
secret_file = "{folder}/secret"
allow_private_addresses = true
"""


def test_the_first_crawl_is_quiet_the_second_tells_what_is_new_once_and_the_third_is_silent(desk) -> None:
    news, correction = desk.server.site.catalogue.news, desk.server.site.catalogue.correction(is_wps=False)

    first = desk.crawl()
    assert {source: run["outcome"] for source, run in first.items()} == {
        "un-resolutions": "complete",
        "unxml": "complete",
    }
    assert [desk.ask("changes", "--json"), desk.ask("alerts", "--json"), desk.alerts_told()] == [[], [], []]
    assert all(extract["flagged"] is False for extract in desk.ask("extracts", "--json"))

    desk.second_day(is_wps=False)
    second = desk.crawl()
    held = desk.ask("show", news.symbol, "--json")["paragraphs"]
    changes = desk.ask("changes", "--json")
    assert [(c["kind"], c["address"], c["wps"]) for c in changes if c["symbol"] == correction.symbol] == [
        ("modified", correction.address, False)
    ]
    added = {c["address"]: c["wps"] for c in changes if c["symbol"] == news.symbol}
    assert added == {paragraph["address"]: bool(paragraph["themes"]) for paragraph in held}
    assert {(c["kind"], c["cause"]) for c in changes if c["symbol"] == news.symbol} == {("added", "source")}
    assert len(changes) == len(held) + 1
    flagged = {address for extract in desk.ask("extracts", "--new", "--json") for address in extract["addresses"]}
    assert flagged == {address for address, is_wps in added.items() if is_wps}
    assert (second["unxml"]["flags"], second["unxml"]["alerts"]) == (len(flagged), 1)
    [alert] = desk.ask("alerts", "--json")
    assert (alert["event"], [d["state"] for d in alert["deliveries"]]) == ("extract.new", ["sent"])
    assert len(desk.server.documents_sent()) == 2
    told = desk.alerts_told()

    desk.server.requests.clear()
    third = desk.crawl()
    assert desk.server.documents_sent() == []
    assert all(run["flags"] == run["alerts"] == run["fetched"] == 0 for run in third.values())
    assert (desk.ask("changes", "--json"), desk.alerts_told()) == (changes, told)


@pytest.mark.long
def test_a_correction_of_words_about_women_is_told_word_by_word(desk) -> None:
    correction = desk.server.site.catalogue.correction(is_wps=True)
    receiver = Receiver()
    with (desk.folder / "wpswatch.toml").open("a") as settings:
        settings.write(FEEDS_AND_WEBHOOK.format(folder=desk.folder, port=receiver.port))
    (desk.folder / "secret").write_text(SECRET)
    desk.crawl()
    before = feed_of(desk)
    desk.second_day(is_wps=True)
    desk.crawl()
    receiver.close()

    [change] = [c for c in desk.ask("changes", "--wps", "--json") if c["symbol"] == correction.symbol]
    assert (change["kind"], change["address"], change["cause"]) == ("modified", correction.address, "source")
    assert correction.before in change["before"]
    assert correction.after in change["after"]
    assert {alert["event"] for alert in desk.ask("alerts", "--json")} == {"extract.new", "extract.changed"}

    # Its entry in the feed keeps its id and is updated; all others are as they were, or new.
    after = feed_of(desk)
    [corrected] = [each for each in before if after[each] != before[each]]
    assert after[corrected]["date_published"] == before[corrected]["date_published"]
    assert after[corrected]["date_modified"] > before[corrected]["date_modified"]
    assert correction.after in after[corrected]["content_text"]
    news = desk.server.site.catalogue.news.symbol.replace(" ", "")
    assert {news in each for each in after if each not in before} == {True}
    assert {file["is_new"] for file in desk.ask("feeds", "--json")["files"]} == {False}

    # Each alert came once, signed.
    events = [Webhook(SECRET).verify(request.body, request.headers)["type"] for request in receiver.requests]
    assert sorted(events) == ["extract.changed", "extract.new"]


def feed_of(desk):
    items = json.loads((desk.folder / "public/all.json").read_text())["items"]
    return {item["id"]: item for item in items}


@pytest.mark.long
def test_the_xml_that_follows_a_pdf_is_no_news_and_both_witnesses_are_shown_side_by_side(desk) -> None:
    desk.crawl()
    [late] = [d.symbol for d in desk.server.site.documents if d.xml_day != d.day and d.xml]
    desk.server.site = with_xml(desk.server.site, late)
    runs = desk.crawl()
    assert runs["unxml"]["new"] == 1
    assert [change for change in desk.ask("changes", "--json") if change["cause"] == "source"] == []
    assert desk.ask("alerts", "--json") == []
    assert desk.ask("show", late, "--json")["reader"] == "akn"

    shown = desk.ask("show", late, "--witnesses", "--json")["witnesses"]
    (number,) = (one for one in desk.ask("ledger", "--json")["series"][0]["entries"] if one["symbol"] == late)
    assert [(one["source"], one["reader"]) for one in shown] == [("unxml", "akn"), ("un-resolutions", "pdf")]
    assert all(one["same"] == one["paragraphs"] and not one["differences"] for one in shown)
    assert (number["state"], number["witnesses"]) == ("held", ["un-resolutions", "unxml"])


@pytest.mark.long
@pytest.mark.parametrize("seconds", [1.2])
def test_a_kill_at_any_moment_leads_to_the_same_state(desk, seconds: float, undisturbed) -> None:
    desk.kill_crawl(seconds)
    desk.crawl()
    desk.second_day(is_wps=False)
    desk.kill_crawl(seconds)
    desk.crawl()
    assert desk.state() == undisturbed
    assert len([line for line in desk.alerts_told() if line.startswith("Alert ")]) == 1
