"""The fixed words of Council documents in the languages whose PDFs we read: data, one record for a language.

Only words that never vary from document to document stand here; everything else is told by place and number.
"""

import re
from dataclasses import dataclass

from storage.models import DocumentKind


@dataclass(frozen=True, slots=True)
class Phrases:
    """One language's fixed words. `enacting` is "The Security Council,"; `adoption` finds meeting and date.

    `verb` is how an operative paragraph opens and no recital does: "Decides that", "Décide de", "Постановляет".
    `closing` is how texts before 1992 say below what later ones say above; None where no such text is read.
    """

    enacting: re.Pattern[str]
    adoption: re.Pattern[str]
    annex: re.Pattern[str]
    verb: re.Pattern[str]
    closing: re.Pattern[str] | None = None


def _annex(*words: str) -> re.Pattern[str]:
    # "Annex", "Annex A – Items subject to a no-objection process", "Annex II", "Annex to the letter dated 8 May 2025"
    name = r"(?:\s+(?P<name>[IVXLC]{1,6}|[A-Z]|\d{1,2}))?"
    behind = r"(?:\s*[–—:-]\s*|\s*\.?$|\s+(?=[A-Z]|to the |к |à la |de la ))"
    return re.compile(rf"(?P<word>{'|'.join(words)}){name}{behind}")


PHRASES = {
    "en": Phrases(
        # also "Therefore the Security Council," (S/RES/4), "The Security Council:" (S/RES/1315), and as misread in
        # scanning: "The Security Council." (S/RES/518), "The Securin Council,", "Security Council," (S/RES/2216)
        re.compile(r"(?:(?:The|Therefore,? the) Securi(?:ty|n) Council\s?(?:,|[.:]$)?|Security Council\s?,)(?:\s+|$)"),
        # "Adopted by the Security Council at its 9913th meeting, on 8 May 2025", "... 4337th (closed) meeting, on", and
        # in older texts "Adoption by", "at is 5592nd", "meeting, 8 February 2001", "at _ its 3198th"
        re.compile(
            r"Adopt(?:ed|ion) .{0,20}?by the Security(?: Council)? at\W+it?s (?P<meeting>\d{1,5})\s?\w{2}"
            r"(?: \(closed\))? meeting,?(?: by a vote of .{5,150}?,)?(?:\s+(?:held )?[Oo]n)?\s+(?=\d)"
        ),
        _annex("Annex", "ANNEX", "Appendix", "APPENDIX", "Enclosure", "ENCLOSURE"),
        # "Decides that ...", "Also requests ...", "Calls upon ...", "Strongly condemns ...", "Hereby decides ..."
        re.compile(r"(?:[A-Z]\w+ly |Also |Further |Hereby )?[A-Za-z]+s\b"),
        # "Adopted unanimously at the 1382nd meeting.", "Adopted at the 39th meeting by 10 votes to none"; with a number
        # that scanning misread, as in "at the 283 3rd meeting" or "at the 30i6th meeting", it names none
        re.compile(
            r"Ad[ao]pted\b(?! by the Security).{0,60}?\b(?:the|its) (?:resumed )?"
            r"(?:(?P<meeting>\d{1,5})\s?(?:st|n?d|rd|t?he?)_?\s+|.{1,12}?\s)(?:\(closed\) )?[Mm]ee?t"
        ),
    ),
    "fr": Phrases(
        re.compile(r"Le Conseil de sécurité\s?,?(?:\s+|$)"),
        # "Adoptée par le Conseil de sécurité à sa 9913e séance, le 8 mai 2025"
        re.compile(
            r"Adoptée .{0,20}?par le Conseil de sécurité à sa (?P<meeting>\d{1,5})\s?e?\s?séance,?\s+(?:tenue )?le\s+"
        ),
        _annex("Annexe", "ANNEXE", "Appendice", "Pièce jointe"),
        # "Décide de ...", "Se félicite ...", "Accueille ..."; recitals open "Rappelant", "Conscient", "Ayant présent"
        re.compile(r"[A-ZÉÀ]\w*(?:e|d|it|et)\b"),
    ),
    "es": Phrases(
        re.compile(r"El Consejo de Seguridad\s?,?(?:\s+|$)"),
        # "Aprobada por el Consejo de Seguridad en su 9913ª sesión, celebrada el 8 de mayo de 2025"
        re.compile(
            r"Aprobada .{0,20}?por el Consejo de Seguridad en su (?P<meeting>\d{1,5})\s?ª?\s?sesión,?\s+celebrada el\s+"
        ),
        _annex("Anexo", "ANEXO", "Apéndice"),
        # "Decide ...", "Solicita ...", "Hace suya ..."; recitals open "Recordando", "Reconociendo", "Consciente de"
        re.compile(r"(?!Conscient)[A-ZÉ]\w*[ae]\b"),
    ),
    "ru": Phrases(
        re.compile(r"Совет Безопасности\s?,?(?:\s+|$)"),
        # "принятая Советом Безопасности на его 9913-м заседании 8 мая 2025 года"
        re.compile(r"[Пп]ринятая Советом Безопасности на его (?P<meeting>\d{1,5})-\w{1,2} заседании,?\s+"),
        _annex("Приложение", "Добавление"),
        # "постановляет ...", "просит ...", "призывает ..."; recitals open "ссылаясь", "подтверждая"
        re.compile(r"\w+(?:ет|ит)\b"),
    ),
}
"""The languages in which a resolution's parts are recognised."""

