"""The words by which page furniture is known in every format: mastheads, job numbers, rules. Pure."""

import re

# as in 25-07317 (E), "25-03579* (E)", "24-03160 (R) 010324 180324", "N0720634"
_JOB = re.compile(r"(?:\d{2}-\d{5}|N\d{7})\*{0,3}(?:\s+\([A-Z]\))?(?:\s+\d{6})*")
# "*2507317*", and the same as other fonts give it: "`````````"
_BAR_CODE = re.compile(r"\*\w{7,9}\*|`+")
# "__________", and "-----" below the last word of a document of the 1990s
_RULE = re.compile(r"_{5,}|-{5,}")
# What a masthead says on one of its lines, in each of the languages: the word for distribution is never translated.
_DISTRIBUTION = re.compile(r"\bDistr\.|\bProvisional\b")
_RECYCLE = re.compile(r"Please recycle")


def is_masthead(text: str) -> bool:
    """Whether a text says what only mastheads say: "Distr.: General"."""
    return bool(_DISTRIBUTION.search(text))


def is_job_number(text: str) -> bool:
    """Whether a text is a job number, a bar code or the words beside them."""
    return bool(_JOB.fullmatch(text) or _BAR_CODE.fullmatch(text) or _RECYCLE.match(text))


def is_rule(text: str) -> bool:
    """Whether a text is a line drawn with underscores."""
    return bool(_RULE.fullmatch(text))
