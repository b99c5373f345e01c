"""French paragraphs carry the themes that their English originals carry."""

import pytest

from scraper.themes.labeller import label_text


def themes(text: str, chapeau: str | None = None) -> set[str]:
    return {label.theme for label in label_text(text, chapeau, language="fr")}


@pytest.mark.parametrize(
    "text",
    [
        "Condamne le recrutement et l’utilisation d’enfants et les attaques contre des écoles ;",
        "Souligne que de ce genre de violence résulte une menace pour la population civile ;",
        "Condamne les violations des droits de l’homme et les violences commises contre des civils ;",
        "Condamne l’exploitation illégale des ressources naturelles ;",
        "Rend hommage aux femmes et aux hommes de la Mission ;",
        "Nationalité : RPDC ; sexe : masculin ; adresse : RPDC ;",
    ],
)
def test_what_only_looks_like_it_is_no_wps_content(text: str) -> None:
    assert themes(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rappelant ses résolutions 1265 (1999), 1325 (2000) et 1612 (2005),", {"General Women, Peace and Security"}),
        (
            "Réaffirmant que les femmes jouent un rôle important dans la prévention et le règlement des conflits et la "
            "consolidation de la paix,",
            {"Conflict Prevention", "Participation", "Peace Processes", "Reconstruction and Peacebuilding"},
        ),
        (
            "Prie le Secrétaire général d’appliquer la politique de tolérance zéro à l’égard de l’exploitation et des "
            "atteintes sexuelles ;",
            {"Peacekeeping", "Sexual and Gender-Based Violence"},
        ),
        ("Condamne les viols et les mariages forcés ;", {"Human Rights", "Sexual and Gender-Based Violence"}),
        ("Condamne les violences sexistes ;", {"Sexual and Gender-Based Violence"}),
        ("Souligne qu’il faut protéger les femmes et les filles ;", {"Protection"}),
        ("Demande que les droits des femmes soient respectés ;", {"Human Rights"}),
        (
            "Prie la MINUSCA de tenir pleinement compte des questions de genre ;",
            {"General Women, Peace and Security", "Peacekeeping"},
        ),
        (
            "Demande des élections libres, avec la participation pleine et égale des femmes ;",
            {"Participation", "Reconstruction and Peacebuilding"},
        ),
        (
            "Exige que les auteurs de violences sexuelles soient traduits en justice ;",
            {"Justice, Rule of Law and Security Sector Reform", "Sexual and Gender-Based Violence"},
        ),
        ("Salue le déploiement de conseillers pour la protection des femmes ;", {"Implementation", "Protection"}),
    ],
)
def test_a_paragraph_carries_what_its_english_original_carries(text: str, expected: set[str]) -> None:
    assert themes(text) == expected


def test_a_sub_paragraph_is_read_with_its_chapeau() -> None:
    assert themes("des femmes ;", "garantir la pleine participation :") == {"Participation"}


def test_evidence_stands_in_the_original_words() -> None:
    text = "Souligne l’importance de l’égalité des sexes ;"

    (label,) = label_text(text, language="fr")

    assert {text[one.start : one.end] for one in label.evidence} == {"égalité des sexes"}
