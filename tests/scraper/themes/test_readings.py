"""The rules for the doubtful places and the settled readings, one by one: what a coder gives, and never gives."""

import pytest

from scraper.themes.labeller import label_text

GENERAL = "General Women, Peace and Security"
PREVENTION = "Conflict Prevention"
DISARMAMENT = "Disarmament"
RELIEF = "Displacement and Humanitarian Response"
RIGHTS = "Human Rights"
IMPLEMENTATION = "Implementation"
JUSTICE = "Justice, Rule of Law and Security Sector Reform"
PARTICIPATION = "Participation"
PEACE = "Peace Processes"
PEACEKEEPING = "Peacekeeping"
PROTECTION = "Protection"
REBUILDING = "Reconstruction and Peacebuilding"
SGBV = "Sexual and Gender-Based Violence"


def themes(text: str, chapeau: str | None = None) -> set[str]:
    return {label.theme for label in label_text(text, chapeau)}


@pytest.mark.parametrize(
    "text",
    [
        "Condemns the recruitment and use of children and attacks on schools;",
        "Stresses the protection of civilians and respect for human rights;",
        "Condemns the illegal exploitation of natural resources;",
        "Encourages the participation of civil society, youth and families in the peace process;",
        "Welcomes the national registers of sex offenders and sex offender lists;",
        "Recognizes the risk of sexually transmitted diseases for peacekeepers;",
        "Thanks Ms. Margaret Vogt and Ms. Helen Clark for their report;",
        "Pays tribute to the women and men of UNAMA;",
        "Commends the men and women of the Mission for their service;",
        "Pays tribute to the women and men who serve under difficult conditions;",
        "Recalls the situation in Jebel Marra;",
        "Condemns the Lord’s Resistance Army;",
        "Demands an end to mother tongue discrimination;",
        "Recalls its resolutions 1265 (1999), 1612 (2005) and 1960 of its predecessors,",
        "Supports the commitment to zero tolerance for corruption;",
    ],
)
def test_nothing_of_women_is_no_wps_content(text: str) -> None:
    assert themes(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stresses the protection of civilians, especially women and children;", {PROTECTION}),
        ("Encourages women, youth and civil society to take part in the dialogue;", {PARTICIPATION, PEACE}),
        ("Expresses concern that most of the refugees are women and children;", {RELIEF}),
        ("Condemns attacks on boys and girls;", {PROTECTION}),
        ("Condemns sexual exploitation of children;", {SGBV}),
        ("Recalling its resolutions 1265 (1999), 1296 (2000), 1325 (2000) and 1612 (2005),", {GENERAL}),
        ("Recalling its resolution 1325 (2000)", {GENERAL}),
        ("Recalling the debate on “Women and peace and security”,", {GENERAL}),
        ("Affirms that sexual violence against children must end;", {SGBV}),
        ("Calls for an inclusive dialogue that involves men and women of all backgrounds;", {PARTICIPATION, PEACE}),
        ("Stresses the full participation of both men and women in public life;", {PARTICIPATION}),
    ],
)
def test_the_theme_is_what_is_done_to_or_by_women(text: str, expected: set[str]) -> None:
    assert themes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Reaffirming the role of women in the prevention and resolution of conflicts and in peacebuilding,",
            {PREVENTION, PEACE, REBUILDING, PARTICIPATION},
        ),
        ("Calls for the full implementation of resolution 1325 (2000);", {GENERAL, IMPLEMENTATION}),
        ("Recalls its decision, in line with resolution 1325 (2000);", {GENERAL}),
        ("Welcomes the deployment of women protection advisers;", {PROTECTION, IMPLEMENTATION}),
        ("Welcomes the deployment of gender advisers;", {IMPLEMENTATION}),
        (
            "Welcomes the monitoring, analysis and reporting arrangements on conflict-related sexual violence;",
            {PROTECTION, SGBV},
        ),
        ("Requests MINUSCA to take gender considerations fully into account;", {GENERAL, PEACEKEEPING}),
        (
            "Requests full compliance of UNISFA with the zero-tolerance policy on sexual exploitation and abuse;",
            {SGBV, PEACEKEEPING},
        ),
        (
            "Urges troop-contributing countries to ensure full accountability for sexual exploitation and abuse;",
            {SGBV, PEACEKEEPING, JUSTICE},
        ),
        ("Calls for elections with the full participation of women;", {PARTICIPATION, REBUILDING}),
        ("Encourages the participation of women in the national dialogue;", {PARTICIPATION, PEACE}),
        ("Encourages the recruitment of women into the national police;", {JUSTICE, PARTICIPATION}),
        ("Condemns violations and abuses against women and girls;", {RIGHTS}),
        ("Condemns attacks against women;", {PROTECTION}),
        ("Encourages Member States to deploy more women to peacekeeping operations;", {PARTICIPATION, PEACEKEEPING}),
        ("Calls for disarmament, demobilization and reintegration of women combatants;", {DISARMAMENT}),
        ("Encourages women to take part in strategies to counter terrorism;", {PREVENTION, PARTICIPATION}),
        ("Decides that the designation criteria include acts of sexual violence;", {JUSTICE, SGBV}),
        ("Calls for psychosocial services for survivors of sexual violence;", {RELIEF, SGBV}),
        ("Calls on parties to uphold the rights of women and girls;", {RIGHTS}),
        ("Asks for data disaggregated by sex and age;", {IMPLEMENTATION}),
        ("Welcomes the National Action Plan on Women, Peace and Security;", {GENERAL, IMPLEMENTATION}),
    ],
)
def test_what_recurs_has_one_settled_reading(text: str, expected: set[str]) -> None:
    assert themes(text) == expected


@pytest.mark.parametrize(
    ("text", "chapeau", "expected"),
    [
        ("women;", "ensure the full participation of:", {PARTICIPATION}),
        (
            "To protect women and girls;",
            "Decides that MINUSCA shall have the following mandate:",
            {PROTECTION, PEACEKEEPING},
        ),
        (
            "To assist in the recruitment of women;",
            "Decides that the mandate of MINUSCA shall include the following tasks: | Security Sector Reform (SSR)",
            {PARTICIPATION, PEACEKEEPING, JUSTICE},
        ),
        (
            "by reserving seats;",
            "Calls for measures to ensure the full participation of women, including:",
            {PARTICIPATION},
        ),
        (
            "calls upon all parties to respect international law;",
            "Expresses concern at abuses, including those involving sexual violence, and:",
            set(),
        ),
        ("protect schools;", "Decides on the following tasks:", set()),
    ],
)
def test_a_sub_paragraph_is_read_with_its_chapeau(text: str, chapeau: str, expected: set[str]) -> None:
    assert themes(text, chapeau) == expected


def test_a_chapeau_is_not_wps_content_because_of_its_sub_paragraphs() -> None:
    assert themes("Calls upon all parties to ensure the full participation of:") == set()
