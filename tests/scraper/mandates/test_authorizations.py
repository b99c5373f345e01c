"""Forces that are not the UN's and measures that are imposed: for how long, and whose."""

from datetime import date

import pytest

from scraper.mandates.term import Act, MandateTerm
from scraper.mandates.terms import read_terms
from storage.models import Paragraph, Part

ADOPTED = date(2018, 1, 30)


def terms(text: str, *bodies: str) -> list[MandateTerm]:
    return read_terms([Paragraph("OP 1", Part.OPERATIVE, text)], lambda: bodies)


@pytest.mark.parametrize(
    ("text", "act", "body", "until"),
    [
        ("Decides to authorise the Member States of the African Union to maintain the deployment of the African Union "
         "Mission in Somalia (AMISOM) until 14 March 2021, authorises AMISOM to take all necessary measures;",
         Act.EXTENDED, "AMISOM", "2021-03-14"),
        ("Decides to authorize the Member States of the AU to maintain the deployment of AMISOM up to a maximum level "
         "of 22,126 uniformed personnel until 31 May 2017, and further decides that AMISOM shall be authorized;",
         Act.EXTENDED, "AMISOM", "2017-05-31"),
        ("Endorses the African Union Peace and Security Council’s decision to replace ATMIS with the African Union "
         "Support and Stabilisation Mission in Somalia (AUSSOM), and authorises, for an initial period of 12 months "
         "beginning on 1 January 2025, the Member States of the African Union to take all necessary measures;",
         Act.ESTABLISHED, "AUSSOM", "2025-12-31"),
        ("Recalls paragraph 22 of resolution 2628 (2022), and further extends its authorisations until 30 June 2024;",
         Act.EXTENDED, "ATMIS", "2024-06-30"),
        ("Authorizes the Member States acting through or in cooperation with the EU to establish for a further period "
         "of twelve months, starting from the date of the adoption of this resolution, a multinational stabilization "
         "force (EUFOR) as a legal successor to SFOR;", Act.EXTENDED, "EUFOR ALTHEA", "2019-01-30"),
        ("Decides that, until 31 January 2019, all Member States shall continue to take the necessary measures to "
         "prevent the direct or indirect supply, sale or transfer to the CAR of arms;", Act.EXTENDED, None,
         "2019-01-31"),
    ],
)  # fmt: skip
def test_an_authorization_or_a_measure_is_given_until_a_day(text: str, act: Act, body: str | None, until: str) -> None:
    (term,) = terms(text, "ATMIS", "UNSOS")
    assert (term.act, term.body, str(term.expires_on(ADOPTED))) == (act, body, until)


@pytest.mark.parametrize(
    "text",
    [
        "Authorises the Member States of the African Union to deploy up to 17,626 men to ATMIS until 30 June 2024;",
        "Expresses its intention to authorise the Member States to maintain the deployment of ATMIS until 1 May 2025;",
        "Renews its call to the AU to expedite the deployment of AMISOM force enablers and multipliers;",
        "Authorizes the Member States participating in ISAF to take all necessary measures to fulfil its mandate;",
        "Notes that all Member States shall continue to take measures until 31 January 2019;",
    ],
)
def test_how_strong_a_force_may_be_and_what_is_intended_give_no_time(text: str) -> None:
    assert terms(text, "ATMIS") == []


def test_what_another_resolution_sets_out_is_not_the_documents_own_forces() -> None:
    text = "Decides to renew until 3 May 2022 the authorizations as set out in paragraph 10 of resolution 1846 (2008);"
    assert [term.body for term in terms(text, "AMISOM")] == [None]
