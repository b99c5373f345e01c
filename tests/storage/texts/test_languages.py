"""Where the languages of a document disagree, by their addresses alone."""

from storage.texts.languages import language_warnings


def test_languages_with_the_same_addresses_agree_whatever_their_order():
    assert language_warnings({"en": ["PP 1", "OP 1"], "fr": ["OP 1", "PP 1"]}, "en") == ()


def test_a_document_in_one_language_has_nothing_to_disagree_with():
    assert language_warnings({"ru": ["PP 1"]}, "ru") == ()


def test_a_warning_counts_and_names_what_each_lacks():
    [warning] = language_warnings({"en": ["OP 1", "OP 2"], "fr": ["OP 1", "OP 3", "OP 4", "OP 5", "OP 6"]}, "en")
    assert (warning.code, warning.address) == ("languages-disagree", "OP 2")
    assert warning.message == (
        "expected the same addresses in en and fr, found 1 in en alone (OP 2) and 4 in fr alone (OP 3, OP 4, OP 5, ...)"
    )


def test_the_language_shown_is_compared_with_each_other_one():
    held = {"en": ["OP 1"], "fr": ["OP 1"], "zh": ["OP 1", "OP 1 +1"]}
    found = [warning.message.partition(",")[0] for warning in language_warnings(held, "zh")]
    assert found == ["expected the same addresses in zh and en", "expected the same addresses in zh and fr"]
    assert len(language_warnings(held, "en")) == 1
