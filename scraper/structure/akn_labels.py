"""Numbers and labels that the Akoma Ntoso files hold inside a paragraph's text, in the scripts of all languages."""

import re

# a label printed inside the text of an unnumbered paragraph: "(1) Facilitating", "a) Présenter", "(أ) الإقرار", "㈠";
# "(أ أ)", the Arabic (aa)
LABEL_IN_TEXT = re.compile(
    r"""
    ( \((?:[a-z]{1,4}|[0-9]{1,2}|[أ-ي]ـ?(?:\ ?[أ-ي]ـ?)?)\) | (?:[a-z]{1,2}|[ivx]{1,5}|[асеоiх])\)
    | [أبجدهوز]\ - | ’[0-9]{1,2}‘ | [㈠-㈩] | [•–—] )
    \s+(?=\S)
    """,
    re.VERBOSE,
)
# the same with a letter's name, or behind the end of the point before: "واو - التحقيق", "و/أو ’2‘ نأي"
NAMED_LABEL = re.compile(r"(?P<end>و/أو)?\s*(?P<label>[ء-ي]{1,4}\ -|’[0-9]{1,2}‘)\s+(?=\S)")
# a number that slipped into the text: "’ 19. Se déclare", "9 Recuerda", "10 – يطلب"
NUMBER_IN_TEXT = re.compile(r"\W{0,2}([0-9]{1,3})\s?[.–-]?\s+(?=[^\W\d_])")
# the end of a label that slipped into the text: "(b)" and ". Trinitro", "1.9" and ".1.1. listed Iranian banks"
LABEL_REST = re.compile(r"((?:\.[0-9]{1,3})*)\.\s+")
