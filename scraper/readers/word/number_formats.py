"""Writes the numbers that Word generates: `3` as "3", "c", "iii", "C" or "III", by the name of a number format."""

from collections.abc import Callable
from typing import Final

from scraper.errors import Unreadable

_GREATEST = 1_000  # no list of a UN document is longer; Word repeats letters without end: aaa, aaaa
_UNITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_TENS = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")
_HUNDREDS = ("", "c", "cc", "ccc", "cd", "d", "dc", "dcc", "dccc", "cm", "m")
# the letters by which Russian and Arabic lists count; the Russian ones leave out ё, й, ъ, ы, ь
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_HIJAI = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_CHINESE_DIGITS = "〇一二三四五六七八九"


def _roman(count: int) -> str:
    return _HUNDREDS[count // 100] + _TENS[count // 10 % 10] + _UNITS[count % 10]


def _letters(alphabet: str) -> Callable[[int], str]:
    """Counts as Word does: behind z come aa, bb, cc."""
    return lambda count: alphabet[(count - 1) % len(alphabet)] * ((count - 1) // len(alphabet) + 1)


def _chinese(count: int) -> str:
    if count > 99:
        return "".join(_CHINESE_DIGITS[int(digit)] for digit in str(count))
    tens, units = divmod(count, 10)
    before = "" if tens == 0 else "十" if tens == 1 else f"{_CHINESE_DIGITS[tens]}十"
    return before + (_CHINESE_DIGITS[units] if units else "")


_small = _letters("abcdefghijklmnopqrstuvwxyz")
_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02}",
    "lowerLetter": _small,
    "upperLetter": lambda count: _small(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "russianLower": _letters(_RUSSIAN),
    "russianUpper": lambda count: _letters(_RUSSIAN)(count).upper(),
    "arabicAbjad": _letters(_ABJAD),
    "arabicAlpha": _letters(_HIJAI),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "ideographDigital": _chinese,
    "none": lambda _: "",
}


def written(count: int, number_format: str) -> str:
    """A number in one of Word's formats.

    Raises:
        Unreadable: `unknown-number-format`: a number that we would have to guess is no number to quote.
    """
    write = _FORMATS.get(number_format)
    if write is None or not 0 <= count <= _GREATEST:
        raise Unreadable(
            "unknown-number-format", f"expected one of Word's usual number formats, found {number_format} of {count}"
        )
    return "0" if count == 0 and number_format != "none" else write(count)
