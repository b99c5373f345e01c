"""The chain of a mandate: what is a link, until when, and which holes are named."""

from collections.abc import Sequence
from datetime import date

import pytest

from scraper.citations.find import cite_paragraphs
from scraper.mandates.acts_in_titles import Told, act_in_title
from scraper.mandates.chain import Chain, MandateText, build_chain
from scraper.mandates.term import Act
from scraper.pages.unxml.mandate_titles import read_expiries
from scraper.situations.mandates import mandate_of
from storage.models import DocumentKind, Paragraph, Part
from tests.measures.sources.chains import expected_chains

PANEL = "Panel of Experts on South Sudan"


def source(
    number: int, adopted: str, text: str | None = None, title: str | None = None, *, filed: Sequence[str] = ("UNMISS",)
) -> MandateText:
    """A resolution with one operative paragraph, or none; its recital cites nothing."""
    day = date.fromisoformat(adopted)
    symbol = f"S/RES/{number} ({day.year})"
    paragraphs = (Paragraph("OP 1", Part.OPERATIVE, text),) if text else None
    if paragraphs:
        paragraphs = cite_paragraphs(paragraphs, symbol=symbol, kind=DocumentKind.RESOLUTION)
    named = title and f"Security Council resolution [{title}]"
    told = [Told(one.on, one.of, one.words, one.is_computed) for one in read_expiries(named or "", day)]
    return MandateText(symbol, day, named, tuple(told), tuple(filed), tuple(filed), paragraphs)


def chain(*sources: MandateText, body: str = "UNMISS", unread: Sequence[MandateText] = ()) -> Chain:
    held = {one.symbol for one in sources if one.paragraphs}
    return build_chain(body, sources, held, unread)


FIRST = source(2326, "2016-12-15", "Decides to extend the mandate of UNMISS until 16 December 2016;")
TITLED = source(
    2406, "2018-03-15", title="on extension of the mandate of the UN Mission in South Sudan until 15 Mar. 2019"
)


def test_a_link_rests_on_its_text_else_on_the_librarys_title() -> None:
    first, second = chain(TITLED, FIRST).links
    assert (first.symbol, first.expires_on, first.basis) == ("S/RES/2326 (2016)", date(2016, 12, 16), "text")
    assert (second.expires_on, second.basis, second.is_held) == (date(2019, 3, 15), "title", False)


def test_a_text_that_says_another_day_than_the_title_holds_and_both_are_told() -> None:
    title = "on extension of the mandate of the UN Mission in South Sudan until 13 Aug. 2024"
    (link,) = chain(
        source(2695, "2023-08-31", "Decides to extend the mandate of UNMISS until 31 August 2024;", title)
    ).links
    assert (link.expires_on, link.title_says) == (date(2024, 8, 31), date(2024, 8, 13))


def test_a_further_period_is_reckoned_from_the_expiry_before() -> None:
    further = source(2327, "2016-12-15", "Decides to extend the mandate of UNMISS for a further period of one year;")
    link = chain(FIRST, further).links[-1]
    assert (link.expires_on, link.reckoned_from) == (date(2017, 12, 16), date(2016, 12, 16))
    assert chain(further).links[0].reckoned_from == date(2016, 12, 15)


def test_a_mere_mention_is_no_link() -> None:
    assert chain(source(2417, "2018-05-24", "Requests UNMISS to assist until 30 April 2019;")).links == ()
    assert chain(source(2417, "2018-05-24", title="on conflict and hunger")).links == ()


def test_a_title_joined_to_another_by_a_misprint_is_no_link() -> None:
    title = "Security Council resolution [on terrorism] andate of the UN Mission in South Sudan until 31 July 2015]"
    assert act_in_title(title, "UNMISS") is None


def test_what_is_not_held_and_has_no_title_may_be_a_link() -> None:
    assert chain(source(2808, "2025-12-19")).links[0].act is None


