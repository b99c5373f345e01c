"""What the rule of a reason is called, where a person reads it."""

RULES = {
    "words-removed": "no words about women are left",
    "words-added": "words about women came in",
    "term-replaced": "term replaced",
    "term-lost": "term gone",
    "term-gained": "term added",
    "scope-lost": "reach narrowed",
    "scope-gained": "reach widened",
    "participation": "participation qualified otherwise",
    "series": "resolutions on women named",
    "women-named": "women named",
    "verb": "verb",
    "part": "part of the text",
    "words-lost": "words gone",
    "words-gained": "words added",
    "mixed": "better in one respect, worse in another",
    "kept-by-reference": "kept only by reference",
}
