"""Whether one printed label follows another: `(i)` goes on from `(h)`, and also opens a list of roman numerals."""

from functools import lru_cache

_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def continues(before: str, label: str) -> bool:
    """Whether a label is the next one after another in any way of counting that both may belong to.

    >>> continues("h", "i"), continues("i", "ii"), continues("z", "aa"), continues("b", "i")
    (True, True, True, False)
    """
    return label in _followers(before)


def way_of_first(label: str) -> str | None:
    """The way of counting that a label opens as the first of a list (`a`, `i`, `1`, `A`, `1.1`), or None."""
    stem, _, last = label.rpartition(".")
    way = {
        "a": "small letters",
        "A": "capital letters",
        "i": "small romans",
        "I": "capital romans",
        "1": "figures",
    }.get(last)
    return way and f"{way} {stem.count('.') + 1 if stem else 0}"


@lru_cache(maxsize=1024)
def _followers(label: str) -> frozenset[str]:
    stem, dot, last = label.rpartition(".")
    if last.isdecimal():
        return frozenset({f"{stem}{dot}{int(last) + 1}"})
    following: set[str] = set()
    lower = last.lower()
    value = roman_value(lower)
    if value is not None:
        following.add(roman_numeral(value + 1))
    if len(set(lower)) == 1 and lower[0].isascii():
        following.add("a" * (len(lower) + 1) if lower[0] == "z" else chr(ord(lower[0]) + 1) * len(lower))
    if len(lower) == 2 and lower[1] != "z":
        following.add(lower[0] + chr(ord(lower[1]) + 1))
    cased = {follower.upper() for follower in following} if last.isupper() else following
    return frozenset(f"{stem}{dot}{follower}" for follower in cased)


def roman_value(label: str) -> int | None:
    """The value of a small roman numeral, or None when the letters are none."""
    total = 0
    for letter, behind in zip(label, label[1:] + " ", strict=True):
        digit = _DIGITS.get(letter)
        if digit is None:
            return None
        total += -digit if _DIGITS.get(behind, 0) > digit else digit
    return total if 0 < total < 100 and roman_numeral(total) == label else None


def roman_numeral(value: int) -> str:
    """A number up to 99 as a small roman numeral."""
    tens = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")[value // 10 % 10]
    return "c" * (value // 100) + tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[value % 10]