@pytest.mark.parametrize(
    ("title", "body", "act"),
    [
        ("on final extension of the mandate of MINUSTAH until 15 Oct. 2017 and establishment of MINUJUSTH", "MINUSTAH",
         (Act.EXTENDED, True)),
        ("on final extension of the mandate of MINUSTAH until 15 Oct. 2017 and establishment of MINUJUSTH", "MINUJUSTH",
         (Act.ESTABLISHED, False)),
        ("on increase of force levels of the UN Mission in South Sudan (UNMISS)", "UNMISS", (Act.CHANGED, False)),
        ("on renewal of sanctions against South Sudan and extension of the mandate of the Panel of Experts", PANEL,
         (Act.EXTENDED, False)),
        ("on extension of the mandate of the Panel of Experts Established pursuant to Resolution 2127", PANEL, None),
    ],
)  # fmt: skip
def test_a_title_says_what_was_done_with_each_body(title: str, body: str, act: object) -> None:
    assert act_in_title(f"Security Council resolution [{title}]", body) == act


def test_the_one_before_is_confirmed_where_it_is_cited() -> None:
    text = "Decides to extend the mandate of UNMISS, as set out in resolution 2326 (2016), until 15 December 2017;"
    link = chain(FIRST, source(2327, "2016-12-16", text)).links[-1]
    assert (link.confirmed_at, link.lapse) == ("OP 1", 0)


def test_one_that_is_cited_as_the_one_before_and_not_held_is_named() -> None:
    text = "Decides to extend the mandate of UNMISS, as set out in resolution 2514 (2020), until 15 March 2022;"
    link = chain(FIRST, source(2567, "2021-03-12", text)).links[-1]
    assert [(one.symbol, one.address, one.is_held) for one in link.cited] == [("S/RES/2514 (2020)", "OP 1", False)]
    assert link.lapse == (date(2021, 3, 12) - date(2016, 12, 16)).days


def test_an_early_renewal_overlaps_and_one_may_bring_the_expiry_forward() -> None:
    early = source(2327, "2016-12-06", "Decides to extend the mandate of UNMISS until 10 December 2016;")
    link = chain(FIRST, early).links[-1]
    assert (link.overlap, link.lapse, link.is_shorter) == (10, 0, True)
    assert not chain(FIRST, TITLED).links[-1].is_shorter


HAITI = (
    source(2313, "2016-10-13", "Decides to extend until 15 April 2017 the mandate of MINUSTAH;", filed=["MINUSTAH"]),
    source(2350, "2017-04-13", "Decides to extend the mandate of MINUSTAH for a final period until 15 October 2017; "
           "further decides to establish MINUJUSTH for an initial period of six months from 16 October 2017 until "
           "15 April 2018;", filed=["MINUSTAH", "MINUJUSTH"]),
    source(2410, "2018-04-10", "Decides to extend the mandate of MINUJUSTH until 15 April 2019;", filed=["MINUJUSTH"]),
)  # fmt: skip


def test_bodies_that_took_over_from_one_another_have_one_chain() -> None:
    links = build_chain(mandate_of("MINUSTAH"), HAITI, {one.symbol for one in HAITI}).links
    assert [(link.body, link.successor_of, str(link.expires_on)) for link in links] == [
        ("MINUSTAH", None, "2017-04-15"),
        ("MINUJUSTH", "MINUSTAH", "2018-04-15"),
        ("MINUJUSTH", None, "2019-04-15"),
    ]
    assert mandate_of("MINUSTAH") == mandate_of("BINUH")


def test_of_one_body_alone_the_chain_ends_where_another_took_over() -> None:
    links = chain(*HAITI, body="MINUSTAH").links
    assert [(link.symbol[:10], link.is_final) for link in links] == [("S/RES/2313", False), ("S/RES/2350", True)]


JBVMM = mandate_of("UNISFA support to the JBVMM")
MODIFICATION = (
    "UNISFA’s mandate modification set forth in resolution 2024 (2011) and paragraph 1 of resolution 2075 (2012)"
)


def abyei(*sources: MandateText) -> list[tuple[str, str]]:
    links = build_chain(JBVMM, sources, {one.symbol for one in sources if one.paragraphs}).links
    return [(link.symbol, str(link.expires_on)) for link in links]


def test_a_task_inside_a_mandate_has_a_chain_of_its_own() -> None:
    modified = source(2411, "2018-04-13", f"Decides to extend until 23 April 2018 {MODIFICATION};", filed=["UNISFA"])
    mission = source(
        2416, "2018-05-15", "Decides to extend until 15 November 2018 the mandate of UNISFA;", filed=["UNISFA"]
    )
    assert abyei(modified, mission) == [("S/RES/2411 (2018)", "2018-04-23")]


