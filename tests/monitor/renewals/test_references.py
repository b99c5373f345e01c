from monitor.renewals.references import references

OLD = "S/RES/2612 (2021)"
WPS = {"S/RES/2293 (2016)": ("OP 7 (e)", "OP 20")}


def found(paragraph, old_cites, new_cites):
    old = [paragraph("OP 5", "Reiterates ...", cites=old_cites)]
    new = [paragraph("OP 4", "Reaffirms ...", cites=new_cites)]
    return references(OLD, old, new, lambda symbol: WPS.get(symbol, ()))


def test_paragraphs_about_women_that_are_cited_no_longer_are_told(paragraph) -> None:
    [one] = found(paragraph, [("S/RES/2293 (2016)", ("OP 7",))], [])
    assert (one.address, one.cites, one.wps, one.is_in_new) == ("OP 5", "S/RES/2293 (2016)", ("OP 7 (e)",), False)


def test_what_the_new_text_cites_too_is_in_it_whatever_year_it_prints(paragraph) -> None:
    [one] = found(paragraph, [("S/RES/2293 (2016)", ("OP 7",))], [("S/RES/2293 (2017)", ("OP 7", "OP 8"))])
    assert one.is_in_new


def test_a_citation_of_other_paragraphs_does_not_keep_them(paragraph) -> None:
    [one] = found(paragraph, [("S/RES/2293 (2016)", ("OP 20",))], [("S/RES/2293 (2016)", ("OP 7",))])
    assert not one.is_in_new


def test_paragraphs_that_say_nothing_of_women_whole_texts_and_the_text_itself_are_no_references(paragraph) -> None:
    assert found(paragraph, [("S/RES/2293 (2016)", ("OP 3",))], []) == ()
    assert found(paragraph, [("S/RES/2293 (2016)", ())], []) == ()
    assert found(paragraph, [(OLD, ("OP 20",))], []) == ()


def test_a_citation_that_keeps_some_of_the_paragraphs_does_not_keep_all(paragraph) -> None:
    [one] = found(paragraph, [("S/RES/2293 (2016)", ("OP 7", "OP 20"))], [("S/RES/2293 (2016)", ("OP 20",))])
    assert one.wps == ("OP 7 (e)", "OP 20")
    assert not one.is_in_new
