"""What a printed label is, `(a)`, `1.`, `•`, in whatever script it is printed, and how an address writes it. Pure."""

import re
from functools import lru_cache

from scraper.council.ordinals import roman_numeral

# "(a)", "a.", "a)", "(aa)", "(xiv)", "1)", "(1)", "1.10.", "C.1.a", "1 -", the Arabic ’1‘ and one letter of any script
_PRINTED_LABEL = re.compile(
    r"""
    [(’‘']?
    (?P<label> [0-9]{1,3}(?:\.[0-9]{1,3})*
             | [A-Z](?=[A-Z.]*[0-9])(?:\.[0-9A-Za-z]{1,3})+ | [a-z](?:\.[0-9a-z]{1,3})+
             | (?P<letter>[A-Za-z])(?P=letter){0,2}
             | (?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3}) | (?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})
             | (?P<twin>[أ-ي])(?P=twin) | \w )
    [).’‘'–-]{0,2}
    """,
    re.VERBOSE,
)
# "•", "–", "-", "*": a mark that opens a paragraph without telling its place
_BULLET = re.compile(r"[•▪◦●·*‣o–—‒−-]")
# the letters of other scripts, given the Latin letter that stands there in the English text
_CYRILLIC = dict(zip("асеоiх", "aceoix", strict=True))
_ARABIC = dict(zip("أبجدهوزحطيكلمنسعفصقرشتثخذضظغ", "abcdefghijklmnopqrstuvwxyz", strict=False))
_ARABIC_NAMES = {
    "ألف": "a",
    "باء": "b",
    "جيم": "c",
    "دال": "d",
    "هاء": "e",
    "واو": "f",
    "زاي": "g",
    "حاء": "h",
    "طاء": "i",
    "ياء": "j",
}
_MOST_ROMANS = 20  # no list of the Council's has more
_CHINESE = {chr(0x3220 + count): roman_numeral(count + 1) for count in range(10)}


# "2.1", "1.9.1.1": a number of several parts names its own place
_OF_PARTS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})+")


def is_of_parts(label: str) -> bool:
    """Whether a label is a number of several parts, which says by itself under which one it stands."""
    return "." in label and _OF_PARTS.fullmatch(label) is not None


@lru_cache(maxsize=2048)
def label_of(printed: str) -> str | None:
    """The label in what is printed before a paragraph, or None when that is a bullet or no label at all.

    "(a)", "a." and "a)" give `a`; "(1)" and "1." give `1`. Labels of other scripts give what stands in the English
    text of the same resolution: Arabic "(ب)" `b` and "’2‘" `ii`, Chinese "㈡" `ii`, the Cyrillic "с)" `c`.
    """
    asked = "".join(printed.split()).replace("ـ", "")
    if asked in _CHINESE:
        return _CHINESE[asked]
    if (name := asked.rstrip("-")) in _ARABIC_NAMES:
        return _ARABIC_NAMES[name]
    found = _PRINTED_LABEL.fullmatch(asked)
    if found is None or not found["label"]:
        return None
    label = found["label"]
    if asked[0] in "’‘" and label.isdecimal() and 0 < int(label) <= _MOST_ROMANS:
        return roman_numeral(int(label))
    if label.isascii():
        return label
    letter = _ARABIC.get(label[0]) or _CYRILLIC.get(label)
    return letter and letter * len(label)


def is_bullet(printed: str) -> bool:
    """Whether what is printed before a paragraph is a bullet or dash."""
    return _BULLET.fullmatch(printed.strip()) is not None