def test_a_task_goes_on_with_its_mission_where_the_paragraph_that_extended_it_is_cited() -> None:
    first = source(2575, "2021-05-11", f"Decides to extend until 15 November 2021 {MODIFICATION};", filed=["UNISFA"])
    text = (
        "Decides to extend until 15 December 2021 the mandate of UNISFA as set out in paragraphs 1 and 2 of "
        "resolution 2575 (2021);"
    )
    assert abyei(first, source(2606, "2021-11-15", text, filed=["UNISFA"])) == [
        ("S/RES/2575 (2021)", "2021-11-15"),
        ("S/RES/2606 (2021)", "2021-12-15"),
    ]
    other = text.replace("paragraphs 1 and 2", "paragraph 4")
    assert len(abyei(first, source(2606, "2021-11-15", other, filed=["UNISFA"]))) == 1


def test_a_task_goes_on_by_a_title_only_about_the_day_on_which_it_expires() -> None:
    first = source(2411, "2018-04-13", f"Decides to extend until 23 April 2018 {MODIFICATION};", filed=["UNISFA"])
    title = "on extension of the mandate of the UN Interim Security Force for Abyei (UNISFA) until 15 Oct. 2018"
    due = source(2412, "2018-04-23", title=title, filed=["UNISFA"])
    early = source(2469, "2018-07-14", title=title, filed=["UNISFA"])
    assert abyei(first, due)[1:] == [("S/RES/2412 (2018)", "2018-10-15")]
    assert abyei(first, early)[1:] == []


SANCTIONS = mandate_of("South Sudan sanctions")
SANCTIONED = ["2206 Committee", PANEL]


def test_the_measures_own_expiry_stands_before_that_of_their_panel() -> None:
    text = (
        "Decides to renew until 31 May 2025 the measures on arms imposed by paragraph 4 of resolution 2428 (2018); "
        "decides to extend until 1 July 2025 the mandate of the Panel of Experts as set out in paragraph 19 of "
        "resolution 2428 (2018);"
    )
    (link,) = build_chain(SANCTIONS, [source(2731, "2024-05-30", text, filed=SANCTIONED)], set()).links
    assert (str(link.expires_on), [one.body for one in link.others]) == ("2025-05-31", [PANEL])


def test_measures_go_on_where_those_that_renewed_them_are_cited() -> None:
    vessels = mandate_of("inspection of vessels off Libya: arms embargo")
    title = (
        "on extension of the authorizations on the inspection of vessels on the high seas off the coast of Libya for a "
        "period of 12 months"
    )
    links = build_chain(
        vessels,
        [
            source(2733, "2024-05-31", title=title, filed=[]),
            source(2780, "2025-05-29", "Decides to extend the authorizations as set out in resolution 2733 (2024) for "
                   "a further 6 months from the date of this resolution;", filed=[]),
            source(2698, "2025-06-01", "Decides to renew, for a period of 12 months, the authorisations as set out in "
                   "paragraph 7 of resolution 2240 (2015);", filed=[]),
        ],
        set(),
    ).links  # fmt: skip
    assert [(link.symbol, str(link.expires_on)) for link in links] == [
        ("S/RES/2733 (2024)", "2025-05-31"),
        ("S/RES/2780 (2025)", "2025-11-29"),
    ]


def sanctions(*sources: MandateText) -> list[tuple[str, Act | None]]:
    links = build_chain(SANCTIONS, sources, {one.symbol for one in sources if one.paragraphs}).links
    return [(link.symbol[:10], link.act) for link in links]


def test_a_title_on_measures_elsewhere_is_no_link_though_it_is_filed_under_the_same_committee() -> None:
    title = "on renewal of measures against {} until 15 Apr. 2016"
    here = source(2271, "2016-03-02", title=title.format("South Sudan"), filed=SANCTIONED)
    there = source(2200, "2015-02-12", title=title.format("Liberia"), filed=SANCTIONED)
    assert sanctions(there, here) == [("S/RES/2271", Act.EXTENDED)]
    assert build_chain(mandate_of("Sudan sanctions"), [here], set()).links == ()