KINDS = (
    (re.compile(r"draft resolution\b|projet de résolution\b|[Пп]роект резолюции", re.IGNORECASE), DocumentKind.DRAFT),
    (
        re.compile(
            r"letters? (?:dated|from)|note verbale|lettres? (?:identiques )?datées?|Письм[оа]|Вербальная нота|Cartas? ",
            re.IGNORECASE,
        ),
        DocumentKind.LETTER,
    ),
    # "Security Council mission to Timor-Leste", "Report of the Security Council Special Mission Established Under ..."
    (
        re.compile(
            r"Security Council(?: field| special| ad hoc)? mission\b|special mission of the Security Council"
            r"|mission du Conseil de sécurité",
            re.IGNORECASE,
        ),
        DocumentKind.MISSION_REPORT,
    ),
    (
        re.compile(
            r"reports? of the Secretary-General|rapport du Secrétaire général|Доклад Генерального секретаря",
            re.IGNORECASE,
        ),
        DocumentKind.REPORT,
    ),
)
"""What a document's title says of its kind; the first that matches counts."""

# as in "Theodor Meron (United States of America)"; not as in "Special Criminal Court (SCC)"
_COUNTRY = re.compile(r"\((?:[Tt]he )?[A-Z][^()]*[a-z][^()]*\)$")
# small words within names
_IN_NAMES = frozenset(
    {"al", "ben", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "el", "la", "van", "von", "y"}
)


def names_person(text: str) -> bool:
    """Whether a text is a row of a list of persons, name and country in brackets: it heads nothing.

    >>> names_person("Mr. Karam Chand Vohrah (Malaysia)")
    True
    """
    if _COUNTRY.search(text) is None:
        return False
    name = text.partition("(")[0].split()
    return len(name) > 1 and not any(word[0].islower() and word not in _IN_NAMES for word in name)


NOT_HELD = re.compile(r"The document you are looking for does not exist")
"""What the document server prints on a valid page when it has no such document."""
# "* Reissued for technical reasons on 12 March 2025.", "* Second reissue for ...", "* Nouveau tirage pour raisons
# techniques.": at the foot of the first page, or among the paragraphs of the Organization's structured text
REISSUED = re.compile(
    r"""
    \*{0,3}\s*
    (?: (?:\w+\ )?reissued?(?:\ (?:for|on)\b | [.*]*$)
      | Nouveau\ tirage\ pour | Publicado\ nuevamente\ por | Переиздано\ по )
    """,
    re.IGNORECASE | re.VERBOSE,
)