def test_to_end_some_measures_or_to_impose_more_changes_them() -> None:
    impose = "Decides that, for a period of one year, all Member States shall take measures to prevent the {};"
    end = "Decides to terminate the measures on timber imposed by paragraph 4 of resolution 2206 (2015);"
    first = source(2206, "2015-03-03", impose.format("entry of individuals"), filed=SANCTIONED)
    more = source(2699, "2023-10-02", impose.format("supply of arms"), filed=SANCTIONED)
    some = source(2746, "2024-10-02", end, filed=SANCTIONED)
    title = "on adjustment of measures on arms embargo against South Sudan"
    adjusted = source(2745, "2024-07-30", title=title, filed=SANCTIONED)
    assert sanctions(first, more, some, adjusted) == [
        ("S/RES/2206", Act.ESTABLISHED),
        ("S/RES/2699", Act.CHANGED),
        ("S/RES/2745", Act.CHANGED),
        ("S/RES/2746", Act.CHANGED),
    ]


def test_a_force_is_extended_by_what_its_title_calls_deployment_or_authorization() -> None:
    for title in (
        "on deployment of the African Union Mission in Somalia (AMISOM) until 31 Oct. 2014",
        "on authorization to the Member States of the African Union to maintain the deployment of the African Union "
        "Mission in Somalia (AMISOM) until 31 Oct. 2014",
        "on extension of the authorizations of the African Union Mission in Somalia (AMISOM) until 31 Oct. 2014",
    ):
        (link,) = chain(source(2124, "2013-11-12", title=title, filed=["AMISOM"]), body="AMISOM").links
        assert (link.act, str(link.expires_on)) == (Act.EXTENDED, "2014-10-31")
    strength = "on deployment of additional troops to the African Union Mission in Somalia (AMISOM)"
    assert act_in_title(f"Security Council resolution [{strength}]", "AMISOM") == (Act.CHANGED, False)


def test_one_that_took_over_keeps_the_mandate_though_a_text_names_the_one_before() -> None:
    text = (
        "Authorizes the Member States to establish for a further period of twelve months a multinational stabilization "
        "force (EUFOR ALTHEA) as a legal successor to SFOR;"
    )
    taken = source(2183, "2014-11-11", text, filed=["SFOR"])
    title = "on establishment of a multinational force as successor to SFOR for 12 months"
    titled = source(2247, "2015-11-10", title=title, filed=["SFOR"])
    links = build_chain(mandate_of("SFOR"), [taken, titled], {taken.symbol}).links
    assert [(link.body, link.successor_of) for link in links] == [("EUFOR ALTHEA", None), ("EUFOR ALTHEA", None)]


def test_resolutions_stand_in_the_order_of_their_numbers_whatever_day_a_text_prints() -> None:
    misprinted = source(2327, "2016-04-16", "Decides to extend the mandate of UNMISS until 15 December 2017;")
    assert [link.symbol[:10] for link in chain(misprinted, FIRST).links] == ["S/RES/2326", "S/RES/2327"]


def test_a_mandate_is_over_when_it_was_ended_or_its_last_extension_has_passed() -> None:
    final = source(2790, "2025-08-28", "Decides to extend the mandate of UNMISS a final time until 31 December 2026;")
    assert not chain(final).is_over(date(2026, 12, 31))
    assert chain(final).is_over(date(2027, 1, 1))
    assert not chain(FIRST).is_over(date(2027, 1, 1))


def test_what_was_adopted_about_the_expiry_and_cannot_be_read_is_named() -> None:
    unread = [MandateText("S/RES/2820 (2026)", date(2016, 12, 16)), MandateText("S/RES/2829 (2026)", date(2026, 8, 1))]
    assert chain(FIRST, unread=unread).unread == ("S/RES/2820 (2026)",)


def test_the_chains_read_by_hand_are_in_order() -> None:
    for body, links in expected_chains().items():
        numbers = [int(symbol.split("/")[2].split()[0]) for symbol in links]
        assert numbers == sorted(set(numbers)), body
        assert all(not expires or adopted < expires for adopted, expires in links.values()), body
